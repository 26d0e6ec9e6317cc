import { describe, expect, test } from 'vitest';
import { createAuth } from '../../../src/services/auth/auth.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';
import { CHEAP, countingIds, countingRandom, house, memoryUsers } from './house.ts';

const HERE = '127.0.0.1';

function fresh(users = memoryUsers(), firstId = 0) {
  const clock = virtualClock();
  return {
    users,
    clock,
    auth: createAuth({ users, clock, ids: countingIds(firstId), random: countingRandom(), options: { loginHours: 12, scrypt: CHEAP } }),
  };
}

describe('the first administrator', () => {
  test('is made once, with a password for one use', async () => {
    const { auth, users } = fresh();
    const first = await auth.ensureFirstAdmin();
    expect(first).toEqual({
      name: 'admin',
      password: expect.stringMatching(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/u) as string,
    });
    expect(await auth.ensureFirstAdmin()).toBeNull();
    const { user } = await auth.login('admin', first?.password ?? '', HERE);
    expect(user).toMatchObject({ role: 'admin', mustChangePassword: true });
    expect(JSON.stringify([...users.stored.users.values()])).not.toContain(first?.password);
  });

  test('takes the given password, unless it is too short', async () => {
    const { auth } = fresh();
    await expect(auth.ensureFirstAdmin('short')).rejects.toMatchObject({
      code: 'config.invalid',
      message: expect.stringContaining('SANTRAL_ADMIN_PASSWORD') as string,
    });
    expect(await auth.ensureFirstAdmin('given by hand')).toEqual({ name: 'admin', password: 'given by hand' });
    expect((await auth.login('admin', 'given by hand', HERE)).user.mustChangePassword).toBe(true);
  });

  test('is made by one of two engines that start at once on one database', async () => {
    const users = memoryUsers();
    const firsts = await Promise.all([fresh(users), fresh(users, 1000)].map(({ auth }, n) => auth.ensureFirstAdmin(`given by hand ${n}`)));
    expect(firsts.filter((first) => first !== null)).toHaveLength(1);
    expect(users.stored.users.size).toBe(1);
  });
});

describe('login', () => {
  test('gives a secret that leads to the user, and stores its hash only', async () => {
    const { auth, users, clock, admin, adminPassword } = await house();
    const { secret, token, user } = await auth.login('admin', adminPassword, HERE);
    expect(secret).toMatch(/^snt_[\w-]{43}$/u);
    expect(token).toMatchObject({ kind: 'login', userId: admin.id, expiresAt: clock.now() + 12 * 3_600_000 });
    expect(user).toEqual(admin);
    expect(await auth.authenticate(secret)).toEqual({ user: admin, token });
    expect(JSON.stringify([...users.stored.tokens.values()])).not.toContain(secret.slice(4));
  });

  test.each([
    ['a wrong password', 'admin', 'wrong horse battery'],
    ['an unknown name', 'nobody', 'correct horse battery'],
    ['an empty password', 'admin', ''],
  ])('%s is auth.bad-credentials, in the same words', async (_what, name, password) => {
    const { auth } = await house();
    await expect(auth.login(name, password, HERE)).rejects.toMatchObject({
      code: 'auth.bad-credentials',
      message: 'User name or password is wrong.',
    });
  });

  test('a user who is shut out hears the same', async () => {
    const { auth } = await house();
    const { user, oneTimePassword } = await auth.createUser('ali', 'agent');
    await auth.changeUser(user.id, { disabled: true });
    await expect(auth.login('ali', oneTimePassword, HERE)).rejects.toMatchObject({ message: 'User name or password is wrong.' });
  });

  test.each(['İnci', 'inci', 'INCI', 'ınci', 'I\u0307nci'])('the user İnci may write %s', async (name) => {
    const { auth } = await house();
    const { user, oneTimePassword } = await auth.createUser('İnci', 'agent');
    expect((await auth.login(name, oneTimePassword, HERE)).user.id).toBe(user.id);
  });

  test('a password is the same however its letters were composed', async () => {
    const { auth } = fresh();
    await auth.ensureFirstAdmin('şifre çok güçlü'.normalize('NFC'));
    await auth.login('admin', 'şifre çok güçlü'.normalize('NFD'), HERE);
  });

  test('a user who is shut out while the password is being checked stays out', async () => {
    const { auth, users } = await house();
    const { user, oneTimePassword } = await auth.createUser('ali', 'agent');
    const login = auth.login('ali', oneTimePassword, HERE);
    const shutOut = auth.changeUser(user.id, { disabled: true });
    await expect(login).rejects.toMatchObject({ code: 'auth.bad-credentials' });
    await shutOut;
    expect([...users.stored.tokens.values()]).toEqual([]);
  });
});
