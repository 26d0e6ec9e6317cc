import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AgentQuarter, createLiveFigures, type FigureRules, type QueueQuarter } from '../../acd/live-figures.ts';
import type { AcdEvent } from '../../domain/acd-event.ts';
import type { BrandId } from '../../domain/brand.ts';
import type { AcdEventId } from '../../domain/ids.ts';
import { quarterOf } from '../../domain/quarter.ts';
import type { AcdLog, AcdPlace } from '../../ports/acd-log.ts';
import type { Span } from './period.ts';

/** Facts that are read at a time, before others have their turn: few enough that calls do not notice. */
const PAGE = 500;
/** A call belongs to the quarter hour in which it was offered, also when it ends later; one that lasts longer than this is cut off. */
export const LONGEST_CALL_MS = 12 * 3_600_000;
/** How much is counted before what is over is given away. */
const STEP_MS = 3_600_000;
/** What counts for queues, and for agents. */
const KINDS = {
  queues: ['entered', 'left', 'offered', 'offer-ended', 'connected', 'released', 'wrapped-up', 'transferred', 'gap'],
  agents: ['entered', 'left', 'offered', 'offer-ended', 'connected', 'released', 'wrapped-up', 'transferred', 'agent-state', 'gap'],
} as const satisfies Record<string, readonly AcdEvent['kind'][]>;

export interface CountNeeds {
  readonly log: Pick<AcdLog, 'page' | 'statesAt'>;
  readonly brand: BrandId;
  readonly rulesOf: (queue: string) => FigureRules;
  /** Whose figures are wanted: the others' would cost time for nothing. */
  readonly of: keyof typeof KINDS;
  /** UTC ms: nothing is counted beyond. */
  readonly now: number;
}

/** Quarter hours in which nothing can change any more, all of them up to `upTo`; and when the engine was away. */
export interface Closed {
  readonly upTo: number;
  readonly queues: readonly QueueQuarter[];
  readonly agents: readonly AgentQuarter[];
  readonly gaps: readonly Span[];
}

/**
 * Counts a span by quarter hours, in order, with as much memory as the longest call takes, however long the span is. The same
 * machine keeps the live counters, so both say the same.
 */
export async function* closedQuarters({ log, brand, rulesOf, of, now }: CountNeeds, { from, to }: Span): AsyncGenerator<Closed> {
  const end = Math.min(to, now);
  if (end <= from) return;
  const states = of === 'agents' ? await log.statesAt(brand, from) : new Map();
  const machine = createLiveFigures({ rulesOf, from, states });
  const open = openCalls(to);
  const gaps: Span[] = [];
  let given = from;
  const give = (upTo: number, until: number): Closed => {
    given = Math.min(upTo, to);
    return { upTo: given, ...machine.takeBefore(given, until), gaps: [...gaps] };
  };
  const note = (event: AcdEvent): void => {
    machine.add(event);
    open.note(event);
    if (event.kind === 'gap') gaps.push({ from: Math.max(from, event.from), to: Math.min(to, event.at) });
  };
  let outlasting = await gapOver({ log, brand }, to, now);
  let last = end;
  for await (const event of eventsOf(log, brand, { from, to: Math.min(now + 1, to + LONGEST_CALL_MS) }, KINDS[of])) {
    if (event.at >= to && !open.any()) break;
    const over = quarterOf(event.at - LONGEST_CALL_MS);
    if (over - given >= STEP_MS) yield give(over, event.at);
    note(event);
    if (event.id === outlasting?.id) outlasting = undefined;
    last = Math.max(last, event.at);
  }
  if (outlasting !== undefined) note(outlasting);
  yield give(to, Math.max(last, outlasting?.at ?? 0));
}

/** What the engine tells first after it was away, where it went away in the span and came back only later. */
async function gapOver(
  { log, brand }: Pick<CountNeeds, 'log' | 'brand'>,
  to: number,
  now: number,
): Promise<Extract<AcdEvent, { readonly kind: 'gap' }> | undefined> {
  if (to > now) return undefined;
  const next = await log.page({ brand, from: to, to: now + 1, limit: FIRST_FACTS });
  return next.find((event) => event.kind === 'gap' && event.from < to) as Extract<AcdEvent, { readonly kind: 'gap' }> | undefined;
}

/** Among so many the gap is, whatever else is told in the moment of the start. */
const FIRST_FACTS = 20;

/** All facts of a span by time, a page at a time. */
export async function* eventsOf(
  log: Pick<AcdLog, 'page'>,
  brand: BrandId,
  span: Span,
  kinds?: readonly AcdEvent['kind'][],
): AsyncGenerator<AcdEvent> {
  for (let after: AcdPlace | undefined; ; ) {
    const page = await log.page({
      ...{ brand, from: span.from, to: span.to, limit: PAGE },
      ...(after === undefined ? {} : { after }),
      ...(kinds === undefined ? {} : { kinds }),
    });
    yield* page;
    await nextTurn();
    const end = page.at(-1);
    if (end === undefined || page.length < PAGE) return;
    after = { at: end.at, id: end.id };
  }
}

/** Waits and talks of a span that are not over: while there are any, what comes after the span still matters. */
function openCalls(to: number): { note(event: AcdEvent): void; any(): boolean } {
  const waits = new Set<AcdEventId>();
  const talks = new Set<AcdEventId>();
  return {
    any: () => waits.size + talks.size > 0,
    note(event) {
      switch (event.kind) {
        case 'entered':
          if (event.at < to) waits.add(event.id);
          return;
        case 'left':
          // Who was answered is about to talk.
          if (event.how !== 'answered') waits.delete(event.waitId);
          return;
        case 'connected':
          if (event.at < to || (event.waitId !== null && waits.has(event.waitId))) talks.add(event.id);
          if (event.waitId !== null) waits.delete(event.waitId);
          return;
        case 'wrapped-up':
          talks.delete(event.talkId);
          return;
        default:
          return;
      }
    },
  };
}
