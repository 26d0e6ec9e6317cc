import type { Calendar } from '../domain/opening-hours.ts';
import { openness } from '../domain/openness.ts';

/** What is known of a campaign's speed. Times in ms. */
export interface Pace {
  /** Contacts that wait. */
  readonly waiting: number;
  /** Contacts that are through, and the calls that were made so far. */
  readonly over: number;
  readonly attempts: number;
  /** How long calls held a line, all of them. */
  readonly lineMs: number;
  readonly callsPerSecond: number;
  readonly channels: number;
}

/** So many must be through before their number of calls says something of the others. */
const FEWEST_OVER = 20;
/** So long a call holds a line until calls were made that tell. */
const USUAL_LINE_MS = 40_000;
/** Openings that are looked at: a campaign that needs more has no end that is worth telling. */
const MOST_OPENINGS = 400;

/** Calling time that is needed until nobody waits, in ms: as fast as rates and channels allow, with as many calls for each as it took so far. */
export function callingMsLeft({ waiting, over, attempts, lineMs, callsPerSecond, channels }: Pace): number {
  const perContact = over < FEWEST_OVER ? 1 : Math.max(1, attempts / over);
  const heldMs = attempts === 0 ? USUAL_LINE_MS : Math.max(1000, lineMs / attempts);
  const perMs = Math.min(callsPerSecond / 1000, channels / heldMs);
  return Math.ceil((waiting * perContact) / perMs);
}

/** When so much calling time is over, from `now` on, in the calendar's hours; null: not within a year, or so many openings. */
export function endOfCalling(calendar: Calendar, now: number, callingMs: number): number | null {
  let left = callingMs;
  let at = now;
  for (let openings = 0; openings < MOST_OPENINGS; openings += 1) {
    const here = openness(calendar, at);
    if (here.kind === 'open') {
      if (left <= here.until - at) return at + left;
      left -= here.until - at;
      at = here.until;
    } else if (here.opensAt === null) return null;
    else at = here.opensAt;
  }
  return null;
}
