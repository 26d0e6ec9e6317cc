import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser } from '../kit/browser.ts';
import { guestsOf } from './guests.ts';
import { ONE_TIME, PASSWORD, type PretendEngine, startPretendEngine } from './pretend-engine.ts';
import { tellDealerLookup } from './story.ts';

let browser: TestBrowser;
let engine: PretendEngine;
const { visit, member, leave } = guestsOf(
  () => browser,
  () => engine,
);

beforeAll(async () => {
  [browser, engine] = await Promise.all([openBrowser(), startPretendEngine()]);
});
afterEach(leave);
afterAll(async () => {
  await browser?.close();
  await engine?.stop();
});

const title = (page: Page, text: string) => page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const number = (page: Page) => page.locator('input[type=tel]').inputValue();

async function logIn(page: Page, name: string, password: string): Promise<void> {
  await field(page, 'User name').fill(name);
  await field(page, 'Password').fill(password);
  await page.keyboard.press('Enter');
}

describe('the dark scheme', () => {
  it('is chosen in the user menu, and remembered', async () => {
    const { page } = await member();
    const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
    expect(await scheme()).toBe('light');
    await button(page, 'Account of admin').click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    expect(await scheme()).toBe('dark');
    await page.reload();
    await title(page, 'Phone');
    expect(await scheme()).toBe('dark');
    await button(page, 'Account of admin').click();
    expect(await page.getByRole('menuitemradio', { name: 'Dark' }).getAttribute('aria-checked')).toBe('true');
    expect(await accessFaults(page)).toEqual([]);
  });
});

describe('logging in', () => {
  it('asks for both fields, tells a wrong password, and leads where the user wanted to go', async () => {
    const { page } = await visit();
    await page.goto(`${engine.url}/phone`);
    await page.waitForURL(`${engine.url}/login`);
    await button(page, 'Log in').click();
    await page.getByText('Enter your user name.').waitFor();
    await page.getByText('Enter your password.').waitFor();
    await logIn(page, 'admin', 'wrong');
    await page.getByText('User name or password is wrong.').waitFor();
    expect(await field(page, 'Password').inputValue()).toBe('');
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'password');
    await logIn(page, ' admin ', PASSWORD);
    await page.waitForURL(`${engine.url}/phone`);
    await title(page, 'Phone');
  });

  it('lets nobody stay whose login was ended elsewhere', async () => {
    const { page } = await member();
    engine.revokeAll();
    await page.reload();
    await page.waitForURL(`${engine.url}/login`);
  });

  it('ends with the log-out', async () => {
    const { page } = await member();
    await button(page, 'Account of admin').click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await page.waitForURL(`${engine.url}/login`);
    await page.goto(`${engine.url}/phone`);
    await page.waitForURL(`${engine.url}/login`);
  });

  it('replaces a one-time password first, without asking for it again', async () => {
    const due = await startPretendEngine({ passwordDue: true });
    try {
      const { page } = await visit();
      await page.goto(due.url);
      await logIn(page, 'admin', ONE_TIME);
      await title(page, 'Choose a password');
      expect(await field(page, 'One-time password').count()).toBe(0);
      await page.goto(`${due.url}/phone`);
      await page.waitForURL(`${due.url}/password`);
      // After a reload the page knows the old password no more.
      await field(page, 'One-time password').fill('not this one');
      await field(page, 'New password').fill('elma armut kiraz');
      await field(page, 'New password again').fill('elma armut');
      await button(page, 'Set the password').click();
      await page.getByText('The two passwords differ.').waitFor();
      await field(page, 'New password again').fill('elma armut kiraz');
      await button(page, 'Set the password').click();
      await page.getByText('The one-time password is wrong. Enter it again.').waitFor();
      await field(page, 'One-time password').fill(ONE_TIME);
      await button(page, 'Set the password').click();
      await page.waitForURL(`${due.url}/phone`);
    } finally {
      await due.stop();
    }
  });

  it('goes on from the one-time password straight to the phone', async () => {
    const due = await startPretendEngine({ passwordDue: true });
    try {
      const { page } = await visit();
      await page.goto(due.url);
      await logIn(page, 'admin', ONE_TIME);
      await field(page, 'New password').fill(ONE_TIME);
      await button(page, 'Set the password').click();
      await page.getByText('The new password must differ from the old one.').waitFor();
      await field(page, 'New password').fill('elma armut kiraz');
      await field(page, 'New password again').fill('elma armut kiraz');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${due.url}/phone`);
    } finally {
      await due.stop();
    }
  });
});

describe('the language', () => {
  it('is switched on the spot, and remembered', async () => {
    const { page } = await visit({ locale: 'tr-TR' });
    await page.goto(engine.url);
    await title(page, tr.login.title);
    await page.getByText('EN', { exact: true }).click();
    await title(page, en.login.title);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.reload();
    await title(page, en.login.title);
  });
});

describe('the dial pad', () => {
  it('fills the number by mouse, keyboard and picks, and says what cannot be dialled', async () => {
    const { page } = await member();
    expect(await number(page)).toBe('1000');
    await page.getByText('1001 En yakın bayi').click();
    expect(await number(page)).toBe('1001');
    await title(page, 'Phone');
    await page.locator('h1').click();
    await page.keyboard.type('5#');
    await button(page, '7').click();
    await button(page, 'Star').click();
    expect(await number(page)).toBe('10015#7*');
    await button(page, 'Erase the last digit').click();
    expect(await number(page)).toBe('10015#7');
    await page.locator('input[type=tel]').fill('(0212) 555 00 10');
    expect(await number(page)).toBe('02125550010');
    await page.locator('input[type=tel]').fill('abc');
    await page.getByText('Only digits, ∗ and #').waitFor();
    expect(await button(page, 'Call').isDisabled()).toBe(true);
  });

  it('is reached by keyboard alone', async () => {
    const { page } = await member();
    await title(page, 'Phone');
    const reached: string[] = [];
    // As many as there are things to reach, and no more than a person would press.
    for (let tabs = 0; tabs < 60 && reached.at(-1) !== 'Pound'; tabs += 1) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''),
      );
    }
    expect(reached[0]).toBe('Skip to the page');
    for (const wanted of ['Phone', 'Account of admin', '1', '9', 'Star', 'Pound']) expect(reached).toContain(wanted);
  });

  it('says when the way to Asterisk is not there', async () => {
    const { page } = await member();
    await page.locator('[data-line="offline"]').waitFor();
    expect(await button(page, 'Call').isDisabled()).toBe(true);
  });
});

describe('the live flow', () => {
  it('tells prompts, keys, results and faults in order, and marks where the call stands', async () => {
    const { page, endpoint, problems } = await member();
    const call = engine.call(endpoint);
    tellDealerLookup(call, 'menu');
    await page.locator('[data-node=top][data-current]').waitFor();
    expect(await page.locator('[aria-current=step]').count()).toBe(1);
    expect(await page.locator('[data-node]').evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node')))).toEqual([
      'welcome',
      'language',
      'top',
    ]);
    await page.getByText('Call to 1000 · flow main-menu').waitFor();
    call.tell('key', { key: '4' });
    call.tell('key', { key: '2' });
    await page.locator('[data-node=top] [data-kind=keys]').getByText('2').waitFor();
    expect(await page.locator('[data-node=top] kbd').allTextContents()).toEqual(['4', '2']);
    call.tell('digits', { node: 'top', digits: null, length: 4, end: 'matched' });
    await page.getByText('4 secret digits').waitFor();
    call.end();
    await page.locator('[data-ended="flow-hung-up"]').waitFor();
    expect(await page.locator('[aria-current=step]').count()).toBe(0);
    expect(problems.filter((problem) => !problem.includes('WebSocket'))).toEqual([]);
  });

  it('misses nothing when the engine goes away and comes back', async () => {
    const { page, endpoint } = await member();
    const call = engine.call(endpoint);
    tellDealerLookup(call, 'menu');
    await page.locator('[data-node=top][data-current]').waitFor();
    const before = await page.locator('[data-kind]').count();
    await engine.restart();
    call.tell('digits', { node: 'top', digits: '9', length: 1, end: 'no-match' });
    await page.getByText('Not among the choices:').waitFor();
    expect(await page.locator('[data-kind]').count()).toBe(before + 1);
  });

  it('shows a call that is up already after a reload, and begins anew with the next', async () => {
    const { page, endpoint } = await member();
    tellDealerLookup(engine.call(endpoint), 'menu');
    await page.locator('[data-node=top][data-current]').waitFor();
    await page.reload();
    await page.locator('[data-node=top][data-current]').waitFor();
    const next = engine.call(endpoint, '1001', 'dealer-lookup');
    next.tell('node-entered', { flow: 'dealer-lookup', node: 'ask', type: 'collect' });
    await page.locator('[data-node=ask][data-current]').waitFor();
    expect(await page.locator('[data-node=top]').count()).toBe(0);
  });

  it('shows nobody else’s calls', async () => {
    const { page, endpoint } = await member();
    const other = await engine.login();
    tellDealerLookup(engine.call(other.endpoint), 'menu');
    engine.call(endpoint).tell('node-entered', { flow: 'main-menu', node: 'mine', type: 'say' });
    await page.locator('[data-node=mine]').waitFor();
    expect(await page.locator('[data-node]').count()).toBe(1);
  });
});

describe('around the pages', () => {
  it('says so at an address that is none', async () => {
    const { page } = await member();
    await page.goto(`${engine.url}/nowhere`);
    await title(page, 'No such page');
    await page.getByRole('link', { name: 'To the start' }).click();
    await page.waitForURL(`${engine.url}/phone`);
  });

  it('says so when the engine does not answer, and goes on when it does', async () => {
    const { page } = await visit();
    const { cookie } = await engine.login();
    await page.context().addCookies([cookie]);
    await page.route('**/api/v1/auth/me', (route) => route.abort());
    await page.goto(`${engine.url}/phone`);
    await page.getByText('The engine cannot be reached').waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await page.unroute('**/api/v1/auth/me');
    await button(page, 'Try again').click();
    await title(page, 'Phone');
  });

  it('obeys the engine’s content policy to the letter: nothing comes from elsewhere', async () => {
    const { page, context } = await visit();
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(engine.url)) elsewhere.push(request.url());
    });
    const { cookie } = await engine.login();
    await context.addCookies([cookie]);
    const violations: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text());
    });
    await page.goto(`${engine.url}/phone`);
    await page.locator('[data-line="offline"]').waitFor();
    expect(elsewhere).toEqual([]);
    expect(violations).toEqual([]);
  });

  it('loads the softphone’s code with the phone page only', async () => {
    const { page } = await visit();
    const scripts: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('.js')) scripts.push(request.url());
    });
    await page.goto(engine.url);
    await title(page, 'Log in');
    expect(scripts.some((url) => url.includes('softphone'))).toBe(false);
    await logIn(page, 'admin', PASSWORD);
    await title(page, 'Phone');
    await page.locator('[data-line="offline"]').waitFor();
    expect(scripts.some((url) => url.includes('softphone'))).toBe(true);
  });
});
