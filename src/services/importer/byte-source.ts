import type { ByteSource } from '../../ports/bytes.ts';

const CHUNK_BYTES = 65_536;

export function bytesOf(bytes: Uint8Array): ByteSource {
  return { size: bytes.byteLength, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

/** A stretch of the source from its beginning to its end, in pieces of 64 KB. */
export async function* chunksOf(source: ByteSource, from = 0, to = source.size): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += CHUNK_BYTES) yield await source.read(at, Math.min(CHUNK_BYTES, to - at));
}
