import { createReadStream } from 'node:fs';
import { readdir, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { parseId, type RecordingId } from '../domain/ids.ts';
import type { CallAudioFiles, PlacedPart } from '../ports/call-recordings.ts';
import { soundsIn } from './kept-sounds.ts';
import { createPeaks } from './peaks.ts';
import type { SealedAudio } from './sealed-audio.ts';
import { unlessMissing } from './unless-missing.ts';

/** As Asterisk writes them: 16-bit samples at 8 kHz, two sides. */
const RATE = 8000;
const FRAME_BYTES = 4;
const BYTES_PER_MS = (RATE * FRAME_BYTES) / 1000;
const HEADER_BYTES = 44;
const SILENCE = Buffer.alloc(64 * 1024);
const PART = /^(.+)_\d{3}\.raw$/;

/** Recordings of calls: parts `<id>_<n>.raw` as Asterisk writes them, and the whole, sealed, when the call is over. */
export function callAudioIn(dir: string, sealedAudio: SealedAudio): CallAudioFiles {
  const kept = soundsIn(dir, sealedAudio);
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
      if (last === undefined) return describe(id);
      const totalBytes = last.from + last.length;
      const peaks = createPeaks(totalBytes / FRAME_BYTES);
      await kept.write(id, pieces(parts, totalBytes / BYTES_PER_MS, peaks.see));
      for (const { name } of placed) await unlessMissing(unlink(raw(name)));
      return { durationMs: Math.round(totalBytes / BYTES_PER_MS), peaks: peaks.text() };
    },
    size: (id) => kept.size(id),
    read: (id, from, to) => kept.read(id, from, to),
    async remove(id) {
      await kept.remove(id);
      for (const name of (await unlessMissing(readdir(dir))) ?? [])
        if (PART.exec(name)?.[1] === id) await unlessMissing(unlink(path.join(dir, name)));
    },
    olderThan: (time) => kept.olderThan(time, (name) => PART.exec(name)?.[1]),
    unsealed: () => kept.unsealed(),
    seal: (id) => kept.seal(id),
  };

  async function describe(id: RecordingId) {
    const size = await kept.size(id);
    if (size === undefined) return null;
    const frames = (size - HEADER_BYTES) / FRAME_BYTES;
    const peaks = createPeaks(frames);
    for await (const piece of kept.read(id, HEADER_BYTES, size - 1)) peaks.see(Buffer.from(piece));
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
