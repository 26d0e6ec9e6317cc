import { SantralError } from '../../domain/errors.ts';
import { createThrottle } from './throttle.ts';

const FORGET_MS = 15 * 60_000;

/** One try to show a password. */
export interface Attempt {
  /** The password was right. */
  succeeded(): void;
  /** It was not judged (the database was away): it counts for nothing. */
  undone(): void;
}

/**
 * Slows guessing down. A name from one address waits longest; a name from anywhere and an address with any name get more
 * tries and shorter waits, so that neither a stranger can shut a user out for long nor an office suffer for one forgetful person.
 */
export function createAttempts(now: () => number): { begin(name: string, client: string): Attempt } {
  const pairs = createThrottle({ free: 5, firstWaitMs: 1000, longestWaitMs: 15 * 60_000, forgetMs: FORGET_MS });
  const names = createThrottle({ free: 20, firstWaitMs: 1000, longestWaitMs: 30_000, forgetMs: FORGET_MS });
  const clients = createThrottle({ free: 30, firstWaitMs: 1000, longestWaitMs: 60_000, forgetMs: FORGET_MS });
  return {
    begin: (name, client) => {
      const at = now();
      const pair = JSON.stringify([name, client]);
      const wait = Math.max(pairs.wait(pair, at), names.wait(name, at), clients.wait(client, at));
      if (wait > 0) throw tooMany(wait);
      pairs.attempt(pair, at);
      names.attempt(name, at);
      clients.attempt(client, at);
      return {
        succeeded: () => {
          pairs.clear(pair);
          names.clear(name);
          // Not cleared: one's own account must not wash away guesses at others'.
          clients.forgive(client);
        },
        undone: () => {
          pairs.forgive(pair);
          names.forgive(name);
          clients.forgive(client);
        },
      };
    },
  };
}

function tooMany(waitMs: number): SantralError {
  const seconds = Math.ceil(waitMs / 1000);
  return new SantralError('request.too-many', `Too many wrong passwords. Try again in ${seconds} s.`, {
    details: { retryAfterSeconds: seconds },
  });
}
