import { describe, expect, test } from 'vitest';
import { house } from './house.ts';

const HERE = '127.0.0.1';

describe('changing a password', () => {
  test('ends all other logins, keeps this one and the tokens of machines', async () => {
    const { auth, admin, adminPassword } = await house();
    const [mine, other] = [await auth.login('admin', adminPassword, HERE), await auth.login('admin', adminPassword, '10.0.0.2')];
    const machine = await auth.issueMachineToken(admin.id, 'wallboard', 1);
    for (const { secret } of [mine, other, machine]) expect(await auth.authenticate(secret)).toBeDefined();
    await auth.changePassword(mine, adminPassword, 'a new long password');
    expect(await auth.authenticate(mine.secret)).toBeDefined();
    expect(await auth.authenticate(machine.secret)).toBeDefined();
    expect(await auth.authenticate(other.secret)).toBeUndefined();
    await expect(auth.login('admin', adminPassword, HERE)).rejects.toMatchObject({ code: 'auth.bad-credentials' });
    await auth.login('admin', 'a new long password', HERE);
  });

  test('a one-time password is done with afterwards', async () => {
    const { auth } = await house();
    const { oneTimePassword } = await auth.createUser('ali', 'agent');
    const login = await auth.login('ali', oneTimePassword, HERE);
    expect(login.user.mustChangePassword).toBe(true);
    await auth.changePassword(login, oneTimePassword, 'a new long password');
    expect(await auth.authenticate(login.secret)).toMatchObject({ user: { mustChangePassword: false } });
  });

  test.each([
    ['too short', 'ninechars'],
    ['the same', 'correct horse battery'],
    ['nine letters of two code units each', '😀'.repeat(9)],
  ])('%s is auth.weak-password', async (_what, next) => {
    const { auth, adminPassword } = await house();
    const login = await auth.login('admin', adminPassword, HERE);
    await expect(auth.changePassword(login, adminPassword, next)).rejects.toMatchObject({ code: 'auth.weak-password' });
    await auth.login('admin', adminPassword, HERE);
  });

  test('the user’s name is no password', async () => {
    const { auth } = await house();
    const { oneTimePassword } = await auth.createUser('ali.yılmaz', 'agent');
    const login = await auth.login('ali.yılmaz', oneTimePassword, HERE);
    await expect(auth.changePassword(login, oneTimePassword, 'ALİ.YILMAZ')).rejects.toMatchObject({ code: 'auth.weak-password' });
  });

  test('an open screen is no place to guess the old one, and the user can still log in', async () => {
    const { auth, adminPassword } = await house();
    const login = await auth.login('admin', adminPassword, HERE);
    for (let i = 0; i < 5; i += 1)
      await expect(auth.changePassword(login, 'guess', 'a new long password')).rejects.toMatchObject({ code: 'auth.bad-credentials' });
    await expect(auth.changePassword(login, adminPassword, 'a new long password')).rejects.toMatchObject({ code: 'request.too-many' });
    await auth.login('admin', adminPassword, HERE);
  });

  test('of two changes at once one wins, and the other is told', async () => {
    const { auth, adminPassword } = await house();
    const login = await auth.login('admin', adminPassword, HERE);
    const nexts = ['a new long password', 'another long password'];
    const outcomes = await Promise.allSettled(nexts.map((next) => auth.changePassword(login, adminPassword, next)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await auth.login('admin', nexts[outcomes.findIndex(({ status }) => status === 'fulfilled')] ?? '', HERE);
  });
});

describe('users', () => {
  test('a name is taken once, however it is written', async () => {
    const { auth } = await house();
    await auth.createUser('Çiğdem', 'agent');
    for (const name of ['Çiğdem', 'çiğdem', 'ÇİĞDEM', 'Admin'])
      await expect(auth.createUser(name, 'agent')).rejects.toMatchObject({ code: 'request.conflict' });
    expect((await auth.users()).map(({ name }) => name)).toEqual(['admin', 'Çiğdem']);
  });

  test('of two users of one name made at once there is one', async () => {
    const { auth, users } = await house();
    const outcomes = await Promise.allSettled([auth.createUser('ali', 'agent'), auth.createUser('Ali', 'admin')]);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(users.stored.users.size).toBe(2);
  });

  test('the last administrator can be neither shut out nor given another role', async () => {
    const { auth, admin } = await house();
    const { user } = await auth.createUser('ali', 'admin');
    await auth.changeUser(user.id, { disabled: true });
    for (const change of [{ disabled: true }, { role: 'agent' as const }, { role: 'agent' as const, disabled: true }]) {
      await expect(auth.changeUser(admin.id, change)).rejects.toMatchObject({ code: 'request.conflict' });
    }
    await auth.changeUser(user.id, { disabled: false });
    expect(await auth.changeUser(admin.id, { role: 'agent' })).toMatchObject({ role: 'agent', disabledAt: null });
  });

  test('two administrators cannot shut each other out at once', async () => {
    const { auth, admin } = await house();
    const { user } = await auth.createUser('ali', 'admin');
    const outcomes = await Promise.allSettled([admin, user].map(({ id }) => auth.changeUser(id, { disabled: true })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('a new one-time password ends the logins, not the tokens of machines', async () => {
    const { auth, clock } = await house();
    const { user, oneTimePassword } = await auth.createUser('ali', 'agent');
    const login = await auth.login('ali', oneTimePassword, HERE);
    const machine = await auth.issueMachineToken(user.id, 'wallboard', 1);
    await clock.pass(1000);
    const reset = await auth.resetPassword(user.id);
    expect(reset.user).toMatchObject({ id: user.id, mustChangePassword: true });
    expect(reset.oneTimePassword).not.toBe(oneTimePassword);
    expect(await auth.authenticate(login.secret)).toBeUndefined();
    expect(await auth.authenticate(machine.secret)).toBeDefined();
    await expect(auth.login('ali', oneTimePassword, HERE)).rejects.toMatchObject({ code: 'auth.bad-credentials' });
    await auth.login('ali', reset.oneTimePassword, HERE);
  });

  test('shutting out twice keeps the first time; somebody unknown is request.not-found', async () => {
    const { auth, clock } = await house();
    const { user } = await auth.createUser('ali', 'agent');
    const { disabledAt } = await auth.changeUser(user.id, { disabled: true });
    await clock.pass(5000);
    expect(await auth.changeUser(user.id, { disabled: true, role: 'supervisor' })).toMatchObject({ disabledAt, role: 'supervisor' });
    const nobody = 'usr_none' as typeof user.id;
    await expect(auth.changeUser(nobody, { disabled: true })).rejects.toMatchObject({ code: 'request.not-found' });
    await expect(auth.resetPassword(nobody)).rejects.toMatchObject({ code: 'request.not-found' });
    expect(await auth.tokens(nobody)).toEqual([]);
  });
});
