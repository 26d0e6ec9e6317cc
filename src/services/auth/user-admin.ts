import { SantralError } from '../../domain/errors.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Role, User, UserStore } from '../../ports/stores.ts';
import { nameKey } from './names.ts';
import { type AuthParts, demandUser } from './parts.ts';
import { makeOneTimePassword } from './secrets.ts';
import { removeTokens } from './tokens.ts';

/** What administrators do with users. */
export interface UserAdmin {
  users(): Promise<readonly User[]>;
  /** Rejects with `request.conflict` when the name is taken. */
  createUser(name: string, role: Role): Promise<{ readonly user: User; readonly oneTimePassword: string }>;
  /** Shutting a user out removes all logins and tokens. Rejects with `request.not-found`, or `request.conflict` when no administrator would be left. */
  changeUser(id: UserId, change: { readonly role?: Role; readonly disabled?: boolean }): Promise<User>;
  /** Ends all logins of the user; tokens of machines go on. Rejects with `request.not-found`. */
  resetPassword(id: UserId): Promise<{ readonly user: User; readonly oneTimePassword: string }>;
}

export function createUserAdmin(parts: AuthParts): UserAdmin {
  const { users, clock, ids, random, passwords, oneByOne, changed } = parts;

  async function withOneTimePassword(make: (passwordHash: string) => Promise<User>) {
    const oneTimePassword = makeOneTimePassword(random);
    const passwordHash = await passwords.hash(oneTimePassword);
    return { user: await oneByOne(() => make(passwordHash)), oneTimePassword };
  }

  return {
    users: () => users.list(),

    createUser: (name, role) =>
      withOneTimePassword(async (passwordHash) => {
        const key = nameKey(name);
        if ((await users.list()).some((user) => nameKey(user.name) === key)) {
          throw new SantralError('request.conflict', `There is a user ${name} already.`);
        }
        const user: User = {
          id: ids.next('user'),
          name: name.normalize('NFC'),
          role,
          passwordHash,
          mustChangePassword: true,
          createdAt: clock.now(),
          disabledAt: null,
        };
        await users.put(user);
        return user;
      }),

    changeUser: (id, { role, disabled }) =>
      oneByOne(async () => {
        const user = await demandUser(users, id);
        const disabledAt = disabled === undefined ? user.disabledAt : disabled ? (user.disabledAt ?? clock.now()) : null;
        const next: User = { ...user, role: role ?? user.role, disabledAt };
        if (!isActiveAdmin(next) && isActiveAdmin(user)) await demandAnotherAdmin(users, id);
        await users.put(next);
        if (next.disabledAt !== null) await removeTokens(users, id, () => true);
        changed();
        return next;
      }),

    resetPassword: (id) =>
      withOneTimePassword(async (passwordHash) => {
        const user: User = { ...(await demandUser(users, id)), passwordHash, mustChangePassword: true };
        await users.put(user);
        await removeTokens(users, id, (token) => token.kind === 'login');
        changed();
        return user;
      }),
  };
}

function isActiveAdmin(user: User): boolean {
  return user.role === 'admin' && user.disabledAt === null;
}

async function demandAnotherAdmin(users: UserStore, id: UserId): Promise<void> {
  if ((await users.list()).some((user) => user.id !== id && isActiveAdmin(user))) return;
  throw new SantralError('request.conflict', 'This is the last administrator. Make another user an administrator first.');
}
