import { expect, test } from 'vitest';
import { NOT_SET } from '../../../src/domain/disposition.ts';
import { memoryFloorStore } from '../../kit/floor.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';
import { AYSE, countingIds, openStage } from './stage.ts';

const QUEUES = (wrapUp: string) => `queues:
  support: { label: { tr: Destek, en: Support }, wrapUp: ${wrapUp}, dispositions: service }
`;

test('what an agent chose during a talk is on record also where no wrap-up follows', async () => {
  const on = await openStage({ queues: QUEUES('{ mode: none }') });
  const talk = (await on.caller()).talk();
  on.floor.talks().write(AYSE, { disposition: 'solved', note: '' });
  await on.clock.pass(5000);
  talk.released('agent-hung-up', on.clock.now());
  expect(on.facts.filter(({ kind }) => kind === 'wrapped-up')).toMatchObject([
    { talkId: talk.talkId, agent: AYSE, queue: 'support', wrapMs: 0, disposition: 'solved' },
  ]);
  expect(on.floor.talks().of(AYSE)).toBeUndefined();
  // Nothing chosen is on record as just that.
  const other = (await on.caller()).talk();
  other.released('caller-hung-up', on.clock.now());
  expect(on.facts.findLast(({ kind }) => kind === 'wrapped-up')).toMatchObject({ talkId: other.talkId, disposition: NOT_SET });
});

test('a talk with a wrap-up is closed once, when that is over', async () => {
  const on = await openStage({ queues: QUEUES('{ mode: optional, time: 30s }') });
  const talk = (await on.caller()).talk();
  talk.released('agent-hung-up', on.clock.now());
  expect(on.facts.some(({ kind }) => kind === 'wrapped-up')).toBe(false);
  await on.clock.pass(30_000);
  expect(on.facts.filter(({ kind }) => kind === 'wrapped-up')).toMatchObject([{ talkId: talk.talkId, wrapMs: 30_000 }]);
});

test('a timer that comes a moment too early leaves nobody in the wrap-up', async () => {
  const exact = virtualClock();
  // As the machine's: timers go by another clock than the one that tells the time.
  const early = { ...exact, pending: 0, setTimer: (ms: number, fire: () => void) => exact.setTimer(ms > 1 ? ms - 1 : ms, fire) };
  const after = { clock: early, ids: countingIds(), memory: memoryFloorStore() };
  const on = await openStage({ queues: QUEUES('{ mode: optional, time: 30s }'), after });
  on.floor.act(AYSE, { kind: 'login' });
  const talk = (await on.caller()).talk();
  talk.released('agent-hung-up', on.clock.now());
  await on.clock.pass(30_000);
  expect(on.state(AYSE)).toEqual({ kind: 'available' });
  expect(on.facts.filter(({ kind }) => kind === 'wrapped-up')).toMatchObject([{ talkId: talk.talkId, wrapMs: 30_000 }]);
});
