import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../src/domain/audit.ts';
import { DEFAULT_BRAND } from '../../../src/domain/brand.ts';
import type { CallRecording } from '../../../src/domain/call-recording.ts';
import type { CallId, Id, IdKind, RecordingId } from '../../../src/domain/ids.ts';
import type { CallAudioFiles, PlacedPart } from '../../../src/ports/call-recordings.ts';
import { createCallRecordings } from '../../../src/services/recordings/call-recordings.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';

const DAY = 86_400_000;

function house() {
  const clock = virtualClock();
  const rows = new Map<RecordingId, CallRecording>();
  const audits: AuditEntry[] = [];
  const joins: { id: RecordingId; parts: readonly PlacedPart[] }[] = [];
  const removed: RecordingId[] = [];
  const faults: number[] = [];
  const disk = { full: false, orphans: [] as RecordingId[] };
  const files: CallAudioFiles = {
    partSize: async () => 0,
    async join(id, parts) {
      if (disk.full) throw new Error('ENOSPC');
      joins.push({ id, parts });
      return parts.length === 0 ? null : { durationMs: 1234, peaks: '1'.repeat(600) };
    },
    size: async (id) => (removed.includes(id) ? undefined : 44),
    async *read() {},
    remove: async (id) => void removed.push(id),
    olderThan: async () => disk.orphans,
  };
  let count = 0;
  const recordings = createCallRecordings({
    store: {
      put: async (row) => void rows.set(row.id, row),
      get: async (id) => rows.get(id),
      ofCall: async (call) => [...rows.values()].find(({ callId }) => callId === call),
      unfinished: async (limit) => [...rows.values()].filter(({ state }) => state === 'open').slice(0, limit),
      expired: async (now, limit) =>
        [...rows.values()].filter(({ keepUntil, state }) => keepUntil <= now && state !== 'open').slice(0, limit),
      async remove(id, entry) {
        audits.push(entry);
        return rows.delete(id);
      },
      known: async (ids) => new Set(ids.filter((id) => rows.has(id))),
    },
    audit: { add: async (entry) => void audits.push(entry) },
    files,
    clock,
    ids: { next: <K extends IdKind>(kind: K) => `${kind}_${(count += 1)}` as Id<K> },
    log: silentLog,
    meter: { callRecordingFailed: () => void faults.push(1) },
    orphanMs: DAY,
  });
  const add = (name: string, other: Partial<CallRecording> = {}): CallRecording => {
    const now = clock.now();
    const row: CallRecording = {
      ...{ id: `rec_${name}` as RecordingId, brand: DEFAULT_BRAND, callId: `call_${name}` as CallId, queue: null, state: 'open' },
      ...{ startedAt: now - 10_000, endedAt: now, pausedBy: [], pausedUntil: null, durationMs: 0, peaks: '', keepUntil: now + DAY },
      parts: [
        { from: now - 9000, to: now - 6000 },
        { from: now - 4000, to: now },
      ],
      ...other,
    };
    rows.set(row.id, row);
    return row;
  };
  return { clock, rows, audits, joins, removed, faults, disk, recordings, add };
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
