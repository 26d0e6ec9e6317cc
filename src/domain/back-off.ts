const SECOND = 1000;
const LONGEST_MS = 3_600_000;
const FACTOR = 3;

/** Of the pause: so much is left to chance, so that what failed together does not come back together. */
const JITTER = 0.25;

/** How long to wait after the n-th failed attempt (from 1): 1 s, 3 s, 9 s … 1 h, a quarter more or less. `random` is 0 to 1. */
export function backOff(attempt: number, random: number): number {
  const pause = Math.min(SECOND * FACTOR ** Math.min(attempt - 1, 20), LONGEST_MS);
  const jittered = Math.round(pause * (1 - JITTER + 2 * JITTER * random));
  return Math.min(Math.max(jittered, SECOND), LONGEST_MS);
}

/** The receiver's own wish (Retry-After) is followed when it is longer, up to an hour. */
export function pauseAfter(attempt: number, random: number, wishedMs: number | undefined): number {
  return Math.min(Math.max(backOff(attempt, random), wishedMs ?? 0), LONGEST_MS);
}
