import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser } from '../kit/browser.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { guestsOf } from './guests.ts';
import { type PretendEngine, startPretendEngine } from './pretend-engine.ts';
import { tellDealerLookup } from './story.ts';

const TEXTS = { tr, en };
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
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });

describe.each(LOOKS)('the pages in $language at $width px', ({ language, name, ...look }) => {
  const text = TEXTS[language];

  it('show the login and its error', async () => {
    const { page } = await visit(look);
    await page.goto(engine.url);
    await title(page, text.login.title);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await page.title()).toBe(`${text.login.title} · Santral`);
    await shot(page, `login-${name}`);
    expect(await accessFaults(page)).toEqual([]);
    await page.locator('input[name=username]').fill('admin');
    await page.locator('input[name=password]').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText(text.errors.auth['bad-credentials']).waitFor();
    await shot(page, `login-wrong-${name}`);
    expect(await accessFaults(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
  });

  it('show a call in progress and its end', async () => {
    const { page, endpoint } = await member(look);
    await page.getByText(text.feed.empty).waitFor();
    expect(await accessFaults(page)).toEqual([]);
    tellDealerLookup(engine.call(endpoint), 'dealer');
    await page.locator('[data-node=read][data-current]').waitFor();
    expect(await accessFaults(page)).toEqual([]);
    tellDealerLookup(engine.call(endpoint));
    await page.locator('[data-ended="flow-hung-up"]').waitFor();
    await shot(page, `flow-ended-${name}`);
    expect(await accessFaults(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
  });

  it('show the new password’s form and its faults', async () => {
    const due = await startPretendEngine({ passwordDue: true });
    try {
      const { page } = await visit(look);
      const { cookie } = await due.login();
      await page.context().addCookies([cookie]);
      await page.goto(due.url);
      await title(page, text.password.title);
      await field(page, text.password.next).fill('kısa');
      await page.keyboard.press('Enter');
      await page.getByText(text.password.different).waitFor();
      await shot(page, `password-${name}`);
      expect(await accessFaults(page)).toEqual([]);
      expect(await overflows(page)).toBe(false);
    } finally {
      await due.stop();
    }
  });
});

describe('the dark scheme', () => {
  it.each(LOOKS.filter(({ language }) => language === 'tr'))('can be read at $width px', async ({ name, ...look }) => {
    const { page } = await visit({ ...look, scheme: 'dark' });
    await page.goto(engine.url);
    await title(page, tr.login.title);
    await shot(page, `login-dark-${name}`);
    expect(await accessFaults(page)).toEqual([]);
    const inside = await member({ ...look, scheme: 'dark' });
    tellDealerLookup(engine.call(inside.endpoint), 'dealer');
    await inside.page.locator('[data-node=read][data-current]').waitFor();
    await shot(inside.page, `phone-dark-${name}`);
    expect(await accessFaults(inside.page)).toEqual([]);
  });
});
