import { SantralError } from '../../domain/errors.ts';
import type { TokenId } from '../../domain/ids.ts';
import { MIN_PASSWORD_LENGTH } from '../../domain/password.ts';
import type { User } from '../../ports/stores.ts';
import { createAttempts } from './attempts.ts';
import type { Caller, CallerCache } from './callers.ts';
import { nameKey } from './names.ts';
import { type AuthParts, demandUser } from './parts.ts';
import { hashSecret, looksLikeSecret } from './secrets.ts';
import { type NewToken, removeTokens, storeToken } from './tokens.ts';

const HOUR_MS = 3_600_000;

/** How people come in, and how requests show who they are. */
export interface Logins {
  /**
   * `client` is the caller's network address, for throttling. Rejects with `auth.bad-credentials` (the same, and as slowly,
   * for a wrong password, an unknown name and a user who is shut out) or `request.too-many`.
   */
  login(name: string, password: string, client: string): Promise<NewToken & { readonly user: User }>;
  /** Undefined for a secret that is unknown, expired, or of a user who is shut out. */
  authenticate(secret: string): Promise<Caller | undefined>;
  /** Idempotent. */
  logout(token: TokenId): Promise<void>;
  /** Ends all other logins of the user. Rejects with `auth.bad-credentials`, `auth.weak-password` or `request.too-many`. */
  changePassword(caller: Caller, current: string, next: string): Promise<void>;
  /** Removes tokens that have run out; gives their number. */
  sweep(): Promise<number>;
}

export function createLogins(parts: AuthParts, callers: CallerCache, loginHours: number): Logins {
  const { users, clock, passwords, oneByOne, changed } = parts;
  const attempts = createAttempts(() => clock.now());

  /** Counts the attempt and runs `judge`, which gives undefined when what was shown is wrong. */
  async function attempt<T>(key: string, client: string, judge: () => Promise<T | undefined>): Promise<T> {
    const tried = attempts.begin(key, client);
    const found = await judge().catch((error: unknown) => {
      tried.undone();
      throw error;
    });
    if (found === undefined) throw badCredentials();
    tried.succeeded();
    return found;
  }

  return {
    login: async (name, password, client) => {
      const key = nameKey(name);
      const { id, passwordHash } = await attempt(key, client, async () => {
        // The whole list is read, whether there is such a user or not: the time taken tells nothing.
        const user = (await users.list()).find((one) => nameKey(one.name) === key);
        const right = await passwords.matches(password, user?.passwordHash);
        return right && user?.disabledAt === null ? user : undefined;
      });
      return oneByOne(async () => {
        // Hashing takes its time: meanwhile the user may have been shut out, or given another password.
        const user = await users.byId(id);
        if (user?.passwordHash !== passwordHash || user.disabledAt !== null) throw badCredentials();
        return { ...(await storeToken(parts, { userId: id, kind: 'login', label: client, lastsMs: loginHours * HOUR_MS })), user };
      });
    },

    authenticate: async (secret) => {
      if (!looksLikeSecret(secret)) return undefined;
      const now = clock.now();
      const caller = await callers.find(hashSecret(secret), now);
      return caller !== undefined && caller.token.expiresAt > now && caller.user.disabledAt === null ? caller : undefined;
    },

    logout: async (token) => {
      await users.removeToken(token);
      changed();
    },

    changePassword: async ({ user: { id, name }, token }, current, next) => {
      const { passwordHash: before } = await demandUser(users, id);
      // A key of its own: who has found an open screen must not be able to shut its user out.
      await attempt(`change ${id}`, token.id, async () => (await passwords.matches(current, before)) || undefined);
      demandStrength(next, current, name);
      const passwordHash = await passwords.hash(next);
      await oneByOne(async () => {
        const user = await demandUser(users, id);
        if (user.passwordHash !== before) throw badCredentials();
        await users.put({ ...user, passwordHash, mustChangePassword: false });
        await removeTokens(users, id, (one) => one.kind === 'login' && one.id !== token.id);
        changed();
      });
    },

    sweep: () => users.removeExpiredTokens(clock.now()),
  };
}

function badCredentials(): SantralError {
  return new SantralError('auth.bad-credentials', 'User name or password is wrong.');
}

function weak(message: string): SantralError {
  return new SantralError('auth.weak-password', message);
}

function demandStrength(next: string, current: string, name: string): void {
  const normal = next.normalize('NFC');
  if ([...normal].length < MIN_PASSWORD_LENGTH) throw weak(`The new password must have at least ${MIN_PASSWORD_LENGTH} characters.`);
  if (normal === current.normalize('NFC')) throw weak('The new password must differ from the old one.');
  if (nameKey(normal) === nameKey(name)) throw weak('The new password must differ from the user name.');
}
