import type { ByteSource } from './bytes.ts';

/** An upload on the disk, sealed. The key is in memory only: when the process ends, nobody can read the file any more. */
export interface SpooledFile {
  readonly path: string;
  /** Hex; never written down. */
  readonly key: string;
  /** Of the file as it was sent. */
  readonly bytes: number;
  /** SHA-256 of it, hex. */
  readonly hash: string;
}

/** Where uploads lie until they are taken or forgotten. */
export interface ImportSpool {
  /** Rejects with `request.too-large` past `maxBytes`; nothing is left then. */
  write(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<SpooledFile>;
  remove(file: SpooledFile): Promise<void>;
  /** Removes what processes left that are no more: it cannot be read. */
  sweep(): Promise<void>;
}

/** A spooled file opened for reading. */
export interface OpenSpooled extends ByteSource {
  close(): Promise<void>;
}
