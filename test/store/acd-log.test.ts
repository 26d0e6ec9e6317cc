import { describe, expect, test } from 'vitest';
import { createLiveFigures } from '../../src/acd/live-figures.ts';
import type { AcdEvent } from '../../src/domain/acd-event.ts';
import type { BrandId } from '../../src/domain/brand.ts';
import { dayBegin } from '../../src/domain/local-day.ts';
import { eventsOf } from '../../src/services/reports/closed-quarters.ts';
import { createReports } from '../../src/services/reports/reports.ts';
import { event, logOf, type Story } from '../acd/call-log.ts';
import { agentOf, MINUTE, NOON, queueOf, SECOND } from '../acd/kit.ts';
import { ENGINES, storesFor } from './engines.ts';

const BRAND = 'santral' as BrandId;
const ZONE = 'Europe/Istanbul';
const HOUR = 60 * MINUTE;
const MIDNIGHT = dayBegin(ZONE, '2026-03-02');
const RULES = { serviceLevelMs: 20 * SECOND, shortAbandonMs: 5 * SECOND };

const state = (at: number, from: string, to: string, agent: string): AcdEvent =>
  event(`s${agent}${at}`, at, { kind: 'agent-state', agent: agentOf(agent), from, to, reason: null } as Parameters<typeof event>[2]);

/** A day with every way out, at the very limits of the rules, in every quarter hour. */
const STORIES: readonly Story[] = Array.from({ length: 480 }, (_, n) => {
  const how = (['answered', 'answered', 'abandoned', 'overflow', 'key'] as const)[n % 5] ?? 'answered';
  const waitedMs = ([5 * SECOND, 20 * SECOND, 21 * SECOND, 1000] as const)[n % 4] ?? 0;
  return {
    ...{ queue: n % 3 === 0 ? 'sales' : 'support', enteredAt: MIDNIGHT + n * 3 * MINUTE, end: { how, waitedMs } },
    ...{
      agent: n % 2 === 0 ? 'x' : 'y',
      talkMs: n * SECOND,
      holdMs: SECOND,
      wrapMs: n % 7 === 0 ? null : 10 * SECOND,
      transferred: n % 9 === 0,
    },
    ...(n % 11 === 0 ? { ignoredBy: ['y'] } : {}),
  };
});
const DAY: readonly AcdEvent[] = growing(
  [
    state(MIDNIGHT - HOUR, 'offline', 'available', 'x'),
    ...logOf(STORIES),
    state(NOON, 'available', 'paused', 'x'),
    event('gap', NOON + 2 * HOUR, { kind: 'gap', from: NOON + HOUR }),
    state(NOON + 3 * HOUR, 'offline', 'available', 'y'),
  ].toSorted((a, b) => a.at - b.at),
);

/** The same with ids that grow, as an engine's do: they tell what came first within a millisecond. */
function growing(events: readonly AcdEvent[]): readonly AcdEvent[] {
  const ids = new Map(events.map(({ id }, n) => [id as string, `acd_${String(n).padStart(5, '0')}`]));
  return events.map(
    (one) =>
      JSON.parse(JSON.stringify(one), (_key, value: unknown) =>
        typeof value === 'string' ? (ids.get(value) ?? value) : value,
      ) as AcdEvent,
  );
}

describe.each(ENGINES)('the floor’s log on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);
  const write = async (events: readonly AcdEvent[], agents: readonly string[] = []): Promise<void> => {
    const states = agents.map((name) => ({
      ...{ userId: agentOf(name), brand: BRAND, state: { kind: 'available' }, since: NOON, idleSince: NOON, missing: [] },
      ...{ wrapUpAsked: false, next: null, version: 1 },
    }));
    await at.stores.floor.write({ events, agents: states as never, waits: [], endedWaits: [], lastTalks: [] });
  };
  const all = async <T>(rows: AsyncIterable<T>): Promise<readonly T[]> => {
    const got: T[] = [];
    for await (const one of rows) got.push(one);
    return got;
  };

  test('is read by time, page by page, without loss where many things happened at once', async () => {
    const events = Array.from({ length: 2500 }, (_, n) =>
      event(`${String(n).padStart(4, '0')}`, NOON + Math.floor(n / 700), { kind: 'gap', from: NOON }),
    );
    await write(events.toReversed());
    const read = await all(eventsOf(at.stores.acdLog, BRAND, { from: NOON, to: NOON + HOUR }));
    expect(read.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(await all(eventsOf(at.stores.acdLog, BRAND, { from: NOON, to: NOON + HOUR }, ['entered']))).toEqual([]);
    expect(await all(eventsOf(at.stores.acdLog, 'other' as BrandId, { from: NOON, to: NOON + HOUR }))).toEqual([]);
  });

  test('knows what agents did at a moment, and all facts of calls', async () => {
    await write(
      [state(NOON - 2, 'offline', 'available', 'x'), state(NOON, 'available', 'paused', 'x'), ...logOf(STORIES.slice(0, 3))],
      ['x', 'z'],
    );
    expect(await at.stores.acdLog.statesAt(BRAND, NOON)).toEqual(new Map([[agentOf('x'), 'available']]));
    expect(await at.stores.acdLog.statesAt(BRAND, NOON - 2)).toEqual(new Map());
    expect((await at.stores.acdLog.statesAt(BRAND, NOON + 1)).get(agentOf('x'))).toBe('paused');
    const [first] = logOf(STORIES.slice(0, 1));
    const facts = await at.stores.acdLog.ofCalls(first?.kind === 'entered' ? [first.callId, first.callId] : []);
    expect(facts.map(({ kind }) => kind)).toContain('entered');
    expect(new Set(facts.map((fact) => ('callId' in fact ? fact.callId : null))).size).toBe(1);
    expect(await at.stores.acdLog.ofCalls([])).toEqual([]);
  });

  test('case E8: live counters at the end of the day are the report of the day, quarter by quarter', async () => {
    await write(DAY, ['x', 'y']);
    const live = createLiveFigures({ rulesOf: () => RULES, from: MIDNIGHT, states: new Map([[agentOf('x'), 'available']]) });
    for (const one of DAY) if (one.at >= MIDNIGHT) live.add(one);
    const end = MIDNIGHT + 24 * HOUR;
    const counted = live.at(end);
    const queues = new Map(['support', 'sales'].map((id) => [id, queueOf(id)]));
    const parts = { queues, dispositions: new Map(), brand: BRAND, zone: ZONE, clock: { now: () => end + 48 * HOUR } as never };
    const reports = createReports({ log: at.stores.acdLog, agents: at.stores.agents, ...parts });
    const span = { from: MIDNIGHT, to: end };
    const rows = await all(reports.queues({ span, interval: 'quarter' }));
    expect(rows.filter(({ counts }) => counts.offered > 0).map(({ from, key, counts }) => ({ quarter: from, queue: key, counts }))).toEqual(
      counted.queues.filter(({ quarter }) => quarter < end),
    );
    const agents = await all(reports.agents({ span, interval: 'quarter' }));
    const worked = counted.agents.filter(({ quarter }) => quarter < end);
    expect(agents.filter(({ gapMs }) => gapMs === 0).map(({ from, key, counts }) => ({ quarter: from, agent: key, counts }))).toEqual(
      worked.filter(({ quarter, counts }) => (quarter < NOON + HOUR || quarter >= NOON + 2 * HOUR) && offlineOnly(counts) === false),
    );
    expect(rows.filter(({ gapMs }) => gapMs > 0).length).toBeGreaterThanOrEqual(4);
    const [support] = await all(reports.queues({ span, interval: 'day', only: 'support' }));
    expect(support?.counts).toMatchObject({ offered: 320, waiting: 0 });
  });
});

function offlineOnly({
  stateMs: { offline: _offline, ...stateMs },
  ...counts
}: ReturnType<ReturnType<typeof createLiveFigures>['at']>['agents'][number]['counts']): boolean {
  return [...Object.values(stateMs), ...Object.values(counts)].every((count) => count === 0);
}
