import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../src/domain/audit.ts';
import { DEFAULT_BRAND } from '../../../src/domain/brand.ts';
import type { CallRecording } from '../../../src/domain/call-recording.ts';
import type { CallId, Id, IdKind, RecordingId } from '../../../src/domain/ids.ts';
import type { CallAudioFiles, PlacedPart } from '../../../src/ports/call-recordings.ts';
import { createCallRecordings } from '../../../src/services/recordings/call-recordings.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { settle, virtualClock } from '../../kit/virtual-clock.ts';

const DAY = 86_400_000;

function house() {
  const clock = virtualClock();
  const rows = new Map<RecordingId, CallRecording>();
  const audits: AuditEntry[] = [];
  const joins: { id: RecordingId; parts: readonly PlacedPart[] }[] = [];
  const removed: RecordingId[] = [];
  const faults: number[] = [];
  const disk = {
    ...{ full: false, nothing: false, noAudit: false, orphans: [] as RecordingId[], sizes: new Map<string, number>() },
    slow: Promise.resolve(),
  };
  const warned: string[] = [];
  const files: CallAudioFiles = {
    partSize: async (name) => disk.sizes.get(name),
    async join(id, parts) {
      if (disk.full) throw new Error('ENOSPC');
      await disk.slow;
      if (disk.nothing) return null;
      joins.push({ id, parts });
      return parts.length === 0 ? null : { durationMs: 1234, peaks: '1'.repeat(600) };
    },
    size: async (id) => (removed.includes(id) ? undefined : 44),
    async *read() {},
    remove: async (id) => void removed.push(id),
    olderThan: async () => disk.orphans,
    unsealed: async () => [],
    seal: async () => false,
  };
  let count = 0;
  const recordings = createCallRecordings({
    store: {
      put: async (row) => void rows.set(row.id, row),
      get: async (id) => rows.get(id),
      ofCall: async (call) => [...rows.values()].find(({ callId }) => callId === call),
      unfinished: async ({ endedBefore, after, limit }) =>
        [...rows.values()]
          .filter(({ id, state, endedAt }) => state === 'open' && (endedAt ?? 0) <= endedBefore && id > (after ?? ''))
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .slice(0, limit),
      async finish(id, done) {
        const row = rows.get(id);
        if (row?.state !== 'open') return false;
        rows.set(id, { ...row, ...done });
        return true;
      },
      expired: async (now, limit) =>
        [...rows.values()].filter(({ keepUntil, state }) => keepUntil <= now && state !== 'open').slice(0, limit),
      async remove(id, entry) {
        audits.push(entry);
        return rows.delete(id);
      },
      known: async (ids) => new Set(ids.filter((id) => rows.has(id))),
    },
    audit: {
      async add(entry) {
        if (disk.noAudit) throw new Error('no audit');
        audits.push(entry);
      },
    },
    files,
    clock,
    ids: { next: <K extends IdKind>(kind: K) => `${kind}_${(count += 1)}` as Id<K> },
    log: { ...silentLog, warn: (_, message) => void warned.push(message) },
    meter: { callRecordingFailed: () => void faults.push(1) },
    orphanMs: DAY,
    listeningMs: 600_000,
  });
  const add = (name: string, other: Partial<CallRecording> = {}): CallRecording => {
    const now = clock.now();
    const row: CallRecording = {
      ...{ id: `rec_${name}` as RecordingId, brand: DEFAULT_BRAND, callId: `call_${name}` as CallId, queue: null, state: 'open' },
      ...{ startedAt: now - 10_000, endedAt: now - 2000, pausedBy: [], pausedUntil: null, durationMs: 0, peaks: '', keepUntil: now + DAY },
      parts: [
        { from: now - 9000, to: now - 6000 },
        { from: now - 4000, to: now },
      ],
      ...other,
    };
    rows.set(row.id, row);
    return row;
  };
  return { clock, rows, audits, joins, removed, faults, warned, disk, recordings, add };
}

describe('a recorded call that is over', () => {
  it('is put together in a moment, its parts where they belong', async () => {
    const on = house();
    const { id } = on.add('a');
    on.recordings.finishSoon(id);
    await on.clock.pass(1999);
    expect(on.joins).toEqual([]);
    await on.clock.pass(10);
    expect(on.joins).toEqual([
      {
        id,
        parts: [
          { name: 'rec_a_001', atMs: 0 },
          { name: 'rec_a_002', atMs: 5000 },
        ],
      },
    ]);
    const kept = on.rows.get(id);
    expect(kept).toMatchObject({ state: 'kept', durationMs: 1234, startedAt: kept?.parts[0]?.from });
  });

  it('whose caller refused is empty', async () => {
    const on = house();
    const { id } = on.add('a', { parts: [] });
    expect(await on.recordings.finishAll()).toBe(1);
    expect(on.rows.get(id)?.state).toBe('empty');
    expect(await on.recordings.audio(id)).toBeUndefined();
  });

  it('waits on a full disk, which is told, and is put together when there is room', async () => {
    const on = house();
    const { id } = on.add('a');
    on.disk.full = true;
    expect(await on.recordings.finishAll()).toBe(0);
    expect(on.faults).toHaveLength(1);
    expect(on.rows.get(id)?.state).toBe('open');
    on.disk.full = false;
    expect(await on.recordings.finishAll()).toBe(1);
    expect(on.rows.get(id)?.state).toBe('kept');
  });

  it('is left to its own timer in its first two seconds', async () => {
    const on = house();
    const { id } = on.add('a', { endedAt: on.clock.now() });
    expect(await on.recordings.finishAll()).toBe(0);
    expect(on.joins).toEqual([]);
    await on.clock.pass(2000);
    expect(await on.recordings.finishAll()).toBe(1);
    expect(on.rows.get(id)?.state).toBe('kept');
  });

  it('is put together once, when the hour comes while that is under way', async () => {
    const on = house();
    let goOn = (): void => {};
    on.disk.slow = new Promise((resolve) => {
      goOn = resolve;
    });
    const { id } = on.add('a');
    on.recordings.finishSoon(id);
    await on.clock.pass(2000);
    const hour = on.recordings.finishAll();
    await settle();
    goOn();
    expect(await hour).toBe(1);
    expect(on.joins).toHaveLength(1);
    // Its parts are gone by now: once more would find nothing.
    on.disk.nothing = true;
    expect(await on.recordings.finishAll()).toBe(0);
    expect(on.rows.get(id)?.state).toBe('kept');
  });

  it('is put together however many are left over, and whichever fail', async () => {
    const on = house();
    for (let i = 0; i < 450; i += 1) on.add(String(1000 + i));
    on.disk.full = true;
    expect(await on.recordings.finishAll()).toBe(0);
    expect(on.faults).toHaveLength(450);
    on.disk.full = false;
    expect(await on.recordings.finishAll()).toBe(450);
  });

  it('stays open for the engine that has its audio, until nobody can have it', async () => {
    const on = house();
    const { id } = on.add('a');
    on.disk.nothing = true;
    expect(await on.recordings.finishAll()).toBe(0);
    expect(on.rows.get(id)?.state).toBe('open');
    await on.clock.pass(DAY);
    expect(await on.recordings.finishAll()).toBe(1);
    expect(on.rows.get(id)?.state).toBe('empty');
    expect(on.warned).toHaveLength(1);
  });

  it.each([
    ['what this engine wrote of it holds nothing', true],
    ['this engine had the call', false],
  ])('is empty at once when %s', async (_, isThere) => {
    const on = house();
    const { id } = on.add('a');
    on.disk.nothing = true;
    if (isThere) on.disk.sizes.set(`${id}_002`, 0);
    else on.recordings.finishSoon(id);
    await (isThere ? on.recordings.finishAll() : on.clock.pass(2000));
    expect(on.rows.get(id)?.state).toBe('empty');
  });

  it('is written down again for who listens much later, and for somebody else', async () => {
    const on = house();
    const recording = on.add('a', { state: 'kept' });
    const other = on.add('b', { state: 'kept' });
    for (let piece = 0; piece < 5; piece += 1) await on.recordings.heard(recording, 'ayse');
    await on.recordings.heard(recording, 'deniz');
    await on.recordings.heard(other, 'ayse');
    expect(on.audits.map(({ actor, subject }) => `${actor} ${subject}`)).toEqual(['ayse rec_a', 'deniz rec_a', 'ayse rec_b']);
    await on.clock.pass(600_000);
    await on.recordings.heard(recording, 'ayse');
    expect(on.audits).toHaveLength(4);
  });

  it('is not heard while that cannot be written down', async () => {
    const on = house();
    const recording = on.add('a', { state: 'kept' });
    on.disk.noAudit = true;
    await expect(on.recordings.heard(recording, 'ayse')).rejects.toThrow('no audit');
    on.disk.noAudit = false;
    await on.recordings.heard(recording, 'ayse');
    expect(on.audits).toHaveLength(1);
  });

  it('is heard by somebody whose name is written down, and removed by somebody', async () => {
    const on = house();
    const recording = on.add('a', { state: 'kept' });
    await on.recordings.heard(recording, 'ayse');
    expect(await on.recordings.remove(recording, 'deniz')).toBe(true);
    expect(on.audits.map(({ what, actor, subject, details }) => ({ what, actor, subject, details }))).toEqual([
      { what: 'call-recording-heard', actor: 'ayse', subject: 'rec_a', details: { call: 'call_a' } },
      { what: 'call-recording-removed', actor: 'deniz', subject: 'rec_a', details: { call: 'call_a' } },
    ]);
    expect(on.removed).toEqual(['rec_a']);
    expect(await on.recordings.remove(recording, 'deniz')).toBe(false);
  });
});

describe('the sweep', () => {
  it('removes what has been kept long enough, and writes it down; what is not put together yet stays', async () => {
    const on = house();
    on.add('old', { state: 'kept', keepUntil: on.clock.now() - 1 });
    on.add('open', { keepUntil: on.clock.now() - 1 });
    on.add('young', { state: 'kept' });
    on.disk.orphans = ['rec_young' as RecordingId, 'rec_nobodys' as RecordingId];
    expect(await on.recordings.sweep()).toEqual({ expired: 1, orphans: 1 });
    expect([...on.rows.keys()]).toEqual(['rec_open', 'rec_young']);
    expect(on.removed).toEqual(['rec_old', 'rec_nobodys']);
    expect(on.audits).toMatchObject([{ what: 'call-recording-expired', actor: 'santral', subject: 'rec_old' }]);
  });
});
