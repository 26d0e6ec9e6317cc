/** Tries remembered per key at most; older keys are forgotten first. */
const MOST_KEYS = 10_000;

/** At most so many tries within a window, per key. */
export interface Rate {
  /** False when there were too many; the try does not count then. */
  take(key: string, now: number): boolean;
}

export function createRate(most: number, windowMs: number): Rate {
  const tries = new Map<string, readonly number[]>();
  return {
    take(key, now) {
      const recent = (tries.get(key) ?? []).filter((at) => at > now - windowMs);
      if (recent.length >= most) return false;
      tries.delete(key);
      tries.set(key, [...recent, now]);
      const [oldest] = tries.size > MOST_KEYS ? tries.keys() : [];
      if (oldest !== undefined) tries.delete(oldest);
      return true;
    },
  };
}
