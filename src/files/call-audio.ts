import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseId, type RecordingId } from '../domain/ids.ts';
import type { CallAudioFiles, PlacedPart } from '../ports/call-recordings.ts';
import { createPeaks } from './peaks.ts';

/** As Asterisk writes them: 16-bit samples at 8 kHz, two sides. */
const RATE = 8000;
const FRAME_BYTES = 4;
const BYTES_PER_MS = (RATE * FRAME_BYTES) / 1000;
const HEADER_BYTES = 44;
const SILENCE = Buffer.alloc(64 * 1024);
const PART = /^(.+)_\d{3}\.raw$/;

/** Recordings of calls: parts `<id>_<n>.raw` as Asterisk writes them, and the whole `<id>.wav` when the call is over. */
export function callAudioIn(dir: string): CallAudioFiles {
  const whole = (id: RecordingId): string => path.join(dir, `${mustBeId(id)}.wav`);
  const raw = (name: string): string => path.join(dir, `${mustBeName(name)}.raw`);
  const sizeOf = async (file: string): Promise<number | undefined> => (await unlessMissing(stat(file)))?.size;

  async function* pieces(parts: readonly SizedPart[], totalMs: number, see: (piece: Buffer) => void): AsyncIterable<Buffer> {
    const bytes = Math.ceil(totalMs * BYTES_PER_MS);
    yield header(bytes);
    let at = 0;
    for (const { name, from, length } of parts) {
      for (; at < from; at += Math.min(SILENCE.length, from - at)) yield seen(SILENCE.subarray(0, Math.min(SILENCE.length, from - at)));
      for await (const piece of createReadStream(raw(name), { end: length - 1 })) yield seen(piece as Buffer);
      at = from + length;
    }
    for (; at < bytes; at += Math.min(SILENCE.length, bytes - at)) yield seen(SILENCE.subarray(0, Math.min(SILENCE.length, bytes - at)));

    function seen(piece: Buffer): Buffer {
      see(piece);
      return piece;
    }
  }

  return {
    partSize: async (name) => sizeOf(raw(name)),
    async join(id, placed) {
      const parts = await placedIn(placed, (name) => sizeOf(raw(name)));
      const last = parts.at(-1);
      // Joined already, and broken off before it was written down: the parts are gone, the whole is there.
      if (last === undefined) return describe(whole(id), await sizeOf(whole(id)));
      const totalBytes = last.from + last.length;
      const peaks = createPeaks(totalBytes / FRAME_BYTES);
      const half = `${whole(id)}.tmp`;
      await pipeline(Readable.from(pieces(parts, totalBytes / BYTES_PER_MS, peaks.see)), createWriteStream(half));
      await rename(half, whole(id));
      for (const { name } of placed) await unlessMissing(unlink(raw(name)));
      return { durationMs: Math.round(totalBytes / BYTES_PER_MS), peaks: peaks.text() };
    },
    size: async (id) => sizeOf(whole(id)),
    read: (id, start, end) => createReadStream(whole(id), { start, end }),
    async remove(id) {
      await unlessMissing(unlink(whole(id)));
      for (const name of (await unlessMissing(readdir(dir))) ?? [])
        if (PART.exec(name)?.[1] === id || name === `${id}.wav.tmp`) await unlessMissing(unlink(path.join(dir, name)));
    },
    async olderThan(time) {
      const found = new Set<RecordingId>();
      for (const name of (await unlessMissing(readdir(dir))) ?? []) {
        const id = parseId('recording', PART.exec(name)?.[1] ?? name.replace(/\.wav(\.tmp)?$/, ''));
        const file = id === undefined ? undefined : await unlessMissing(stat(path.join(dir, name)));
        if (id !== undefined && file !== undefined && file.mtimeMs < time) found.add(id);
      }
      return [...found];
    },
  };

  async function describe(file: string, size: number | undefined) {
    if (size === undefined) return null;
    const frames = (size - HEADER_BYTES) / FRAME_BYTES;
    const peaks = createPeaks(frames);
    for await (const piece of createReadStream(file, { start: HEADER_BYTES })) peaks.see(piece as Buffer);
    return { durationMs: Math.round((frames / RATE) * 1000), peaks: peaks.text() };
  }
}

interface SizedPart {
  readonly name: string;
  /** Bytes into the whole. */
  readonly from: number;
  readonly length: number;
}

/** Where each part begins and how much of it there is: whole frames, and none begins before the one before has ended. */
async function placedIn(parts: readonly PlacedPart[], sizeOf: (name: string) => Promise<number | undefined>): Promise<SizedPart[]> {
  const placed: SizedPart[] = [];
  let end = 0;
  for (const { name, atMs } of parts) {
    const length = wholeFrames((await sizeOf(name)) ?? 0);
    if (length === 0) continue;
    const from = Math.max(end, wholeFrames(Math.round(atMs * BYTES_PER_MS)));
    placed.push({ name, from, length });
    end = from + length;
  }
  return placed;
}

function wholeFrames(bytes: number): number {
  return bytes - (bytes % FRAME_BYTES);
}

function header(bytes: number): Buffer {
  const head = Buffer.alloc(HEADER_BYTES);
  head.write('RIFF', 0);
  head.writeUInt32LE(HEADER_BYTES - 8 + bytes, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  // PCM, two sides.
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * FRAME_BYTES, 28);
  head.writeUInt16LE(FRAME_BYTES, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(bytes, 40);
  return head;
}

/** What comes in as an id becomes a path: nothing else may get that far. */
function mustBeId(id: string): string {
  if (parseId('recording', id) === undefined) throw new TypeError('not the id of a recording');
  return id;
}

function mustBeName(name: string): string {
  const [, id = ''] = /^(.+)_\d{3}$/.exec(name) ?? [];
  mustBeId(id);
  return name;
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
