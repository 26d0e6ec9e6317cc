import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type VisitOptions } from '../kit/browser.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { guestsOf } from './guests.ts';
import { type PretendEngine, startPretendEngine } from './pretend-engine.ts';

const TEXTS = { tr, en };
const MP3 = 'test/speech/uploads/merhaba.mp3';
let browser: TestBrowser;
let engine: PretendEngine;
const { visit, leave } = guestsOf(
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

async function prompts(options: VisitOptions = {}): Promise<Page> {
  const { page, context } = await visit(options);
  const { cookie } = await engine.login();
  await context.addCookies([cookie]);
  await page.goto(`${engine.url}/prompts`);
  await page.locator('[data-prompt="main.menu"]').waitFor();
  return page;
}
const cell = (page: Page, key: string, language: 'tr' | 'en') => page.locator(`[data-prompt="${key}"] [data-language="${language}"]`);
const shown = (page: Page) => page.locator('[data-prompt]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-prompt')));

describe.each(LOOKS)('the page of prompts in $language at $width px', ({ language, name, ...look }) => {
  const text = TEXTS[language];

  it('can be read, and shows what is wrong', async () => {
    const page = await prompts(look);
    await page.getByText(text.prompts.absent).waitFor();
    await page.getByText(text.emergency.more).click();
    await shot(page, `prompts-${name}`);
    expect(await accessFaults(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await cell(page, 'main.menu', 'tr')
      .locator('input[type=file]')
      .setInputFiles({ name: 'x.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('no sound') });
    await page.getByRole('alert').getByText(text.errors.audio['not-audio']).waitFor();
    await shot(page, `prompts-refused-${name}`);
    expect(await accessFaults(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
  });
});

describe('the list', () => {
  it('is searched in keys, texts and flows, without minding marks, and filtered', async () => {
    const page = await prompts();
    const search = page.getByLabel('Search prompts');
    await search.fill('HOSCA');
    expect(await shown(page)).toEqual(['general.goodbye']);
    await search.fill('night');
    expect(await shown(page)).toEqual(['main.menu']);
    await search.fill('nothing such');
    await page.getByText('No prompt matches.').waitFor();
    await search.fill('');
    await page.getByText('Missing translation', { exact: true }).click();
    expect(await shown(page)).toEqual(['main.only-turkish']);
    await page.getByText('Unused', { exact: true }).click();
    expect(await shown(page)).toEqual(['main.unused']);
    await page.getByText('Showing 1 of 5 prompts').waitFor();
  });

  it('tells flows and nodes, and is reached by keyboard', async () => {
    const page = await prompts();
    const row = page.locator('[data-prompt="main.menu"]');
    await row.getByText('Used in 2 flows').focus();
    await page.keyboard.press('Enter');
    await row.getByText('main-menu: menu, again').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Play main.menu in Turkish');
  });
});

describe('a prompt', () => {
  it('is played in both languages, one at a time', async () => {
    const page = await prompts();
    const heard = page.waitForResponse((response) => response.url().endsWith('/prompts/main.menu/audio/tr'));
    await page.getByRole('button', { name: 'Play main.menu in Turkish' }).click();
    expect((await heard).headers()['content-type']).toBe('audio/wav');
    await page.getByRole('button', { name: 'Stop main.menu' }).waitFor();
    await page.getByRole('button', { name: 'Play main.menu in English' }).click();
    // It ends by itself, and the button is there again.
    await page.getByRole('button', { name: 'Play main.menu in Turkish' }).waitFor();
    await page.getByRole('button', { name: 'Play main.menu in English' }).waitFor();
  });

  it('is recorded by a file, heard at once, and given back to the voice', async () => {
    const page = await prompts();
    const german = cell(page, 'main.menu', 'en');
    await german.locator('input[type=file]').setInputFiles(MP3);
    await german.getByText('The new recording is in force.').waitFor();
    await german.getByText(/Uploaded by admin/).waitFor();
    const heard = page.waitForResponse((response) => response.url().endsWith('/prompts/main.menu/audio/en'));
    await page.getByRole('button', { name: 'Play main.menu in English' }).click();
    expect((await heard).headers()['x-santral-source']).toBe('recording');
    await page.getByRole('button', { name: 'Remove the recording of main.menu in English' }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await german.getByText(/Uploaded by admin/).waitFor();
    await page.getByRole('button', { name: 'Remove the recording of main.menu in English' }).click();
    await page.getByRole('button', { name: 'Yes, remove it' }).click();
    await german.getByText('Synthetic voice').waitFor();
  });

  it('is recorded by dropping a file on its language', async () => {
    const page = await prompts();
    const target = cell(page, 'main.unused', 'tr');
    const dropped = await page.evaluateHandle(
      (bytes) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], 'kayıt.mp3'));
        return data;
      },
      [...readFileSync(MP3)],
    );
    await target.dispatchEvent('dragover', { dataTransfer: dropped });
    await target.getByText('Drop the recording here').waitFor();
    await target.dispatchEvent('drop', { dataTransfer: dropped });
    await target.getByText(/Uploaded by admin/).waitFor();
  });

  it('that speaks values takes no recording', async () => {
    const page = await prompts();
    await cell(page, 'main.count', 'tr')
      .getByText(/It speaks values of the call/)
      .waitFor();
    expect(await page.getByRole('button', { name: 'Upload a recording of main.count in Turkish' }).count()).toBe(0);
  });

  it('says so when the engine does not answer', async () => {
    const page = await prompts();
    await page.route('**/recordings/**', (route) => route.abort());
    await cell(page, 'general.goodbye', 'tr').locator('input[type=file]').setInputFiles(MP3);
    await page.getByRole('alert').getByText('The engine does not answer.').waitFor();
  });
});

describe('the emergency announcement', () => {
  it('is switched on and off, with words of its own, and has a PIN for the telephone', async () => {
    const page = await prompts();
    await page.getByText('Text, end and telephone PIN').click();
    await page.getByLabel('Text in Turkish').fill('Bugün kapalıyız.');
    await page.getByRole('button', { name: 'Turn it on' }).click();
    await page.getByText('Every caller hears it first.').waitFor();
    await page.getByText(/Last changed by admin/).waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await shot(page, 'prompts-emergency-on');
    await page.reload();
    await page.getByText('Text, end and telephone PIN').click();
    expect(await page.getByLabel('Text in Turkish').inputValue()).toBe('Bugün kapalıyız.');
    const pin = page.getByLabel('Telephone PIN', { exact: true });
    await pin.fill('123456');
    await page.getByRole('button', { name: 'Save the PIN' }).click();
    await page.getByText('6 to 10 digits, not all the same nor in a row.').waitFor();
    await pin.fill('482913');
    await page.getByRole('button', { name: 'Save the PIN' }).click();
    await page.getByText('The PIN was saved.').waitFor();
    expect(await pin.inputValue()).toBe('');
    await page.getByRole('button', { name: 'Turn it off' }).click();
    await page.getByText('Nobody hears it.').waitFor();
  });
});
