/** A whole number of calls per second, one at a time: where the next one has its place (UTC ms). */
export interface Rate {
  readonly perSecond: number;
  readonly slot: number;
}

const SECOND = 1000;
/** Clocks are not exact: this much more than a second lies between a call and the one `perSecond` later. */
const GUARD_MS = 2;

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

/** When the last calls were really made (UTC ms), oldest first. */
export type Made = readonly number[];

/** The first instant from `now` on at which one more call leaves no second with more than `perSecond` of them. */
export function clearAt(made: Made, perSecond: number, now: number): number {
  if (perSecond <= 0) return Number.POSITIVE_INFINITY;
  const nth = made[made.length - perSecond];
  return nth === undefined ? now : Math.max(now, nth + SECOND + GUARD_MS);
}

export function noted(made: Made, at: number): Made {
  return [...made.filter((one) => one > at - 2 * SECOND), at];
}
