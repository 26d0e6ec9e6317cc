import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { encodeTones } from '../../src/speech/tones.ts';
import { writeWav } from '../../src/speech/wav.ts';
import { openStage, type Stage } from '../kit/engine.ts';

/** What a supervisor changes, and what the next caller hears of it; with the shipped flows. */

type Texts = Readonly<Record<string, { readonly tr: string; readonly en: string }>>;
const texts = {
  ...(parse(readFileSync('sounds/emergency.yaml', 'utf8')) as Texts),
  ...(parse(readFileSync('sounds/main.yaml', 'utf8')) as Texts),
};
const said = (key: string, language: 'tr' | 'en' = 'tr'): string => texts[key]?.[language] ?? '';
const PIN = '482913';
const RECORDED = 'Welcome, spoken by a person [1s]';

let stage: Stage;
let send: (method: string, path: string, body: object | Buffer) => Promise<Response>;
beforeAll(async () => {
  stage = await openStage();
  send = await supervisor();
});
afterAll(() => stage?.close());

/** Logs in with the one-time password, and gives requests of that login. */
async function supervisor(): Promise<typeof send> {
  const { url, adminPassword = '' } = stage.engine();
  let cookie = '';
  const asking: typeof send = (method, path, body) =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: { cookie, 'x-santral-request': '1', 'content-type': Buffer.isBuffer(body) ? 'audio/wav' : 'application/json' },
      body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
    });
  const login = async (password: string): Promise<void> => {
    const answer = await asking('POST', '/auth/login', { name: 'admin', password });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  };
  await login(adminPassword);
  await asking('POST', '/auth/password', { current: adminPassword, next: 'deneme-parolam-1' });
  await login('deneme-parolam-1');
  return asking;
}

it('an announcement that is switched on by telephone is heard first by the next caller, and no more once it is off', async () => {
  expect((await send('PUT', '/switches/emergency/pin', { pin: PIN })).status).toBe(204);
  const chief = await stage.call('1090');
  await chief.hears(said('emergency.ask-pin'), 'tr');
  await chief.press(`${PIN}#`);
  await chief.hears(said('emergency.is-off'), 'tr');
  await chief.press('1');
  await chief.hears(said('emergency.is-on'), 'tr');
  const customer = await stage.call('1001');
  // Keys do not cut it.
  await customer.hears(said('emergency.announcement', 'en'));
  await customer.hears(said('main.welcome', 'en'));
  await customer.hangUp();
  await chief.press('2');
  await chief.hears(said('emergency.is-off'), 'tr');
  await chief.hangUp();
  const next = await stage.call('1001');
  await next.hears(said('main.welcome', 'en'));
  expect(next.heard([said('emergency.announcement', 'en'), said('main.welcome', 'en')])[0]).toContain(said('main.welcome', 'en'));
  await next.hangUp();
  expect(JSON.stringify(stage.engine().log)).not.toContain(PIN);
});

it('a recording that is uploaded is heard by the next caller, and the voice again when it is removed', async () => {
  const wav = writeWav(encodeTones('en', RECORDED));
  expect((await send('PUT', '/prompts/main.welcome/recordings/en', wav)).status).toBe(200);
  const caller = await stage.call('1001');
  await caller.hears(RECORDED);
  await caller.hears(said('main.menu', 'en'));
  await caller.hangUp();
  expect((await send('DELETE', '/prompts/main.welcome/recordings/en', {})).status).toBe(204);
  const next = await stage.call('1001');
  await next.hears(said('main.welcome', 'en'));
  await next.hangUp();
});
