import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/domain/audit.ts';
import type { BrandId } from '../../src/domain/brand.ts';
import type { CallRecording } from '../../src/domain/call-recording.ts';
import { makeId } from '../../src/domain/ids.ts';
import { ENGINES, storesFor } from './engines.ts';
import { call, endedCall, NOON } from './fixtures.ts';

const brand = 'santral' as BrandId;
const recording = (count: number, changes: Partial<CallRecording> = {}): CallRecording => ({
  ...{ id: makeId('recording', NOON + count, []), brand, callId: makeId('call', NOON + count, []), queue: 'support', state: 'open' },
  ...{ startedAt: NOON, endedAt: null, parts: [{ from: NOON, to: null }], pausedBy: ['agent'], pausedUntil: NOON + 9 },
  ...{ durationMs: 0, peaks: '', keepUntil: NOON + 1000 },
  ...changes,
});
const entry = (count: number, subject: string): AuditEntry => ({
  ...{ id: makeId('audit', NOON + count, []), brand, at: NOON, actor: 'deniz', via: 'api', what: 'call-recording-removed' },
  ...{ subject, details: {} },
});

describe.each(ENGINES)('recordings of calls on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);

  test('are put down again and again, and found by their call', async () => {
    const { callRecordings } = at.stores;
    const first = recording(1);
    await callRecordings.put(first);
    expect(await callRecordings.get(first.id)).toEqual(first);
    const later = recording(1, { parts: [{ from: NOON, to: NOON + 5 }], pausedBy: [], pausedUntil: null, queue: null, endedAt: NOON + 5 });
    await callRecordings.put(later);
    expect(await callRecordings.ofCall(first.callId)).toEqual(later);
    expect(await callRecordings.ofCall(makeId('call', NOON, [9]))).toBeUndefined();
    expect(await callRecordings.known([first.id, makeId('recording', NOON, [9])])).toEqual(new Set([first.id]));
  });

  test('are unfinished when their call is over, and expired when they are finished and their time is over', async () => {
    const { callRecordings, calls } = at.stores;
    const [over, open] = [endedCall(21), call(22)];
    for (const one of [over, open]) await calls.commit({ call: one, legs: [], session: null, entries: [] });
    const [done, going] = [recording(2, { callId: over.id }), recording(3, { callId: open.id })];
    for (const one of [done, going]) await callRecordings.put(one);
    const page = { endedBefore: over.endedAt ?? 0, after: null, limit: 10 };
    expect((await callRecordings.unfinished(page)).map(({ id }) => id)).toEqual([done.id]);
    expect(await callRecordings.unfinished({ ...page, endedBefore: page.endedBefore - 1 })).toEqual([]);
    expect(await callRecordings.unfinished({ ...page, after: done.id })).toEqual([]);
    expect(await callRecordings.expired(NOON + 5000, 10)).toEqual([]);
    const finished = { state: 'kept', startedAt: NOON + 3, durationMs: 40, peaks: '1' } as const;
    expect(await callRecordings.finish(done.id, finished)).toBe(true);
    // Who comes later finds nothing of it on the disk, and must not say that it is empty.
    expect(await callRecordings.finish(done.id, { ...finished, state: 'empty' })).toBe(false);
    const kept = recording(2, { callId: over.id, ...finished });
    expect(await callRecordings.unfinished(page)).toEqual([]);
    expect(await callRecordings.expired(NOON + 999, 10)).toEqual([]);
    expect(await callRecordings.expired(NOON + 1000, 10)).toEqual([kept]);
  });

  test('go with a line that says who removed them', async () => {
    const { callRecordings, audit } = at.stores;
    const one = recording(4);
    await callRecordings.put(one);
    expect(await callRecordings.remove(one.id, entry(1, one.id))).toBe(true);
    expect(await callRecordings.remove(one.id, entry(2, one.id))).toBe(false);
    expect((await audit.list({ brand, subject: one.id, limit: 5 })).map(({ actor }) => actor)).toEqual(['deniz']);
  });
});
