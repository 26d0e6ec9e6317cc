import { hasCode, SantralError } from '../../domain/errors.ts';
import type { IdSource } from '../../domain/ids.ts';
import { MIN_PASSWORD_LENGTH } from '../../domain/password.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UserStore } from '../../ports/stores.ts';
import { createGate } from '../gate.ts';
import { createCallerCache } from './callers.ts';
import { createLogins, type Logins } from './logins.ts';
import type { AuthParts } from './parts.ts';
import { createPasswords, SCRYPT_COST, type ScryptCost, TOO_MANY_LOGINS } from './passwords.ts';
import { makeOneTimePassword } from './secrets.ts';
import { createTokenAdmin, type TokenAdmin } from './tokens.ts';
import { createUserAdmin, type UserAdmin } from './user-admin.ts';

const FIRST_ADMIN = 'admin';

export interface AuthNeeds {
  readonly users: UserStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** That many bytes from a cryptographic source. */
  readonly random: (bytes: number) => Uint8Array;
  readonly options: {
    /** How long a login lasts. */
    readonly loginHours: number;
    /** Cost of new password hashes; default `SCRYPT_COST`. */
    readonly scrypt?: ScryptCost;
  };
}

/** Who may come in: logins, tokens and users. Every rejection has a code of the catalogue; `store.*` pass through. */
export interface Auth extends Logins, UserAdmin, TokenAdmin {
  /**
   * Makes the user `admin` with a one-time password (given, or made here) when there is no user at all; null when there is.
   * Rejects with `config.invalid` when the given password is too short.
   */
  ensureFirstAdmin(given?: string): Promise<{ readonly name: 'admin'; readonly password: string } | null>;
}

export function createAuth({ users, clock, ids, random, options }: AuthNeeds): Auth {
  const callers = createCallerCache((hash) => users.tokenByHash(hash));
  const parts: AuthParts = {
    users,
    clock,
    ids,
    random,
    passwords: createPasswords(random, options.scrypt ?? SCRYPT_COST),
    oneByOne: createGate(1, Number.POSITIVE_INFINITY, TOO_MANY_LOGINS),
    changed: () => callers.forget(),
  };
  return {
    ...createLogins(parts, callers, options.loginHours),
    ...createUserAdmin(parts),
    ...createTokenAdmin(parts),
    ensureFirstAdmin: (given) => parts.oneByOne(() => ensureFirstAdmin(parts, given)),
  };
}

async function ensureFirstAdmin({ users, clock, ids, random, passwords }: AuthParts, given: string | undefined) {
  if ((await users.count()) > 0) return null;
  if (given !== undefined && given.length < MIN_PASSWORD_LENGTH) {
    throw new SantralError('config.invalid', `SANTRAL_ADMIN_PASSWORD: must have at least ${MIN_PASSWORD_LENGTH} characters`);
  }
  const password = given ?? makeOneTimePassword(random);
  try {
    await users.put({
      id: ids.next('user'),
      name: FIRST_ADMIN,
      role: 'admin',
      passwordHash: await passwords.hash(password),
      mustChangePassword: true,
      createdAt: clock.now(),
      disabledAt: null,
    });
  } catch (error) {
    // Another engine on the same database was quicker, and has shown its password.
    if (hasCode(error, 'store.conflict')) return null;
    throw error;
  }
  return { name: FIRST_ADMIN, password } as const;
}
