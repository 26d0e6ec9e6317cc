import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromOurPage } from '../../src/http/same-origin.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const LOGIN = '/api/v1/auth/login';

async function logIn(headers: Record<string, string> = {}) {
  const name = `ayse${Math.random()}`;
  await house.addUser(name, 'agent');
  return house.app.inject({ method: 'POST', url: LOGIN, headers, payload: { name, password: `${name}-password` } });
}

describe('logging in', () => {
  it('sets a cookie that scripts cannot read and other sites do not get', async () => {
    const cookie = String((await logIn()).headers['set-cookie']);
    expect(cookie).toMatch(/^santral_login_8080=snt_[\w-]{43}; /);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    expect(cookie).toContain('Path=/');
    expect(cookie).not.toContain('Secure');
  });

  it('marks the cookie Secure behind TLS', async () => {
    const answer = await logIn({ 'x-forwarded-proto': 'https' });
    expect(String(answer.headers['set-cookie'])).toContain('Secure');
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
  });

  it('never gives away hashes or the secret in the body', async () => {
    const { body } = await logIn();
    expect(body).not.toMatch(/scrypt|snt_|hash/i);
  });

  it('refuses a wrong password without a word about which part was wrong', async () => {
    await house.addUser('known', 'agent');
    const wrong = await house.app.inject({ method: 'POST', url: LOGIN, payload: { name: 'known', password: 'no' } });
    const unknown = await house.app.inject({ method: 'POST', url: LOGIN, payload: { name: 'unknown', password: 'no' } });
    expect(wrong.statusCode).toBe(401);
    const { instance: _one, ...first } = wrong.json();
    const { instance: _two, ...second } = unknown.json();
    expect(first).toEqual(second);
  });

  it('ends with logout: the cookie is cleared, the secret is dead, the phone is gone', async () => {
    const browser = await house.browser('agent');
    await house.app.inject({ method: 'POST', url: '/api/v1/phone/session', headers: browser.write });
    expect(house.endpoints.has(browser.endpoint)).toBe(true);
    const out = await house.app.inject({ method: 'POST', url: '/api/v1/auth/logout', headers: browser.write });
    expect(out.statusCode).toBe(204);
    expect(String(out.headers['set-cookie'])).toMatch(/^santral_login_8080=; .*Expires=Thu, 01 Jan 1970/);
    expect(house.endpoints.has(browser.endpoint)).toBe(false);
    expect((await house.app.inject({ url: '/api/v1/auth/me', headers: browser.read })).statusCode).toBe(401);
  });
});

describe('a request with the cookie', () => {
  const change = (headers: Record<string, string>) => house.app.inject({ method: 'POST', url: '/api/v1/auth/logout', headers });

  it.each([
    ['without the header that shows intent', {}],
    ['from a page of another site', { 'x-santral-request': '1', origin: 'http://evil.example' }],
    ['from a sandboxed page', { 'x-santral-request': '1', origin: 'null' }],
    ['from another site, as the browser says', { 'x-santral-request': '1', 'sec-fetch-site': 'cross-site' }],
    ['from another port of this host', { 'x-santral-request': '1', origin: 'http://localhost:81' }],
    ['from a sibling domain, as the browser says', { 'x-santral-request': '1', 'sec-fetch-site': 'same-site' }],
  ])('may change nothing %s', async (_how, extra) => {
    const browser = await house.browser('agent');
    const answer = await change({ ...browser.read, ...extra });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'request.forbidden']);
    expect((await house.app.inject({ url: '/api/v1/auth/me', headers: browser.read })).statusCode).toBe(200);
  });

  it('is taken from a page of ours', async () => {
    const browser = await house.browser('agent');
    const answer = await change({ ...browser.write, origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' });
    expect(answer.statusCode).toBe(204);
  });

  it('cannot log somebody in from another site (login forgery)', async () => {
    expect((await logIn({ origin: 'http://evil.example' })).statusCode).toBe(403);
  });

  it('is not asked for intent when it carries a bearer token, which browsers do not send by themselves', async () => {
    const answer = await change({ ...(await house.bearer('agent')), origin: 'http://elsewhere.example' });
    expect(answer.statusCode).toBe(204);
  });

  it('never gets permission for other origins', async () => {
    const answer = await house.app.inject({
      method: 'OPTIONS',
      url: LOGIN,
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('origins', () => {
  it('are ours only when host and port are the same', () => {
    fc.assert(
      fc.property(fc.webAuthority(), fc.webAuthority(), (host, other) => {
        fc.pre(URL.canParse(`http://${host}`) && URL.canParse(`http://${other}`));
        const same = new URL(`http://${host}`).host === new URL(`http://${other}`).host;
        expect(fromOurPage({ origin: `http://${other}` }, new URL(`http://${host}`).host)).toBe(same);
      }),
    );
  });

  it('are unknown when no browser asks', () => {
    expect(fromOurPage({}, 'localhost')).toBeUndefined();
  });
});

describe('credentials', () => {
  it.each([
    ['nonsense', { authorization: 'Bearer nonsense' }],
    ['another scheme', { authorization: 'Basic c2VjcmV0' }],
    ['an empty bearer', { authorization: 'Bearer ' }],
    ['a huge bearer', { authorization: `Bearer ${'x'.repeat(5000)}` }],
    ['a cookie of another instance', { cookie: 'santral_login_8081=secret-1' }],
    ['a broken cookie header', { cookie: 'santral_login_8080; =; %%%=%%%' }],
  ])('are refused: %s', async (_what, headers) => {
    const answer = await house.app.inject({ url: '/api/v1/auth/me', headers });
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'request.unauthenticated']);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="santral"');
  });

  it('stop working when the user is shut out', async () => {
    const admin = await house.bearer('admin');
    const browser = await house.browser('agent');
    const me = (await house.app.inject({ url: '/api/v1/auth/me', headers: browser.read })).json();
    const shut = await house.app.inject({
      method: 'PATCH',
      url: `/api/v1/users/${me.user.id}`,
      headers: admin,
      payload: { disabled: true },
    });
    expect(shut.statusCode).toBe(200);
    expect((await house.app.inject({ url: '/api/v1/auth/me', headers: browser.read })).statusCode).toBe(401);
  });

  it('of a machine work although its user never replaced the one-time password', async () => {
    const user = await house.addUser('machine', 'supervisor', { oneTime: true });
    const { secret } = await house.auth.issueMachineToken(user.id, 'wallboard', 1);
    const answer = await house.app.inject({ url: '/api/v1/calls', headers: { authorization: `Bearer ${secret}` } });
    expect(answer.statusCode).toBe(200);
  });

  it('are checked before a body is read', async () => {
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/v1/users',
      headers: { 'content-type': 'application/json' },
      payload: '{"broken',
    });
    expect(answer.statusCode).toBe(401);
  });
});

describe('headers', () => {
  it('forbid pages everything they do not need', async () => {
    const { headers } = await house.app.inject({ url: '/login', headers: { host: 'santral.example:8080' } });
    const policy = String(headers['content-security-policy']);
    for (const rule of [
      "default-src 'self'",
      "script-src 'self'",
      "media-src 'self' blob: data:",
      "connect-src 'self' ws://santral.example:8080 wss://santral.example:8080",
      "object-src 'none'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy.split(';')).toContain(rule);
    }
    expect(policy).not.toMatch(/script-src[^;]*unsafe|upgrade-insecure/);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin' });
    expect(headers['permissions-policy']).toContain('microphone=(self)');
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('put no odd host into the policy', async () => {
    const { headers } = await house.app.inject({ url: '/login', headers: { host: "x; script-src 'unsafe-inline'" } });
    expect(String(headers['content-security-policy'])).not.toMatch(/script-src[^;]*unsafe/);
  });

  it('give each request an id of its own, and take none from outside', async () => {
    const ask = async () =>
      (await house.app.inject({ url: '/health', headers: { 'request-id': 'mine', 'x-request-id': 'mine' } })).headers['x-request-id'];
    const [first, second] = [await ask(), await ask()];
    expect(first).toMatch(/^[\w-]{12}$/);
    expect(first).not.toBe(second);
  });
});
