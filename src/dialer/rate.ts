/** A whole number of calls per second, one at a time: where the next one has its place (UTC ms). */
export interface Rate {
  readonly perSecond: number;
  readonly slot: number;
}

const SECOND = 1000;
/** Clocks and lines are not exact: this much more than a second lies between a call and the one `perSecond` later, at least. */
const GUARD_MS = 4;
/** What the beat is slower than it might be: one hundredth, half of what a held speed may be off. */
const SLACK_MS = 10;
const MOST_BEHIND_MS = 250;

export function newRate(perSecond: number): Rate {
  return { perSecond, slot: 0 };
}

/** The first instant from `now` on at which the next call has its place; 0 per second: never. */
export function readyAt({ perSecond, slot }: Rate, now: number): number {
  return perSecond <= 0 ? Number.POSITIVE_INFINITY : Math.max(now, slot);
}

/**
 * A place was taken. The next one follows from it, not from when it was really taken: small delays do not add up, and the
 * speed is held. Who comes later than a whole place has lost it: there is no burst afterwards.
 */
export function taken({ perSecond, slot }: Rate, at: number): Rate {
  const every = SECOND / perSecond;
  return { perSecond, slot: (at - slot < every ? slot : at) + every };
}

/** Calls as they were made: when (UTC ms, oldest first), and where the next one has its place. */
export interface Pace {
  readonly made: readonly number[];
  readonly slot: number;
}

export const NEW_PACE: Pace = { made: [], slot: 0 };

/**
 * The first instant from `now` on at which one more call leaves no second with more than `perSecond` of them; `ahead`: calls that
 * are about to be made before it. Places follow a beat of their own: who is a little late makes nobody else late.
 */
export function placeAt(pace: Pace, perSecond: number, now: number, ahead = 0): number {
  if (perSecond <= 0) return Number.POSITIVE_INFINITY;
  if (ahead >= perSecond) return placeAt(pace, perSecond, now, ahead - perSecond) + SECOND + GUARD_MS;
  const nth = pace.made[pace.made.length - perSecond + ahead] ?? Number.NEGATIVE_INFINITY;
  return Math.max(now, Math.ceil(pace.slot + ahead * beatOf(perSecond)), nth + SECOND + GUARD_MS);
}

/** A call was made. Of places that were missed those of the last moments are made up for, as far as a second allows. */
export function paced({ made, slot }: Pace, perSecond: number, at: number): Pace {
  const from = at - slot <= MOST_BEHIND_MS ? slot : at;
  return { made: [...made.filter((one) => one > at - 2 * SECOND), at], slot: from + beatOf(perSecond) };
}

/** A second's calls take a little more than a second: so late may one of them be without moving the one `perSecond` later. */
function beatOf(perSecond: number): number {
  return (SECOND + SLACK_MS) / perSecond;
}
