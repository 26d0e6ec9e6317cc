import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CallId, makeId, type RecordingId } from '../../src/domain/ids.ts';
import type { ValueMap } from '../../src/domain/value.ts';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { WORDS } from '../../src/web/survey/words.ts';
import { type House, openHouse } from '../http/house.ts';
import { onCall } from '../kit/action-context.ts';
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit, type VisitOptions } from '../kit/browser.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { builtWeb } from '../kit/web-build.ts';

const TEXTS = { tr, en };
const PHONE = LOOKS.filter(({ width }) => width === 390);
const HOUR_MS = 3_600_000;

let browser: TestBrowser;
let house: House;
let url: string;
let moved = 0;
const visits: Visit[] = [];

beforeAll(async () => {
  const webRoot = await builtWeb();
  const clock = {
    now: () => Date.now() + moved,
    setTimer(ms: number, fire: () => void) {
      const timer = setTimeout(fire, ms);
      return () => clearTimeout(timer);
    },
  };
  [browser, house] = await Promise.all([openBrowser(), openHouse({ webRoot, clock })]);
  url = await house.url();
});
afterEach(async () => {
  moved = 0;
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

async function visit(options: VisitOptions): Promise<Visit> {
  const opened = await browser.visit(options);
  visits.push(opened);
  return opened;
}

/** Where a fresh link leads. */
async function link(survey: string, language: 'tr' | 'en'): Promise<string> {
  const order = { language, hours: 2, send: null, key: null, dealer: 'IST-001', agent: '100', campaign: '' };
  const made = await house.surveys.invite(survey, order);
  return `${url}/s/${made.url.split('/').at(-1)}`;
}

const heading = (page: Page, text: string) => page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor();
const answer = (page: Page, name: string, value: number) => page.locator(`input[name=${name}][value="${value}"]`).check({ force: true });
const send = (page: Page, language: 'tr' | 'en') => page.getByRole('button', { name: WORDS[language].send, exact: true }).click();

async function looksGood(page: Page, name: string): Promise<void> {
  await shot(page, name);
  expect(await accessFaults(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
}

describe.each(PHONE)('the page of a survey’s link in $language on a telephone', ({ language, name, ...look }) => {
  const words = WORDS[language];

  it('asks, shows the second question to whom it is for, is sent once, and says thanks', async () => {
    const survey = house.surveys.list().find(({ id }) => id === 'nps');
    if (survey === undefined) throw new Error('there is no survey nps');
    const { page, problems } = await visit(look);
    const address = await link('nps', language);
    await page.goto(address);
    await heading(page, survey.title[language]);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await page.getByRole('radio').count()).toBe(11);
    await looksGood(page, `survey-${name}`);
    await send(page, language);
    await page.getByRole('alert').getByText(words.required).waitFor();
    await looksGood(page, `survey-missing-${name}`);
    await answer(page, 'score', 10);
    expect(await page.locator('input[name=reason]').count()).toBe(0);
    await answer(page, 'score', 3);
    await answer(page, 'reason', 2);
    await page.locator('textarea').fill('Beni 0555 000 00 17 numarasından arayın, çok bekledim.');
    await looksGood(page, `survey-filled-${name}`);
    await send(page, language);
    await heading(page, words.thanks);
    await page.getByText(survey.thanks[language]).waitFor();
    await looksGood(page, `survey-thanks-${name}`);
    expect(problems).toEqual([]);
    await page.goto(address);
    await heading(page, words.used[0]);
    await looksGood(page, `survey-used-${name}`);
    const [comment] = await house.surveys.comments('nps', { from: 0, to: Date.now() + HOUR_MS, limit: 1 });
    expect(comment).toMatchObject({ score: 3, text: expect.stringContaining('çok bekledim') as string, channel: 'web', language });
  });

  it('can be answered with the keyboard alone', async () => {
    const { page } = await visit(look);
    await page.goto(await link('csat', language));
    await page.getByRole('radio').first().focus();
    await page.keyboard.press('Space');
    for (let n = 1; n < 5; n += 1) await page.keyboard.press('ArrowRight');
    expect(await page.locator('input[name=satisfaction]:checked').getAttribute('value')).toBe('5');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await heading(page, words.thanks);
  });

  it('says what is wrong with a link that expired or was changed', async () => {
    const { page } = await visit(look);
    const address = await link('nps', language);
    await page.goto(`${address.slice(0, -1)}${address.endsWith('A') ? 'B' : 'A'}`);
    await heading(page, words.invalid[0]);
    await looksGood(page, `survey-invalid-${name}`);
    moved = 3 * HOUR_MS;
    await page.goto(address);
    await heading(page, words.expired[0]);
    await looksGood(page, `survey-expired-${name}`);
  });

  it('keeps what was answered when the engine is away, and can be sent again', async () => {
    const { page } = await visit(look);
    await page.goto(await link('easy', language));
    await answer(page, 'ease', 7);
    await page.route('**/api/v1/survey-links/**', (route) => route.abort());
    await send(page, language);
    await page.getByRole('alert').getByText(words.trouble[0]).waitFor();
    await page.unroute('**/api/v1/survey-links/**');
    await send(page, language);
    await heading(page, words.thanks);
  });
});

it('the page of a link changes its language, and is read in the dark', async () => {
  const { page } = await visit({ locale: 'en-US', width: 390, height: 844, scheme: 'dark' });
  await page.goto(await link('nps', 'tr'));
  await heading(page, 'Tavsiye anketi');
  await looksGood(page, 'survey-dark-tr-390');
  await page.getByRole('button', { name: WORDS.tr.other, exact: true }).click();
  await heading(page, 'Recommendation survey');
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
});

it('the page of a link brings nothing of the other pages along', async () => {
  const { page } = await visit({ width: 390, height: 844 });
  const loaded: string[] = [];
  page.on('response', (response) => loaded.push(new URL(response.url()).pathname));
  await page.goto(await link('nps', 'tr'));
  await heading(page, 'Tavsiye anketi');
  expect(loaded.filter((path) => path.startsWith('/api')).map((path) => path.split('/').slice(0, 4).join('/'))).toEqual([
    '/api/v1/survey-links',
  ]);
  expect(loaded.filter((path) => /index|phone|services/.test(path))).toEqual([]);
});

/** Answers by telephone of some dealers, a spoken comment among them. */
async function telephoned(): Promise<void> {
  const scores = [10, 10, 9, 8, 7, 3, 10, 9, 6, 10];
  for (const [index, score] of scores.entries()) {
    const callId: CallId = house.newCall().id;
    const context = onCall(callId, house.deps.config.brand);
    const tags = { dealer: index % 3 === 0 ? 'ANK-1' : 'IST-001', agent: index % 2 === 0 ? '100' : '101' };
    const act = (name: string, params: ValueMap) => house.surveys.actions[name]?.({ survey: 'nps', language: 'tr', ...params }, context);
    moved = -(scores.length - index) * 20 * HOUR_MS;
    await act('surveys.begin', tags);
    await act('surveys.answer', { question: 'score', answer: String(score) });
    if (index !== 0) continue;
    const recording = await kept(callId);
    await act('surveys.answer', { question: 'comment', answer: { name: recording, seconds: 1 } });
  }
  moved = 0;
}

/** A recording of a second, as the call's flow keeps it. */
async function kept(callId: CallId): Promise<RecordingId> {
  const call = house.newCall({ id: callId });
  const id = makeId('recording', Date.now(), []);
  const made = { id, kind: 'comment', flow: 'nps', node: 'ask-comment', language: 'tr', durationMs: 1000 } as const;
  const times = { createdAt: call.startedAt, keepUntil: Date.now() + HOUR_MS, heardAt: null, heardBy: null };
  await house.stores.calls.commit({
    call,
    legs: [],
    session: null,
    entries: [],
    recordings: [{ ...made, ...times, brand: call.brand, callId }],
  });
  await writeFile(path.join(house.dir, `${id}.wav`), tone());
  return id;
}

/** A second of silence as a WAV of 8 kHz, 16 bit. */
function tone(): Buffer {
  const samples = 8000;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples * 2, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(16_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples * 2, 40);
  return Buffer.concat([header, Buffer.alloc(samples * 2)]);
}

describe('the page of the surveys', () => {
  beforeAll(telephoned);

  it.each(LOOKS)(
    'shows figures with their formulas, the trend and the comments in $language at $width px',
    async ({ language, name, ...look }) => {
      const text = TEXTS[language].surveys;
      const { page, context, problems } = await visit(look);
      const [cookie = '', value = ''] = (await house.browser('supervisor')).cookie.split('=');
      await context.addCookies([{ name: cookie, value, url }]);
      await page.goto(`${url}/surveys`);
      await heading(page, TEXTS[language].pages.surveys);
      await page.locator('select').first().selectOption('nps');
      const figure = page.locator(`[data-figure="${text.score}"]`);
      await figure.getByText(text.formula.score).waitFor();
      await page.locator(`[data-figure="${text.responseRate}"]`).getByText(text.formula.responseRate).waitFor();
      await page.getByRole('img', { name: new RegExp(`^${text.trend}`) }).waitFor();
      await page.getByRole('cell', { name: 'ANK-1', exact: true }).waitFor();
      await page.locator('audio').first().waitFor();
      await looksGood(page, `surveys-${name}`);
      await page.getByRole('button', { name: text.makeLink, exact: true }).click();
      expect(await page.getByLabel(text.link, { exact: true }).inputValue()).toMatch(/^https:\/\/santral\.example\.com\/s\/[\w.-]+$/);
      await looksGood(page, `surveys-link-${name}`);
      expect(problems).toEqual([]);
    },
  );

  it('plays a spoken comment', async () => {
    const { page, context } = await visit({ width: 1280, height: 900 });
    const [cookie = '', value = ''] = (await house.browser('supervisor')).cookie.split('=');
    await context.addCookies([{ name: cookie, value, url }]);
    await page.goto(`${url}/surveys`);
    await page.locator('select').first().selectOption('nps');
    const audio = page.locator('audio').first();
    await audio.waitFor();
    const played = await audio.evaluate(async (element: HTMLAudioElement) => {
      await element.play();
      return element.duration;
    });
    expect(played).toBeCloseTo(1, 1);
  });

  it('shows a dash where there is nothing, never 0', async () => {
    const { page, context } = await visit({ width: 1280, height: 900 });
    const [cookie = '', value = ''] = (await house.browser('supervisor')).cookie.split('=');
    await context.addCookies([{ name: cookie, value, url }]);
    moved = 100 * 24 * HOUR_MS;
    await page.clock.setFixedTime(Date.now() + moved);
    moved = 0;
    await page.goto(`${url}/surveys`);
    await page.locator('select').first().selectOption('nps');
    const figure = page.locator(`[data-figure="${en.surveys.score}"]`);
    await figure.getByText('–', { exact: true }).waitFor();
    expect(await figure.innerText()).not.toMatch(/^0$/m);
  });

  it('is refused to agents in so many words', async () => {
    const { page, context } = await visit({ width: 1280, height: 900 });
    const [cookie = '', value = ''] = (await house.browser('agent')).cookie.split('=');
    await context.addCookies([{ name: cookie, value, url }]);
    await page.goto(`${url}/surveys`);
    await page.getByRole('heading', { name: en.forbidden.title }).waitFor();
  });
});
