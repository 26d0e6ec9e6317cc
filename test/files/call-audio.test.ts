import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PEAK_COUNT, partName } from '../../src/domain/call-recording.ts';
import { makeId } from '../../src/domain/ids.ts';
import { callAudioIn } from '../../src/files/call-audio.ts';
import type { CallAudioFiles } from '../../src/ports/call-recordings.ts';
import { TEST_SEALED_AUDIO } from '../kit/seal.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'call-audio-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const id = makeId('recording', 1_790_000_000_000, Array(16).fill(7));
const RATE = 8000;

/** `ms` of a left and a right side that are constant. */
function part(ms: number, left: number, right: number): Buffer {
  const frames = (RATE * ms) / 1000;
  const bytes = Buffer.alloc(frames * 4);
  for (let i = 0; i < frames; i += 1) {
    bytes.writeInt16LE(left, i * 4);
    bytes.writeInt16LE(right, i * 4 + 2);
  }
  return bytes;
}

/** The samples of one side at a moment. */
function at(wav: Buffer, ms: number): readonly [number, number] {
  const offset = 44 + ms * 32;
  return [wav.readInt16LE(offset), wav.readInt16LE(offset + 2)];
}

/** The whole, as a browser gets it. */
async function heard(files: CallAudioFiles): Promise<Buffer> {
  const size = (await files.size(id)) ?? 0;
  const pieces: Uint8Array[] = [];
  for await (const piece of files.read(id, 0, size - 1)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('the parts of a recording', () => {
  it('become one file: each at its time, silence between them, the caller on the left', async () => {
    await writeFile(path.join(dir, `${partName(id, 0)}.raw`), part(1000, 9000, -100));
    // A process that was killed leaves half a sample.
    await writeFile(path.join(dir, `${partName(id, 1)}.raw`), Buffer.concat([part(500, 300, 12_000), Buffer.from([1])]));
    const files = callAudioIn(dir, TEST_SEALED_AUDIO);
    const joined = await files.join(id, [
      { name: partName(id, 0), atMs: 0 },
      { name: partName(id, 1), atMs: 2000 },
    ]);
    expect(joined?.durationMs).toBe(2500);
    const wav = await heard(files);
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    expect([wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34), wav.readUInt32LE(40)]).toEqual([
      2,
      8000,
      16,
      wav.length - 44,
    ]);
    expect([at(wav, 0), at(wav, 999), at(wav, 1000), at(wav, 1999), at(wav, 2000), at(wav, 2499)]).toEqual([
      [9000, -100],
      [9000, -100],
      [0, 0],
      [0, 0],
      [300, 12_000],
      [300, 12_000],
    ]);
    expect(await readdir(dir)).toEqual([`${id}.sealed`]);
    // Nothing of it lies open.
    expect((await readFile(path.join(dir, `${id}.sealed`))).includes(part(1000, 9000, -100).subarray(0, 64))).toBe(false);
    const [left, right] = [joined?.peaks.slice(0, PEAK_COUNT) ?? '', joined?.peaks.slice(PEAK_COUNT) ?? ''];
    expect([left.length, right.length]).toEqual([PEAK_COUNT, PEAK_COUNT]);
    expect([left[0], left[150], left[299]]).toEqual(['8', '0', '3']);
    expect([right[0], right[150], right[299]]).toEqual(['1', '0', '8']);
    expect(await files.size(id)).toBe(wav.length);
  });

  it('a join that was broken off after the file was whole gives the same again', async () => {
    await writeFile(path.join(dir, `${partName(id, 0)}.raw`), part(700, 9000, 0));
    const files = callAudioIn(dir, TEST_SEALED_AUDIO);
    const parts = [{ name: partName(id, 0), atMs: 0 }];
    expect(await files.join(id, parts)).toEqual(await files.join(id, parts));
  });

  it('that a former version left open as a whole are heard, and sealed', async () => {
    const whole = Buffer.concat([Buffer.alloc(44), part(300, 9000, 0)]);
    await writeFile(path.join(dir, `${id}.wav`), whole);
    const files = callAudioIn(dir, TEST_SEALED_AUDIO);
    expect(await heard(files)).toEqual(whole);
    expect(await files.unsealed()).toEqual([id]);
    expect(await files.seal(id)).toBe(true);
    expect(await readdir(dir)).toEqual([`${id}.sealed`]);
    expect(await heard(files)).toEqual(whole);
    expect(await files.unsealed()).toEqual([]);
    expect(await files.seal(id)).toBe(false);
  });

  it('that are not there, or hold nothing, give none', async () => {
    await writeFile(path.join(dir, `${partName(id, 0)}.raw`), '');
    expect(
      await callAudioIn(dir, TEST_SEALED_AUDIO).join(id, [
        { name: partName(id, 0), atMs: 0 },
        { name: partName(id, 1), atMs: 5 },
      ]),
    ).toBeNull();
  });

  it('never overlap where the clocks of the two disagree', async () => {
    await writeFile(path.join(dir, `${partName(id, 0)}.raw`), part(1000, 1, 1));
    await writeFile(path.join(dir, `${partName(id, 1)}.raw`), part(1000, 2, 2));
    const joined = await callAudioIn(dir, TEST_SEALED_AUDIO).join(id, [
      { name: partName(id, 0), atMs: 0 },
      { name: partName(id, 1), atMs: 990 },
    ]);
    expect(joined?.durationMs).toBe(2000);
  });

  it('go with the whole, and are found when nobody names them; other files are left alone', async () => {
    const files = callAudioIn(dir, TEST_SEALED_AUDIO);
    const old = new Date(1000);
    for (const name of [`${partName(id, 0)}.raw`, `${id}.wav`, 'notes.txt', 'other_001.raw']) {
      await writeFile(path.join(dir, name), part(10, 1, 1));
      await utimes(path.join(dir, name), old, old);
    }
    expect(await files.olderThan(2000)).toEqual([id]);
    expect(await files.olderThan(500)).toEqual([]);
    await files.remove(id);
    expect((await readdir(dir)).toSorted()).toEqual(['notes.txt', 'other_001.raw']);
  });

  it('nothing but an id becomes a path', async () => {
    const files = callAudioIn(dir, TEST_SEALED_AUDIO);
    await expect(files.size('../../etc/passwd' as typeof id)).rejects.toThrow('not the id of a recording');
    await expect(files.partSize('../x_001')).rejects.toThrow('not the id of a recording');
  });
});
