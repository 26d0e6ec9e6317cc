/** What progressive dialling sees of a queue and of its own calls. */
export interface ProgressiveFacts {
  /** Agents who could take a call now. */
  readonly free: number;
  /** Calls on their way to being answered. */
  readonly ringing: number;
  /** Of the last answered calls. */
  readonly answered: number;
  readonly dropped: number;
  readonly dropPercent: number;
}

/**
 * How many calls may be made: one for each free agent whom no ringing call is meant for. When more answered calls than
 * allowed found no agent, one agent in five, and one of several at least, is kept free for those who answer. A lone agent is called for all the
 * same: nobody would ever be called again otherwise, and the share never fall.
 */
export function progressiveRoom({ free, ringing, answered, dropped, dropPercent }: ProgressiveFacts): number {
  const tooMany = dropped > 0 && dropped * 100 > answered * dropPercent;
  const kept = tooMany ? Math.max(0, Math.min(free - 1, Math.max(1, Math.ceil(free / 5)))) : 0;
  return Math.max(0, free - kept - ringing);
}
