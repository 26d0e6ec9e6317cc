import { type Dispatcher, request } from 'undici';
import { codeOf } from './error-code.ts';

/** One request of ours; `maxBytes` of the answer are read, the rest is dropped. */
export interface Wanted {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly maxBytes: number;
}

export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly text: string; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'failed'; readonly reason: string };

/** Asks once; redirects are not followed. Never rejects. */
export async function exchange(dispatcher: Dispatcher, wanted: Wanted, signal: AbortSignal, now: () => number): Promise<Answer> {
  const { url, method, headers, body, maxBytes } = wanted;
  try {
    const response = await request(url, { dispatcher, method, headers: { ...headers }, body, signal });
    const text = await readUpTo(response.body, maxBytes);
    const { 'retry-after': wish } = response.headers;
    return { kind: 'answer', status: response.statusCode, text, retryAfterMs: retryAfter(Array.isArray(wish) ? wish[0] : wish, now()) };
  } catch (error) {
    return { kind: 'failed', reason: signal.aborted ? 'gave no answer in time' : `cannot be reached (${codeOf(error)})` };
  }
}

async function readUpTo(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part);
    size += part.byteLength;
    // Leaving the loop destroys the body and with it the connection.
    if (size >= maxBytes) break;
  }
  return Buffer.concat(parts).subarray(0, maxBytes).toString('utf8');
}

/** Seconds, or a date (RFC 9110, 10.2.3), in ms from now; undefined when it says nothing. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(at - now, 0);
}

/** Statuses that another time may be better: too early, too many, and the server's own faults. */
export function mayPass(status: number): boolean {
  return status >= 500 || status === 408 || status === 409 || status === 423 || status === 425 || status === 429;
}
