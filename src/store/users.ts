import type { TokenId, UserId } from '../domain/ids.ts';
import type { AccessToken, User, UserStore } from '../ports/stores.ts';
import type { Database } from './database.ts';
import type { TokenRow, UserRow } from './schema.ts';

/** Users and their tokens; only hashes of secrets are ever here. */
export function createUserStore(database: Database): UserStore {
  return {
    count: () =>
      database.run(async (db) => {
        const query = db.selectFrom('users').select((eb) => eb.fn.countAll<number>().as('n'));
        return (await query.executeTakeFirstOrThrow()).n;
      }),

    byName: (name) =>
      database.run(async (db) => {
        const row = await db.selectFrom('users').selectAll().where('name', '=', name).executeTakeFirst();
        return row && fromUserRow(row);
      }),

    byId: (id) =>
      database.run(async (db) => {
        const row = await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
        return row && fromUserRow(row);
      }),

    list: () => database.run(async (db) => (await db.selectFrom('users').selectAll().orderBy('name').execute()).map(fromUserRow)),

    put: (user) =>
      database.run(async (db) => {
        const row = toUserRow(user);
        const { id: _id, ...changed } = row;
        const insert = db.insertInto('users').values(row);
        await insert.onConflict((conflict) => conflict.column('id').doUpdateSet(changed)).execute();
      }),

    putToken: (token) =>
      database.run(async (db) => {
        const row = toTokenRow(token);
        const { id: _id, ...changed } = row;
        const insert = db.insertInto('tokens').values(row);
        await insert.onConflict((conflict) => conflict.column('id').doUpdateSet(changed)).execute();
      }),

    tokenByHash: (hash) =>
      database.snapshot(async (db) => {
        const token = await db.selectFrom('tokens').selectAll().where('hash', '=', hash).executeTakeFirst();
        if (token === undefined) return undefined;
        const user = await db.selectFrom('users').selectAll().where('id', '=', token.user_id).executeTakeFirst();
        return user && { token: fromTokenRow(token), user: fromUserRow(user) };
      }),

    tokens: (userId) =>
      database.run(async (db) => {
        const rows = await db.selectFrom('tokens').selectAll().where('user_id', '=', userId).orderBy('id').execute();
        return rows.map(fromTokenRow);
      }),

    removeToken: (id) =>
      database.run(async (db) => (await db.deleteFrom('tokens').where('id', '=', id).executeTakeFirst()).numDeletedRows > 0n),

    removeExpiredTokens: (now) =>
      database.run(async (db) => Number((await db.deleteFrom('tokens').where('expires_at', '<=', now).executeTakeFirst()).numDeletedRows)),
  };
}

function toUserRow(user: User): UserRow {
  return {
    id: user.id,
    name: user.name,
    role: user.role,
    password_hash: user.passwordHash,
    must_change_password: user.mustChangePassword ? 1 : 0,
    created_at: user.createdAt,
    disabled_at: user.disabledAt,
  };
}

function fromUserRow(row: UserRow): User {
  return {
    id: row.id as UserId,
    name: row.name,
    role: row.role as User['role'],
    passwordHash: row.password_hash,
    mustChangePassword: row.must_change_password !== 0,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
  };
}

function toTokenRow(token: AccessToken): TokenRow {
  return {
    id: token.id,
    user_id: token.userId,
    kind: token.kind,
    label: token.label,
    hash: token.hash,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
  };
}

function fromTokenRow(row: TokenRow): AccessToken {
  return {
    id: row.id as TokenId,
    userId: row.user_id as UserId,
    kind: row.kind as AccessToken['kind'],
    label: row.label,
    hash: row.hash,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
