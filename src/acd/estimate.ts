/** Fewer than this, and callers are told nothing. */
export const FEWEST_SAMPLES = 5;
/** The moving average looks at so many of the latest. */
export const RECENT_SAMPLES = 20;

/** A wait that ended with an agent. */
export interface WaitSample {
  /** Place in the queue at join, 1 for the first. */
  readonly position: number;
  readonly waitedMs: number;
}

/** What is known of a queue, the latest last. */
export interface Experience {
  readonly waits: readonly WaitSample[];
  /** Talk, hold and wrap-up together, per call, in ms. */
  readonly handledMs: readonly number[];
  /** Agents who serve the queue at the moment: logged in and not paused. */
  readonly agents: number;
}

/**
 * How long who stands at `position` will wait, in ms: the moving average of the latest waits from the same position; with too
 * few of them, position × average handling / agents; null while that is not known either.
 */
export function estimatedWait({ waits, handledMs, agents }: Experience, position: number): number | null {
  const same = waits.filter((wait) => wait.position === position).map(({ waitedMs }) => waitedMs);
  const known = average(same);
  if (known !== null) return known;
  const handling = average(handledMs);
  return handling === null || agents === 0 ? null : Math.round((position * handling) / agents);
}

function average(all: readonly number[]): number | null {
  if (all.length < FEWEST_SAMPLES) return null;
  const recent = all.slice(-RECENT_SAMPLES);
  return Math.round(recent.reduce((sum, one) => sum + one, 0) / recent.length);
}

/** What a caller is told of the queue. `estimatedWaitMs` is null while too little is known. */
export interface Announcement {
  readonly position: number;
  readonly estimatedWaitMs: number | null;
}

/** What is told now: never worse than what was told before (null: nothing yet). Who was overtaken hears the old figures again. */
export function announced(previous: Announcement | null, current: Announcement): Announcement {
  if (previous === null) return current;
  const { estimatedWaitMs: before } = previous;
  const { estimatedWaitMs: after } = current;
  return {
    position: Math.min(previous.position, current.position),
    estimatedWaitMs: before === null || after === null ? (before ?? after) : Math.min(before, after),
  };
}
