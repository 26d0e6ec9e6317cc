import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/ports/stores.ts';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { type House, openHouse } from '../http/house.ts';
import { callsOf } from '../http/report-calls.ts';
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit, type VisitOptions } from '../kit/browser.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { builtWeb } from '../kit/web-build.ts';

const TEXTS = { tr, en };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Monday, 12:00 in Istanbul. */
const NOON = Date.parse('2026-03-02T09:00:00Z');

let browser: TestBrowser;
let house: House;
let url: string;
const visits: Visit[] = [];

beforeAll(async () => {
  const webRoot = await builtWeb();
  [browser, house] = await Promise.all([openBrowser(), openHouse({ webRoot })]);
  url = await house.url();
  const { id: agent } = await house.addUser('deniz', 'agent');
  const profile = { userId: agent, displayName: 'Deniz Yılmaz', language: 'tr', place: { kind: 'web' }, skills: {}, queues: ['support'] };
  await house.deps.agents.put(profile as never);
  const calls = [0, 1, 2, 5, 6].flatMap((hour) => [
    ...callsOf(house, agent, 9 - hour, NOON + hour * HOUR, 'answered', (5 + 6 * hour) * 1000),
    ...callsOf(house, agent, hour + 1, NOON + hour * HOUR + 30 * MINUTE, 'abandoned', 30_000),
  ]);
  const { brand } = house.deps.config;
  const gap = { id: house.ids.next('acdEvent'), brand, at: NOON + 5 * HOUR, kind: 'gap', from: NOON + 3 * HOUR } as const;
  await house.stores.floor.write({ events: [...calls, gap], agents: [], waits: [], endedWaits: [], lastTalks: [] });
});
afterEach(async () => {
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

async function reports(role: Role, options: VisitOptions): Promise<Visit> {
  const opened = await browser.visit(options);
  visits.push(opened);
  const [cookie = '', value = ''] = (await house.browser(role)).cookie.split('=');
  await opened.context.addCookies([{ name: cookie, value, url }]);
  await opened.page.goto(`${url}/reports`);
  return opened;
}

async function onTheDay(page: Page, text: typeof en.reports): Promise<void> {
  await page.getByLabel(text.to, { exact: true }).fill('2026-03-02');
  await page.getByLabel(text.from, { exact: true }).fill('2026-03-02');
  await page.locator('[data-figure="offered"] dd', { hasText: '50' }).waitFor();
}

async function looksGood(page: Page, name: string): Promise<void> {
  await shot(page, name);
  expect(await accessFaults(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
}

const figure = (page: Page, id: string) => page.locator(`[data-figure="${id}"] dd`).innerText();

describe.each(LOOKS)('the reports in $language at $width px', ({ language, name, ...look }) => {
  const text = TEXTS[language].reports;

  it('show figures with formulas, the chart, the table, and how talks were closed', async () => {
    const { page, problems } = await reports('supervisor', look);
    await page.getByRole('heading', { level: 1, name: TEXTS[language].pages.reports, exact: true }).waitFor();
    await onTheDay(page, text);
    expect(await figure(page, 'service-level')).toContain('A_T / (A + Ab − Ab_s)');
    expect(await figure(page, 'aht')).toContain(language === 'tr' ? 'konuşma' : 'talk');
    expect(await page.locator('[data-line="1"] circle').count()).toBe(5);
    await page.locator('[data-row="support"]').first().waitFor();
    await looksGood(page, `reports-queues-${name}`);
    await page.getByRole('tab', { name: text.tabs.agents, exact: true }).click();
    await page.locator('[data-figure="occupancy"]').waitFor();
    await page.getByRole('cell', { name: 'Deniz Yılmaz' }).first().waitFor();
    await looksGood(page, `reports-agents-${name}`);
    await page.getByRole('tab', { name: text.tabs.dispositions, exact: true }).click();
    await page.getByRole('cell', { name: '=sale' }).waitFor();
    await looksGood(page, `reports-dispositions-${name}`);
    expect(problems).toEqual([]);
  });

  it('reckon how many agents are needed', async () => {
    const { page } = await reports('supervisor', look);
    await page.getByRole('tab', { name: text.tabs.staffing, exact: true }).click();
    await page.locator('[data-agents="14"]', { hasText: text.staffing.thisMany.replace('{{count}}', '14') }).waitFor();
    expect(await page.locator('[data-agents="10"]').innerText()).toContain(text.staffing.unstable);
    await page.getByLabel(text.staffing.patience, { exact: true }).fill('120');
    await page.locator('[data-agents="12"]', { hasText: language === 'tr' ? '%6,2' : '6.2%' }).waitFor();
    await looksGood(page, `reports-staffing-${name}`);
  });
});

describe('the reports', () => {
  const text = en.reports;

  it('by the keyboard alone: another interval, another figure, another formula', async () => {
    const { page } = await reports('admin', { locale: 'en-US' });
    await onTheDay(page, text);
    await page.getByRole('radio', { name: text.intervals.quarter }).focus();
    await page.keyboard.press('Space');
    await page.locator('[data-line="1"] circle').nth(9).waitFor();
    await page.getByRole('combobox', { name: text.level }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('[data-figure="service-level"] small').getByText('A_T / A', { exact: true }).waitFor();
    await page.getByRole('combobox', { name: text.figure }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: /Answered \(A\) over time/ }).waitFor();
  });

  it('mark where the engine was away', async () => {
    const { page } = await reports('supervisor', { locale: 'en-US' });
    await onTheDay(page, text);
    await page.getByText('The engine was away for 120 min', { exact: true }).waitFor();
    expect(await page.locator('svg[role=img] rect').count()).toBe(2);
  });

  it('are downloaded as CSV in the language of the page, and as a workbook', async () => {
    const { page } = await reports('supervisor', { locale: 'tr-TR' });
    await onTheDay(page, tr.reports);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: tr.reports.csv }).click()]);
    expect(download.suggestedFilename()).toBe('santral-queues-2026-03-02-2026-03-02.csv');
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv.startsWith('\uFEFFBaşlangıç;Bitiş;Ad;')).toBe(true);
    expect(csv.split('\r\n')[1]).toMatch(/^2026-03-02 12:00;2026-03-02 13:00;[^;]+;10;9;9;90;/);
    const [book] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: tr.reports.xlsx }).click()]);
    expect((await readFile(await book.path())).subarray(0, 2).toString()).toBe('PK');
  });

  it('say what is wrong with a span that is too long', async () => {
    const { page } = await reports('supervisor', { locale: 'en-US' });
    await page.getByLabel(text.from, { exact: true }).fill('2025-01-01');
    await page.getByRole('alert').first().waitFor();
  });

  it('are not there for agents', async () => {
    const { page } = await reports('agent', { locale: 'en-US' });
    await page.getByRole('heading', { name: en.forbidden.title }).waitFor();
  });
});
