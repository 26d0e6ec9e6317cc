import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClipStore, writeWhole } from '../../src/speech/clip-store.ts';
import { writeWav } from '../../src/speech/wav.ts';
import { virtualClock } from '../kit/virtual-clock.ts';

const id = (name: string) => Buffer.from(name.padEnd(32, '.')).toString('hex');
const wav = (ms: number) => writeWav(new Int16Array(ms * 8));
const HOUR = 3_600_000;
let dir = '';

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'santral-clips-'));
});
afterEach(() => rm(dir, { recursive: true }));

function storeAt(now = Date.now(), maxBytes = 1e9, seenAs = dir) {
  const clock = virtualClock(now);
  return { clock, store: createClipStore({ dir, seenAs, clock, maxBytes }) };
}

describe('clips on disk', () => {
  it('are found again by another process, with their exact duration', async () => {
    const put = await storeAt().store.put(id('a'), wav(1240));
    expect(put).toEqual({ path: path.join(dir, id('a').slice(0, 2), id('a')), durationMs: 1240 });
    expect(await storeAt().store.find(id('a'))).toEqual(put);
    expect((await stat(`${put.path}.wav`)).size).toBe(44 + 1240 * 16);
  });

  it('are named as Asterisk sees them', async () => {
    const { store } = storeAt(Date.now(), 1e9, '/var/lib/speech');
    expect((await store.put(id('a'), wav(20))).path).toBe(`/var/lib/speech/${id('a').slice(0, 2)}/${id('a')}`);
  });

  it('that are cut off, foreign or absent do not count', async () => {
    const { store } = storeAt();
    const { path: file } = await store.put(id('a'), wav(1000));
    await truncate(`${file}.wav`, 5000);
    expect(await store.find(id('a'))).toBeUndefined();
    await writeFile(`${file}.wav`, '');
    expect(await store.find(id('a'))).toBeUndefined();
    expect(await store.find(id('b'))).toBeUndefined();
  });

  it('are whole for every reader while two writers write at once', async () => {
    const file = path.join(dir, 'x.wav');
    const versions = [wav(2000), wav(5000)];
    await writeWhole(file, versions[0] as Buffer);
    const writes = Array.from({ length: 40 }, (_, i) => writeWhole(file, versions[i % 2] as Buffer));
    const reads = Array.from({ length: 40 }, () => readFile(file));
    await Promise.all(writes);
    for (const seen of await Promise.all(reads)) expect(versions.some((version) => version.equals(seen))).toBe(true);
    expect(await readdir(dir)).toEqual(['x.wav']);
  });

  it('leave nothing behind when the place cannot be written', async () => {
    await mkdir(path.join(dir, 'x.wav'));
    await expect(writeWhole(path.join(dir, 'x.wav'), wav(20))).rejects.toThrow();
    expect(await readdir(dir)).toEqual(['x.wav']);
  });
});

const kept = async () => (await readdir(dir, { recursive: true })).filter((name) => name.endsWith('.wav')).length;

describe('housekeeping', () => {
  it('removes the least recently used above the limit, and says which', async () => {
    const { store } = storeAt(Date.now() + 10 * HOUR, 3 * (44 + 1600));
    for (const [age, name] of ['oldest', 'old', 'young', 'youngest', 'newest'].entries()) {
      const { path: file } = await storeAt(0).store.put(id(name), wav(100));
      await utimes(`${file}.wav`, Date.now() / 1000, Date.now() / 1000 - 3600 * (9 - age));
    }
    expect(await store.sweep()).toEqual({ files: 3, bytes: 3 * (44 + 1600), removed: [id('oldest'), id('old')] });
    expect(await kept()).toBe(3);
    expect((await store.sweep()).removed).toEqual([]);
  });

  it('never removes what was used within the last hour, by this process or another one', async () => {
    const now = Date.now();
    const here = storeAt(now + 10 * HOUR, 0);
    const there = storeAt(now + 10 * HOUR, 1e9);
    for (const name of ['here', 'there', 'nobody']) await storeAt(0).store.put(id(name), wav(100));
    expect([here.store.use(id('here')), there.store.use(id('there')), here.store.use(id('absent'))]).toEqual([true, true, false]);
    await there.store.sweep();
    expect((await here.store.sweep()).removed).toEqual([id('nobody')]);
    await here.clock.pass(HOUR + 1);
    expect([...(await here.store.sweep()).removed].sort()).toEqual([id('here'), id('there')].sort());
  });

  it('clears away what a dead process left half written, and touches nothing else', async () => {
    await mkdir(path.join(dir, 'ab'));
    await mkdir(path.join(dir, 'fixed'));
    const temp = path.join(dir, 'ab', `${id('x')}.wav.1.aa.tmp`);
    for (const file of [temp, path.join(dir, 'fixed', 'beep.wav'), path.join(dir, 'ab', 'notes.txt')]) await writeFile(file, 'x');
    await storeAt(Date.now() + HOUR / 2, 0).store.sweep();
    expect(await readdir(path.join(dir, 'ab'))).toHaveLength(2);
    await storeAt(Date.now() + 2 * HOUR, 0).store.sweep();
    expect(await readdir(path.join(dir, 'ab'))).toEqual(['notes.txt']);
    expect(await readdir(path.join(dir, 'fixed'))).toEqual(['beep.wav']);
  });

  it('of a directory that is not there finds nothing', async () => {
    const store = createClipStore({ dir: path.join(dir, 'gone'), seenAs: dir, clock: virtualClock(), maxBytes: 1 });
    expect(await store.sweep()).toEqual({ files: 0, bytes: 0, removed: [] });
  });
});
