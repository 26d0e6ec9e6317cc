import { randomBytes } from 'node:crypto';
import { type IdSource, makeId } from './domain/ids.ts';
import type { Clock } from './ports/clock.ts';

/** The machine's clock. Timers keep the process alive only while somebody waits for them. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(ms, fire) {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  },
};

/** Ids from the machine's clock and its random numbers. Those of one process grow, within a millisecond too: they tell what came first. */
export const systemIds: IdSource = growingIds(Date.now, pooled(randomBytes));

const DIGITS = 16;
const POOL_BYTES = 4096;

/** Random numbers from a pool that is filled now and then: each trip to the system's generator costs more than all else about an id. */
function pooled(fill: (bytes: number) => Uint8Array): () => number[] {
  let pool: Uint8Array = new Uint8Array();
  let used = 0;
  return () => {
    if (used + DIGITS > pool.length) {
      pool = fill(POOL_BYTES);
      used = 0;
    }
    used += DIGITS;
    return [...pool.subarray(used - DIGITS, used)];
  };
}

export function growingIds(now: () => number, random: () => number[]): IdSource {
  let at = 0;
  let digits: number[] = [];
  return {
    next(kind) {
      const time = now();
      if (time > at) {
        at = time;
        digits = random().map((digit) => digit & 31);
        // Room to count up in: the first digit alone would have to run over.
        digits[0] = (digits[0] ?? 0) & 15;
      } else digits = countUp(digits);
      return makeId(kind, at, digits);
    },
  };
}

/** The next number in base 32. */
function countUp(digits: readonly number[]): number[] {
  const next = [...digits];
  for (let i = next.length - 1; i >= 0; i -= 1) {
    const digit = next[i] ?? 0;
    next[i] = (digit + 1) & 31;
    if (digit < 31) break;
  }
  return next;
}
