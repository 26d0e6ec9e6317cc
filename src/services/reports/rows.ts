import {
  type AgentCounts,
  addInto,
  freshCounts,
  NO_AGENT_COUNTS,
  NO_QUEUE_COUNTS,
  type QueueCounts,
  type SomeCounts,
} from '../../acd/counts.ts';
import { quarterOf } from '../../domain/quarter.ts';
import type { Closed } from './closed-quarters.ts';
import { type Interval, intervalAt, type Span } from './period.ts';

/** Counts of one queue or agent in one interval. */
export interface CountRow<C> extends Span {
  /** Id of the queue or agent. */
  readonly key: string;
  readonly counts: C;
  /** How long the engine was away in it: what the row holds is not all there was. ms. */
  readonly gapMs: number;
}

/** The engine was away all the time: what was counted is not zero, but nothing. */
export function isBlank({ from, to, gapMs }: Pick<CountRow<unknown>, 'from' | 'to' | 'gapMs'>): boolean {
  return gapMs >= to - from;
}

interface Shape {
  readonly interval: Interval;
  readonly zone: string;
  /** Only this one; all when nothing is said. */
  readonly only?: string;
  /** Whose gaps are told also where nothing was counted. */
  readonly known: readonly string[];
  readonly span: Span;
}

export function queueRows(closed: AsyncIterable<Closed>, shape: Shape): AsyncGenerator<CountRow<QueueCounts>> {
  return rowsOf(closed, shape, NO_QUEUE_COUNTS, ({ queues }) => queues.map(({ queue, ...rest }) => ({ ...rest, key: queue })));
}

/** Agents who were offline all along are left out. */
export async function* agentRows(closed: AsyncIterable<Closed>, shape: Shape): AsyncGenerator<CountRow<AgentCounts>> {
  const all = rowsOf(closed, shape, NO_AGENT_COUNTS, ({ agents }) => agents.map(({ agent, ...rest }) => ({ ...rest, key: agent })));
  for await (const row of all) if (row.gapMs > 0 || hasWorked(row.counts)) yield row;
}

function hasWorked({ stateMs: { offline: _offline, ...stateMs }, ...counts }: AgentCounts): boolean {
  return [...Object.values(stateMs), ...Object.values(counts)].some((count) => count > 0);
}

interface Quarter<C> {
  readonly quarter: number;
  readonly key: string;
  readonly counts: C;
}

/** Adds quarter hours up to intervals; each is given as soon as it is over, by time and then by key. */
async function* rowsOf<C extends QueueCounts | AgentCounts>(
  closed: AsyncIterable<Closed>,
  { interval, zone, only, known, span }: Shape,
  none: C,
  quartersIn: (closed: Closed) => readonly Quarter<C>[],
): AsyncGenerator<CountRow<C>> {
  let current: Span | null = null;
  let counts = new Map<string, C>();
  let gaps: readonly Span[] = [];
  let told = span.from;
  const rowsIn = function* (of: Span): Generator<CountRow<C>> {
    const gapMs = gaps.reduce((sum, gap) => sum + overlap(gap, of), 0);
    const keys = gapMs > 0 ? new Set([...counts.keys(), ...(only === undefined ? known : [only])]) : counts.keys();
    for (const key of [...keys].toSorted()) yield { ...of, key, counts: counts.get(key) ?? none, gapMs };
    counts = new Map();
    told = of.to;
  };
  /** Intervals without any call, in which the engine was away. */
  const awayUntil = function* (to: number): Generator<CountRow<C>> {
    const away = gaps.filter((gap) => overlap(gap, { from: told, to }) > 0);
    for (let at = away.length === 0 ? to : Math.max(told, quarterOf(Math.min(...away.map(({ from }) => from)))); at < to; ) {
      const of = intervalAt(at, interval, zone);
      if (of.from >= told && of.from < to && away.some((gap) => overlap(gap, of) > 0)) yield* rowsIn(of);
      at = of.to;
    }
  };
  for await (const one of closed) {
    ({ gaps } = one);
    for (const { quarter, key, counts: more } of quartersIn(one)) {
      if (only !== undefined && key !== only) continue;
      const of: Span = current !== null && quarter < current.to ? current : intervalAt(quarter, interval, zone);
      if (current !== null && of.from !== current.from) {
        yield* rowsIn(current);
        current = null;
      }
      if (current === null) yield* awayUntil(of.from);
      current = of;
      const sum = counts.get(key) ?? freshCounts(none);
      counts.set(key, sum);
      addInto(sum, more as SomeCounts<C>);
    }
  }
  if (current !== null) yield* rowsIn(current);
  yield* awayUntil(span.to);
}

function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}
