import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SantralError } from '../domain/errors.ts';
import { unlessMissing } from './unless-missing.ts';

/** Says what the file is, and how it is sealed. */
const MAGIC = Buffer.from('SANTRAL1');
const SALT_BYTES = 32;
const HEAD_BYTES = MAGIC.length + SALT_BYTES;
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Audio is opened in pieces of this size: who jumps into an hour of it waits for one of them. */
export const CHUNK_BYTES = 64 * 1024;
const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;

/** Audio on the disk that nobody can hear without the engine's key. */
export interface SealedAudio {
  /** Bytes of the audio in it; undefined when there is no such file. */
  size(file: string): Promise<number | undefined>;
  /** Its bytes from `from` to `to`, both inclusive. Rejects with `recording.unreadable` where it is damaged or was sealed with another key. */
  read(file: string, from: number, to: number): AsyncIterable<Buffer>;
  /** Seals what comes; the file is there as a whole or not at all, and when this resolves no power cut takes it away again. */
  write(file: string, audio: AsyncIterable<Uint8Array>): Promise<void>;
  /** Seals a file that lies open, and removes it; false when there is none. */
  sealFile(plain: string, file: string): Promise<boolean>;
}

/**
 * AES-256-GCM. Each file has a key of its own, made of the engine's secret and a salt, so that the count of its pieces is a
 * nonce that never comes twice. Each piece is sealed together with its count and whether it is the last one: none can be
 * changed, moved, left out or cut off unnoticed.
 */
export function sealAudioWith(secret: string): SealedAudio {
  const keyFrom = (salt: Uint8Array): Buffer => Buffer.from(hkdfSync('sha256', secret, salt, 'santral audio', KEY_BYTES));

  async function write(file: string, audio: AsyncIterable<Uint8Array>): Promise<void> {
    const half = `${file}.tmp`;
    await pipeline(Readable.from(sealed(audio, keyFrom)), createWriteStream(half));
    await onDisk(half);
    await rename(half, file);
    await onDisk(path.dirname(file));
  }

  return {
    write,
    async size(file) {
      const found = await unlessMissing(stat(file));
      return found === undefined ? undefined : audioBytes(found.size);
    },
    read: (file, from, to) => opened(file, { from, to }, keyFrom),
    async sealFile(plain, file) {
      if ((await unlessMissing(stat(plain))) === undefined) return false;
      await write(file, createReadStream(plain));
      await unlessMissing(unlink(plain));
      return true;
    },
  };
}

/** A file's content, or a folder's names: only then may what they take the place of be removed. */
async function onDisk(place: string): Promise<void> {
  const handle = await open(place, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function chunksOf(fileBytes: number): number {
  return Math.max(1, Math.ceil((fileBytes - HEAD_BYTES) / SEALED_CHUNK_BYTES));
}

function audioBytes(fileBytes: number): number {
  return Math.max(0, fileBytes - HEAD_BYTES - chunksOf(fileBytes) * TAG_BYTES);
}

async function* sealed(audio: AsyncIterable<Uint8Array>, keyFrom: (salt: Buffer) => Buffer): AsyncIterable<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const key = keyFrom(salt);
  yield Buffer.concat([MAGIC, salt]);
  let index = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of audio) {
    rest = Buffer.concat([rest, piece]);
    // One is kept back: only at the end it is known which one is the last.
    for (; rest.length > CHUNK_BYTES; rest = rest.subarray(CHUNK_BYTES))
      yield sealChunk(key, rest.subarray(0, CHUNK_BYTES), index++, false);
  }
  yield sealChunk(key, rest, index, true);
}

function sealChunk(key: Buffer, chunk: Buffer, index: number, isLast: boolean): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, ivOf(index));
  cipher.setAAD(placeOf(index, isLast));
  return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
}

async function* opened(
  file: string,
  { from, to }: { readonly from: number; readonly to: number },
  keyFrom: (salt: Buffer) => Buffer,
): AsyncIterable<Buffer> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const head = await bytesOf(handle, 0, HEAD_BYTES);
    if (!head.subarray(0, MAGIC.length).equals(MAGIC)) throw unreadable();
    const key = keyFrom(head.subarray(MAGIC.length));
    const count = chunksOf(size);
    const last = Math.min(count - 1, Math.floor(to / CHUNK_BYTES));
    for (let index = Math.floor(from / CHUNK_BYTES); index <= last; index += 1) {
      const at = HEAD_BYTES + index * SEALED_CHUNK_BYTES;
      const chunk = openChunk(key, await bytesOf(handle, at, Math.min(SEALED_CHUNK_BYTES, size - at)), index, index === count - 1);
      const begin = index * CHUNK_BYTES;
      yield chunk.subarray(Math.max(0, from - begin), to - begin + 1);
    }
  } finally {
    await handle.close();
  }
}

async function bytesOf(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, length));
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, at);
  return bytes.subarray(0, bytesRead);
}

function openChunk(key: Buffer, chunk: Buffer, index: number, isLast: boolean): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, ivOf(index));
    decipher.setAAD(placeOf(index, isLast));
    decipher.setAuthTag(chunk.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(chunk.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw unreadable(cause);
  }
}

function ivOf(index: number): Buffer {
  const iv = Buffer.alloc(IV_BYTES);
  iv.writeUInt32BE(index, IV_BYTES - 4);
  return iv;
}

function placeOf(index: number, isLast: boolean): Buffer {
  const place = Buffer.alloc(5);
  place.writeUInt32BE(index, 0);
  place.writeUInt8(isLast ? 1 : 0, 4);
  return place;
}

function unreadable(cause?: unknown): SantralError {
  const text = 'The recording is damaged, or was sealed with another key than SANTRAL_SESSION_KEY is now.';
  return new SantralError('recording.unreadable', text, { cause });
}
