import { SantralError } from '../../../src/domain/errors.ts';
import { type IdSource, makeId } from '../../../src/domain/ids.ts';
import type { AccessToken, User, UserStore } from '../../../src/ports/stores.ts';
import { type Auth, createAuth } from '../../../src/services/auth/auth.ts';
import { type VirtualClock, virtualClock } from '../../kit/virtual-clock.ts';

/** Cheap hashes: the tests are about what is done with them. */
export const CHEAP = { log2N: 4, r: 1, p: 1 };

/** Users in memory, with the rules of the database: one id, one name, one hash. */
export interface MemoryUsers extends UserStore {
  readonly reads: { tokenByHash: number };
  /** Thrown by every method while set. */
  fault: Error | undefined;
  readonly stored: { readonly users: Map<string, User>; readonly tokens: Map<string, AccessToken> };
}

export function memoryUsers(): MemoryUsers {
  const users = new Map<string, User>();
  const tokens = new Map<string, AccessToken>();
  const reads = { tokenByHash: 0 };
  const store: MemoryUsers = {
    reads,
    fault: undefined,
    stored: { users, tokens },
    count: async () => users.size,
    byName: async (name) => [...users.values()].find((user) => user.name === name),
    byId: async (id) => users.get(id),
    list: async () => {
      if (store.fault) throw store.fault;
      return [...users.values()];
    },
    put: async (user) => {
      if ([...users.values()].some((other) => other.name === user.name && other.id !== user.id))
        throw new SantralError('store.conflict', 'name');
      users.set(user.id, user);
    },
    putToken: async (token) => void tokens.set(token.id, token),
    tokenByHash: async (hash) => {
      reads.tokenByHash += 1;
      if (store.fault) throw store.fault;
      const token = [...tokens.values()].find((one) => one.hash === hash);
      const user = token && users.get(token.userId);
      return token && user && { token, user };
    },
    tokens: async (userId) => [...tokens.values()].filter((token) => token.userId === userId),
    removeToken: async (id) => tokens.delete(id),
    removeExpiredTokens: async (now) => {
      const expired = [...tokens.values()].filter((token) => token.expiresAt <= now);
      for (const { id } of expired) tokens.delete(id);
      return expired.length;
    },
  };
  return store;
}

export interface House {
  readonly auth: Auth;
  readonly users: MemoryUsers;
  readonly clock: VirtualClock;
}

/** Counts instead of drawing: no two calls give the same bytes. */
export function countingRandom(): (bytes: number) => Uint8Array {
  let drawn = 0;
  return (bytes) => {
    drawn += 1;
    return Uint8Array.from({ length: bytes }, (_, i) => (drawn * 31 + i * 7 + (i === 0 ? drawn >> 8 : 0)) & 255);
  };
}

export function countingIds(from = 0): IdSource {
  let made = from;
  return {
    next: (kind) => {
      made += 1;
      return makeId(kind, made, []);
    },
  };
}

/** A house with `users` in memory and the first administrator, whose password is replaced already. */
export async function house(users = memoryUsers()): Promise<House & { readonly admin: User; readonly adminPassword: string }> {
  const clock = virtualClock();
  const auth = createAuth({ users, clock, ids: countingIds(), random: countingRandom(), options: { loginHours: 12, scrypt: CHEAP } });
  const first = await auth.ensureFirstAdmin();
  const login = await auth.login('admin', first?.password ?? '', 'setup');
  const adminPassword = 'correct horse battery';
  await auth.changePassword(login, first?.password ?? '', adminPassword);
  await auth.logout(login.token.id);
  const admin = await users.byName('admin');
  if (admin === undefined) throw new Error('The first administrator is missing.');
  return { auth, users, clock, admin, adminPassword };
}
