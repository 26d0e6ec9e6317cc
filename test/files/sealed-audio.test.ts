import { type FileHandle, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CHUNK_BYTES, sealAudioWith } from '../../src/files/sealed-audio.ts';

const HEAD_BYTES = 40;
const TAG_BYTES = 16;

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'sealed-audio-'));
  file = path.join(dir, 'one.sealed');
});
afterEach(() => {
  vi.restoreAllMocks();
  return rm(dir, { recursive: true, force: true });
});

const audio = sealAudioWith('a key');

/** Bytes that tell where they stand. */
function sound(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 1) bytes[at] = (at * 31 + (at >> 8)) & 0xff;
  return bytes;
}

async function write(bytes: Buffer, pieceBytes = 10_007): Promise<void> {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes));
  await audio.write(file, Readable.from(pieces));
}

async function read(from: number, to: number, by = audio): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of by.read(file, from, to)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('sealed audio', () => {
  it.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 17])(
    'of %i bytes comes back as it was, whole and in parts',
    async (length) => {
      const bytes = sound(length);
      await write(bytes);
      expect(await audio.size(file)).toBe(length);
      expect(await readdir(dir)).toEqual(['one.sealed']);
      if (length === 0) return;
      expect((await read(0, length - 1)).equals(bytes)).toBe(true);
      for (const [from, to] of [
        [0, 0],
        [length - 1, length - 1],
        [Math.floor(length / 3), Math.floor((2 * length) / 3)],
        [Math.min(CHUNK_BYTES - 1, length - 1), Math.min(CHUNK_BYTES, length - 1)],
      ] as const)
        expect((await read(from, to)).equals(bytes.subarray(from, to + 1)), `${from} to ${to}`).toBe(true);
    },
  );

  it('is never the same twice, and holds nothing that can be read', async () => {
    const bytes = Buffer.alloc(CHUNK_BYTES * 2, 'somebody speaks ');
    await write(bytes);
    const first = await readFile(file);
    await write(bytes);
    const second = await readFile(file);
    expect(first.includes('speaks')).toBe(false);
    expect(first.subarray(HEAD_BYTES).equals(second.subarray(HEAD_BYTES))).toBe(false);
    // Two pieces that say the same are not told to be the same.
    const sealedBytes = CHUNK_BYTES + TAG_BYTES;
    expect(
      first
        .subarray(HEAD_BYTES, HEAD_BYTES + CHUNK_BYTES)
        .equals(first.subarray(HEAD_BYTES + sealedBytes, HEAD_BYTES + sealedBytes + CHUNK_BYTES)),
    ).toBe(false);
  });

  it.each<[string, (whole: Buffer) => Buffer]>([
    [
      'a byte that was changed',
      (whole) => Buffer.concat([whole.subarray(0, 99), Buffer.from([(whole[99] ?? 0) ^ 1]), whole.subarray(100)]),
    ],
    ['an end that was cut off in mid-piece', (whole) => whole.subarray(0, -20)],
    ['an end that was cut off between two pieces', (whole) => whole.subarray(0, HEAD_BYTES + 2 * (CHUNK_BYTES + TAG_BYTES))],
    [
      'pieces that were exchanged',
      (whole) => {
        const at = (index: number): Buffer =>
          whole.subarray(HEAD_BYTES + index * (CHUNK_BYTES + TAG_BYTES), HEAD_BYTES + (index + 1) * (CHUNK_BYTES + TAG_BYTES));
        return Buffer.concat([whole.subarray(0, HEAD_BYTES), at(1), at(0), at(2)]);
      },
    ],
    ['another file', () => Buffer.from('RIFF and so on, as it was before anything was sealed')],
    ['hardly anything', () => Buffer.from('SAN')],
  ])('tells %s', async (_, change) => {
    await write(sound(2 * CHUNK_BYTES + 500));
    const whole = await readFile(file);
    await writeFile(file, change(whole));
    const size = (await audio.size(file)) ?? 0;
    await expect(read(0, Math.max(0, size - 1))).rejects.toMatchObject({ code: 'recording.unreadable' });
  });

  it('is not opened by another key', async () => {
    await write(sound(500));
    await expect(read(0, 499, sealAudioWith('another key'))).rejects.toMatchObject({ code: 'recording.unreadable' });
  });

  it('takes the place of what lies open, and of nothing where nothing is', async () => {
    const plain = path.join(dir, 'one.wav');
    await writeFile(plain, sound(1234));
    expect(await audio.sealFile(plain, file)).toBe(true);
    expect(await readdir(dir)).toEqual(['one.sealed']);
    expect((await read(0, 1233)).equals(sound(1234))).toBe(true);
    expect(await audio.sealFile(plain, file)).toBe(false);
    expect(await audio.size(path.join(dir, 'none.sealed'))).toBeUndefined();
  });

  it('is on the disk, and so is its name, before what lay open is removed: a power cut takes one of them at most', async () => {
    const plain = path.join(dir, 'one.wav');
    await writeFile(plain, sound(1234));
    const synced = await listenToSyncs();
    await audio.sealFile(plain, file);
    expect(synced).toEqual([
      { what: 'one.sealed.tmp', bytes: HEAD_BYTES + 1234 + TAG_BYTES, folder: ['one.sealed.tmp', 'one.wav'] },
      { what: '.', bytes: null, folder: ['one.sealed', 'one.wav'] },
    ]);
    expect(await readdir(dir)).toEqual(['one.sealed']);
  });
});

interface Synced {
  /** A file of the folder, or the folder itself. */
  readonly what: string;
  readonly bytes: number | null;
  readonly folder: readonly string[];
}

/** What is written to the disk for good from now on, and what is in the folder then. */
async function listenToSyncs(): Promise<readonly Synced[]> {
  const synced: Synced[] = [];
  const handle = await open(dir);
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const { sync } = prototype;
  vi.spyOn(prototype, 'sync').mockImplementation(async function (this: FileHandle) {
    const { ino, size } = await this.stat();
    const folder = await readdir(dir);
    const inodes = await Promise.all(folder.map(async (name) => ({ name, ino: (await stat(path.join(dir, name))).ino })));
    const name = inodes.find((one) => one.ino === ino)?.name;
    synced.push({ what: name ?? '.', bytes: name === undefined ? null : size, folder: folder.toSorted() });
    await sync.call(this);
  });
  return synced;
}
