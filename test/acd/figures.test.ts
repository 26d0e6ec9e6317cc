import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addInto,
  FLOW_OUTS,
  freshCounts,
  NO_AGENT_COUNTS,
  NO_QUEUE_COUNTS,
  type QueueCounts,
  sumAgentCounts,
  sumQueueCounts,
} from '../../src/acd/counts.ts';
import { AGENT_FIGURES, flowOutsOf, LEGEND, QUEUE_FIGURES, SERVICE_LEVELS } from '../../src/acd/figures.ts';
import { quartersOfDay } from '../../src/acd/intervals.ts';
import { type Counted, countEvents, createLiveFigures, type FigureSettings } from '../../src/acd/live-figures.ts';
import type { AcdEvent } from '../../src/domain/acd-event.ts';
import { QUARTER_MS, quarterOf } from '../../src/domain/quarter.ts';
import { WAIT_ENDS } from '../../src/domain/queue.ts';
import { event, logOf, RANG_MS, type Story } from './call-log.ts';
import { agentOf, MINUTE, NOON, SECOND } from './kit.ts';

const settings: FigureSettings = { rulesOf: () => ({ serviceLevelMs: 20 * SECOND, shortAbandonMs: 5 * SECOND }), from: NOON };
const call = (how: (typeof WAIT_ENDS)[number], seconds: number, other: Partial<Story> = {}): Story => ({
  queue: 'support',
  enteredAt: NOON,
  end: { how, waitedMs: seconds * SECOND },
  ...other,
});
const times = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one);
const count = (stories: readonly Story[], until = NOON + 60 * MINUTE): Counted => countEvents(logOf(stories), settings, until);
const only = (counted: Counted): QueueCounts => counted.queues[0]?.counts ?? NO_QUEUE_COUNTS;

/** 85 answered, 70 of them in 20 s; 15 hung up: 5 in 5 s, 4 in 20 s, 6 later. */
const HOUR: readonly Story[] = [
  ...times(70, call('answered', 20)),
  ...times(15, call('answered', 21)),
  ...times(5, call('abandoned', 5)),
  ...times(4, call('abandoned', 20)),
  ...times(6, call('abandoned', 40)),
];

describe('the service level', () => {
  const level = (id: string, counts: QueueCounts) => SERVICE_LEVELS.find((one) => one.id === id)?.of(counts);

  it.each([
    ['default', 73.7],
    ['sl-1', 82.4],
    ['sl-2', 79.0],
    ['sl-g', 70.0],
    ['sl-g-short', 73.7],
    ['sl-g-flow', 70.0],
    ['sl-g-answered', 82.4],
    ['sl-8', 73.7],
    ['sl-v', 70.0],
    ['sl-x', 76.9],
  ])('%s of the worked example is %f %%', (id, percent) => {
    expect((level(id, only(count(HOUR))) ?? 0) * 100).toBeCloseTo(percent, 1);
  });

  it('tells apart who left by a key and who waits still', () => {
    const counts = only(count([...HOUR, ...times(10, call('key', 30)), ...times(2, call('key', 0, { end: null }))], NOON + 19 * SECOND));
    expect(level('sl-v', counts)).toBeCloseTo(70 / 110, 6);
    expect(level('sl-g-flow', counts)).toBeCloseTo(70 / 110, 6);
    expect(level('sl-8', counts)).toBeCloseTo(70 / (112 - 5 - 2), 6);
    expect(level('default', counts)).toBeCloseTo(70 / 95, 6);
  });

  it('has a formula of known letters for each', () => {
    for (const { id, formula } of SERVICE_LEVELS) {
      const letters = formula.match(/[A-Z][a-z]?(?:_[A-Za-z])?/g) ?? [];
      expect(letters.length, id).toBeGreaterThan(1);
      for (const letter of letters) expect(LEGEND, `${id}: ${letter}`).toHaveProperty([letter]);
    }
    expect(new Set(SERVICE_LEVELS.map(({ id }) => id)).size).toBe(SERVICE_LEVELS.length);
  });
});

describe('figures', () => {
  it('are null without calls, never 0 or 100', () => {
    for (const { of, id } of [...SERVICE_LEVELS, ...Object.values(QUEUE_FIGURES)]) expect(of(NO_QUEUE_COUNTS), id).toBeNull();
    for (const { of, id } of Object.values(AGENT_FIGURES)) expect(of(NO_AGENT_COUNTS), id).toBeNull();
    expect(QUEUE_FIGURES.serviceLevel.of(only(count(times(3, call('abandoned', 3)))))).toBeNull();
  });

  it('of a queue come from the sums', () => {
    const talk = { agent: 'x', talkMs: 60 * SECOND, holdMs: 20 * SECOND, wrapMs: 10 * SECOND };
    const counts = only(
      count([
        call('answered', 10, { ...talk, ignoredBy: ['y'] }),
        call('answered', 30, { ...talk, wrapMs: null, transferred: true }),
        call('abandoned', 3),
        call('abandoned', 50),
        call('overflow', 70),
      ]),
    );
    expect(counts).toMatchObject({ offered: 5, answered: 2, abandoned: 2, shortAbandoned: 1, waiting: 0, longestWaitMs: 70 * SECOND });
    const figures = Object.fromEntries(Object.entries(QUEUE_FIGURES).map(([name, { of }]) => [name, of(counts)]));
    expect(figures).toEqual({
      serviceLevel: 1 / 3,
      abandonRate: 1 / 4,
      averageAnswerMs: 20 * SECOND,
      averageAbandonMs: 26.5 * SECOND,
      averageHandleMs: (90 + 80) * 500,
      transferRate: 1 / 2,
      ronaRate: 1 / 3,
    });
  });

  it('count an offer that was ignored, and the caller once', () => {
    const counts = only(count([call('answered', 15, { ignoredBy: ['y', 'z'] })]));
    expect(counts).toMatchObject({ offered: 1, answered: 1, abandoned: 0, agentOffers: 3, notAnswered: 2 });
  });

  it('keep every way out apart', () => {
    const counts = only(count(FLOW_OUTS.map((how) => call(how, 9))));
    expect(counts.flowOuts).toEqual({ key: 1, overflow: 1, full: 1, 'too-long': 1, 'no-agents': 1, closed: 1, moved: 1, failed: 1 });
    expect(counts).toMatchObject({ offered: 8, answered: 0, abandoned: 0 });
  });

  it('belong to the quarter in which the call was offered, however long it lasted', () => {
    const late = { enteredAt: NOON + 15 * MINUTE - 1, talkMs: 40 * MINUTE, wrapMs: 0 };
    const { queues } = count([call('answered', 90, late), call('answered', 1, { enteredAt: NOON + 15 * MINUTE })], NOON + 120 * MINUTE);
    expect(queues.map(({ quarter, counts }) => [quarter - NOON, counts.offered, counts.answered, counts.talkMs])).toEqual([
      [0, 1, 1, 40 * MINUTE],
      [15 * MINUTE, 1, 1, 0],
    ]);
  });

  it('pass over calls that were offered before, and a second end of the same wait', () => {
    const log = logOf([call('answered', 60, { enteredAt: NOON - 1 }), call('abandoned', 60)]);
    const { queues } = countEvents(
      log.filter(({ at }) => at >= NOON),
      settings,
      NOON + 60 * MINUTE,
    );
    expect(queues.map(({ counts }) => [counts.offered, counts.answered, counts.abandoned])).toEqual([[1, 0, 1]]);
    const left = log.find(({ kind }) => kind === 'left') as AcdEvent;
    const twice = only(
      countEvents(
        [...logOf([call('abandoned', 60)]), { ...left, waitId: 'acd_w0', how: 'answered' } as AcdEvent],
        settings,
        NOON + 60 * MINUTE,
      ),
    );
    expect(twice).toMatchObject({ offered: 1, abandoned: 1, answered: 0 });
  });

  it('are summed, and never averaged', () => {
    const a = only(count([call('answered', 1), ...times(9, call('answered', 60))]));
    const b = only(count(times(90, call('answered', 1))));
    expect(QUEUE_FIGURES.serviceLevel.of(sumQueueCounts([a, b]))).toBe(91 / 100);
    expect(sumQueueCounts([a, b]).longestWaitMs).toBe(60 * SECOND);
    expect(sumQueueCounts([])).toEqual(NO_QUEUE_COUNTS);
    expect(NO_QUEUE_COUNTS.offered).toBe(0);
  });
});

describe('an agent’s figures', () => {
  const agent = agentOf('x');
  const state = (at: number, from: string, to: string): AcdEvent =>
    event(`s${at}`, NOON + at, { kind: 'agent-state', agent, from, to, reason: null } as Parameters<typeof event>[2]);
  const DAY = [
    state(0, 'offline', 'available'),
    state(5 * MINUTE, 'available', 'ringing'),
    state(6 * MINUTE, 'ringing', 'talking'),
    state(20 * MINUTE, 'talking', 'wrap-up'),
    state(24 * MINUTE, 'wrap-up', 'paused'),
  ];

  it('share the clock out to the quarters', () => {
    const { agents } = countEvents(DAY, settings, NOON + 40 * MINUTE);
    expect(
      agents.map(({ quarter, counts: { stateMs } }) => [
        quarter - NOON,
        stateMs.available + stateMs.ringing,
        stateMs.talking,
        stateMs['wrap-up'],
        stateMs.paused,
      ]),
    ).toEqual([
      [0, 6 * MINUTE, 9 * MINUTE, 0, 0],
      [15 * MINUTE, 0, 5 * MINUTE, 4 * MINUTE, 6 * MINUTE],
      [30 * MINUTE, 0, 0, 0, 10 * MINUTE],
    ]);
    const sum = sumAgentCounts(agents.map(({ counts }) => counts));
    expect(AGENT_FIGURES.occupancy.of(sum)).toBeCloseTo(18 / 24, 9);
    expect(AGENT_FIGURES.utilisation.of(sum)).toBeCloseTo(18 / 40, 9);
  });

  it('know who did the same all the time, and what the first event came from', () => {
    const { agents } = countEvents([], { ...settings, states: new Map([[agent, 'available']]) }, NOON + 10 * MINUTE);
    expect(agents).toMatchObject([{ agent, counts: { stateMs: { available: 10 * MINUTE } } }]);
    const first = countEvents([state(3 * MINUTE, 'paused', 'available')], settings, NOON + 3 * MINUTE);
    expect(first.agents[0]?.counts.stateMs.paused).toBe(3 * MINUTE);
  });

  it('leave out what nobody saw, and the gap is marked', () => {
    const gap = event('gap', NOON + 4 * MINUTE, { kind: 'gap', from: NOON + MINUTE });
    const { agents, gaps } = countEvents([state(0, 'offline', 'available'), gap], settings, NOON + 5 * MINUTE);
    expect(agents[0]?.counts.stateMs).toMatchObject({ available: 2 * MINUTE });
    expect(gaps).toEqual([{ from: NOON + MINUTE, to: NOON + 4 * MINUTE }]);
  });

  it('count talks where they began, offers where they were made, and hold once', () => {
    const story = call('answered', 60, {
      enteredAt: NOON + 14.5 * MINUTE,
      agent: 'x',
      talkMs: 100,
      holdMs: 20,
      wrapMs: 3,
      transferred: true,
      ignoredBy: ['y'],
    });
    const { agents } = count([story]);
    expect(agents.map(({ agent, quarter }) => [agent, quarter - NOON])).toEqual([
      [agentOf('y'), 0],
      [agentOf('x'), 15 * MINUTE],
    ]);
    expect(agents[0]?.counts).toMatchObject({ agentOffers: 1, notAnswered: 1, handled: 0 });
    expect(agents[1]?.counts).toMatchObject({
      agentOffers: 1,
      notAnswered: 0,
      handled: 1,
      talkMs: 100,
      holdMs: 20,
      wrapMs: 3,
      transferred: 1,
    });
    expect(AGENT_FIGURES.averageHandleMs.of(agents[1]?.counts ?? NO_AGENT_COUNTS)).toBe(123);
  });
});

describe('a day of quarter hours', () => {
  it.each([
    ['Europe/Istanbul', '2026-03-29', 96, '2026-03-28T21:00:00Z'],
    ['Europe/Berlin', '2026-03-29', 92, '2026-03-28T23:00:00Z'],
    ['Europe/Berlin', '2026-10-25', 100, '2026-10-24T22:00:00Z'],
    ['Asia/Kathmandu', '2026-06-01', 96, '2026-05-31T18:15:00Z'],
    ['Australia/Lord_Howe', '2026-04-05', 98, '2026-04-04T13:00:00Z'],
    ['Africa/Cairo', '2026-04-24', 92, '2026-04-23T22:00:00Z'],
  ])('in %s on %s has %i, the first at %s', (zone, day, quarters, first) => {
    const all = quartersOfDay(zone, day);
    expect(all.length).toBe(quarters);
    expect(new Date(all[0] ?? 0).toISOString()).toBe(new Date(first).toISOString());
    for (const [n, one] of all.entries()) expect([quarterOf(one), one]).toEqual([one, (all[0] ?? 0) + n * QUARTER_MS]);
  });
});

describe('live counters', () => {
  const story: fc.Arbitrary<Story> = fc.record({
    queue: fc.constantFrom('support', 'sales'),
    enteredAt: fc.integer({ min: 0, max: 60 * MINUTE }).map((ms) => NOON + ms),
    end: fc.option(fc.record({ how: fc.constantFrom(...WAIT_ENDS), waitedMs: fc.integer({ min: RANG_MS, max: 20 * MINUTE }) }), {
      nil: null,
    }),
    ignoredBy: fc.subarray(['y', 'z']),
    agent: fc.constantFrom('x', 'y'),
    talkMs: fc.nat({ max: 20 * MINUTE }),
    holdMs: fc.nat({ max: MINUTE }),
    wrapMs: fc.option(fc.nat({ max: MINUTE }), { nil: null }),
    transferred: fc.boolean(),
  });

  it('equal the report of the closed interval, however they were looked at meanwhile', () => {
    fc.assert(
      fc.property(fc.array(story, { maxLength: 40 }), fc.array(fc.nat({ max: 120 * MINUTE })), (stories, glances) => {
        const log = logOf(stories);
        const live = createLiveFigures(settings);
        let looks = glances.map((ms) => NOON + ms).toSorted((a, b) => a - b);
        for (const one of log) {
          for (const at of looks.filter((at) => at < one.at)) live.at(at);
          looks = looks.filter((at) => at >= one.at);
          live.add(one);
        }
        const end = NOON + 240 * MINUTE;
        expect(live.at(end)).toEqual(countEvents(log, settings, end));
        expect(live.at(end)).toEqual(live.at(end));
        const { queues, agents } = live.at(end);
        for (const { queue } of queues)
          expect(live.queueSum(queue, end)).toEqual(
            sumQueueCounts(queues.filter((one) => one.queue === queue).map(({ counts }) => counts)),
          );
        for (const { agent } of agents)
          expect(live.agentSum(agent, end)).toEqual(
            sumAgentCounts(agents.filter((one) => one.agent === agent).map(({ counts }) => counts)),
          );
        live.forgetBefore(NOON + 30 * MINUTE);
        const kept = ({ quarter }: { quarter: number }) => quarter >= NOON + 30 * MINUTE;
        expect(live.at(end).queues).toEqual(countEvents(log, settings, end).queues.filter(kept));
      }),
    );
  });

  it('taken piece by piece as time goes on, each an hour after it was over, are the same quarters', () => {
    const over = fc.array(story, { maxLength: 40 }).map((stories) => stories.filter(({ end }) => end !== null));
    fc.assert(
      fc.property(over, (stories) => {
        const log = logOf(stories);
        const end = NOON + 240 * MINUTE;
        const piecewise = createLiveFigures(settings);
        const taken = log.map((one) => {
          const piece = piecewise.takeBefore(quarterOf(one.at - 60 * MINUTE), one.at);
          piecewise.add(one);
          return piece;
        });
        taken.push(piecewise.takeBefore(end, end));
        const whole = countEvents(log, settings, end);
        expect(taken.flatMap(({ queues }) => queues)).toEqual(whole.queues);
        expect(taken.flatMap(({ agents }) => agents)).toEqual(whole.agents);
      }),
    );
  });

  it('at any moment are what the calls themselves say, reckoned one by one', () => {
    fc.assert(
      fc.property(fc.array(story, { maxLength: 30 }), fc.integer({ min: 0, max: 90 * MINUTE }), (stories, ms) => {
        const until = NOON + ms;
        const live = createLiveFigures(settings);
        for (const one of logOf(stories)) if (one.at <= until) live.add(one);
        expect(live.at(until).queues).toEqual(reckoned(stories, until));
      }),
      { numRuns: 200 },
    );
  });

  /** From the calls, not from the events. */
  function reckoned(stories: readonly Story[], until: number): Counted['queues'] {
    const quarters = new Map<string, { quarter: number; queue: string; counts: QueueCounts }>();
    for (const one of stories) {
      if (one.enteredAt > until) continue;
      const quarter = Math.floor(one.enteredAt / QUARTER_MS) * QUARTER_MS;
      const key = `${quarter} ${one.queue}`;
      const entry = quarters.get(key) ?? { quarter, queue: one.queue, counts: freshCounts(NO_QUEUE_COUNTS) };
      quarters.set(key, entry);
      addInto(entry.counts, oneCall(one, until));
    }
    const all = [...quarters].toSorted(([a, x], [b, y]) => x.quarter - y.quarter || (a < b ? -1 : 1));
    return all.map(([, entry]) => entry);
  }

  function oneCall(
    { enteredAt, end, ignoredBy = [], talkMs = 0, holdMs = 0, wrapMs = null, transferred }: Story,
    until: number,
  ): QueueCounts {
    const leftAt = end === null ? Infinity : enteredAt + end.waitedMs;
    const isOver = leftAt <= until;
    const waited = isOver ? (end?.waitedMs ?? 0) : until - enteredAt;
    const how = isOver ? end?.how : undefined;
    const answered = how === 'answered';
    const released = answered && leftAt + talkMs + holdMs <= until;
    const wrapped = released && wrapMs !== null && leftAt + talkMs + holdMs + wrapMs <= until;
    const flow = FLOW_OUTS.find((kind) => kind === how);
    return {
      ...NO_QUEUE_COUNTS,
      offered: 1,
      answered: answered ? 1 : 0,
      answeredInTime: answered && waited <= 20 * SECOND ? 1 : 0,
      abandoned: how === 'abandoned' ? 1 : 0,
      shortAbandoned: how === 'abandoned' && waited <= 5 * SECOND ? 1 : 0,
      abandonedInTime: how === 'abandoned' && waited <= 20 * SECOND ? 1 : 0,
      flowOuts: flow === undefined ? NO_QUEUE_COUNTS.flowOuts : { ...NO_QUEUE_COUNTS.flowOuts, [flow]: 1 },
      waiting: isOver ? 0 : 1,
      waitingInTime: !isOver && waited < 20 * SECOND ? 1 : 0,
      waitAnsweredMs: answered ? waited : 0,
      waitAbandonedMs: how === 'abandoned' ? waited : 0,
      longestWaitMs: waited,
      agentOffers: ignoredBy.length + (answered ? 1 : 0),
      notAnswered: enteredAt + RANG_MS <= until ? ignoredBy.length : 0,
      handled: released ? 1 : 0,
      talkMs: released ? talkMs : 0,
      holdMs: released ? holdMs : 0,
      wrapMs: wrapped ? (wrapMs ?? 0) : 0,
      transferred: released && transferred === true ? 1 : 0,
    };
  }

  it('every call is in one place only: offered = answered + abandoned + left otherwise + waiting', () => {
    fc.assert(
      fc.property(fc.array(story), fc.nat({ max: 90 * MINUTE }), (stories, ms) => {
        const until = NOON + ms;
        const log = logOf(stories).filter(({ at }) => at <= until);
        for (const { counts } of countEvents(log, settings, until).queues)
          expect(counts.answered + counts.abandoned + flowOutsOf(counts) + counts.waiting).toBe(counts.offered);
      }),
    );
  });
});
