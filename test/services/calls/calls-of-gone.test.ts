import { afterEach, expect, it, vi } from 'vitest';
import type { BrandId } from '../../../src/domain/brand.ts';
import type { Call } from '../../../src/domain/call.ts';
import type { AcdEventId, CallId, SessionId } from '../../../src/domain/ids.ts';
import type { StoredWait } from '../../../src/ports/floor-store.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { openBench } from './bench.ts';

const FLOW = `
flow: main
title: { tr: Deneme, en: Test }
start: ask
nodes:
  ask: { type: menu, prompt: { text: { tr: x, en: choose } }, options: { 1: bye }, attempts: 20 }
  bye: { type: hangup, prompt: { text: { tr: x, en: goodbye } } }
`;
const QUEUES = 'queues:\n  support: { label: { tr: Destek, en: Support } }\n';
const THERE = 'there';
const WAITED_MS = 30_000;

afterEach(() => {
  vi.restoreAllMocks();
});

/** An engine with a call of its own, c1, and another one on its database that is about to be gone, with calls on its own Asterisk. */
async function withGone(others: readonly string[], options: Partial<Parameters<typeof openBench>[0]> = {}) {
  const bench = openBench({ flows: { main: FLOW }, queues: QUEUES, ...options });
  bench.line.dial('c1');
  await bench.clock.pass(1000);
  const mine = bench.call() as Call;
  const ids: CallId[] = [];
  for (const name of others) {
    const call = { ...mine, id: `call_${name}` as CallId, channelId: `far-${name}`, sessionId: `session_${name}` as SessionId };
    await bench.memory.store.commit({ call, legs: [], session: null, entries: [] });
    bench.memory.elsewhere.set(call.id, THERE);
    ids.push(call.id);
  }
  const stateOf = async (id: CallId) => (await bench.memory.store.get(id))?.state;
  /** One beat; `gone`: the other engine is taken for gone now. */
  const beat = async (gone: boolean): Promise<void> => {
    await bench.calls().closeCallsOfGone(gone ? await bench.memory.store.others() : []);
    await bench.clock.pass(1000);
  };
  return { ...bench, mine, ids, stateOf, beat };
}

it('a closing that fails is told as what it is, keeps no other from being closed, and is tried again', async () => {
  const on = await withGone(['one', 'two']);
  const [one, two] = on.ids as [CallId, CallId];
  const warn = vi.spyOn(silentLog, 'warn');
  const error = vi.spyOn(silentLog, 'error');
  vi.spyOn(on.releases, 'get').mockRejectedValueOnce(new Error('no database'));
  await on.beat(true);
  expect([await on.stateOf(one), await on.stateOf(two)]).toEqual(['open', 'ended']);
  expect(error).toHaveBeenCalledWith(expect.objectContaining({ callId: one }), expect.stringContaining('could not be closed'));
  expect(warn).toHaveBeenCalledWith({ calls: 1, failed: 1 }, expect.stringContaining('were closed here'));
  await on.beat(false);
  expect(await on.stateOf(one)).toBe('ended');
  expect(warn).toHaveBeenLastCalledWith({ calls: 1, failed: 0 }, expect.stringContaining('were closed here'));
  expect(on.published.filter(({ kind }) => kind === 'call-ended').map(({ callId }) => callId)).toEqual([two, one]);
  warn.mockClear();
  await on.beat(false);
  expect(warn).not.toHaveBeenCalled();
});

it('where none could be closed nobody says that they were', async () => {
  const on = await withGone(['one']);
  const warn = vi.spyOn(silentLog, 'warn');
  vi.spyOn(on.releases, 'get').mockRejectedValueOnce(new Error('no database'));
  await on.beat(true);
  expect(warn).not.toHaveBeenCalled();
});

it('what a connect closed meanwhile is not closed a second time', async () => {
  const on = await withGone(['one']);
  vi.spyOn(on.releases, 'get').mockRejectedValueOnce(new Error('no database'));
  await on.beat(true);
  await on.calls().onUp();
  await on.clock.pass(1000);
  await on.beat(false);
  expect(on.published.filter(({ kind, callId }) => kind === 'call-ended' && callId === on.ids[0])).toHaveLength(1);
});

it('a call of ours that was taken from us and is given back goes on', async () => {
  const on = await withGone([]);
  on.memory.elsewhere.set(on.mine.id, THERE);
  await on.beat(true);
  expect(await on.stateOf(on.mine.id)).toBe('open');
  expect(on.calls().live()).toMatchObject([{ id: on.mine.id }]);
  on.line.press('c1', '1');
  await on.clock.pass(10_000);
  expect(on.call()).toMatchObject({ id: on.mine.id, termination: { kind: 'flow-hung-up' } });
});

it('behaviour 49: a call that another engine took over, and has not closed, is let go when we are back', async () => {
  const on = await withGone([]);
  on.line.drop();
  await on.clock.pass(1000);
  on.memory.elsewhere.set(on.mine.id, THERE);
  on.line.vanish('c1');
  await on.line.comeBack();
  await on.clock.pass(1000);
  expect(on.calls().live()).toEqual([]);
  // Its end is the other one's to tell.
  expect(await on.stateOf(on.mine.id)).toBe('open');
});

it('who waited at an engine that is gone has left while nobody was there, and is found to be called back', async () => {
  const found: string[] = [];
  const callbacks = {
    findingOf: (wait: { readonly callId: CallId }) => {
      found.push(wait.callId);
      return null;
    },
    contactOf: () => null,
    joined: async () => null,
  } as unknown as NonNullable<Parameters<typeof openBench>[0]['callbacks']>;
  const on = await withGone(['one', 'two'], { callbacks });
  const [one] = on.ids as [CallId];
  const since = on.clock.now();
  await on.clock.pass(WAITED_MS);
  const wait: StoredWait = {
    ...{ callId: one, waitId: 'acdEvent_there' as AcdEventId, brand: 'santral' as BrandId, queue: 'support', since, enteredAt: since },
    ...{ class: 'standard', skills: {}, lastAgent: null, passedBy: [], joinedAt: 1, told: null },
  };
  on.floorMemory.waits.set(one, wait);
  vi.spyOn(on.floorMemory.store, 'waitsOf').mockRejectedValueOnce(new Error('no database'));
  await expect(on.beat(true)).rejects.toThrow('no database');
  await on.beat(false);
  await on.beat(false);
  expect(on.floorMemory.waits.size).toBe(0);
  expect(on.acdEvents.filter(({ kind }) => kind === 'left')).toMatchObject([
    { kind: 'left', how: 'abandoned', callId: one, waitId: wait.waitId, queue: 'support', waitedMs: WAITED_MS, joinedAt: 1 },
  ]);
  expect(found).toEqual([one]);
  for (const id of on.ids) expect(await on.stateOf(id)).toBe('ended');
});
