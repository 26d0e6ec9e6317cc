import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { byteRange } from './byte-range.ts';

/** Bytes that can be read in pieces. */
interface Sendable {
  readonly size: number;
  read(from: number, to: number): AsyncIterable<Uint8Array>;
}

/** Sends somebody's voice, or the one range of it that is asked for; no cache but the listener's own may keep it. */
export async function sendAudio(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  audio: Sendable,
  name: string,
): Promise<void> {
  const range = byteRange(request.headers.range, audio.size);
  const { from, to } = range ?? { from: 0, to: audio.size - 1 };
  // An empty file has no first byte to read from.
  const body = audio.size === 0 ? null : await begun(audio.read(from, to));
  void reply.headers({
    'content-type': 'audio/wav',
    'content-length': to - from + 1,
    'content-disposition': `inline; filename="${name}.wav"`,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
  });
  if (range !== null) void reply.code(206).header('content-range', `bytes ${from}-${to}/${audio.size}`);
  await reply.send(body ?? Buffer.alloc(0));
}

/** Has its first piece already: what cannot be read at all is an answer of its own, not audio that breaks off. */
async function begun(pieces: AsyncIterable<Uint8Array>): Promise<Readable> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  async function* all(): AsyncIterable<Uint8Array> {
    if (first.done === true) return;
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  const body = Readable.from(all());
  // Who is gone before the first byte never begins `all`, so that nothing would end what is being read.
  body.once('close', () => void iterator.return?.().catch(() => undefined));
  return body;
}
