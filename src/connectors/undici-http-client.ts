import { Agent, errors, request } from 'undici';
import type { Value } from '../domain/value.ts';
import type { HttpClient, HttpOutcome, HttpRequest } from '../ports/http-client.ts';

/** Connections kept per customer system. */
const CONNECTIONS = 20;

/** Outgoing requests of flows: JSON in and out, bounded in time and size, redirects not followed. */
export function undiciHttpClient(): HttpClient & { close(): Promise<void> } {
  const dispatcher = new Agent({ connections: CONNECTIONS });
  return {
    request: (wanted) => send(dispatcher, wanted),
    close: () => dispatcher.destroy(),
  };
}

async function send(dispatcher: Agent, wanted: HttpRequest): Promise<HttpOutcome> {
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
