import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, asking } from './asking.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let ask: Ask;
beforeAll(async () => {
  house = await openHouse();
  ask = asking(house, await house.bearer('admin'));
});
afterAll(() => house.close());

describe('users', () => {
  it('are made with a one-time password that opens nothing but its own replacement', async () => {
    const { user, oneTimePassword } = (
      await ask('/api/v1/users', { method: 'POST', payload: { name: 'İnci', role: 'supervisor' } })
    ).json();
    expect(user).toMatchObject({ name: 'İnci', mustChangePassword: true });
    const login = await house.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: { name: 'İnci', password: oneTimePassword },
    });
    const cookie = String(login.headers['set-cookie']).split(';')[0] ?? '';
    const as = (url: string, payload?: object) =>
      house.app.inject({
        method: payload === undefined ? 'GET' : 'POST',
        url,
        headers: { cookie, 'x-santral-request': '1' },
        ...(payload === undefined ? {} : { payload }),
      });
    expect((await as('/api/v1/calls')).json().code).toBe('auth.password-change-required');
    expect((await as('/api/v1/auth/password', { current: oneTimePassword, next: 'short' })).json().code).toBe('auth.weak-password');
    expect((await as('/api/v1/auth/password', { current: oneTimePassword, next: 'a long passphrase' })).statusCode).toBe(204);
    expect((await as('/api/v1/calls')).statusCode).toBe(200);
    expect((await ask('/api/v1/users', { method: 'POST', payload: { name: 'inci', role: 'agent' } })).json().code).toBe('request.conflict');
  });

  it('are told without anything secret', async () => {
    const { body } = await ask('/api/v1/users');
    expect(body).not.toMatch(/scrypt|hash/i);
    expect(JSON.parse(body).items.length).toBeGreaterThan(1);
  });

  it('get tokens for machines, which can be listed and taken back', async () => {
    const user = await house.addUser('wallboard', 'supervisor');
    const { secret, token } = (
      await ask(`/api/v1/users/${user.id}/tokens`, { method: 'POST', payload: { label: 'wall', days: 7 } })
    ).json();
    expect(token.expiresAt - token.createdAt).toBe(7 * 86_400_000);
    const use = () => ask('/api/v1/calls', {}, { authorization: `Bearer ${secret}` });
    expect((await use()).statusCode).toBe(200);
    const listed = await ask(`/api/v1/users/${user.id}/tokens`);
    expect(listed.json().items).toEqual([token]);
    expect(listed.body).not.toContain(secret);
    expect((await ask(`/api/v1/users/${user.id}/tokens/${token.id}`, { method: 'DELETE' })).statusCode).toBe(204);
    expect((await use()).statusCode).toBe(401);
    expect((await ask(`/api/v1/users/${user.id}/tokens/${token.id}`, { method: 'DELETE' })).statusCode).toBe(404);
  });
});
