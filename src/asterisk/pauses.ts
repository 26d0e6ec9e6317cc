import type { Clock } from '../ports/clock.ts';

/** Pauses of one loop, that can be cut short for good. */
export interface Pauses {
  /** Resolves after `ms`, or at once when there is no more time. */
  pause(ms: number): Promise<void>;
  /** Ends the running pause and makes all later ones last no time. */
  end(): void;
}

export function createPauses(clock: Clock): Pauses {
  let over = false;
  let wake: (() => void) | undefined;
  return {
    pause(ms) {
      if (over) return Promise.resolve();
      return new Promise((resolve) => {
        const cancel = clock.setTimer(ms, () => wake?.());
        wake = () => {
          cancel();
          wake = undefined;
          resolve();
        };
      });
    },
    end() {
      over = true;
      wake?.();
    },
  };
}

/** First pause after a lost connection; doubled each time, up to the longest. */
export const BACKOFF_FIRST_MS = 100;
export const BACKOFF_LONGEST_MS = 5_000;
/** Up to this share is taken off each pause by chance, so that many engines don't come back as one. */
const BACKOFF_JITTER = 0.3;

/** 100, 200, 400 … 5000 ms, less up to 30 %. `chance` in 0..1. */
export function backoff(failures: number, chance: number): number {
  const full = Math.min(BACKOFF_LONGEST_MS, BACKOFF_FIRST_MS * 2 ** Math.min(failures, 10));
  return Math.round(full * (1 - BACKOFF_JITTER * chance));
}
