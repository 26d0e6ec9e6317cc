import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createAuth } from '../../src/services/auth/auth.ts';
import { ENGINES, storesFor } from './engines.ts';
import { id, NOON, token, user } from './fixtures.ts';

describe.each(ENGINES)('users on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);

  test('a user is put, found by name and id, replaced and listed by name', async () => {
    const { users } = at.stores;
    expect(await users.count()).toBe(0);
    await users.put(user(1, { name: 'zeynep' }));
    await users.put(user(2, { name: 'ali', mustChangePassword: true }));
    const changed = user(1, { name: 'zeynep', role: 'admin', disabledAt: NOON });
    await users.put(changed);
    expect(await users.byName('zeynep')).toEqual(changed);
    expect(await users.byId(id('user', 2))).toEqual(user(2, { name: 'ali', mustChangePassword: true }));
    expect((await users.list()).map(({ name }) => name)).toEqual(['ali', 'zeynep']);
    expect(await users.count()).toBe(2);
    expect(await users.byName('ZEYNEP')).toBeUndefined();
    expect(await users.byId(id('user', 9))).toBeUndefined();
  });

  test('a name belongs to one user', async () => {
    await at.stores.users.put(user(1, { name: 'ali' }));
    await expect(at.stores.users.put(user(2, { name: 'ali' }))).rejects.toMatchObject({ code: 'store.conflict' });
    expect(await at.stores.users.count()).toBe(1);
  });

  test('a token leads to its user, and is gone when removed', async () => {
    const { users } = at.stores;
    const owner = user(1);
    await users.put(owner);
    const login = token(1, owner);
    const machine = token(2, owner, { kind: 'machine', label: 'raporlar' });
    await users.putToken(login);
    await users.putToken(machine);
    expect(await users.tokenByHash('hash-2')).toEqual({ token: machine, user: owner });
    expect(await users.tokens(owner.id)).toEqual([login, machine]);
    expect(await users.removeToken(login.id)).toBe(true);
    expect(await users.removeToken(login.id)).toBe(false);
    expect(await users.tokenByHash('hash-1')).toBeUndefined();
    expect(await users.tokens(id('user', 7))).toEqual([]);
  });

  test('two tokens never share a hash, and a token needs its user', async () => {
    await at.stores.users.put(user(1));
    await at.stores.users.putToken(token(1, user(1)));
    await expect(at.stores.users.putToken(token(2, user(1), { hash: 'hash-1' }))).rejects.toMatchObject({ code: 'store.conflict' });
    await expect(at.stores.users.putToken(token(3, user(8)))).rejects.toMatchObject({ code: 'internal' });
  });

  test('expired tokens are removed, others stay', async () => {
    await at.stores.users.put(user(1));
    for (const n of [1, 2, 3]) await at.stores.users.putToken(token(n, user(1)));
    expect(await at.stores.users.removeExpiredTokens(NOON + 2)).toBe(2);
    expect(await at.stores.users.removeExpiredTokens(NOON + 2)).toBe(0);
    expect((await at.stores.users.tokens(user(1).id)).map((one) => one.id)).toEqual([id('token', 3)]);
  });

  test('two engines that start at once on an empty database make one administrator, who can log in at either', async () => {
    const other = await at.place.open();
    const auths = [at.stores, other].map(({ users }, n) =>
      createAuth({
        users,
        clock: { now: () => NOON, setTimer: () => () => {} },
        ids: { next: (kind) => id(kind, n) },
        random: randomBytes,
        options: { loginHours: 12, scrypt: { log2N: 4, r: 1, p: 1 } },
      }),
    );
    const firsts = await Promise.all(auths.map((auth) => auth.ensureFirstAdmin()));
    const made = firsts.filter((first) => first !== null);
    expect(made).toHaveLength(1);
    for (const auth of auths) {
      const { secret } = await auth.login('admin', made[0]?.password ?? '', '127.0.0.1');
      expect(await auth.authenticate(secret)).toMatchObject({ user: { name: 'admin', role: 'admin' } });
    }
    await other.close();
  });
});
