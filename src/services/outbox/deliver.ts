import { CONSENT_OF_CHANNEL, mayReceive } from '../../domain/consent.ts';
import { maskNumbersIn } from '../../domain/mask-number.ts';
import type { Message } from '../../domain/message.ts';
import { parsePhoneNumber } from '../../domain/phone-number.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConsentStore } from '../../ports/consents.ts';
import type { Delivery, Notifiers, Outgoing } from '../../ports/notifier.ts';
import { classOf, type Wording, wordMessage } from './word-message.ts';

export type Attempted = Delivery | { readonly kind: 'suppressed'; readonly reason: string };

export interface DeliverDeps {
  readonly consents: Pick<ConsentStore, 'of'>;
  readonly notifiers: Notifiers;
  readonly wording: Wording;
  readonly clock: Clock;
  /** How long one attempt may take. */
  readonly timeoutMs: number;
}

const MAX_REASON = 300;

/** One attempt: whether it may be sent at this moment, what it says, and what the provider answers. Rejects only when the database fails. */
export async function deliver(stored: Message, deps: DeliverDeps, stop: AbortSignal): Promise<Attempted> {
  const message = { ...stored, to: usualForm(stored) };
  const forbidden = await forbiddenBy(message, deps);
  if (forbidden !== undefined) return { kind: 'suppressed', reason: forbidden };
  const worded = wordMessage(message, deps.wording);
  if (worded.kind === 'unsayable') return { kind: 'refused', reason: worded.reason };
  return withPlainReason(await withinTime(worded.outgoing, deps, stop));
}

/** Numbers come as callers' exchanges write them, `0555 000 00 17`: consents and providers know them as E.164. */
function usualForm({ channel, to }: Message): string {
  if (channel !== 'sms') return to.trim();
  const parsed = parsePhoneNumber(to);
  return parsed.kind === 'ok' ? parsed.e164 : to;
}

async function forbiddenBy(message: Message, { consents, wording }: DeliverDeps): Promise<string | undefined> {
  if (message.channel === 'webhook') return undefined;
  const { consents: given, doNotContact } = await consents.of(message.brand, message.to);
  const standing = { consents: given, doNotContact: doNotContact !== null };
  const receipt = mayReceive(classOf(message, wording), CONSENT_OF_CHANNEL[message.channel], standing);
  return receipt.kind === 'blocked' ? receipt.reason : undefined;
}

/** A provider that does not keep to its signal is not waited for. */
async function withinTime(outgoing: Outgoing, { notifiers, clock, timeoutMs }: DeliverDeps, stop: AbortSignal): Promise<Delivery> {
  const late = new AbortController();
  const cancel = clock.setTimer(timeoutMs, () => late.abort());
  const signal = AbortSignal.any([late.signal, stop]);
  const given = new Promise<Delivery>((resolve) => {
    const giveUp = (): void =>
      resolve({ kind: 'later', reason: stop.aborted ? 'the engine stopped meanwhile' : `no answer within ${timeoutMs} ms` });
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([given, handOver(outgoing, notifiers, signal)]);
  } finally {
    cancel();
  }
}

function handOver(outgoing: Outgoing, { sms, email, webhook }: Notifiers, signal: AbortSignal): Promise<Delivery> {
  const nobody = Promise.resolve<Delivery>({ kind: 'later', reason: 'there is no provider any more' });
  switch (outgoing.kind) {
    case 'sms':
      return sms?.send(outgoing, signal) ?? nobody;
    case 'email':
      return email?.send(outgoing, signal) ?? nobody;
    case 'webhook':
      return webhook?.send(outgoing, signal) ?? nobody;
  }
}

/** Providers quote what they were sent: numbers in it are masked before it is kept. */
function withPlainReason(delivery: Delivery): Delivery {
  if (delivery.kind === 'sent') return delivery;
  const plain = maskNumbersIn(delivery.reason)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return { ...delivery, reason: plain.length > MAX_REASON ? `${plain.slice(0, MAX_REASON)}…` : plain };
}
