import { type Dispatcher, request } from 'undici';
import { SantralError } from '../../domain/errors.ts';
import type { Voice } from '../../ports/speech.ts';
import { polish, toPcm16 } from '../level.ts';
import { toPhoneRate } from '../resample.ts';
import { readWav, writeWav } from '../wav.ts';

export interface HttpVoiceOptions {
  /** Gets POST {"text", "language"} and answers with a PCM WAV of any rate. */
  readonly url: string;
  readonly token?: string | undefined;
  /** For one try; there are two. */
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

const TRIES = 2;
const DEFAULT_TIMEOUT_MS = 8000;
/** Ten minutes at 24 kHz, 16 bit. */
const DEFAULT_MAX_BYTES = 29_000_000;

/** A voice behind HTTP. Its address is its name in the cache: put a version into the query (`?voice=2`) to render anew. */
export function createHttpVoice(options: HttpVoiceOptions): Voice {
  return {
    id: `http/${options.url}`,
    async render(text, language, signal) {
      const samples = polish(await toPhoneRate(readWav(await fetchTwice(options, JSON.stringify({ text, language }), signal))));
      if (samples.length === 0) throw new SantralError('speech.failed', 'the HTTP voice answered with silence');
      return writeWav(toPcm16(samples));
    },
  };
}

/** What went wrong, and whether a second try may help. */
interface Failure {
  readonly message: string;
  readonly again: boolean;
  readonly cause?: unknown;
}

async function fetchTwice(options: HttpVoiceOptions, body: string, signal: AbortSignal): Promise<Buffer> {
  let failure: Failure = { message: '', again: true };
  for (let tries = 0; tries < TRIES && failure.again && !signal.aborted; tries += 1) {
    const outcome = await fetchOnce(options, body, signal);
    if (Buffer.isBuffer(outcome)) return outcome;
    failure = outcome;
  }
  const message = signal.aborted ? 'was stopped: it took too long, or nobody needs the text any more' : failure.message;
  throw new SantralError('speech.failed', `the HTTP voice ${message}`, { cause: failure.cause });
}

async function fetchOnce(options: HttpVoiceOptions, body: string, signal: AbortSignal): Promise<Buffer | Failure> {
  const { url, token, timeoutMs = DEFAULT_TIMEOUT_MS, maxBytes = DEFAULT_MAX_BYTES } = options;
  const headers = { 'content-type': 'application/json', accept: 'audio/wav', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const answer = await request(url, { method: 'POST', headers, body, signal: within });
    if (answer.statusCode !== 200) {
      await answer.body.dump();
      const again = answer.statusCode >= 500 || answer.statusCode === 429;
      return { message: `answered ${answer.statusCode}`, again };
    }
    return await readLimited(answer.body, maxBytes);
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error));
    const isLate = within.aborted && !signal.aborted;
    return { message: isLate ? `did not answer within ${timeoutMs} ms` : `cannot be reached: ${cause.message}`, again: true, cause };
  }
}

async function readLimited(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<Buffer | Failure> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the body, and with it the connection.
    if (size > maxBytes) return { message: `answered with more than ${maxBytes} bytes`, again: false };
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
