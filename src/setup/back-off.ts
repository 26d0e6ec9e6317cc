/** Milliseconds to wait before the n-th restart in a row (1, 2, …): at once, then longer and longer. */
export function restartDelay(restarts: number): number {
  const DELAYS = [200, 500, 1_000, 2_000, 5_000, 10_000];
  return DELAYS[Math.min(restarts, DELAYS.length) - 1] ?? 0;
}

/** A process that ran this long has proved itself: its next restart is a first one again. */
export const PROVEN_MS = 60_000;
