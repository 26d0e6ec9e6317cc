import { describe, expect, test } from 'vitest';
import { SantralError } from '../../../src/domain/errors.ts';
import { house } from './house.ts';

const HERE = '127.0.0.1';
const DAY_MS = 24 * 3_600_000;

describe('tokens', () => {
  test('a request costs no read, until the token has been believed for 30 s', async () => {
    const { auth, users, clock, adminPassword } = await house();
    const { secret } = await auth.login('admin', adminPassword, HERE);
    users.reads.tokenByHash = 0;
    await Promise.all(Array.from({ length: 20 }, () => auth.authenticate(secret)));
    await clock.pass(29_999);
    expect(await auth.authenticate(secret)).toBeDefined();
    expect(users.reads.tokenByHash).toBe(1);
    await clock.pass(1);
    expect(await auth.authenticate(secret)).toBeDefined();
    expect(users.reads.tokenByHash).toBe(2);
  });

  test('what another process revoked ends within 30 s', async () => {
    const { auth, users, clock, adminPassword } = await house();
    const { secret, token } = await auth.login('admin', adminPassword, HERE);
    expect(await auth.authenticate(secret)).toBeDefined();
    await users.removeToken(token.id);
    await clock.pass(30_000);
    expect(await auth.authenticate(secret)).toBeUndefined();
  });

  test('logout, revocation, shutting out and a new role take hold with the next request', async () => {
    const { auth } = await house();
    const { user } = await auth.createUser('ali', 'agent');
    const issue = () => auth.issueMachineToken(user.id, 'wallboard', 1);
    const [one, two, three] = [await issue(), await issue(), await issue()];
    for (const { secret } of [one, two, three]) expect(await auth.authenticate(secret)).toMatchObject({ user: { role: 'agent' } });
    await auth.logout(one.token.id);
    await auth.logout(one.token.id);
    expect(await auth.authenticate(one.secret)).toBeUndefined();
    expect(await auth.revokeToken(user.id, two.token.id)).toBe(true);
    expect(await auth.revokeToken(user.id, two.token.id)).toBe(false);
    expect(await auth.authenticate(two.secret)).toBeUndefined();
    await auth.changeUser(user.id, { role: 'supervisor' });
    expect(await auth.authenticate(three.secret)).toMatchObject({ user: { role: 'supervisor' } });
    await auth.changeUser(user.id, { disabled: true });
    expect(await auth.authenticate(three.secret)).toBeUndefined();
    await auth.changeUser(user.id, { disabled: false });
    expect(await auth.authenticate(three.secret)).toBeUndefined();
    await expect(issue()).resolves.toBeDefined();
  });

  test('a read that was under way when its token was revoked is not remembered', async () => {
    const { auth, users } = await house();
    const { user } = await auth.createUser('ali', 'agent');
    const { secret, token } = await auth.issueMachineToken(user.id, 'wallboard', 1);
    const { tokenByHash } = users;
    let letGo: (() => void) | undefined;
    users.tokenByHash = async (hash) => {
      const found = await tokenByHash(hash);
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
      return found;
    };
    const early = auth.authenticate(secret);
    await new Promise((resolve) => setImmediate(resolve));
    users.tokenByHash = tokenByHash;
    await auth.revokeToken(user.id, token.id);
    letGo?.();
    await early;
    expect(await auth.authenticate(secret)).toBeUndefined();
  });

  test('a token ends at its time to the millisecond, and is swept away', async () => {
    const { auth, users, clock } = await house();
    const { user } = await auth.createUser('ali', 'agent');
    const { secret } = await auth.issueMachineToken(user.id, 'wallboard', 2);
    await clock.pass(2 * DAY_MS - 1);
    expect(await auth.authenticate(secret)).toMatchObject({ token: { label: 'wallboard', kind: 'machine' } });
    expect(await auth.tokens(user.id)).toHaveLength(1);
    await clock.pass(1);
    expect(await auth.authenticate(secret)).toBeUndefined();
    expect(await auth.tokens(user.id)).toEqual([]);
    expect(await auth.sweep()).toBe(1);
    expect(users.stored.tokens.size).toBe(0);
  });

  test.each(['', 'snt_', `snt_${'a'.repeat(42)}`, `snt_${'a'.repeat(44)}`, `xyz_${'a'.repeat(43)}`, "snt_' or 1=1 --"])(
    '%j is nobody, without a read',
    async (secret) => {
      const { auth, users } = await house();
      expect(await auth.authenticate(secret)).toBeUndefined();
      expect(users.reads.tokenByHash).toBe(0);
    },
  );

  test('an unknown secret is nobody; a database that is away is no answer, and is asked again', async () => {
    const { auth, users, adminPassword } = await house();
    expect(await auth.authenticate(`snt_${'a'.repeat(43)}`)).toBeUndefined();
    const { secret } = await auth.login('admin', adminPassword, HERE);
    users.fault = new SantralError('store.unavailable', 'away');
    await expect(auth.authenticate(secret)).rejects.toMatchObject({ code: 'store.unavailable' });
    users.fault = undefined;
    expect(await auth.authenticate(secret)).toBeDefined();
  });

  test('a token needs a user who is not shut out', async () => {
    const { auth } = await house();
    const { user } = await auth.createUser('ali', 'agent');
    await auth.changeUser(user.id, { disabled: true });
    await expect(auth.issueMachineToken(user.id, 'x', 1)).rejects.toMatchObject({ code: 'request.conflict' });
    await expect(auth.issueMachineToken('usr_none' as typeof user.id, 'x', 1)).rejects.toMatchObject({ code: 'request.not-found' });
  });

  test('a user cannot revoke another’s token by its id', async () => {
    const { auth, admin, adminPassword } = await house();
    const { token, secret } = await auth.login('admin', adminPassword, HERE);
    const { user } = await auth.createUser('ali', 'agent');
    expect(await auth.revokeToken(user.id, token.id)).toBe(false);
    expect(await auth.authenticate(secret)).toMatchObject({ user: { id: admin.id } });
  });
});
