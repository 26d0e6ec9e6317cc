import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { SantralError } from '../domain/errors.ts';
import type { ImportSpool, OpenSpooled, SpooledFile } from '../ports/import-spool.ts';

/** Bytes of one sealed piece; each has its own tag, so that any of them can be read without the others. */
const PIECE = 65_536;
const TAG = 16;
const KEY_BYTES = 32;
const IV_BYTES = 12;
const NAME = /^(\d+)-[0-9a-f]{24}\.sealed$/;

/** Uploads on the disk: AES-256-GCM with a key of their own that is never written down. */
export function importSpoolIn(dir: string): ImportSpool {
  return {
    async write(chunks, maxBytes) {
      await mkdir(dir, { recursive: true });
      const file = path.join(dir, `${process.pid}-${randomBytes(12).toString('hex')}.sealed`);
      try {
        return await sealInto(file, chunks, maxBytes);
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      }
    },
    remove: ({ path: file }) => rm(file, { force: true }),
    async sweep() {
      const names = await readdir(dir).catch(() => []);
      for (const name of names) {
        const owner = NAME.exec(name)?.[1];
        if (owner !== undefined && Number(owner) !== process.pid && !isAlive(Number(owner)))
          await rm(path.join(dir, name), { force: true });
      }
    },
  };
}

/** Opens a sealed file for reading, in any thread of the process that has its key. */
export async function openSpooled({ path: file, key, bytes }: SpooledFile): Promise<OpenSpooled> {
  const handle = await open(file, 'r');
  const secret = Buffer.from(key, 'hex');
  let kept: { readonly index: number; readonly plain: Buffer } | undefined;

  async function piece(index: number): Promise<Buffer> {
    if (kept?.index === index) return kept.plain;
    const length = Math.min(PIECE, bytes - index * PIECE);
    const sealed = Buffer.alloc(length + TAG);
    await handle.read(sealed, 0, sealed.length, index * (PIECE + TAG));
    const decipher = createDecipheriv('aes-256-gcm', secret, ivOf(index));
    decipher.setAuthTag(sealed.subarray(length));
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, length)), decipher.final()]);
    kept = { index, plain };
    return plain;
  }

  return {
    size: bytes,
    async read(offset, length) {
      const first = Math.floor(offset / PIECE);
      const last = Math.floor((offset + length - 1) / PIECE);
      const pieces: Buffer[] = [];
      for (let index = first; index <= last && length > 0; index += 1) pieces.push(await piece(index));
      const start = offset - first * PIECE;
      return pieces.length === 1
        ? (pieces[0] as Buffer).subarray(start, start + length)
        : Buffer.concat(pieces).subarray(start, start + length);
    },
    close: () => handle.close(),
  };
}

async function sealInto(file: string, chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<SpooledFile> {
  const key = randomBytes(KEY_BYTES);
  const digest = createHash('sha256');
  const handle = await open(file, 'wx', 0o600);
  let bytes = 0;
  let index = 0;
  let pending = Buffer.alloc(0);
  const put = async (plain: Buffer): Promise<void> => {
    const cipher = createCipheriv('aes-256-gcm', key, ivOf(index));
    await handle.write(Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]));
    index += 1;
  };
  try {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new SantralError('request.too-large', `The file is larger than ${maxBytes} bytes.`);
      digest.update(chunk);
      pending = Buffer.concat([pending, chunk]);
      for (; pending.length >= PIECE; pending = pending.subarray(PIECE)) await put(pending.subarray(0, PIECE));
    }
    if (pending.length > 0) await put(pending);
    return { path: file, key: key.toString('hex'), bytes, hash: digest.digest('hex') };
  } finally {
    await handle.close();
  }
}

/** A key seals one file, each piece once: the piece's place is what no other has. */
function ivOf(index: number): Buffer {
  const iv = Buffer.alloc(IV_BYTES);
  iv.writeUInt32BE(index, IV_BYTES - 4);
  return iv;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
