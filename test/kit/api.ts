import type { TestEngine } from './engine.ts';

const PASSWORD = 'a long passphrase of the tests';

/** Asks the API as the first administrator. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** Logs in with the one-time password of the start, and replaces it; where it was replaced before, with what replaced it. */
export async function asAdmin({ url, adminPassword = PASSWORD }: Pick<TestEngine, 'url' | 'adminPassword'>): Promise<Ask> {
  const headers: Record<string, string> = { 'x-santral-request': '1', 'content-type': 'application/json' };
  const post = (path: string, body: unknown) => fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  const login = await post('/api/v1/auth/login', { name: 'admin', password: adminPassword });
  if (login.status !== 200) throw new Error(`no login: ${login.status} ${await login.text()}`);
  headers['cookie'] = login.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
  const ask =
    (cookie: string): Ask =>
    (path, init = {}) =>
      fetch(url + path, { ...init, headers: { 'x-santral-request': '1', cookie, ...init.headers } });
  if (adminPassword === PASSWORD) return ask(headers['cookie']);
  const changed = await post('/api/v1/auth/password', { current: adminPassword, next: PASSWORD });
  if (changed.status >= 300) throw new Error(`the password was not changed: ${changed.status} ${await changed.text()}`);
  const replaced = changed.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return ask(replaced.length > 0 ? replaced.join('; ') : headers['cookie']);
}
