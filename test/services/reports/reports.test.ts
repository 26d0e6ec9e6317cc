import { describe, expect, it } from 'vitest';
import { AGENT_FIGURES, QUEUE_FIGURES } from '../../../src/acd/figures.ts';
import { countEvents } from '../../../src/acd/live-figures.ts';
import type { AcdEvent } from '../../../src/domain/acd-event.ts';
import type { BrandId } from '../../../src/domain/brand.ts';
import { parseDispositions } from '../../../src/domain/disposition-file.ts';
import { dayBegin } from '../../../src/domain/local-day.ts';
import { agentColumns, queueColumns, serviceLevelOf } from '../../../src/services/reports/columns.ts';
import { intervalAt, MOST_DAYS, spanOf } from '../../../src/services/reports/period.ts';
import { createReports } from '../../../src/services/reports/reports.ts';
import { event, logOf, type Story } from '../../acd/call-log.ts';
import { agentOf, MINUTE, NOON, queueOf, SECOND } from '../../acd/kit.ts';
import { memoryAcdLog } from '../../kit/acd-log.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONE = 'Europe/Istanbul';
const BRAND = 'santral' as BrandId;
/** The day NOON lies in, by Istanbul's clock. */
const MIDNIGHT = dayBegin(ZONE, '2026-03-02');
const TREES = parseDispositions({
  path: 'dispositions.yaml',
  text: 'dispositions:\n  service:\n    label: { tr: Servis, en: Service }\n    choices:\n      sale: { label: { tr: Satış, en: Sale }, choices: { booked: { label: { tr: Randevu verildi, en: Booked } } } }\n',
});

const call = (at: number, other: Partial<Story> = {}): Story => ({
  ...{ queue: 'support', enteredAt: at, end: { how: 'answered', waitedMs: 10 * SECOND }, agent: 'x' },
  ...{ talkMs: 3 * MINUTE, holdMs: 20 * SECOND, wrapMs: 30 * SECOND },
  ...other,
});
const state = (at: number, from: string, to: string, agent = 'x'): AcdEvent =>
  event(`s${agent}${at}`, at, { kind: 'agent-state', agent: agentOf(agent), from, to, reason: null } as Parameters<typeof event>[2]);
const gap = (from: number, to: number): AcdEvent => event(`gap${to}`, to, { kind: 'gap', from });

function house(events: readonly AcdEvent[], { now = NOON + 400 * DAY, zone = ZONE } = {}) {
  const log = memoryAcdLog(events);
  const queues = new Map(
    ['support', 'sales'].map((id) => [id, queueOf(id, { label: { tr: `${id} tr`, en: id }, dispositions: 'service' })]),
  );
  const agents = { list: async () => [{ userId: agentOf('x'), displayName: 'Deniz Yılmaz' }] as never };
  const reports = createReports({ log, agents, queues, dispositions: TREES.trees, brand: BRAND, zone, clock: { now: () => now } as never });
  return { log, reports };
}

async function all<T>(rows: AsyncIterable<T>): Promise<readonly T[]> {
  const got: T[] = [];
  for await (const one of rows) got.push(one);
  return got;
}

const day = (offset = 0) => ({ from: MIDNIGHT + offset * DAY, to: MIDNIGHT + (offset + 1) * DAY });

describe('a report of queues', () => {
  it('cuts the day into quarter hours, hours or one day, by the brand’s clock; sums stay the same', async () => {
    const calls = [0, 16, 31, 46, 75].map((minutes) => call(NOON + minutes * MINUTE));
    const { reports } = house(logOf(calls));
    const rows = (interval: 'quarter' | 'hour' | 'day') => all(reports.queues({ span: day(), interval }));
    expect((await rows('quarter')).map(({ from, counts }) => [from - NOON, counts.offered])).toEqual([
      [0, 1],
      [15 * MINUTE, 1],
      [30 * MINUTE, 1],
      [45 * MINUTE, 1],
      [75 * MINUTE, 1],
    ]);
    expect((await rows('hour')).map(({ from, to, counts }) => [from - NOON, to - from, counts.offered])).toEqual([
      [0, HOUR, 4],
      [HOUR, HOUR, 1],
    ]);
    const [whole] = await rows('day');
    expect(whole).toMatchObject({ from: MIDNIGHT, to: MIDNIGHT + DAY, key: 'support', gapMs: 0 });
    expect(whole?.counts).toMatchObject({ offered: 5, answered: 5, handled: 5, talkMs: 15 * MINUTE });
  });

  it('counts a call where it was offered, though it ends on the next day, and no call of the day before', async () => {
    const late = call(MIDNIGHT + DAY - MINUTE, { end: { how: 'answered', waitedMs: 3 * MINUTE }, talkMs: HOUR });
    const { reports } = house(logOf([call(MIDNIGHT - 1), late, call(MIDNIGHT + DAY)]));
    const [row, ...rest] = await all(reports.queues({ span: day(), interval: 'day' }));
    expect(rest).toEqual([]);
    expect(row?.counts).toMatchObject({ offered: 1, answered: 1, handled: 1, talkMs: HOUR, wrapMs: 30 * SECOND });
  });

  it('of today counts who waits at this moment', async () => {
    const { reports } = house(logOf([call(NOON, { end: null })]), { now: NOON + 12 * SECOND });
    const [row] = await all(reports.queues({ span: day(), interval: 'day' }));
    expect(row?.counts).toMatchObject({ offered: 1, waiting: 1, waitingInTime: 1, longestWaitMs: 12 * SECOND });
    expect(await all(reports.queues({ span: day(3), interval: 'day' }))).toEqual([]);
  });

  it('marks when the engine was away, also where nothing was counted', async () => {
    const away = gap(NOON + 30 * MINUTE, NOON + 3 * HOUR);
    const { reports } = house([...logOf([call(NOON), call(NOON + 3 * HOUR)]), away]);
    const rows = await all(reports.queues({ span: day(), interval: 'hour', only: 'support' }));
    expect(rows.map(({ from, counts, gapMs }) => [(from - NOON) / HOUR, counts.offered, gapMs / MINUTE])).toEqual([
      [0, 1, 30],
      [1, 0, 60],
      [2, 0, 60],
      [3, 1, 0],
    ]);
    const both = await all(reports.queues({ span: day(), interval: 'hour' }));
    expect(both.filter(({ from }) => from === NOON + HOUR).map(({ key }) => key)).toEqual(['sales', 'support']);
  });

  it('marks a gap that outlasts the span, and the quiet days within one', async () => {
    const { reports } = house([...logOf([call(NOON)]), gap(NOON + HOUR, NOON + 3 * DAY)]);
    const span = { from: MIDNIGHT, to: MIDNIGHT + 3 * DAY };
    const rows = await all(reports.queues({ span, interval: 'day', only: 'support' }));
    expect(rows.map(({ counts, gapMs }) => [counts.offered, gapMs / HOUR])).toEqual([
      [1, 11],
      [0, 24],
      [0, 24],
    ]);
  });

  it('of many days is the same as counted at once, and forgets what is over', async () => {
    const calls = Array.from({ length: 900 }, (_, n) =>
      call(MIDNIGHT + n * 2 * HOUR + (n % 7) * MINUTE, { queue: n % 3 === 0 ? 'sales' : 'support' }),
    );
    const events = logOf(calls);
    const { reports } = house(events);
    const span = { from: MIDNIGHT, to: MIDNIGHT + 75 * DAY };
    const rows = await all(reports.queues({ span, interval: 'quarter' }));
    const settings = { rulesOf: () => ({ serviceLevelMs: 20 * SECOND, shortAbandonMs: 5 * SECOND }), from: MIDNIGHT };
    const once = countEvents(events, settings, span.to).queues;
    expect(rows.map(({ from, key, counts }) => ({ quarter: from, queue: key, counts }))).toEqual(once);
  });

  it('reads on only as long as a call of the span goes on', async () => {
    const next = Array.from({ length: 3000 }, (_, n) => call(MIDNIGHT + DAY + n * SECOND));
    const { reports, log } = house(logOf([call(NOON), ...next]));
    const [row] = await all(reports.queues({ span: day(), interval: 'day' }));
    expect(row?.counts.offered).toBe(1);
    // One page of the span and what comes after it, and the look for a gap that outlasts it.
    expect(log.pages()).toBe(2);
  });
});

describe('a report of agents', () => {
  it('shares the clock out, from the state that each was in before', async () => {
    const events = [
      state(MIDNIGHT - HOUR, 'offline', 'available'),
      state(NOON, 'available', 'talking'),
      state(NOON + 30 * MINUTE, 'talking', 'paused'),
      state(NOON + 2 * HOUR, 'paused', 'offline'),
      state(MIDNIGHT - 2 * HOUR, 'available', 'offline', 'y'),
    ];
    const { reports } = house(events);
    const rows = await all(reports.agents({ span: day(), interval: 'day' }));
    expect(rows.map(({ key }) => key)).toEqual([agentOf('x')]);
    const figures = Object.fromEntries(agentColumns().map(({ id, of }) => [id, of(rows[0]?.counts as never)]));
    expect(figures).toMatchObject({ available: 12 * HOUR, paused: 1.5 * HOUR, 'logged-in': 14 * HOUR, unreachable: 0 });
    expect(figures['occupancy']).toBeCloseTo(0.5 / 12.5, 9);
    expect(figures['utilisation']).toBeCloseTo(0.5 / 14, 9);
  });

  it('knows nothing of the time in which the engine was away', async () => {
    const { reports } = house([
      state(NOON, 'offline', 'available'),
      gap(NOON + HOUR, NOON + 2 * HOUR),
      state(NOON + 3 * HOUR, 'available', 'offline'),
    ]);
    const [row] = await all(reports.agents({ span: day(), interval: 'day' }));
    expect(row?.counts.stateMs.available).toBe(2 * HOUR);
    expect(row?.gapMs).toBe(HOUR);
  });
});

describe('intervals', () => {
  it.each([
    ['Asia/Kathmandu', Date.parse('2026-03-02T03:30:00Z'), Date.parse('2026-03-02T03:15:00Z')],
    ['Europe/Istanbul', Date.parse('2026-03-02T03:30:00Z'), Date.parse('2026-03-02T03:00:00Z')],
  ])('hours of %s begin when its clock shows them', (zone, quarter, from) => {
    expect(intervalAt(quarter, 'hour', zone)).toEqual({ from, to: from + HOUR });
  });

  it('days have 23 or 25 hours where the clock is changed', () => {
    const hours = (from: string) => {
      const span = spanOf({ from, to: from }, 'day', 'Europe/Berlin');
      return span === undefined ? 0 : (span.to - span.from) / HOUR;
    };
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-06-01')]).toEqual([23, 25, 24]);
  });

  it('are limited: backwards, and longer than what can be shown, is no span', () => {
    expect(spanOf({ from: '2026-03-03', to: '2026-03-02' }, 'day', ZONE)).toBeUndefined();
    expect(spanOf({ from: '2026-01-01', to: '2026-01-31' }, 'quarter', ZONE)).toBeDefined();
    expect(spanOf({ from: '2026-01-01', to: '2026-02-01' }, 'quarter', ZONE)).toBeUndefined();
    expect(MOST_DAYS).toEqual({ quarter: 31, hour: 93, day: 400 });
  });
});

describe('talks and how they were closed', () => {
  const closed = (events: readonly AcdEvent[], disposition: string | null) =>
    events.map((one) => (one.kind === 'wrapped-up' ? { ...one, disposition } : one));
  const events = [
    ...closed(logOf([call(NOON)]), 'sale/booked'),
    ...closed(
      logOf([call(NOON + HOUR), call(NOON + 2 * HOUR, { agent: 'y' })]).map((one) => ({
        ...one,
        id: `${one.id}b` as never,
        ...again(one),
      })),
      'not_set',
    ),
  ];
  /** Calls of their own: names are numbered from 0 in each log. */
  function again(one: AcdEvent): object {
    return Object.fromEntries(
      Object.entries(one).flatMap(([key, value]) => (['callId', 'waitId', 'talkId'].includes(key) ? [[key, `${value}b`]] : [])),
    );
  }

  it('are told one by one, of an agent and of a queue, from where the last page ended', async () => {
    const { reports } = house(events);
    const talks = await all(reports.talks({ span: day(), queue: 'support' }));
    expect(talks.map(({ at, agent, waitedMs, disposition }) => [at - NOON, agent, waitedMs, disposition])).toEqual([
      [10 * SECOND, agentOf('x'), 10 * SECOND, 'sale/booked'],
      [HOUR + 10 * SECOND, agentOf('x'), 10 * SECOND, 'not_set'],
      [2 * HOUR + 10 * SECOND, agentOf('y'), 10 * SECOND, 'not_set'],
    ]);
    expect(talks[0]).toMatchObject({ ended: { how: 'caller-hung-up', talkMs: 3 * MINUTE, holdMs: 20 * SECOND }, wrapMs: 30 * SECOND });
    const [first] = talks;
    const rest = await all(reports.talks({ span: day(), agent: agentOf('x'), after: { at: first?.at ?? 0, id: first?.id as never } }));
    expect(rest.map(({ at }) => at - NOON)).toEqual([HOUR + 10 * SECOND]);
    expect(await all(reports.talks({ span: day(), queue: 'sales' }))).toEqual([]);
  });

  it('are summed by disposition, the most frequent first, under the names of the tree', async () => {
    const { reports } = house(events);
    const rows = await reports.dispositions({ span: day() });
    expect(rows).toEqual([
      { queue: 'support', disposition: 'not_set', talks: 2, handleMs: 2 * (3 * MINUTE + 50 * SECOND) },
      { queue: 'support', disposition: 'sale/booked', talks: 1, handleMs: 3 * MINUTE + 50 * SECOND },
    ]);
    const names = await reports.names();
    expect(rows.map(({ queue, disposition }) => names.disposition(queue, disposition).tr)).toEqual([
      'Seçilmedi',
      'Satış / Randevu verildi',
    ]);
    expect([
      names.queue('support').tr,
      names.queue('gone').en,
      names.queue(null).en,
      names.agent(agentOf('x')),
      names.agent('usr_z'),
    ]).toEqual([...['support tr', 'gone', 'No queue', 'Deniz Yılmaz', 'usr_z']]);
  });
});

describe('columns', () => {
  it('show each formula that there is, in both languages, and every figure once', () => {
    for (const columns of [queueColumns(), agentColumns()]) {
      const ids = columns.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { id, label, formula, kind } of columns) {
        expect(label.tr === '' || label.en === '', id).toBe(false);
        expect(formula !== null || kind !== 'share', id).toBe(true);
      }
    }
    expect(queueColumns().map(({ id }) => id)).toEqual(
      expect.arrayContaining(Object.values(QUEUE_FIGURES).flatMap(({ id }) => (id === 'default' ? [] : [id]))),
    );
    expect(agentColumns().map(({ id }) => id)).toEqual(expect.arrayContaining(Object.values(AGENT_FIGURES).map(({ id }) => id)));
  });

  it('show the service level under the formula that was asked for', () => {
    const formula = (id: string | undefined) =>
      queueColumns(serviceLevelOf(id)).find((column) => column.id === 'service-level')?.formula?.en;
    expect([formula('sl-1'), formula('no such'), formula(undefined)]).toEqual([
      'A_T / A',
      'A_T / (A + Ab − Ab_s)',
      'A_T / (A + Ab − Ab_s)',
    ]);
  });
});
