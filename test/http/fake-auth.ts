import { SantralError } from '../../src/domain/errors.ts';
import { type IdKind, type IdSource, makeId, type UserId } from '../../src/domain/ids.ts';
import type { AuthNeeds, Caller } from '../../src/http/deps.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { AccessToken, Role, User } from '../../src/ports/stores.ts';

/** Ids that count, in the form real ones have. */
export function countingIds(): IdSource {
  let count = 0;
  return {
    next<K extends IdKind>(kind: K) {
      count += 1;
      const digits = Array.from({ length: 16 }, (_, i) => (i === 15 ? count % 32 : i === 14 ? Math.floor(count / 32) % 32 : 0));
      return makeId(kind, 1_767_258_000_000 + count, digits);
    },
  };
}

export interface FakeAuth extends AuthNeeds {
  /** Adds a user whose password is `<name>-password`. */
  add(name: string, role: Role, options?: { readonly oneTime?: boolean }): User;
}

/** Users and tokens in memory, passwords in plain text, no throttling. */
export function fakeAuth(clock: Clock, ids: IdSource): FakeAuth {
  const users = new Map<UserId, User>();
  const passwords = new Map<UserId, string>();
  const tokens = new Map<string, AccessToken>();
  let secrets = 0;

  function issue(userId: UserId, kind: AccessToken['kind'], label: string, ms: number) {
    secrets += 1;
    const secret = `secret-${secrets}`;
    const token: AccessToken = {
      id: ids.next('token'),
      userId,
      kind,
      label,
      hash: secret,
      createdAt: clock.now(),
      expiresAt: clock.now() + ms,
    };
    tokens.set(secret, token);
    return { secret, token };
  }

  function demand(id: UserId): User {
    const user = users.get(id);
    if (user === undefined) throw new SantralError('request.not-found', 'There is no such user.');
    return user;
  }

  function dropTokens(userId: UserId, keep?: AccessToken): void {
    for (const [secret, token] of tokens) if (token.userId === userId && token.id !== keep?.id) tokens.delete(secret);
  }

  function oneTime(user: User) {
    const fresh = { ...user, mustChangePassword: true };
    users.set(user.id, fresh);
    passwords.set(user.id, `${user.name}-one-time`);
    dropTokens(user.id);
    return { user: fresh, oneTimePassword: `${user.name}-one-time` };
  }

  return {
    add(name, role, options = {}) {
      const id = ids.next('user');
      const user = {
        id,
        name,
        role,
        passwordHash: 'never-shown',
        mustChangePassword: options.oneTime === true,
        createdAt: clock.now(),
        disabledAt: null,
      };
      users.set(id, user);
      passwords.set(id, `${name}-password`);
      return user;
    },
    async login(name, password) {
      const user = [...users.values()].find((one) => one.name === name);
      if (user === undefined || user.disabledAt !== null || passwords.get(user.id) !== password) {
        throw new SantralError('auth.bad-credentials', 'User name or password is wrong.');
      }
      return { ...issue(user.id, 'login', 'browser', 3_600_000), user };
    },
    async authenticate(secret): Promise<Caller | undefined> {
      const token = tokens.get(secret);
      const user = token === undefined ? undefined : users.get(token.userId);
      if (token === undefined || user === undefined || user.disabledAt !== null || token.expiresAt <= clock.now()) return undefined;
      return { user, token };
    },
    async logout(id) {
      for (const [secret, token] of tokens) if (token.id === id) tokens.delete(secret);
    },
    async changePassword({ user, token }, current, next) {
      if (passwords.get(user.id) !== current) throw new SantralError('auth.bad-credentials', 'The password until now is wrong.');
      if (next.length < 12) throw new SantralError('auth.weak-password', 'The new password needs 12 characters.');
      passwords.set(user.id, next);
      users.set(user.id, { ...user, mustChangePassword: false });
      dropTokens(user.id, token);
    },
    issueMachineToken: async (userId, label, days) => issue(userId, 'machine', label, days * 86_400_000),
    tokens: async (userId) => [...tokens.values()].filter((token) => token.userId === userId),
    async revokeToken(userId, id) {
      const found = [...tokens].find(([, token]) => token.userId === userId && token.id === id);
      return found !== undefined && tokens.delete(found[0]);
    },
    users: async () => [...users.values()],
    async createUser(name, role) {
      if ([...users.values()].some((user) => user.name === name)) throw new SantralError('request.conflict', 'The name is taken.');
      return oneTime(this.add(name, role));
    },
    async changeUser(id, { role, disabled }) {
      const user = demand(id);
      const disabledAt = disabled === undefined ? user.disabledAt : disabled ? clock.now() : null;
      const changed = { ...user, role: role ?? user.role, disabledAt };
      users.set(id, changed);
      if (disabled === true) dropTokens(id);
      return changed;
    },
    resetPassword: async (id) => oneTime(demand(id)),
  };
}
