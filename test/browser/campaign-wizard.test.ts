import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { type House, openHouse } from '../http/house.ts';
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit, type VisitOptions } from '../kit/browser.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { builtWeb } from '../kit/web-build.ts';
import { windows1254 } from '../kit/windows-1254.ts';

const TEXTS = { tr, en };
const DESK = { width: 1280, height: 900, locale: 'en-US' } as const;
const CSV = 'text/csv';
/** As Turkish Excel saves it: windows-1254, semicolons, one number short of a digit, one twice. */
const ROWS = ['Müşteri Adı;CEP TEL;Borç Tutarı;Not', 'Ayşe Yılmaz;0555 000 00 01;1.250,50;', 'İsmail Şen;555 000 00 02;80,00;x'];
const SPOILT = ['Çağla Öz;555 000 00;10,00;', 'Ayşe Yılmaz;+90 555 000 00 01;1.250,50;', 'Işıl Ünal;0(555) 000 00 03;5,25;'];
const FILE = { name: 'Kasım hatırlatma.csv', mimeType: CSV, buffer: windows1254([...ROWS, ...SPOILT].join('\r\n')) };

let browser: TestBrowser;
let house: House;
let url: string;
const visits: Visit[] = [];

beforeAll(async () => {
  const webRoot = await builtWeb();
  [browser, house] = await Promise.all([openBrowser(), openHouse({ webRoot })]);
  url = await house.url();
});
afterEach(async () => {
  const { brand } = house.deps.config;
  for (const { id } of house.deps.imports.waiting(brand)) await house.deps.imports.discard(brand, id);
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

async function member(path: string, options: VisitOptions): Promise<Visit> {
  const opened = await browser.visit(options);
  visits.push(opened);
  const [cookie = '', value = ''] = (await house.browser('campaign-manager')).cookie.split('=');
  await opened.context.addCookies([{ name: cookie, value, url }]);
  await opened.page.goto(`${url}${path}`);
  return opened;
}

async function looksGood(page: Page, name: string): Promise<void> {
  await shot(page, name);
  expect(await accessFaults(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const choose = (page: Page, file: { name: string; mimeType: string; buffer: Buffer }) =>
  page.locator('input[type=file]').setInputFiles(file);
const count = (page: Page, name: string) => page.locator(`[data-count="${name}"] dd`).innerText();
const heading = (page: Page, header: string) => page.locator(`th[data-header="${header}"]`).getAttribute('data-column');

describe.each(LOOKS)('a campaign manager in $language at $width px', ({ language, name, ...look }) => {
  const text = TEXTS[language].campaigns;

  it('goes from a file of Turkish Excel to a campaign that runs', async () => {
    const list = `Kasım ${name}`;
    const { page, problems } = await member('/campaigns', look);
    await page.getByRole('link', { name: text.new, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: text.wizard.title, exact: true }).waitFor();
    await choose(page, FILE);
    await page.locator('[data-found]').getByText('windows-1254').waitFor();
    expect(await heading(page, 'Müşteri Adı')).toBe('name:text');
    expect(await heading(page, 'CEP TEL')).toBe('phone');
    expect(await heading(page, 'Borç Tutarı')).toBe('borc_tutari:money');
    await page.getByRole('cell', { name: 'İsmail Şen', exact: true }).waitFor();
    await page.getByLabel(text.wizard.meaning.replace('{{header}}', 'Not'), { exact: true }).selectOption('nothing');
    await page.locator('th[data-header="Not"][data-column=""]').waitFor();
    await page.getByLabel(text.wizard.listName, { exact: true }).fill(list);
    await looksGood(page, `wizard-preview-${name}`);
    await button(page, text.wizard.load).click();
    await page.getByRole('heading', { name: text.wizard.loads.live, exact: true }).waitFor();
    expect([await count(page, 'rows'), await count(page, 'added'), await count(page, 'duplicates'), await count(page, 'bad')]).toEqual([
      ...['5', '3', '1', '1'],
    ]);
    expect(await page.locator('tr[data-rejected]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-rejected')))).toEqual([
      ...['4', '5'],
    ]);
    await looksGood(page, `wizard-loaded-${name}`);
    await button(page, text.wizard.goOn).click();
    await page.getByRole('checkbox', { name: list, exact: true }).waitFor();
    expect(await page.getByRole('checkbox', { name: list, exact: true }).isChecked()).toBe(true);
    await looksGood(page, `wizard-people-${name}`);
    await button(page, text.wizard.next).click();
    await page.getByLabel(text.plan.flow, { exact: true }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(list);
    const monday = new Intl.DateTimeFormat(language, { weekday: 'long' }).format(Date.UTC(2026, 0, 5, 12));
    await page.getByLabel(text.plan.from.replace('{{day}}', monday), { exact: true }).fill('10:00');
    await page.getByLabel(text.plan.machines, { exact: true }).selectOption('message');
    await page.getByLabel(text.plan.machineFlow, { exact: true }).waitFor();
    await looksGood(page, `wizard-settings-${name}`);
    await page.getByLabel(text.plan.machines, { exact: true }).selectOption('hang-up');
    await page.getByRole('radio', { name: text.plan.classes.commercial }).check();
    await button(page, text.wizard.save).click();
    await page.locator('[data-problem="no-opt-out"]').waitFor();
    expect(await button(page, text.check.start).isDisabled()).toBe(true);
    await looksGood(page, `wizard-problem-${name}`);
    await button(page, text.check.back).click();
    await page.getByRole('radio', { name: text.plan.classes.informational }).check();
    await button(page, text.wizard.save).click();
    await page.getByRole('status').getByText(text.check.good).waitFor();
    await button(page, text.dry.run).click();
    await page.locator('[data-dry="callable"] dd', { hasText: '3' }).waitFor();
    expect(await page.locator('tr[data-verdict="call"]').count()).toBe(3);
    await looksGood(page, `wizard-check-${name}`);
    await button(page, text.check.start).click();
    await page.locator('[data-state="running"]').waitFor();
    const made = (await house.deps.campaigns.list()).find((one) => one.name === list);
    expect(made).toMatchObject({
      state: 'running',
      messageClass: 'informational',
      machines: { flow: null },
      hours: 'mon 10:00-20:00; tue-fri 09:00-20:00; sat 10:00-18:00',
    });
    expect(problems).toEqual([]);
  });
});

describe('the wizard', () => {
  const text = en.campaigns;

  it('keeps what was begun for whoever comes back: a file that was sent, a draft that was saved', async () => {
    const { page } = await member('/campaigns/new', DESK);
    await choose(page, { ...FILE, name: 'Aralik.csv' });
    await page.locator('[data-found]').waitFor();
    await page.goto(`${url}/campaigns/new`);
    await page.locator('[data-waiting]').getByRole('button', { name: text.wizard.goOn, exact: true }).click();
    await page.locator('[data-found]').waitFor();
    await button(page, text.wizard.load).click();
    await button(page, text.wizard.goOn).click();
    await button(page, text.wizard.next).click();
    await page.getByLabel(text.rate.callsPerSecond, { exact: true }).fill('7');
    await button(page, text.wizard.save).click();
    await page.getByRole('heading', { name: text.check.title, exact: true }).waitFor();
    await page.goto(`${url}/campaigns`);
    await page.getByRole('link', { name: 'Aralik', exact: true }).click();
    await page.getByRole('link', { name: text.prepare, exact: true }).click();
    await page.getByLabel(text.rate.callsPerSecond, { exact: true }).waitFor();
    expect(await page.getByLabel(text.rate.callsPerSecond, { exact: true }).inputValue()).toBe('7');
  });

  it('names the rows that were not taken in a file that opens in Excel', async () => {
    const { page } = await member('/campaigns/new', DESK);
    await choose(page, { ...FILE, name: 'Ocak.csv' });
    await button(page, text.wizard.load).click();
    const link = page.getByRole('link', { name: text.wizard.rejectedFile, exact: true });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv.startsWith('\uFEFF')).toBe(true);
    expect(csv).toMatch(/\n"?4"?;/);
  });

  it.each([
    ['a picture', 'resim.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48])],
    ['an empty file', 'bos.csv', Buffer.alloc(0)],
    ['quotes that are never closed', 'tirnak.csv', Buffer.from('ad;telefon\n"Ayşe;05550000001\n')],
  ])('says what is wrong with %s, and loads nothing', async (_, file, buffer) => {
    const { page } = await member('/campaigns/new', DESK);
    await choose(page, { name: file, mimeType: CSV, buffer });
    const alert = page.getByRole('alert').filter({ hasText: text.wizard.badFile });
    await alert.waitFor();
    expect((await alert.innerText()).length).toBeGreaterThan(text.wizard.badFile.length + 20);
    expect(house.deps.imports.waiting(house.deps.config.brand)).toEqual([]);
  });
});
