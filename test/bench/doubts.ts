/** What a run must show before its figures are worth anything. */
export interface Evidence {
  readonly rate: number;
  /** Failed calls through the engine, and as plain dialplan. */
  readonly failed: number;
  readonly dialplanFailed: number;
  /** Calls of the round in which keys were timed, each of which presses one, and the keys that were timed. */
  readonly watchedCalls: number;
  readonly keysWatched: number;
}

/** Why the figures of a run cannot be trusted; none when they can. */
export function doubtsAbout({ rate, failed, dialplanFailed, watchedCalls, keysWatched }: Evidence): string[] {
  const doubts: string[] = [];
  if (failed > 0) doubts.push(`rate ${rate}: ${failed} calls through the engine failed`);
  if (dialplanFailed > 0)
    doubts.push(`rate ${rate}: ${dialplanFailed} calls as plain dialplan failed, so there is nothing to compare with`);
  if (keysWatched < watchedCalls) doubts.push(`rate ${rate}: only ${keysWatched} keys were timed in ${watchedCalls} calls`);
  return doubts;
}
