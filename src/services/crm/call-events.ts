import type { BrandId } from '../../domain/brand.ts';
import type { CrmEventName } from '../../domain/crm-event.ts';
import type { CallId, IdSource } from '../../domain/ids.ts';
import { suffixOf } from '../../domain/matching/match-mode.ts';
import type { Message } from '../../domain/message.ts';
import { parsePhoneNumber } from '../../domain/phone-number.ts';
import type { ValueMap } from '../../domain/value.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { MatchSettings } from '../../ports/matching.ts';
import type { WebhookTarget } from '../../ports/notifier.ts';
import type { OutboxStore } from '../../ports/outbox.ts';
import type { NumberTokens } from '../matching/number-tokens.ts';

/** A call as other systems hear of it. */
export interface ToldCall {
  readonly id: CallId;
  readonly brand: BrandId;
  readonly direction: 'inbound' | 'outbound';
  /** The customer's number as presented; empty when withheld. */
  readonly number: string;
  /** Our own number. */
  readonly did: string;
}

export interface ToldAgent {
  readonly name: string;
  readonly queue: string | null;
}

/** Why a call ended, in the words of the trade; Zammad's are made of them. */
export type ToldEnd = 'ended' | 'cancelled' | 'not-answered' | 'busy' | 'failed';

/** Tells other systems of calls through the outbox: signed, in order per call, tried again, with dead letters. Nothing here rejects. */
export interface CallEvents {
  arrived(call: ToldCall): Promise<void>;
  /** The call is offered to an agent: the pop. */
  offered(call: ToldCall, agent: ToldAgent): Promise<void>;
  answered(call: ToldCall, agent: ToldAgent): Promise<void>;
  ended(call: ToldCall, how: ToldEnd): Promise<void>;
}

export interface CallEventsDeps {
  readonly targets: ReadonlyMap<string, WebhookTarget>;
  readonly store: Pick<OutboxStore, 'add'>;
  readonly wake: () => void;
  readonly settings: (brand: BrandId) => Promise<MatchSettings>;
  readonly tokens: NumberTokens;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
  readonly log: Log;
}

export function createCallEvents(deps: CallEventsDeps): CallEvents {
  const { clock, ids, log } = deps;
  let last: Promise<void> = Promise.resolve();

  async function tell(call: ToldCall, event: CrmEventName, about: ValueMap, mark: string): Promise<void> {
    const targets = [...deps.targets.values()].filter((target) => target.events.includes(event) && knows(target, event));
    if (targets.length === 0) return;
    const at = clock.now();
    const caller = callerFor(call, await deps.settings(call.brand), deps.tokens);
    const data = { direction: call.direction === 'inbound' ? 'in' : 'out', ...caller, did: call.did, ...about };
    await deps.store.add(targets.map((target) => messageOf(target, { call, event, data, mark, at, id: ids.next('message') })));
    deps.wake();
  }

  /** One after the other, so that the outbox has them in the order they happened. */
  function inOrder(call: ToldCall, event: CrmEventName, about: ValueMap, mark = ''): Promise<void> {
    last = last.then(() =>
      tell(call, event, about, mark).catch((error: unknown) =>
        log.warn({ callId: call.id, event, err: error }, 'other systems could not be told of a call'),
      ),
    );
    return last;
  }

  return {
    arrived: (call) => inOrder(call, 'call.new', {}),
    offered: (call, agent) => inOrder(call, 'call.offered', { agent: agent.name, queue: agent.queue }, `${agent.name} ${clock.now()}`),
    answered: (call, agent) => inOrder(call, 'call.answered', { agent: agent.name, queue: agent.queue }, `${agent.name} ${clock.now()}`),
    ended: (call, how) => inOrder(call, 'call.ended', { how }),
  };
}

/** Zammad's interface has no word for an offer. */
function knows({ format }: WebhookTarget, event: CrmEventName): boolean {
  return format !== 'zammad' || event !== 'call.offered';
}

/** The whole number where the brand is not anonymous; else what the brand keeps of numbers, and no more. */
function callerFor({ brand, number }: ToldCall, { anonymous, mode }: MatchSettings, tokens: NumberTokens): ValueMap {
  if (!anonymous) {
    const parsed = parsePhoneNumber(number, { region: 'TR', allow: ['service-444', 'toll-free', 'nationwide', 'premium', 'special'] });
    return { number: parsed.kind === 'ok' ? parsed.e164 : number };
  }
  if (mode.kind === 'suffix') return { suffix: suffixOf(number, mode.digits) ?? null };
  return { token: tokens.key(brand, tokens.form(mode), number) ?? null };
}

function messageOf(
  target: WebhookTarget,
  told: {
    readonly call: ToldCall;
    readonly event: CrmEventName;
    readonly data: ValueMap;
    readonly mark: string;
    readonly at: number;
    readonly id: Message['id'];
  },
): Message {
  const { call, event, data, mark, at, id } = told;
  return {
    id,
    brand: call.brand,
    channel: 'webhook',
    to: target.name,
    template: event,
    language: 'tr',
    messageClass: 'informational',
    data,
    dedupeKey: `crm ${call.id} ${event} ${target.name} ${mark}`,
    orderKey: `crm ${call.id} ${target.name}`,
    callId: call.id,
    createdAt: at,
    notBefore: at,
  };
}
