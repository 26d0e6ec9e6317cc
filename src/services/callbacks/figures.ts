import { isFault } from '../../acd/callback-retry.ts';
import type { CallbackOutcome } from '../../domain/callback.ts';
import type { CallbackPeriod } from '../../ports/callbacks.ts';

/** Of the entries that began in a period. Shares are 0 to 1; null where nothing was counted. */
export interface CallbackFigures {
  readonly entries: number;
  readonly open: number;
  readonly reached: number;
  /** They called again and were served: nobody had to call. */
  readonly selfCured: number;
  readonly exhausted: number;
  readonly expired: number;
  readonly other: number;
  /** reached / entries */
  readonly successRate: number | null;
  readonly selfCuredRate: number | null;
  /** Median of the time from the first abandonment to the talk, whoever called. */
  readonly medianToContactMs: number | null;
  /** Attempts of closed entries, but our own line's faults and what was taken back / reached */
  readonly attemptsPerSuccess: number | null;
  /** All of them, whatever became of them. */
  readonly attempts: number;
  readonly nobody: CallbackPeriod['nobody'];
}

/** The report: rate of success, time to contact, attempts per success, who got through by themselves. */
export function callbackFigures({ entries, attempts, nobody }: CallbackPeriod): CallbackFigures {
  const by = (reason: string): number => entries.filter((one) => one.reason === reason).length;
  const open = entries.filter(({ state }) => state !== 'closed').length;
  const [reached, selfCured, exhausted, expired] = [by('served-outbound'), by('served-inbound'), by('exhausted'), by('expired')];
  const served = entries.filter(({ reason }) => reason === 'served-outbound' || reason === 'served-inbound');
  const tries = attempts.filter(({ isDone, outcome }) => isDone && !isNoTry(outcome));
  const times = served.flatMap(({ closedAt, firstAt }) => (closedAt === null ? [] : [closedAt - firstAt])).sort((a, b) => a - b);
  return {
    ...{ entries: entries.length, open, reached, selfCured, exhausted, expired, nobody, attempts: attempts.length },
    other: entries.length - open - reached - selfCured - exhausted - expired,
    successRate: share(reached, entries.length),
    selfCuredRate: share(selfCured, entries.length),
    medianToContactMs: median(times),
    attemptsPerSuccess: reached === 0 ? null : tries.length / reached,
  };
}

function share(part: number, whole: number): number | null {
  return whole <= 0 ? null : part / whole;
}

function median(sorted: readonly number[]): number | null {
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}

/** Our own line's faults, and what was taken back as the customer called: nobody was tried in vain. */
function isNoTry(outcome: CallbackOutcome | null): boolean {
  return outcome !== null && (isFault(outcome) || outcome === 'cancelled');
}
