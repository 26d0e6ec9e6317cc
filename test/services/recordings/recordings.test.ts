import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallId, RecordingId } from '../../../src/domain/ids.ts';
import { recordingFilesIn } from '../../../src/files/recording-files.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import { createRecordings } from '../../../src/services/recordings/recordings.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { TEST_SEAL, TEST_SEALED_AUDIO } from '../../kit/seal.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';
import { change, endedCall, id, NOON } from '../../store/fixtures.ts';

const DAY_MS = 86_400_000;
const [KEPT, EXPIRED, LOST] = [id('recording', 1), id('recording', 2), id('recording', 3)];

let dir: string;
let stores: Stores;
beforeEach(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'santral-recordings-'));
  stores = await openStores({ sqliteFile: path.join(dir, 'test.db'), log: silentLog, seal: TEST_SEAL });
});
afterEach(async () => {
  await stores.close();
  rmSync(dir, { recursive: true });
});

const files = () => recordingFilesIn(dir, TEST_SEALED_AUDIO);
const left = () => readdirSync(dir).filter((name) => name.endsWith('.wav') || name.endsWith('.txt'));

function audio(name: string, at: number): void {
  writeFileSync(path.join(dir, name), 'RIFF');
  utimesSync(path.join(dir, name), at / 1000, at / 1000);
}

async function row(one: RecordingId, keepUntil: number): Promise<void> {
  const { call } = change(1, [1, 1]);
  const said = { id: one, kind: 'voicemail', flow: 'f', node: 'n', language: 'tr', durationMs: 1000 } as const;
  const kept = { brand: call.brand, callId: call.id, createdAt: NOON, keepUntil, heardAt: null, heardBy: null };
  await stores.calls.commit({ call, legs: [], session: null, entries: [], recordings: [{ ...said, ...kept }] });
}

const service = (now: number) => {
  const clock = { ...virtualClock(), now: () => now };
  const isOver = async (call: CallId) => (await stores.calls.get(call))?.state !== 'open';
  const settings = { orphanMs: DAY_MS, listeningMs: 600_000 };
  return createRecordings({ store: stores.recordings, files: files(), isOver, clock, log: silentLog, ...settings });
};

describe('the housekeeping of recordings', () => {
  it('removes what was kept long enough and what belongs to nothing; the rest stays', async () => {
    await row(KEPT, NOON + 5 * DAY_MS);
    await row(EXPIRED, NOON + DAY_MS);
    for (const one of [KEPT, EXPIRED, LOST]) audio(`${one}.wav`, NOON);
    audio('notes.txt', NOON);
    audio('somebody-else.wav', NOON);
    expect(await service(NOON + 2 * DAY_MS).sweep()).toEqual({ expired: 1, orphans: 1 });
    expect(left()).toEqual([`${KEPT}.wav`, 'notes.txt', 'somebody-else.wav'].sort());
    expect(await stores.recordings.get(EXPIRED)).toBeUndefined();
    expect(await service(NOON + 2 * DAY_MS).sweep()).toEqual({ expired: 0, orphans: 0 });
  });

  it('leaves files alone whose call may not be over', async () => {
    audio(`${LOST}.wav`, NOON + 1.5 * DAY_MS);
    expect(await service(NOON + 2 * DAY_MS).sweep()).toEqual({ expired: 0, orphans: 0 });
    expect(left()).toEqual([`${LOST}.wav`]);
  });

  it('removes rows whose file is gone already, more than one step takes', async () => {
    for (let n = 10; n < 220; n += 1) await row(id('recording', n), NOON);
    expect(await service(NOON + 1).sweep()).toEqual({ expired: 210, orphans: 0 });
  });
});

describe('the audio of a recording', () => {
  it('is read from where to where it is asked for', async () => {
    await row(KEPT, NOON);
    writeFileSync(path.join(dir, `${KEPT}.wav`), '0123456789');
    const found = await service(NOON).audio(KEPT);
    let text = '';
    for await (const part of found?.read(2, 4) ?? []) text += Buffer.from(part).toString();
    expect([found?.size, text]).toEqual([10, '234']);
  });

  it('lies open until its call is over, and is sealed then: heard as before, and removed as before', async () => {
    await row(KEPT, NOON);
    const plain = Buffer.from('RIFF of somebody who speaks');
    for (const one of [KEPT, LOST]) writeFileSync(path.join(dir, `${one}.wav`), plain);
    // Asterisk plays it to the caller, who may record it anew.
    expect(await service(NOON).sealOver()).toBe(0);
    expect(readFileSync(path.join(dir, `${KEPT}.wav`))).toEqual(plain);
    await stores.calls.commit({ call: endedCall(1), legs: [], session: null, entries: [] });
    expect(await service(NOON).sealOver()).toBe(1);
    expect(readdirSync(dir).filter((name) => name.startsWith(KEPT))).toEqual([`${KEPT}.sealed`]);
    expect(readFileSync(path.join(dir, `${KEPT}.sealed`)).includes('somebody')).toBe(false);
    const found = await service(NOON).audio(KEPT);
    let text = '';
    for await (const part of found?.read(8, 15) ?? []) text += Buffer.from(part).toString();
    expect([found?.size, text]).toEqual([plain.length, 'somebody']);
    expect(await service(NOON + 1).sweep()).toEqual({ expired: 1, orphans: 0 });
    expect(readdirSync(dir).filter((name) => name.startsWith(KEPT))).toEqual([]);
  });

  it('is nobody’s without a row', async () => {
    audio(`${LOST}.wav`, NOON);
    expect(await service(NOON).audio(LOST)).toBeUndefined();
    expect(await service(NOON).remove(LOST, 'ayşe')).toBe(false);
    expect(left()).toEqual([`${LOST}.wav`]);
  });

  it.each(['../secrets', 'rec_1', `${KEPT}/../x`, ''])('no file is reached by %j', async (name) => {
    expect(() => files().pathOf(name as RecordingId)).toThrow('not the id');
    await expect(Promise.resolve().then(() => files().remove(name as RecordingId))).rejects.toThrow('not the id');
  });

  it('a directory that is not there holds nothing', async () => {
    expect(await recordingFilesIn(path.join(dir, 'none'), TEST_SEALED_AUDIO).olderThan(NOON * 2)).toEqual([]);
  });
});
