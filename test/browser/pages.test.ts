import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit, type VisitOptions } from '../kit/browser.ts';
import { ONE_TIME, PASSWORD, type PretendEngine, startPretendEngine } from './pretend-engine.ts';
import { tellDealerLookup } from './story.ts';

const SHOTS = path.resolve('var/screenshots');
const LANGUAGES = [
  { language: 'tr', locale: 'tr-TR' },
  { language: 'en', locale: 'en-US' },
] as const;
const SIZES = [
  { name: '1280', width: 1280, height: 900 },
  { name: '390', width: 390, height: 844 },
] as const;

let browser: TestBrowser;
let engine: PretendEngine;
const visits: Visit[] = [];

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  [browser, engine] = await Promise.all([openBrowser(), startPretendEngine()]);
});
afterEach(async () => {
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
});
afterAll(async () => {
  await browser?.close();
  await engine?.stop();
});

async function visit(options: VisitOptions = {}): Promise<Visit> {
  const opened = await browser.visit(options);
  visits.push(opened);
  return opened;
}

/** A visit by somebody who is logged in already. */
async function member(options: VisitOptions = {}) {
  const opened = await visit(options);
  const { cookie, endpoint } = await engine.login();
  await opened.context.addCookies([cookie]);
  return { ...opened, endpoint };
}

const shot = (page: Page, name: string) => page.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage: true });
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const feedIsLive = (page: Page) => page.waitForResponse((response) => response.url().includes('/phone/feed'));

describe.each(LANGUAGES)('pages in $language', ({ language, locale }) => {
  describe.each(SIZES)('at $name px', ({ name, width, height }) => {
    it('show the login, its errors, and nothing axe minds', async () => {
      const { page } = await visit({ locale, width, height });
      await page.goto(engine.url);
      await page.getByRole('button', { name: language === 'tr' ? 'Oturum aç' : 'Log in', exact: true }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      await shot(page, `login-${language}-${name}`);
      expect(await accessFaults(page)).toEqual([]);
      await page.locator('input[name=username]').fill('admin');
      await page.locator('input[name=password]').fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      await shot(page, `login-wrong-${language}-${name}`);
      expect(await accessFaults(page)).toEqual([]);
    });

    it('show the phone and a call in progress, and nothing axe minds', async () => {
      const { page, endpoint } = await member({ locale, width, height });
      const live = feedIsLive(page);
      await page.goto(`${engine.url}/phone`);
      await live;
      await shot(page, `phone-${language}-${name}`);
      expect(await accessFaults(page)).toEqual([]);
      const call = engine.call(endpoint);
      tellDealerLookup(call, 'dealer');
      await page.locator('[data-node=read][data-current]').waitFor();
      await shot(page, `phone-call-${language}-${name}`);
      expect(await accessFaults(page)).toEqual([]);
    });
  });
});
