import { Agent } from 'undici';
import { guardedLookup, mayBeWithinReach, OUT_OF_REACH, type Reach } from '../network/address-guard.ts';
import type { Delivery, Notifier, Outgoing, WebhookTarget } from '../ports/notifier.ts';
import { type Answer, exchange } from './exchange.ts';
import { sign } from './signature.ts';

export interface WebhookOptions {
  readonly targets: ReadonlyMap<string, WebhookTarget>;
  readonly secrets: ReadonlyMap<string, string>;
  /** True: addresses of this machine and its networks are allowed. */
  readonly privateAddresses: boolean;
  readonly now: () => number;
}

const CONNECTIONS_PER_HOST = 10;
/** Of an answer: nobody reads it. */
const MAX_ANSWER_BYTES = 1024;
const MAX_BODY_BYTES = 262_144;
const GONE = 410;
const NOT_ALLOWED = 'the webhook leads to a private address: set SANTRAL_WEBHOOK_PRIVATE=on if that is meant';
const NEVER_ALLOWED = 'the webhook leads to a link-local address or one that is no machine’s: nothing is ever sent there';

/** Signed POSTs to the systems of flows/webhooks.yaml. */
export function webhooks({ targets, secrets, privateAddresses, now }: WebhookOptions): Notifier<'webhook'> {
  const reach: Reach = privateAddresses ? 'private' : 'public';
  const dispatcher = new Agent({ connections: CONNECTIONS_PER_HOST, connect: { lookup: guardedLookup(reach) } });
  const refused: Delivery = { kind: 'refused', reason: privateAddresses ? NEVER_ALLOWED : NOT_ALLOWED };
  return {
    name: 'webhooks',
    async send(message, signal) {
      const target = targets.get(message.to);
      const secret = secrets.get(message.to);
      if (target === undefined || secret === undefined)
        return { kind: 'refused', reason: `there is no webhook "${message.to}" in flows/webhooks.yaml` };
      if (!mayBeWithinReach(target.url, reach)) return refused;
      const body = bodyOf(message);
      if (Buffer.byteLength(body) > MAX_BODY_BYTES) return { kind: 'refused', reason: `the body is larger than ${MAX_BODY_BYTES} bytes` };
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'santral',
        'x-santral-id': message.id,
        'x-santral-event': message.event,
        'x-santral-signature': sign(secret, body, now()),
      };
      const wanted = { url: target.url, method: 'POST', headers, body, maxBytes: MAX_ANSWER_BYTES } as const;
      const answer = await exchange(dispatcher, wanted, signal, now);
      return answer.kind === 'failed' && answer.reason.includes(OUT_OF_REACH) ? refused : judge(answer, message.to);
    },
    close: () => dispatcher.destroy(),
  };
}

/** The same text at every attempt. */
function bodyOf({ id, event, brand, callId, createdAt, data }: Extract<Outgoing, { kind: 'webhook' }>): string {
  return JSON.stringify({ id, event, brand, callId, at: new Date(createdAt).toISOString(), data });
}

/** A receiver that answers "not found" or "forbidden" is often about to be mended: all but "gone" and redirects is tried again. */
function judge(answer: Answer, name: string): Delivery {
  if (answer.kind === 'failed') return { kind: 'later', reason: `the webhook ${name} ${answer.reason}` };
  const { status, retryAfterMs } = answer;
  if (status >= 200 && status < 300) return { kind: 'sent', reference: null };
  const reason = `the webhook ${name} answered ${status}`;
  if (status === GONE) return { kind: 'refused', reason };
  if (status >= 300 && status < 400)
    return { kind: 'refused', reason: `${reason}, and redirects are not followed: write the final address` };
  return { kind: 'later', reason, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) };
}
