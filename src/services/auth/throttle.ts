/** How many attempts are free, and how long the wait grows after them. */
export interface ThrottleOptions {
  /** Failures before the first wait. */
  readonly free: number;
  /** The first wait; it doubles with every further failure … */
  readonly firstWaitMs: number;
  /** … up to this. */
  readonly longestWaitMs: number;
  /** Failures are forgotten this long after the last one. */
  readonly forgetMs: number;
}

/** Keys remembered at most: someone who tries endless names must not fill the memory. */
const MAX_KEYS = 10_000;

/** Counts failures per key in memory. Every attempt counts as failed until it is forgiven, so parallel guesses gain nothing. */
export interface Throttle {
  /** Milliseconds until the next attempt may be made; 0: now. */
  wait(key: string, now: number): number;
  attempt(key: string, now: number): void;
  /** Takes one attempt back. */
  forgive(key: string): void;
  /** Takes all back: the right password was given. */
  clear(key: string): void;
}

export function createThrottle({ free, firstWaitMs, longestWaitMs, forgetMs }: ThrottleOptions): Throttle {
  const failures = new Map<string, { count: number; last: number }>();
  const current = (key: string, now: number) => {
    const found = failures.get(key);
    if (found === undefined || now - found.last < forgetMs) return found;
    failures.delete(key);
    return undefined;
  };
  return {
    wait: (key, now) => {
      const found = current(key, now);
      if (found === undefined || found.count < free) return 0;
      const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** (found.count - free));
      return Math.max(0, found.last + wait - now);
    },
    attempt: (key, now) => {
      const count = (current(key, now)?.count ?? 0) + 1;
      // Put last, so that the key longest untouched is the first to go.
      failures.delete(key);
      failures.set(key, { count, last: now });
      const [oldest] = failures.size > MAX_KEYS ? failures.keys() : [];
      if (oldest !== undefined) failures.delete(oldest);
    },
    forgive: (key) => {
      const found = failures.get(key);
      if (found !== undefined) found.count -= 1;
      if (found?.count === 0) failures.delete(key);
    },
    clear: (key) => {
      failures.delete(key);
    },
  };
}
