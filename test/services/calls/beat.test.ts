import { expect, it } from 'vitest';
import { BEAT_MS, GONE_MS, startBeat } from '../../../src/services/calls/beat.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';
import { listeningLog } from '../../store/engines.ts';
import { openBench } from './bench.ts';

const NOON = 1_790_000_000_000;
const STEP_MS = 1000;
const FLOW = `
flow: main
title: { tr: Deneme, en: Test }
start: ask
nodes:
  ask: { type: menu, prompt: { text: { tr: x, en: choose } }, options: { 1: bye }, attempts: 20 }
  bye: { type: hangup, prompt: { text: { tr: x, en: goodbye } } }
`;

/** One database, and engines on it whose clocks go as each likes. */
function database() {
  const said = new Map<string, number>();
  let isThere = true;
  return {
    said,
    break: () => void (isThere = false),
    mend: () => void (isThere = true),
    /** An engine with calls that are not done; `skewMs`: of its clock. */
    engine(name: string, skewMs = 0) {
      const clock = virtualClock(NOON + skewMs);
      const closed: string[] = [];
      const log = listeningLog();
      let beats = 0;
      const beat = startBeat({
        store: {
          alive: async (now) => {
            if (!isThere) throw new Error('no database');
            beats += 1;
            said.set(name, now);
          },
          others: async () => [...said].filter(([one]) => one !== name).map(([asterisk, at]) => ({ asterisk, beat: at })),
        },
        clock,
        log,
        closeCallsOfGone: async (gone) => void closed.push(...gone.map(({ asterisk }) => asterisk)),
      });
      return { clock, closed, beat, log, beats: () => beats };
    },
  };
}
type Engine = ReturnType<ReturnType<typeof database>['engine']>;

/** The same time passes for all of them. */
async function together(ms: number, ...engines: readonly Engine[]): Promise<void> {
  for (let passed = 0; passed < ms; passed += STEP_MS) for (const { clock } of engines) await clock.pass(STEP_MS);
}

it('an engine says again and again that it lives, until it stops', async () => {
  const { clock, beats, beat } = database().engine('one');
  await clock.pass(GONE_MS - 1);
  expect(beats()).toBe(GONE_MS / BEAT_MS);
  await beat.stop();
  expect(clock.pending).toBe(0);
});

it.each([
  ['right', 0],
  ['ten minutes behind', -600_000],
  ['ten minutes ahead', 600_000],
])('an engine whose clock is %s is taken for gone when it is dead, and never while it lives', async (_, skewMs) => {
  const on = database();
  const [here, there] = [on.engine('here'), on.engine('there', skewMs)];
  await together(5 * GONE_MS, here, there);
  expect([here.closed, there.closed]).toEqual([[], []]);
  await there.beat.stop();
  await together(GONE_MS - BEAT_MS, here);
  expect(here.closed).toEqual([]);
  await together(2 * BEAT_MS, here);
  expect(here.closed).toContain('there');
  await here.beat.stop();
});

it('a clock that is set, on either side, makes nobody gone', async () => {
  const on = database();
  const [here, there] = [on.engine('here'), on.engine('there')];
  await together(GONE_MS, here, there);
  here.clock.set(NOON + 3_600_000);
  await together(GONE_MS, here, there);
  there.clock.set(NOON - 3_600_000);
  await together(2 * GONE_MS, here, there);
  expect([here.closed, there.closed]).toEqual([[], []]);
  await Promise.all([here.beat.stop(), there.beat.stop()]);
});

it('an engine that starts gives the others as long as it would give them later', async () => {
  const on = database();
  on.said.set('dead', NOON - 86_400_000);
  const here = on.engine('here');
  await together(GONE_MS - BEAT_MS, here);
  expect(here.closed).toEqual([]);
  await together(2 * BEAT_MS, here);
  expect(here.closed).toContain('dead');
  await here.beat.stop();
});

it('after an outage of the database the others are given time to say that they live', async () => {
  const on = database();
  on.said.set('quiet', NOON);
  const here = on.engine('here');
  await together(GONE_MS - BEAT_MS, here);
  on.break();
  await together(2 * GONE_MS, here);
  on.mend();
  await together(GONE_MS - BEAT_MS, here);
  expect(here.closed).toEqual([]);
  await together(3 * BEAT_MS, here);
  expect(here.closed).toContain('quiet');
  await here.beat.stop();
});

it('a closing that fails is told, and asked for again with the next beat', async () => {
  const clock = virtualClock(NOON);
  const log = listeningLog();
  let tries = 0;
  const beat = startBeat({
    store: { alive: async () => undefined, others: async () => [{ asterisk: 'dead', beat: null }] },
    clock,
    log,
    closeCallsOfGone: async (gone) => {
      if (gone.length === 0) return;
      tries += 1;
      if (tries === 1) throw new Error('no database');
    },
  });
  await clock.pass(GONE_MS + 2 * BEAT_MS);
  expect(tries).toBeGreaterThan(1);
  expect(log.lines.map(({ message }) => message)).toEqual([expect.stringContaining('could not be closed')]);
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
  bench.memory.elsewhere.set(other.id, 'there');
  await bench.calls().onUp();
  await bench.clock.pass(1000);
  expect(await bench.memory.store.get(other.id)).toMatchObject({ state: 'open' });
  await bench.calls().closeCallsOfGone(await bench.memory.store.others());
  await bench.clock.pass(1000);
  expect(await bench.memory.store.get(other.id)).toMatchObject({ state: 'ended', termination: { kind: 'asterisk-lost' } });
  expect(bench.published.filter((one) => one.kind === 'call-ended').map(({ callId }) => callId)).toEqual([other.id]);
  expect(bench.calls().live()).toMatchObject([{ channelId: 'c1' }]);
});
