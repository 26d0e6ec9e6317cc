import { isIP } from 'node:net';
import { Agent } from 'undici';
import type { Delivery, Notifier, Outgoing, WebhookTarget } from '../ports/notifier.ts';
import { isPublicAddress, PRIVATE_ADDRESS, publicLookup } from './address-guard.ts';
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

/** Signed POSTs to the systems of flows/webhooks.yaml. */
export function webhooks({ targets, secrets, privateAddresses, now }: WebhookOptions): Notifier<'webhook'> {
  const dispatcher = new Agent({ connections: CONNECTIONS_PER_HOST, ...(privateAddresses ? {} : { connect: { lookup: publicLookup } }) });
  return {
    name: 'webhooks',
    async send(message, signal) {
      const target = targets.get(message.to);
      const secret = secrets.get(message.to);
      if (target === undefined || secret === undefined)
        return { kind: 'refused', reason: `there is no webhook "${message.to}" in flows/webhooks.yaml` };
      // A literal address is never looked up.
      const host = new URL(target.url).hostname.replace(/^\[|\]$/g, '');
      if (!privateAddresses && isIP(host) !== 0 && !isPublicAddress(host)) return { kind: 'refused', reason: NOT_ALLOWED };
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
      return judge(await exchange(dispatcher, wanted, signal, now), message.to);
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
  if (answer.kind === 'failed') {
    if (answer.reason.includes(PRIVATE_ADDRESS)) return { kind: 'refused', reason: NOT_ALLOWED };
    return { kind: 'later', reason: `the webhook ${name} ${answer.reason}` };
  }
  const { status, retryAfterMs } = answer;
  if (status >= 200 && status < 300) return { kind: 'sent', reference: null };
  const reason = `the webhook ${name} answered ${status}`;
  if (status === GONE) return { kind: 'refused', reason };
  if (status >= 300 && status < 400)
    return { kind: 'refused', reason: `${reason}, and redirects are not followed: write the final address` };
  return { kind: 'later', reason, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) };
}
