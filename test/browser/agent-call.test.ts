import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ask, asAdmin } from '../kit/api.ts';
import { openBrowser, type TestBrowser } from '../kit/browser.ts';
import type { Caller } from '../kit/engine.ts';
import { type Lines, openLines, text, until } from '../kit/lines.ts';
import { shot } from '../kit/shots.ts';
import { builtWeb } from '../kit/web-build.ts';

/** A real caller, a real Asterisk, the engine, and an agent in a real browser. */
const SPOKEN = 'Hello, can you help me? [4s]';
const AGAIN = 'Are you still there? [4s]';
const TALKED = 'Your talk is over. [2s]';
/** Of 32767. */
const LOUD = 2000;
const PASSWORD = 'temsilci parolam 7';
const QUEUES = `queues:
  support:
    label: { tr: Destek, en: Support }
    offer: 20s
    wrapUp: { mode: optional, time: 30s }
    empty: { atJoin: wait, whenLastLeaves: wait }
    comfort: { every: none }
    recordingNotice: none
    welcome: test.welcome
`;
const CATALOGUE = `test.welcome: { en: "Please wait for an agent. [2s]" }\n`;

let lines: Lines;
let browser: TestBrowser;
let admin: Ask;
beforeAll(async () => {
  await builtWeb();
  const wait = `
  wait: { type: queue, queue: support, next: talked, exits: { failed: talked } }
  talked: { type: say, prompt: ${text(TALKED)}, next: bye }
  bye: { type: hangup }`;
  lines = await openLines({ wait }, { trunk: 'house', queues: QUEUES, catalogue: CATALOGUE });
  // The one-time password is good for one login: another try of the test finds it replaced.
  admin = await asAdmin(lines.engine());
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await lines?.close();
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const soundIs = (page: Page, loud: boolean) =>
  page.waitForFunction((wanted) => Number(document.querySelector<HTMLElement>('[data-level]')?.dataset['level']) > 10 === wanted, loud, {
    timeout: 20_000,
  });

/** From here on something loud comes from the agent: Chromium's microphone beeps each second. */
function heardFrom({ phone: { ear } }: Caller): Promise<void> {
  const from = ear.samples().length;
  return until(
    () =>
      ear
        .samples()
        .subarray(from)
        .some((sample) => Math.abs(sample) > LOUD),
    10_000,
    'the caller hears the agent',
  );
}

it('an agent takes a call in the browser, refreshes the page in mid-call, and goes on talking', async () => {
  const send = async (method: string, path: string, body: object): Promise<Record<string, unknown>> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await admin(`/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  const name = `deniz-${Date.now() % 100_000}`;
  const { user, oneTimePassword: password } = (await send('POST', '/users', { name, role: 'agent' })) as {
    user: { id: string };
    oneTimePassword: string;
  };
  await send('PUT', `/agents/${user.id}`, { displayName: 'Deniz Yılmaz', language: 'en', skills: {}, queues: ['support'] });

  const { page, close } = await browser.visit({ locale: 'en-US' });
  await page.goto(lines.engine().url);
  await page.locator('input[name=username]').fill(name);
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
  const fields = page.locator('input[type=password]');
  await fields.nth(1).waitFor();
  for (let index = 0; index < (await fields.count()); index += 1) {
    const current = (await fields.nth(index).getAttribute('autocomplete')) === 'current-password';
    await fields.nth(index).fill(current ? password : PASSWORD);
  }
  await page.keyboard.press('Enter');
  // An agent begins at the desk.
  await page.locator('[data-line="ready"]').waitFor({ timeout: 40_000 });
  await button(page, 'Start work').click();
  await page.locator('[data-state="available"]').waitFor();

  const caller = await lines.dial('wait');
  await page.locator('[data-phase="offered"]').waitFor({ timeout: 20_000 });
  await shot(page, 'agent-real-offer');
  await page.keyboard.press('Enter');
  await page.locator('[data-phase="talking"]').waitFor({ timeout: 20_000 });
  // The browser's microphone beeps: the caller hears it.
  await Promise.all([caller.say(SPOKEN), soundIs(page, true)]);
  await heardFrom(caller).catch(async (e) => {
    const all = caller.phone.ear.samples();
    const secs = [];
    for (let i = 0; i < all.length; i += 4000) secs.push(all.subarray(i, i + 4000).reduce((m, x) => Math.max(m, Math.abs(x)), 0));
    console.log('LEVELS', all.length, secs.join(' '));
    void e;
    console.log(
      await lines.asterisk.rx('pjsip show channelstats'),
      await lines.asterisk.rx('core show channels verbose'),
      await lines.asterisk.rx('bridge show all'),
      await page.locator('[data-problem]').count(),
    );
  });

  await page.reload();
  await page.locator('[data-phase="lost"], [data-phase="talking"]').first().waitFor({ timeout: 20_000 });
  await page
    .locator('[data-phase="talking"]')
    .waitFor({ timeout: 25_000 })
    .catch(async (e) => {
      await shot(page, 'agent-real-fail');
      console.log(
        'ENGINE',
        JSON.stringify(lines.engine().log.slice(-25)),
        JSON.stringify((await lines.onRecord('wait', () => true, 'x')).journal.map(({ kind, data }) => [kind, data])),
      );
      throw e;
    });
  await Promise.all([caller.say(AGAIN), soundIs(page, true)]);
  await heardFrom(caller);
  await shot(page, 'agent-real-back');
  expect(await lines.facts('wait', 'agent-away')).toHaveLength(1);
  expect(await lines.facts('wait', 'agent-back')).toHaveLength(1);

  await button(page, 'Hang up').click();
  await page.locator('[data-wrap]').waitFor();
  await caller.hears(TALKED);
  await caller.ended();
  await button(page, 'Close the call').click();
  await page.locator('[data-state="available"]').waitFor();
  await close();
});
