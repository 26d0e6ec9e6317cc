/** Whether a group may call at that moment, and until when that stays so (UTC ms; null: not known). */
export type OpenAt = (at: number) => { readonly open: boolean; readonly until: number | null };

/** A year of days with several stretches each: far more than the longest expiry takes. */
const MOST_STRETCHES = 5000;

/**
 * When a promise that was made at `from` expires (UTC ms): the time counts only while the group may call, so that nights,
 * Sundays and holidays take nothing away from it. Where it is not known how the hours go on, all time counts from there.
 */
export function expiryOf(from: number, expireMs: number, openAt: OpenAt): number {
  let at = from;
  let left = expireMs;
  for (let stretches = 0; stretches < MOST_STRETCHES; stretches += 1) {
    const { open, until } = openAt(at);
    if (until === null || until <= at) break;
    if (open && at + left <= until) break;
    if (open) left -= until - at;
    at = until;
  }
  return at + left;
}
