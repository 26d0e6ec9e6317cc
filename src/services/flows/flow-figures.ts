import type { CallId } from '../../domain/ids.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CountedStep, FlowCountStore, FlowStep } from '../../ports/drafts.ts';
import type { Log } from '../../ports/log.ts';
import type { CallStore } from '../../ports/stores.ts';
import { hungUp, type Place, placeOf, stepOf } from './flow-steps.ts';

const HOUR_MS = 3_600_000;
/** The hours that are shown: this one and the 23 before. */
const HOURS_SHOWN = 24;
/** Counts are kept twice as long as they are shown, so that a clock that was set back loses nothing. */
const HOURS_KEPT = 48;
/** How long counts wait in memory; a killed engine loses that much of them, and nothing of a call. */
export const FLUSH_MS = 5000;
/** Lines that wait to be counted together at most. */
const MOST_NOTED = 1000;
/** Of a call that an engine before this one had: its journal is read to see where its caller stood. */
const LINES_READ = 5000;

/** A call is open from here on. */
const BEGINNINGS: ReadonlySet<JournalEntry['kind']> = new Set(['call-arrived', 'call-resumed']);

export interface FlowFigures {
  /** To be called once for each line that was stored, as `CallFeed.publish` is. Costs a call nothing but this. */
  note(entries: readonly JournalEntry[]): void;
  /** How often callers took each way of a flow since `since` (UTC ms): the last day, by whole hours. */
  of(flow: string): Promise<{ readonly since: number; readonly steps: readonly CountedStep[] }>;
  /** Writes what waits. */
  stop(): Promise<void>;
}

export interface FigureDeps {
  readonly counts: FlowCountStore;
  readonly calls: Pick<CallStore, 'journal'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Counts the ways callers take, from the journal as it is written; stored by the hour and way, thus read at once. */
export function createFlowFigures({ counts, calls, clock, log }: FigureDeps): FlowFigures {
  /** Counting many lines at once costs a call less than each by itself. */
  let noted: JournalEntry[] = [];
  /** Hour, then way, as it waits to be written. */
  let waiting = new Map<number, Map<string, CountedStep>>();
  /** Where each open call stands; null: not known yet. What a flow does after the call is no place of a caller. */
  const places = new Map<CallId, Place | null>();
  const strangers: { readonly call: CallId; readonly at: number }[] = [];
  let cancel: (() => void) | null = null;
  let writing: Promise<void> = Promise.resolve();
  let forgotten = 0;

  function add(at: number, step: FlowStep, count = 1): void {
    const hour = at - (at % HOUR_MS);
    const steps = waiting.get(hour) ?? new Map<string, CountedStep>();
    waiting.set(hour, steps);
    const key = JSON.stringify(step);
    steps.set(key, { ...step, count: (steps.get(key)?.count ?? 0) + count });
    cancel ??= clock.setTimer(FLUSH_MS, () => void flush());
  }

  function noteOne(entry: JournalEntry): void {
    const step = stepOf(entry);
    if (step !== null) add(entry.at, step);
    if (BEGINNINGS.has(entry.kind)) places.set(entry.callId, null);
    if (step?.kind === 'entered' && places.has(entry.callId)) places.set(entry.callId, step);
    if (entry.kind !== 'call-ended') return;
    const place = places.get(entry.callId);
    places.delete(entry.callId);
    if (!hungUp(entry)) return;
    if (place != null) add(entry.at, { kind: 'hang-up', flow: place.flow, node: place.node });
    else strangers.push({ call: entry.callId, at: entry.at });
  }

  function count(): void {
    const entries = noted;
    noted = [];
    for (const entry of entries) noteOne(entry);
  }

  /** Calls that ended here and had entered their last node before this engine began. */
  async function findStrangers(): Promise<void> {
    for (let next = strangers[0]; next !== undefined; next = strangers[0]) {
      const place = placeOf(await calls.journal(next.call, 0, LINES_READ));
      strangers.shift();
      if (place !== null) add(next.at, { kind: 'hang-up', ...place });
    }
  }

  async function write(): Promise<void> {
    const batch = waiting;
    waiting = new Map();
    for (const [hour, steps] of batch) {
      try {
        await counts.add(hour, [...steps.values()]);
      } catch (error) {
        for (const { count, ...step } of steps.values()) add(hour, step, count);
        log.warn({ err: error }, 'counts of flows could not be stored; they are kept and tried again');
      }
    }
    await forget();
  }

  async function forget(): Promise<void> {
    const hour = clock.now() - (clock.now() % HOUR_MS);
    if (hour === forgotten) return;
    await counts.forget(hour - HOURS_KEPT * HOUR_MS);
    forgotten = hour;
  }

  /** One at a time; never rejects. */
  function flush(): Promise<void> {
    count();
    cancel?.();
    cancel = null;
    const failed = (error: unknown): void => log.warn({ err: error }, 'counts of flows could not be brought up to date');
    writing = writing.then(findStrangers).then(write).catch(failed);
    return writing;
  }

  return {
    note(entries) {
      noted.push(...entries);
      if (noted.length >= MOST_NOTED) count();
      cancel ??= clock.setTimer(FLUSH_MS, () => void flush());
    },
    async of(flow) {
      await flush();
      const since = clock.now() - (clock.now() % HOUR_MS) - (HOURS_SHOWN - 1) * HOUR_MS;
      return { since, steps: await counts.of(flow, since) };
    },
    async stop() {
      await flush();
      cancel?.();
      cancel = null;
    },
  };
}
