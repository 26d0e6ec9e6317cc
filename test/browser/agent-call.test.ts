import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ask, asAdmin } from '../kit/api.ts';
import { openBrowser, type TestBrowser } from '../kit/browser.ts';
import { openBrowserAgent } from '../kit/browser-agent.ts';
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
const QUEUES = `queues:
  support:
    label: { tr: Destek, en: Support }
    offer: 20s
    wrapUp: { mode: optional, time: 30s }
    empty: { atJoin: wait, whenLastLeaves: wait }
    comfort: { every: none }
    recordingNotice: none
    welcome: test.welcome
    whisper: test.whisper
`;
const CATALOGUE = `test.welcome: { en: "Please wait for an agent. [2s]" }\ntest.whisper: { en: "A call from support. [1s]" }\n`;

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
  const name = `deniz-${Date.now() % 100_000}`;
  const { page, close } = await openBrowserAgent(browser, { admin, url: lines.engine().url, name, queues: ['support'] });

  const caller = await lines.dial('wait');
  await page.locator('[data-phase="offered"]').waitFor({ timeout: 20_000 });
  await shot(page, 'agent-real-offer');
  await page.keyboard.press('Enter');
  await page.locator('[data-phase="talking"]').waitFor({ timeout: 20_000 });
  // The browser's microphone beeps: the caller hears it.
  await Promise.all([caller.say(SPOKEN), soundIs(page, true)]);
  await heardFrom(caller);

  await page.reload();
  await page.locator('[data-phase="lost"], [data-phase="talking"]').first().waitFor({ timeout: 20_000 });
  await page.locator('[data-phase="talking"]').waitFor({ timeout: 25_000 });
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
