import { schedule } from 'node-cron';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { UserStore } from '../ports/stores.ts';

export interface JobDeps {
  readonly users: Pick<UserStore, 'removeExpiredTokens'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The engine's housekeeping, by the clock. Returns the function that stops it. */
export function startJobs({ users, clock, log }: JobDeps): () => Promise<void> {
  const tokens = schedule('17 * * * *', async () => {
    try {
      await users.removeExpiredTokens(clock.now());
    } catch (error) {
      log.warn({ err: error }, 'expired logins could not be removed; the next hour tries again');
    }
  });
  return async () => void (await tokens.destroy());
}
