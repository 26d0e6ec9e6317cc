/** Bytes that can be read from anywhere: a file in memory, or one that lies sealed on the disk. */
export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes from `offset`; both lie within the source. */
  read(offset: number, length: number): Promise<Uint8Array>;
}
