import type { Clock } from '../../ports/clock.ts';
import type { MissedCallStore } from '../../ports/directory.ts';
import type { Log } from '../../ports/log.ts';

export interface MissedDeps {
  readonly store: Pick<MissedCallStore, 'wipe'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** How long the numbers of missed calls are kept. */
  readonly keepMs: number;
}

/** Takes the numbers out of missed calls that are old; that they were missed stays. How many. */
export async function sweepMissed({ store, clock, log, keepMs }: MissedDeps): Promise<number> {
  const wiped = await store.wipe(clock.now() - keepMs);
  if (wiped > 0) log.info({ wiped }, 'numbers of missed calls were removed');
  return wiped;
}
