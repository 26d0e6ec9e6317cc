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

/** Ids from the machine's clock and its random numbers. */
export const systemIds: IdSource = { next: (kind) => makeId(kind, Date.now(), [...randomBytes(16)]) };
