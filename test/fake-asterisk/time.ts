import type { Clock } from '../../src/ports/clock.ts';

/** The fake's own time. Virtual time stands still until it is told to go on; hand `clock` to the engine, so that both share it. */
export interface FakeTime extends Clock {
  readonly virtual: boolean;
  /** When the next timer is due; undefined without one. Virtual time only. */
  nextAt(): number | undefined;
  /** Goes to the next timer and fires it. Virtual time only. */
  fireNext(): void;
  /** Goes on without firing anything. Virtual time only. */
  skipTo(at: number): void;
  /** Timers still set. */
  readonly pending: number;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

export function virtualTime(start = Date.UTC(2026, 0, 5, 9, 0, 0)): FakeTime {
  let now = start;
  let order = 0;
  const timers = new Set<Timer>();
  const next = () => {
    let first: Timer | undefined;
    for (const timer of timers)
      if (first === undefined || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer;
    return first;
  };
  return {
    virtual: true,
    now: () => now,
    setTimer(ms, fire) {
      order += 1;
      const timer = { at: now + Math.max(0, ms), order, fire };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    nextAt: () => next()?.at,
    fireNext() {
      const timer = next();
      if (timer === undefined) return;
      timers.delete(timer);
      now = Math.max(now, timer.at);
      timer.fire();
    },
    skipTo(at) {
      now = Math.max(now, at);
    },
    get pending() {
      return timers.size;
    },
  };
}

export function realTime(): FakeTime {
  const running = new Set<NodeJS.Timeout>();
  return {
    virtual: false,
    now: () => Date.now(),
    setTimer(ms, fire) {
      const timer = setTimeout(() => {
        running.delete(timer);
        fire();
      }, ms);
      running.add(timer);
      return () => {
        clearTimeout(timer);
        running.delete(timer);
      };
    },
    nextAt: () => undefined,
    fireNext: () => undefined,
    skipTo: () => undefined,
    get pending() {
      return running.size;
    },
  };
}
