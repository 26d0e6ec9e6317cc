import type { Clock } from '../../ports/clock.ts';
import { createThrottle } from '../auth/throttle.ts';

/** A caller may mistype a few times; then guessing costs a minute, two, four … */
const PER_CALLER = { free: 5, firstWaitMs: 60_000, longestWaitMs: 3_600_000, forgetMs: 3_600_000 };
/** Numbers can be forged: misses of all callers together slow everybody down, a little. */
const TOGETHER = { free: 200, firstWaitMs: 5_000, longestWaitMs: 60_000, forgetMs: 600_000 };
const EVERYBODY = 'everybody';

/** Looks something up by what a caller keyed, unless too much was looked up in vain. */
export type GuardedLookUp = <T>(
  caller: string,
  find: () => Promise<T | undefined>,
) => Promise<{ readonly kind: 'found'; readonly found: T } | { readonly kind: 'none' } | { readonly kind: 'too-many' }>;

export function createLookUpGuard(clock: Pick<Clock, 'now'>): GuardedLookUp {
  const own = createThrottle(PER_CALLER);
  const all = createThrottle(TOGETHER);
  return async (caller, find) => {
    const now = clock.now();
    if (own.wait(caller, now) > 0 || all.wait(EVERYBODY, now) > 0) return { kind: 'too-many' };
    own.attempt(caller, now);
    all.attempt(EVERYBODY, now);
    const found = await find();
    if (found === undefined) return { kind: 'none' };
    own.forgive(caller);
    all.forgive(EVERYBODY);
    return { kind: 'found', found };
  };
}
