import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Role } from '../../src/ports/stores.ts';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { type House, openHouse } from '../http/house.ts';
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit, type VisitOptions } from '../kit/browser.ts';
import { runningCampaign, STORY_CONTACTS, storyNumber } from '../kit/campaign-story.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { builtWeb } from '../kit/web-build.ts';

const TEXTS = { tr, en };
const DESK = { width: 1280, height: 900, locale: 'en-US' } as const;

let browser: TestBrowser;
let house: House;
let url: string;
let running: Campaign;
let names = 0;
const visits: Visit[] = [];

beforeAll(async () => {
  const webRoot = await builtWeb();
  [browser, house] = await Promise.all([openBrowser(), openHouse({ webRoot })]);
  url = await house.url();
});
beforeEach(async () => {
  names += 1;
  running = await runningCampaign(house, { name: `Kış lastiği ${names}` });
});
afterEach(async () => {
  if ((await house.deps.campaigns.emergency()) !== null) await house.deps.campaigns.liftEmergency('test');
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

async function member(path: string, role: Role, options: VisitOptions): Promise<Visit> {
  const opened = await browser.visit(options);
  visits.push(opened);
  const [cookie = '', value = ''] = (await house.browser(role)).cookie.split('=');
  await opened.context.addCookies([{ name: cookie, value, url }]);
  await opened.page.goto(`${url}${path}`);
  return opened;
}

async function looksGood(page: Page, name: string): Promise<void> {
  await shot(page, name);
  expect(await accessFaults(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
}

const row = (page: Page, campaign: Campaign) => page.locator(`tr[data-campaign="${campaign.id}"]`);
const state = (page: Page, is: string) => page.locator(`[data-state="${is}"]`).first();
const outcome = (page: Page, name: string) => page.locator(`tr[data-outcome="${name}"]`);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

describe.each(LOOKS)('the campaigns in $language at $width px', ({ language, name, ...look }) => {
  const text = TEXTS[language].campaigns;

  it('are listed with their state, how far they are and whom they reached', async () => {
    const { page, problems } = await member('/campaigns', 'campaign-manager', look);
    await page.getByRole('heading', { level: 1, name: TEXTS[language].pages.campaigns, exact: true }).waitFor();
    const line = row(page, running);
    await line.waitFor();
    expect(await line.locator('[data-state]').innerText()).toBe(text.states.running);
    expect(await line.locator('td').nth(3).innerText()).toBe('4');
    await looksGood(page, `campaigns-${name}`);
    await page.getByLabel(text.filter.name, { exact: true }).fill(`KIS LASTIGI ${names}`);
    await page.getByLabel(text.filter.state, { exact: true }).selectOption('draft');
    await page.getByText(text.noneSuch, { exact: true }).waitFor();
    await page.getByLabel(text.filter.state, { exact: true }).selectOption('running');
    await line.waitFor();
    expect(problems).toEqual([]);
  });

  it('are each watched while they run: figures that sum to the list, keys, chart, reasons, people', async () => {
    const { page, problems } = await member(`/campaigns/${running.id}`, 'campaign-manager', look);
    await page.getByRole('heading', { level: 1, name: running.name, exact: true }).waitFor();
    await outcome(page, 'all').waitFor();
    const counts = await page
      .locator('tr[data-outcome]')
      .evaluateAll((lines) => lines.map((line) => [line.getAttribute('data-outcome'), Number(line.getAttribute('data-count'))]));
    expect(Object.fromEntries(counts)).toEqual({
      ...{ delivered: 4, 'hung-up-early': 1, 'invalid-number': 1, pending: 4, 'waiting-retry': 2 },
      all: STORY_CONTACTS,
    });
    expect(await page.locator('[data-figure="heard"] dd').innerText()).toContain(language === 'tr' ? '%84' : '84%');
    expect(await page.locator('tr[data-choice]').evaluateAll((all) => all.map((one) => one.getAttribute('data-count')))).toEqual([
      '2',
      '1',
    ]);
    await page.locator('li[data-why="ready"]').getByText(text.why.codes.ready).waitFor();
    await page.getByRole('img', { name: text.course.title }).waitFor();
    await page.getByText(storyNumber(1), { exact: true }).waitFor();
    await looksGood(page, `campaign-live-${name}`);
    expect(problems).toEqual([]);
  });
});

describe('a campaign', () => {
  const text = en.campaigns;

  it('is paused, goes on, is made faster, and is stopped once that is confirmed', async () => {
    const { page } = await member(`/campaigns/${running.id}`, 'campaign-manager', DESK);
    await button(page, text.deeds.pause).click();
    await state(page, 'paused').waitFor();
    await page.locator('[data-why="not-running"]').waitFor();
    await button(page, text.deeds.resume).click();
    await state(page, 'running').waitFor();
    await page.getByLabel(text.rate.callsPerSecond, { exact: true }).fill('12');
    await button(page, text.rate.save).click();
    await expect.poll(async () => (await house.deps.campaigns.get(running.id)).callsPerSecond).toBe(12);
    await button(page, text.deeds.stop).click();
    await page.getByRole('dialog').getByText('are kept').waitFor();
    await looksGood(page, 'campaign-stop-en');
    await page.getByRole('dialog').getByRole('button', { name: text.now.stop, exact: true }).click();
    await state(page, 'stopped').waitFor();
    await button(page, text.deeds.cancel).click();
    await page.getByRole('dialog').getByRole('button', { name: text.now.cancel, exact: true }).click();
    await state(page, 'cancelled').waitFor();
    await outcome(page, 'cancelled').waitFor();
    expect(await outcome(page, 'cancelled').getAttribute('data-count')).toBe('6');
  });

  it('tells of a person everything that was tried, also in other campaigns, and nothing of a number it has not', async () => {
    const other = await runningCampaign(house, { name: 'Bahar bakımı' });
    const { page } = await member(`/campaigns/${running.id}`, 'campaign-manager', DESK);
    const search = page.getByLabel(text.contacts.number, { exact: true });
    await search.fill('0555 000 00 01');
    await page.keyboard.press('Enter');
    const found = page.locator('tr[data-contact]');
    await page.getByRole('link', { name: other.name, exact: true }).waitFor();
    await expect.poll(() => found.first().innerText()).toMatch(/Reached[\s\S]*0:17 · 100% heard · keys: 1 · shown: \+902125550010/);
    await search.fill('0555 000 00 99');
    await page.keyboard.press('Enter');
    await page.getByText(text.contacts.none, { exact: true }).waitFor();
    await search.fill('');
    await page.getByLabel(text.contacts.outcome, { exact: true }).selectOption('hung-up-early');
    await expect.poll(() => found.count()).toBe(1);
    await search.fill('yarın');
    await page.keyboard.press('Enter');
    await page.getByText(en.errors.request.invalid).waitFor();
  });

  it('shows its people’s numbers masked to those who did not bring them', async () => {
    const { page } = await member(`/campaigns/${running.id}`, 'supervisor', DESK);
    await page.locator('tr[data-contact]').first().waitFor();
    expect(await page.locator('main').innerText()).not.toContain(storyNumber(1));
  });
});

describe('the emergency stop', () => {
  it.each(LOOKS)(
    'stops everything at the second asking, and is told and lifted, in $language at $width px',
    async ({ language, name, ...look }) => {
      const text = TEXTS[language].campaigns;
      const { page } = await member('/campaigns', 'campaign-manager', look);
      await button(page, text.emergency.button).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(text.emergency.reason).fill('Yanlış dosya');
      await looksGood(page, `emergency-${name}`);
      expect(await house.deps.campaigns.emergency()).toBeNull();
      await page.keyboard.press('Enter');
      await page.locator('[data-emergency]').getByText('Yanlış dosya').waitFor();
      expect((await house.deps.campaigns.emergency())?.reason).toBe('Yanlış dosya');
      await row(page, running).getByRole('link').click();
      await page.locator('[data-why="emergency-stop"]').getByText(text.why.codes['emergency-stop']).waitFor();
      await looksGood(page, `emergency-on-${name}`);
      await button(page, text.emergency.lift).click();
      await dialog.getByRole('button', { name: text.emergency.liftNow, exact: true }).click();
      await page.locator('[data-emergency]').waitFor({ state: 'detached' });
      expect(await house.deps.campaigns.emergency()).toBeNull();
    },
  );

  it('and campaigns are not there for agents', async () => {
    const { page } = await member('/campaigns', 'agent', DESK);
    await page.getByRole('heading', { name: en.forbidden.title }).waitFor();
    expect(await page.getByRole('link', { name: en.pages.campaigns }).count()).toBe(0);
  });
});
