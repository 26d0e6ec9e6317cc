import { beforeEach, expect, it } from 'vitest';
import { type CallId, makeId } from '../../../src/domain/ids.ts';
import type { JournalEntry } from '../../../src/domain/journal.ts';
import type { CountedStep, FlowCountStore } from '../../../src/ports/drafts.ts';
import { createFlowFigures, FLUSH_MS, type FlowFigures } from '../../../src/services/flows/flow-figures.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { type VirtualClock, virtualClock } from '../../kit/virtual-clock.ts';

const HOUR = 3_600_000;
/** 12:30 of some day. */
const START = 1_772_452_800_000 + HOUR / 2;

let clock: VirtualClock;
let figures: FlowFigures;
let writes: { hour: number; steps: readonly CountedStep[] }[];
let away: boolean;
let journals: Map<CallId, JournalEntry[]>;
beforeEach(() => {
  clock = virtualClock(START);
  writes = [];
  away = false;
  journals = new Map();
  const counts: FlowCountStore = {
    async add(hour, steps) {
      if (away) throw new Error('the database is away');
      writes.push({ hour, steps });
    },
    async of(flow, since) {
      return writes.filter(({ hour }) => hour >= since).flatMap(({ steps }) => steps.filter((step) => step.flow === flow));
    },
    async forget(before) {
      writes = writes.filter(({ hour }) => hour >= before);
    },
  };
  const calls = { journal: async (id: CallId) => journals.get(id) ?? [] };
  figures = createFlowFigures({ counts, calls, clock, log: silentLog });
});

const call = (n: number): CallId => makeId('call', START + n, []);
let seq = 0;
const line = (n: number, kind: JournalEntry['kind'], data: JournalEntry['data'], at = clock.now()): JournalEntry => ({
  callId: call(n),
  seq: (seq += 1),
  at,
  kind,
  data,
});
const arrive = (n: number) => line(n, 'call-arrived', { flow: 'main', did: '1000' });
const enter = (n: number, node: string) => line(n, 'node-entered', { flow: 'main', node, type: 'menu' });
const leave = (n: number, node: string, exit: string, to: string | null) => line(n, 'exit', { flow: 'main', node, exit, to });
const end = (n: number, kind: string) => line(n, 'call-ended', { kind, durationMs: 1 });

it('counts ways in, ways out and where callers hung up, and writes them once, a little later', async () => {
  figures.note([arrive(1), arrive(2), enter(1, 'top'), enter(2, 'top'), leave(1, 'top', '1', 'bye'), enter(1, 'bye')]);
  figures.note([end(2, 'caller-hung-up'), leave(1, 'bye', 'error', null), end(1, 'flow-hung-up')]);
  expect(writes).toEqual([]);
  await clock.pass(FLUSH_MS);
  expect(writes).toEqual([
    {
      hour: START - HOUR / 2,
      steps: [
        { kind: 'entered', flow: 'main', node: 'top', count: 2 },
        { kind: 'exit', flow: 'main', node: 'top', exit: '1', to: 'bye', count: 1 },
        { kind: 'entered', flow: 'main', node: 'bye', count: 1 },
        { kind: 'hang-up', flow: 'main', node: 'top', count: 1 },
        { kind: 'exit', flow: 'main', node: 'bye', exit: 'error', to: null, count: 1 },
      ],
    },
  ]);
  await clock.pass(10 * FLUSH_MS);
  expect(writes).toHaveLength(1);
  expect(clock.pending).toBe(0);
});

it('does not count the engine’s own nodes, nor the ends that are not the caller’s', async () => {
  figures.note([
    arrive(1),
    enter(1, 'top'),
    line(1, 'node-entered', { flow: '$engine', node: 'error', type: 'say' }),
    end(1, 'caller-hung-up'),
  ]);
  figures.note([arrive(2), enter(2, 'top'), end(2, 'ended-by-user'), arrive(3)]);
  expect((await figures.of('main')).steps).toEqual([
    { kind: 'entered', flow: 'main', node: 'top', count: 2 },
    { kind: 'hang-up', flow: 'main', node: 'top', count: 1 },
  ]);
});

it('shows what was noted a moment ago, over the last day by whole hours', async () => {
  figures.note([enter(1, 'old')]);
  await clock.pass(24 * HOUR);
  figures.note([enter(2, 'new')]);
  const { since, steps } = await figures.of('main');
  expect(since).toBe(START - HOUR / 2 + HOUR);
  expect(steps.map(({ node }) => node)).toEqual(['new']);
});

it('puts lines into the hour they tell of, and forgets hours that nobody asks for any more', async () => {
  figures.note([enter(1, 'top'), line(1, 'node-entered', { flow: 'main', node: 'late', type: 'say' }, START - HOUR)]);
  await figures.stop();
  expect(writes.map(({ hour }) => hour)).toEqual([START - HOUR / 2, START - HOUR / 2 - HOUR]);
  await clock.pass(50 * HOUR);
  figures.note([enter(2, 'top')]);
  await figures.stop();
  expect(writes.map(({ hour }) => hour)).toEqual([START - HOUR / 2 + 50 * HOUR]);
});

it('loses nothing while the database is away', async () => {
  away = true;
  figures.note([enter(1, 'top')]);
  await clock.pass(3 * FLUSH_MS);
  figures.note([enter(2, 'top')]);
  away = false;
  await clock.pass(FLUSH_MS);
  expect(writes.flatMap(({ steps }) => steps)).toEqual([{ kind: 'entered', flow: 'main', node: 'top', count: 2 }]);
});

it('finds where a caller stood whom an engine before this one had', async () => {
  journals.set(call(7), [enter(7, 'top'), leave(7, 'top', '1', 'ask'), enter(7, 'ask'), line(7, 'no-input', { node: 'ask', count: 1 })]);
  journals.get(call(7))?.push(end(7, 'left-while-away'), enter(7, 'after-call'));
  figures.note([end(7, 'left-while-away'), end(8, 'caller-hung-up')]);
  expect((await figures.of('main')).steps).toEqual([{ kind: 'hang-up', flow: 'main', node: 'ask', count: 1 }]);
});

it('takes what the flow does after the call for no place of the caller', async () => {
  figures.note([arrive(1), enter(1, 'top'), end(1, 'caller-hung-up'), enter(1, 'send-survey')]);
  const { steps } = await figures.of('main');
  expect(steps.filter(({ kind }) => kind === 'hang-up')).toEqual([{ kind: 'hang-up', flow: 'main', node: 'top', count: 1 }]);
});
