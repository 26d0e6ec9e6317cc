import { schedule } from 'node-cron';
import type { Log } from '../ports/log.ts';
import type { Auth } from '../services/auth/auth.ts';
import type { Outbox } from '../services/outbox/outbox.ts';

export interface JobDeps {
  readonly auth: Pick<Auth, 'sweep'>;
  readonly outbox: Pick<Outbox, 'sweep'>;
  readonly log: Log;
}

/** The engine's housekeeping, by the clock. Returns the function that stops it. */
export function startJobs({ auth, outbox, log }: JobDeps): () => Promise<void> {
  const tokens = schedule('17 * * * *', async () => {
    try {
      await auth.sweep();
    } catch (error) {
      log.warn({ err: error }, 'expired logins could not be removed; the next hour tries again');
    }
  });
  const messages = schedule('37 * * * *', async () => {
    try {
      await outbox.sweep();
    } catch (error) {
      log.warn({ err: error }, 'messages that are done with could not be wiped; the next hour tries again');
    }
  });
  return async () => {
    await messages.destroy();
    await tokens.destroy();
  };
}
