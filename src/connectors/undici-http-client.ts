import { Agent, errors, request } from 'undici';
import type { Value } from '../domain/value.ts';
import { guardedLookup, mayBeWithinReach, OUT_OF_REACH, type Reach } from '../network/address-guard.ts';
import type { HttpClient, HttpOutcome, HttpRequest } from '../ports/http-client.ts';
import type { Log } from '../ports/log.ts';

/** Connections kept per customer system. */
const CONNECTIONS = 20;

export interface ClientOptions {
  /** Which addresses are asked at all; of a name, every address it has at that moment. */
  readonly reach: Reach;
  readonly log: Log;
}

/** Outgoing requests of flows: JSON in and out, bounded in reach, time and size, redirects not followed. */
export function undiciHttpClient({ reach, log }: ClientOptions): HttpClient & { close(): Promise<void> } {
  const dispatcher = new Agent({ connections: CONNECTIONS, connect: { lookup: guardedLookup(reach) } });
  return {
    async request(wanted) {
      const outcome = isWithinReach(wanted.url, reach) ? await send(dispatcher, wanted) : OUT;
      if (outcome !== OUT) return outcome;
      log.warn({ host: hostOf(wanted.url) }, REMEDY[reach]);
      return { kind: 'error', reason: 'unreachable' };
    },
    close: () => dispatcher.destroy(),
  };
}

const OUT = 'out-of-reach';
const REMEDY: Readonly<Record<Reach, string>> = {
  public:
    'a flow’s own url leads to a private address and is not asked: name the system in flows/connectors.yaml, or set SANTRAL_FLOW_PRIVATE=on if that is meant',
  private: 'a flow’s request leads to a link-local address or one that is no machine’s: nothing is ever asked there',
};

/** What is no URL at all cannot be reached either, and says so by itself. */
function isWithinReach(url: string, reach: Reach): boolean {
  return !URL.canParse(url) || mayBeWithinReach(url, reach);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

async function send(dispatcher: Agent, wanted: HttpRequest): Promise<HttpOutcome | typeof OUT> {
  const timeout = AbortSignal.timeout(wanted.timeoutMs);
  const signal = AbortSignal.any([timeout, wanted.signal]);
  try {
    const response = await request(wanted.url, {
      dispatcher,
      method: wanted.method,
      headers: { accept: 'application/json', ...(wanted.body === null ? {} : { 'content-type': 'application/json' }), ...wanted.headers },
      body: wanted.body === null ? null : JSON.stringify(wanted.body),
      signal,
    });
    const status = response.statusCode;
    const text = await readBounded(response.body, wanted.maxBytes);
    if (text === undefined) return { kind: 'error', reason: 'too-large', status };
    if (status < 200 || status > 299) return { kind: 'error', reason: 'status', status };
    return parse(text, status);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === OUT_OF_REACH) return OUT;
    const late = timeout.aborted || error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;
    return { kind: 'error', reason: late ? 'timeout' : 'unreachable' };
  }
}

async function readBounded(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    // Leaving the loop destroys the body and with it the connection.
    if (size > maxBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parse(text: string, status: number): HttpOutcome {
  if (text.trim() === '') return { kind: 'ok', status, value: null };
  try {
    return { kind: 'ok', status, value: JSON.parse(text) as Value };
  } catch {
    return { kind: 'error', reason: 'invalid', status };
  }
}
