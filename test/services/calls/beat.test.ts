import { expect, it } from 'vitest';
import { BEAT_MS, GONE_MS, startBeat } from '../../../src/services/calls/beat.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';
import { listeningLog } from '../../store/engines.ts';
import { openBench } from './bench.ts';

const FLOW = `
flow: main
title: { tr: Deneme, en: Test }
start: ask
nodes:
  ask: { type: menu, prompt: { text: { tr: x, en: choose } }, options: { 1: bye }, attempts: 20 }
  bye: { type: hangup, prompt: { text: { tr: x, en: goodbye } } }
`;

function beating() {
  const clock = virtualClock();
  const said: number[] = [];
  const asked: number[] = [];
  let isThere = true;
  const beat = startBeat({
    store: {
      alive: async (now) => {
        if (!isThere) throw new Error('no database');
        said.push(now);
      },
    },
    clock,
    log: listeningLog(),
    closeCallsOfGone: async (deadBefore) => void asked.push(clock.now() - deadBefore),
  });
  return { clock, said, asked, beat, database: (there: boolean) => (isThere = there) };
}

it('an engine says again and again that it lives, and looks after others once it has said so for long enough', async () => {
  const { clock, said, asked, beat } = beating();
  await clock.pass(GONE_MS - 1);
  expect(said).toHaveLength(GONE_MS / BEAT_MS);
  expect(asked).toEqual([]);
  await clock.pass(BEAT_MS);
  expect(asked).toEqual([GONE_MS]);
  await beat.stop();
  expect(clock.pending).toBe(0);
});

it('after an outage of the database the others are given time to say that they live', async () => {
  const { clock, asked, beat, database } = beating();
  await clock.pass(GONE_MS);
  const before = asked.length;
  database(false);
  await clock.pass(2 * GONE_MS);
  database(true);
  await clock.pass(GONE_MS - 1);
  expect(asked).toHaveLength(before);
  await clock.pass(2 * BEAT_MS);
  expect(asked.length).toBeGreaterThan(before);
  await beat.stop();
});

it('the calls of an engine that is gone are closed by who takes them over, and told of; those of one that lives are not', async () => {
  const bench = openBench({ flows: { main: FLOW } });
  bench.line.dial('c1');
  await bench.clock.pass(1000);
  const { call } = [...bench.memory.rows.values()].at(-1) ?? {};
  if (call === undefined) throw new Error('there is no call');
  // Another engine's: it stands in the same database, and its channel is on another Asterisk.
  await bench.crash();
  const other = { ...call, id: 'call_other' as typeof call.id, channelId: 'far', sessionId: 'session_other' as typeof call.sessionId };
  await bench.memory.store.commit({ call: other, legs: [], session: null, entries: [] });
  bench.memory.elsewhere.add(other.id);
  await bench.calls().onUp();
  await bench.clock.pass(1000);
  expect(await bench.memory.store.get(other.id)).toMatchObject({ state: 'open' });
  await bench.calls().closeCallsOfGone(0);
  await bench.clock.pass(1000);
  expect(await bench.memory.store.get(other.id)).toMatchObject({ state: 'ended', termination: { kind: 'left-while-away' } });
  expect(bench.published.filter((one) => one.kind === 'call-ended').map(({ callId }) => callId)).toEqual([other.id]);
  expect(bench.calls().live()).toMatchObject([{ channelId: 'c1' }]);
});
