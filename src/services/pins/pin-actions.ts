import { createHash, timingSafeEqual } from 'node:crypto';
import type { PinVerdict } from '../../domain/pin-verdict.ts';
import type { ActionHandler } from '../../ports/actions.ts';
import type { Clock } from '../../ports/clock.ts';
import { createThrottle } from '../auth/throttle.ts';

/** Wrong PINs of one name before it has to wait: a caller may call again and again, and four digits are soon guessed. */
const FREE_TRIES = 10;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 900_000;
const FORGET_MS = 3_600_000;

export interface PinParts {
  /** PINs by name (SANTRAL_PINS). */
  readonly pins: ReadonlyMap<string, string>;
  readonly clock: Pick<Clock, 'now'>;
}

/** The action `pins.check {name, pin}`: a `PinVerdict`. A name that nobody set has no right PIN. */
export function pinActions({ pins, clock }: PinParts): Record<'pins.check', ActionHandler> {
  const throttle = createThrottle({ free: FREE_TRIES, firstWaitMs: FIRST_WAIT_MS, longestWaitMs: LONGEST_WAIT_MS, forgetMs: FORGET_MS });
  return {
    'pins.check': async ({ name, pin }): Promise<PinVerdict> => {
      const key = String(name);
      const right = pins.get(key);
      if (right === undefined) return 'unset';
      if (throttle.wait(key, clock.now()) > 0) return 'locked';
      throttle.attempt(key, clock.now());
      if (!same(right, String(pin))) return 'wrong';
      throttle.clear(key);
      return 'right';
    },
  };
}

/** Takes the same time whatever differs. */
function same(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
