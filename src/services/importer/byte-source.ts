/** Bytes that can be read from anywhere: a file in memory, or one that lies sealed on the disk. */
export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes from `offset`; both lie within the source. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

const CHUNK_BYTES = 65_536;

export function bytesOf(bytes: Uint8Array): ByteSource {
  return { size: bytes.byteLength, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

/** A stretch of the source from its beginning to its end, in pieces of 64 KB. */
export async function* chunksOf(source: ByteSource, from = 0, to = source.size): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += CHUNK_BYTES) yield await source.read(at, Math.min(CHUNK_BYTES, to - at));
}
