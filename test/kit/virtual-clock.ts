import type { Clock } from '../../src/ports/clock.ts';

/** Time that passes only when a test says so. Between two timers everything that was promised is let happen. */
export interface VirtualClock extends Clock {
  /** Runs all timers due within the next `ms`, in order. */
  pass(ms: number): Promise<void>;
  /** Sets the clock, as an administrator or NTP does: timers fire as if it had not been touched. */
  set(now: number): void;
  /** Timers that are still set: a test ends with none. */
  readonly pending: number;
}

/** Lets every promise that can settle now do so. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

export function virtualClock(start = 1_790_000_000_000): VirtualClock {
  let now = start;
  /** What it shows beyond what has passed. */
  let ahead = 0;
  let order = 0;
  const timers = new Map<number, { readonly at: number; readonly fire: () => void }>();
  return {
    now: () => now + ahead,
    set: (time) => void (ahead = time - now),
    setTimer(ms, fire) {
      order += 1;
      const id = order;
      timers.set(id, { at: now + Math.max(0, ms), fire });
      return () => timers.delete(id);
    },
    async pass(ms) {
      const until = now + ms;
      await settle();
      for (;;) {
        const [id, timer] = [...timers].sort(([a, x], [b, y]) => x.at - y.at || a - b)[0] ?? [];
        if (id === undefined || timer === undefined || timer.at > until) break;
        timers.delete(id);
        now = Math.max(now, timer.at);
        timer.fire();
        await settle();
      }
      now = until;
      await settle();
    },
    get pending() {
      return timers.size;
    },
  };
}
