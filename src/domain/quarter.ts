/** All zones of today are whole quarter hours away from UTC, so a quarter begins at the same moment everywhere. */
export const QUARTER_MS = 15 * 60_000;

/** The beginning of the quarter hour (UTC ms). */
export function quarterOf(utcMs: number): number {
  return Math.floor(utcMs / QUARTER_MS) * QUARTER_MS;
}
