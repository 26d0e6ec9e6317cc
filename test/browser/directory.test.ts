import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/ports/stores.ts';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { type House, openHouse } from '../http/house.ts';
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit, type VisitOptions } from '../kit/browser.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { builtWeb } from '../kit/web-build.ts';

const TEXTS = { tr, en };
const DESK = { width: 1280, height: 900, locale: 'en-US' } as const;
const TEXT = en.directory;

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
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
  const { directory } = house.deps;
  for (const { id } of await directory.absences()) await directory.removeAbsence(id);
  for (const { id, kept } of await directory.list('person')) if (kept) await directory.removePerson(id);
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

async function open(role: Role, options: VisitOptions = DESK): Promise<Visit> {
  const [cookie = '', value = ''] = (await house.browser(role)).cookie.split('=');
  const opened = await browser.visit(options);
  visits.push(opened);
  await opened.context.addCookies([{ name: cookie, value, url }]);
  await opened.page.goto(`${url}/directory`);
  return opened;
}

const row = (page: Page, id: string) => page.locator(`tr[data-id="${id}"]`);
const deed = (page: Page, name: string, of: string) => page.getByRole('button', { name: `${name}: ${of}`, exact: true });

async function looksGood(page: Page, name: string): Promise<void> {
  await shot(page, name);
  expect(await accessFaults(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
}

describe('the directory', () => {
  it.each(LOOKS)(
    'shows departments, dealers and people with their order of attempts, in $language at $width px',
    async ({ language, name, ...look }) => {
      const text = TEXTS[language].directory;
      const { page, problems } = await open('supervisor', look);
      await page.getByRole('heading', { level: 1, name: TEXTS[language].pages.directory, exact: true }).waitFor();
      for (const kind of ['department', 'dealer', 'person'] as const) await page.getByRole('heading', { name: text.kinds[kind] }).waitFor();
      expect(await row(page, 'service').innerText()).toContain('Ayşe Kaya');
      const mobile = text.rungByKey.replace('{{what}}', '+90 5** *** ** 21').replace('{{seconds}}', '25');
      expect(await row(page, 'ayse-kaya').innerText()).toContain(mobile);
      expect(await row(page, 'ayse-kaya').innerText()).toContain(text.states.open);
      expect(await page.content()).not.toMatch(/5550000\d|555 000 00 2/);
      await looksGood(page, `directory-${name}`);

      await deed(page, text.away, 'Ayşe Kaya').click();
      await page.getByRole('dialog').getByLabel(text.until).waitFor();
      await looksGood(page, `directory-away-${name}`);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: text.add, exact: true }).click();
      await page.getByRole('dialog').getByLabel(text.telephones).waitFor();
      await looksGood(page, `directory-person-${name}`);
      expect(problems).toEqual([]);
    },
  );

  it('is kept with the keyboard alone: somebody is away, another is rung instead, and they are back', async () => {
    const { page, problems } = await open('supervisor');
    await deed(page, TEXT.away, 'Ayşe Kaya').focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(TEXT.until).fill('2099-01-01T18:00');
    // A year at most.
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    const tomorrow = new Date(Date.now() + 86_400_000);
    await dialog.getByLabel(TEXT.until).fill(`${tomorrow.toISOString().slice(0, 10)}T18:00`);
    await dialog.getByLabel(TEXT.instead).selectOption('person mehmet-oz');
    await dialog.getByLabel(TEXT.until).focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('region', { name: TEXT.absences }).getByText(TEXT.insteadIs.replace('{{name}}', 'Mehmet Öz')).waitFor();
    expect(await house.deps.directory.absences()).toMatchObject([
      { of: { kind: 'person', id: 'ayse-kaya' }, instead: { kind: 'person', id: 'mehmet-oz' } },
    ]);
    await deed(page, TEXT.back, 'Ayşe Kaya').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: TEXT.absences }).waitFor({ state: 'detached' });
    expect(await house.deps.directory.absences()).toEqual([]);
    // The browser tells of the absence that was refused.
    expect(problems).toEqual([expect.stringContaining('400 (Bad Request)')]);
  });

  it('takes a person in, shows only administrators the numbers in full, and takes the person out again', async () => {
    const { page } = await open('supervisor');
    await page.getByRole('button', { name: TEXT.add, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(TEXT.code).fill('deniz-ak');
    await dialog.getByRole('textbox', { name: TEXT.name, exact: true }).fill('Deniz Ak');
    await dialog.getByLabel(TEXT.telephones).fill('205\n0555 000 00 29');
    await dialog.getByRole('button', { name: TEXT.save, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await row(page, 'deniz-ak').getByText('+90 5** *** ** 29').waitFor();
    await deed(page, TEXT.edit, 'Deniz Ak').click();
    // Who sees them masked leaves them as they are, or writes them again.
    expect(await dialog.getByLabel(TEXT.telephones).inputValue()).toBe('');
    await dialog.getByLabel(TEXT.email).fill('deniz@example.com');
    await dialog.getByRole('button', { name: TEXT.save, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await row(page, 'deniz-ak').getByText('+90 5** *** ** 29').waitFor();
    expect(await house.deps.directory.list('person')).toContainEqual(
      expect.objectContaining({ id: 'deniz-ak', email: 'deniz@example.com' }),
    );

    const admin = (await open('admin')).page;
    await deed(admin, TEXT.edit, 'Deniz Ak').click();
    expect(await admin.getByRole('dialog').getByLabel(TEXT.telephones).inputValue()).toBe('205\n+905550000029');
    await admin.keyboard.press('Escape');
    await deed(admin, TEXT.remove, 'Deniz Ak').click();
    await admin.getByRole('dialog').getByRole('button', { name: TEXT.removeNow, exact: true }).click();
    await row(admin, 'deniz-ak').waitFor({ state: 'detached' });
    expect((await house.deps.directory.list('person')).map(({ id }) => id)).not.toContain('deniz-ak');
    // What stands in the file is taken out there.
    expect(await deed(admin, TEXT.remove, 'Ayşe Kaya').count()).toBe(0);
  });

  it('is read by agents, who change nothing', async () => {
    const { page } = await open('agent');
    await row(page, 'ayse-kaya').getByText('+90 5** *** ** 21').waitFor();
    expect(await page.getByRole('button', { name: TEXT.add, exact: true }).count()).toBe(0);
    expect(await deed(page, TEXT.away, 'Ayşe Kaya').count()).toBe(0);
  });
});
