/** A whole number of calls per second, one at a time: no burst, and never more in any sliding second. */
export interface Rate {
  readonly perSecond: number;
  /** Where the next call has its place (UTC ms). */
  readonly slot: number;
  /** When the last calls were made, newest last; `perSecond` of them at most. */
  readonly made: readonly number[];
}

const SECOND = 1000;
/** Clocks and networks are not exact: this much more than a second between a call and the one `perSecond` later. */
const GUARD_MS = 5;

export function newRate(perSecond: number): Rate {
  return { perSecond, slot: 0, made: [] };
}

/** Another speed from now on; what was made within the last second still counts. */
export function changedRate(rate: Rate, perSecond: number): Rate {
  return rate.perSecond === perSecond ? rate : { ...rate, perSecond, made: rate.made.slice(-perSecond) };
}

/** The first instant from `now` on at which the next call may be made; 0 per second: never. */
export function readyAt({ perSecond, slot, made }: Rate, now: number): number {
  if (perSecond <= 0) return Number.POSITIVE_INFINITY;
  const nth = made.length < perSecond ? undefined : made[made.length - perSecond];
  return Math.max(now, slot, nth === undefined ? 0 : nth + SECOND + GUARD_MS);
}

/**
 * A call was made. Its successor's place follows from its own place, not from when it really was made: small delays do not
 * add up, and the speed is held. Who comes later than a whole place has lost it.
 */
export function taken(rate: Rate, at: number): Rate {
  const { perSecond, slot, made } = rate;
  const every = SECOND / perSecond;
  const place = at - slot < every ? slot : at;
  return { perSecond, slot: place + every, made: [...made, at].slice(-perSecond) };
}
