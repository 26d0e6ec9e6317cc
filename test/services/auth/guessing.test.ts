import { describe, expect, test } from 'vitest';
import { SantralError } from '../../../src/domain/errors.ts';
import type { Auth } from '../../../src/services/auth/auth.ts';
import { house } from './house.ts';

const HERE = '127.0.0.1';

function wrong(auth: Auth, name: string, client = HERE) {
  return auth.login(name, 'wrong horse battery', client);
}

describe('guessing passwords', () => {
  test.each(['admin', 'nobody'])(
    'after 5 failures for %s from one address the waits double, and the right password has to wait too',
    async (name) => {
      const { auth, clock, adminPassword } = await house();
      for (let i = 0; i < 5; i += 1) await expect(wrong(auth, name)).rejects.toMatchObject({ code: 'auth.bad-credentials' });
      for (const wait of [1, 2, 4, 8]) {
        await expect(auth.login(name, adminPassword, HERE)).rejects.toMatchObject({
          code: 'request.too-many',
          details: { retryAfterSeconds: wait },
        });
        await clock.pass(wait * 1000 - 1);
        await expect(wrong(auth, name)).rejects.toMatchObject({ code: 'request.too-many' });
        await clock.pass(1);
        await expect(wrong(auth, name)).rejects.toMatchObject({ code: 'auth.bad-credentials' });
      }
    },
  );

  test('capital letters do not make another name', async () => {
    const { auth } = await house();
    for (const name of ['admin', 'Admin', 'ADMİN', 'admın', 'ADMIN'])
      await expect(wrong(auth, name)).rejects.toMatchObject({ code: 'auth.bad-credentials' });
    await expect(wrong(auth, 'aDMIN')).rejects.toMatchObject({ code: 'request.too-many' });
  });

  test('the right password clears the count', async () => {
    const { auth, adminPassword } = await house();
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 4; i += 1) await expect(wrong(auth, 'admin')).rejects.toMatchObject({ code: 'auth.bad-credentials' });
      await auth.login('admin', adminPassword, HERE);
    }
  });

  test('guesses sent at once count as well', async () => {
    const { auth } = await house();
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => wrong(auth, 'admin')));
    const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as SantralError).code : 'in'));
    expect(codes.filter((code) => code === 'auth.bad-credentials')).toHaveLength(5);
    expect(codes.filter((code) => code === 'request.too-many')).toHaveLength(45);
  });

  test('a stranger cannot shut the user out: from elsewhere the wait is 30 s at most', async () => {
    const { auth, clock, adminPassword } = await house();
    for (let i = 0; i < 200; i += 1) await wrong(auth, 'admin', `10.0.0.${i}`).catch(() => undefined);
    await clock.pass(30_000);
    await auth.login('admin', adminPassword, HERE);
  });

  test('an address that tries many names waits, and one’s own login does not wash that away', async () => {
    const { auth, adminPassword } = await house();
    for (let i = 0; i < 29; i += 1) await expect(wrong(auth, `user-${i}`)).rejects.toMatchObject({ code: 'auth.bad-credentials' });
    await auth.login('admin', adminPassword, HERE);
    await expect(wrong(auth, 'user-30')).rejects.toMatchObject({ code: 'auth.bad-credentials' });
    await expect(auth.login('admin', adminPassword, HERE)).rejects.toMatchObject({ code: 'request.too-many' });
    await auth.login('admin', adminPassword, '10.0.0.2');
  });

  test('failures are forgotten after a quarter of an hour', async () => {
    const { auth, clock } = await house();
    for (let round = 0; round < 2; round += 1) {
      for (let i = 0; i < 5; i += 1) await expect(wrong(auth, 'admin')).rejects.toMatchObject({ code: 'auth.bad-credentials' });
      await clock.pass(15 * 60_000);
    }
  });

  test('a database that is away counts as no guess', async () => {
    const { auth, users, adminPassword } = await house();
    users.fault = new SantralError('store.unavailable', 'away');
    for (let i = 0; i < 40; i += 1)
      await expect(auth.login('admin', adminPassword, HERE)).rejects.toMatchObject({ code: 'store.unavailable' });
    users.fault = undefined;
    await auth.login('admin', adminPassword, HERE);
  });
});
