/** What becomes of a trunk that cannot take calls: slower, and in the end a rest. */
export interface Breaker {
  /** Of the last calls, newest last: whether the trunk was congested. */
  readonly last: readonly boolean[];
  /** Calls per second are divided by this. */
  readonly divisor: number;
  /** No call before (UTC ms); 0: none. */
  readonly openUntil: number;
}

export interface BreakerLimits {
  /** Congested ones of the last `of` calls, in percent. */
  readonly percent: number;
  readonly of: number;
  readonly restMs: number;
}

export const BREAKER_LIMITS: BreakerLimits = { percent: 50, of: 20, restMs: 60_000 };
export const CLOSED_BREAKER: Breaker = { last: [], divisor: 1, openUntil: 0 };

/** Calls per second that are left of `perSecond`: one at least, unless the trunk rests. */
export function slowed({ divisor }: Breaker, perSecond: number): number {
  return perSecond <= 0 ? 0 : Math.max(1, Math.floor(perSecond / divisor));
}

/** One more call has ended, congested or not. Every step is judged by calls that were made after the last one. */
export function afterCall(breaker: Breaker, congested: boolean, perSecond: number, now: number, limits: BreakerLimits): Breaker {
  const last = [...breaker.last, congested].slice(-limits.of);
  if (last.length < limits.of) return { ...breaker, last };
  const share = (last.filter((one) => one).length / last.length) * 100;
  if (share < limits.percent) return { ...breaker, last: breaker.divisor > 1 ? [] : last, divisor: Math.max(1, breaker.divisor / 2) };
  if (slowed(breaker, perSecond) > 1) return { ...breaker, last: [], divisor: breaker.divisor * 2 };
  return { ...breaker, last: [], openUntil: now + limits.restMs };
}

export function isResting({ openUntil }: Breaker, now: number): boolean {
  return now < openUntil;
}
