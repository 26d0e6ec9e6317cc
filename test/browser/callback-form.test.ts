import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Callback } from '../../src/domain/callback.ts';
import { WORDS } from '../../src/web/embed/words.ts';
import { type House, openHouse } from '../http/house.ts';
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit, type VisitOptions } from '../kit/browser.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { builtWeb } from '../kit/web-build.ts';

const PHONE = LOOKS.filter(({ width }) => width === 390);
const TITLES = { tr: 'Sizi arayalım', en: 'We call you' } as const;
const HOUR_MS = 3_600_000;
const MIN_MS = 400;

let browser: TestBrowser;
let house: House;
let url: string;
let moved = 0;
let closedUntil: number | null = null;
const servers: Server[] = [];
const visits: Visit[] = [];

/** A shop's own page with a strict policy: it lets the engine's script run and ask the engine, and nothing else. */
async function shop(): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname !== '/') return void response.writeHead(404).end();
    const language = searchParams.get('lang') === 'en' ? 'en' : 'tr';
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${url}; connect-src ${url}; img-src data:`,
    });
    response.end(`<!doctype html><html lang="${language}"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><title>Shop</title></head>
      <body><main><h1>Shop</h1><script src="${url}/embed/callback.js" data-form="call-me" data-lang="${language}"></script></main></body></html>`);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

let allowed: string;
let stranger: string;

beforeAll(async () => {
  const webRoot = await builtWeb();
  const clock = {
    now: () => Date.now() + moved,
    setTimer(ms: number, fire: () => void) {
      const timer = setTimeout(fire, ms);
      return () => clearTimeout(timer);
    },
  };
  [allowed, stranger] = await Promise.all([shop(), shop()]);
  const callbackHours = (at: number) => ({ open: closedUntil === null || at >= closedUntil, until: closedUntil });
  const formSettings = { minMs: MIN_MS };
  [browser, house] = await Promise.all([openBrowser(), openHouse({ webRoot, clock, formSettings, formOrigins: [allowed], callbackHours })]);
  url = await house.url();
});
afterEach(async () => {
  moved = 0;
  closedUntil = null;
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
  for (const { id } of await open()) await house.deps.callbacks.close(id, 'test');
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
  for (const server of servers) server.close();
});

async function visit(options: VisitOptions): Promise<Visit> {
  const opened = await browser.visit(options);
  visits.push(opened);
  return opened;
}

const open = (): Promise<readonly Callback[]> => house.stores.callbacks.open(house.deps.config.brand);
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
const send = (page: Page, language: 'tr' | 'en') => page.getByRole('button', { name: WORDS[language].send, exact: true }).click();
const number = (page: Page, language: 'tr' | 'en') => page.getByLabel(WORDS[language].number);

async function looksGood(page: Page, name: string): Promise<void> {
  await shot(page, name);
  expect(await accessFaults(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
}

describe.each(PHONE)('a form in a page of another origin in $language on a telephone', ({ language, name, ...look }) => {
  const words = WORDS[language];

  it('asks, says in words what is missing or wrong, is sent, and says thanks', async () => {
    const { page, problems } = await visit(look);
    await page.goto(`${allowed}/?lang=${language}`);
    await heading(page, TITLES[language]);
    await looksGood(page, `callback-form-${name}`);

    await send(page, language);
    await page.getByText(words.noNumber, { exact: true }).waitFor();
    await page.getByText(words.noConsent, { exact: true }).waitFor();
    const isFocused = await number(page, language).evaluate((field) => (field.getRootNode() as ShadowRoot).activeElement === field);
    expect(isFocused).toBe(true);
    await looksGood(page, `callback-form-missing-${name}`);

    await number(page, language).fill('0900 123 45 67');
    await page.getByRole('checkbox').check();
    await page.getByLabel(words.name).fill('<b>Ayşe</b> "Yılmaz"');
    await page.getByLabel(words.topic).selectOption({ index: 1 });
    await send(page, language);
    await page.getByText(words.noNumber, { exact: true }).waitFor();
    expect(await number(page, language).getAttribute('aria-invalid')).toBe('true');
    expect(await open()).toEqual([]);

    await number(page, language).fill('(0555) 000-00-17');
    await looksGood(page, `callback-form-filled-${name}`);
    await send(page, language);
    await heading(page, words.thanks);
    await page.getByText(words.soonCalled).waitFor();
    await page.getByText(words.never).waitFor();
    await looksGood(page, `callback-form-thanks-${name}`);
    const [entry, ...others] = await open();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ number: '+905550000017', origin: 'form', language, count: 1 });
    expect(entry?.about).toMatch(/^<b>Ayşe<\/b> "Yılmaz" · (Fiyat teklifi|An offer)$/);
    expect(await house.deps.callbackForms.ofCallback(entry?.id as Callback['id'])).toMatchObject([
      { origin: allowed, language, topic: 'offer' },
    ]);
    // What the engine refuses is told by the browser; nothing else went wrong.
    expect(problems.filter((problem) => !problem.includes('400'))).toEqual([]);
  });

  it('offers the hours at which people are called, when nobody is called now', async () => {
    closedUntil = Math.ceil((Date.now() + 5 * HOUR_MS) / HOUR_MS) * HOUR_MS;
    const { page } = await visit(look);
    await page.goto(`${allowed}/?lang=${language}`);
    await page.getByText(words.closed).waitFor();
    await looksGood(page, `callback-form-closed-${name}`);
    const wish = String(closedUntil + 2 * HOUR_MS);
    await page.getByLabel(words.time).selectOption(wish);
    await number(page, language).fill('0555 000 00 17');
    await page.getByRole('checkbox').check();
    await send(page, language);
    // The form itself says from when people are called, too.
    await heading(page, words.thanks);
    await page.getByText(words.calledFrom).waitFor();
    expect((await open()).map(({ dueAt, since }) => [dueAt, since])).toEqual([[Number(wish), Number(wish)]]);
  });

  it('says that it is not there in a page that may not show it', async () => {
    const { page } = await visit(look);
    await page.goto(`${stranger}/?lang=${language}`);
    await page.getByRole('alert').getByText(words.trouble).waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
    await looksGood(page, `callback-form-stranger-${name}`);
  });
});

describe.each(PHONE)('the page of a form in $language on a telephone', ({ language, name, ...look }) => {
  const words = WORDS[language];

  it('is filled in with the keyboard alone', async () => {
    const { page, problems } = await visit(look);
    await page.goto(`${url}/callback/call-me`);
    await heading(page, TITLES[language]);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await page.title()).toBe(TITLES[language]);
    await looksGood(page, `callback-page-${name}`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0555 000 00 17');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Ayşe');
    for (let n = 0; n < 4; n += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await heading(page, words.thanks);
    expect(await page.evaluate(() => document.querySelector('#form > div')?.shadowRoot?.activeElement?.textContent)).toBe(words.thanks);
    expect((await open()).map(({ about, language: spoken }) => [about, spoken])).toEqual([['Ayşe', language]]);
    expect(problems).toEqual([]);
  });

  it('says that there is no such form', async () => {
    const { page } = await visit(look);
    await page.goto(`${url}/callback/nothing`);
    await page.getByRole('alert').getByText(words.unknown).waitFor();
    await looksGood(page, `callback-page-unknown-${name}`);
  });
});

describe('the form', () => {
  const LOOK = { locale: 'en-US', width: 390, height: 844 } as const;

  async function filled(page: Page): Promise<void> {
    await page.goto(`${url}/callback/call-me`);
    await heading(page, TITLES.en);
    await number(page, 'en').fill('0555 000 00 17');
    await page.getByRole('checkbox').check();
  }

  it('keeps what was written when its language is changed', async () => {
    const { page } = await visit(LOOK);
    await filled(page);
    await page.getByLabel(WORDS.en.topic).selectOption('test-drive');
    await page.getByRole('button', { name: WORDS.en.other, exact: true }).click();
    await heading(page, TITLES.tr);
    expect(await number(page, 'tr').inputValue()).toBe('0555 000 00 17');
    expect(await page.getByLabel(WORDS.tr.topic).inputValue()).toBe('test-drive');
    expect(await page.getByRole('checkbox').isChecked()).toBe(true);
  });

  it('is not sent sooner than the engine takes it, without anybody noticing', async () => {
    const { page, problems } = await visit(LOOK);
    await filled(page);
    await send(page, 'en');
    await heading(page, WORDS.en.thanks);
    expect(problems).toEqual([]);
  });

  it('is opened anew by itself when it was open for too long', async () => {
    const { page } = await visit(LOOK);
    await filled(page);
    moved = 2 * HOUR_MS;
    await send(page, 'en');
    await heading(page, WORDS.en.thanks);
    expect(await open()).toHaveLength(1);
  });

  it('can be sent again when the engine is away, and is one wish where only the answer was lost', async () => {
    const { page } = await visit(LOOK);
    await filled(page);
    await page.route('**/api/v1/callback-forms/**', (route) => route.abort());
    await send(page, 'en');
    await page.getByRole('alert').getByText(WORDS.en.trouble).waitFor();
    await page.unroute('**/api/v1/callback-forms/**');
    await page.route('**/api/v1/callback-forms/**', async (route) => {
      await route.fetch();
      await route.abort();
    });
    const lost = page.waitForEvent('requestfailed');
    await send(page, 'en');
    await lost;
    await page.unroute('**/api/v1/callback-forms/**');
    await page.getByRole('alert').getByText(WORDS.en.trouble).waitFor();
    await send(page, 'en');
    await heading(page, WORDS.en.thanks);
    expect((await open()).map(({ count }) => count)).toEqual([1]);
  });

  it('does not take another number for the one whose answer was lost', async () => {
    const { page } = await visit(LOOK);
    await filled(page);
    await page.route('**/api/v1/callback-forms/**', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await send(page, 'en');
    await page.getByRole('alert').getByText(WORDS.en.trouble).waitFor();
    await page.unroute('**/api/v1/callback-forms/**');
    await number(page, 'en').fill('0555 000 00 18');
    await send(page, 'en');
    await heading(page, WORDS.en.thanks);
    expect((await open()).map((one) => one.number).toSorted()).toEqual(['+905550000017', '+905550000018']);
  });

  it('says when too many came from one address', async () => {
    const { page } = await visit(LOOK);
    await filled(page);
    const problem = { code: 'request.too-many', title: '', status: 429, detail: '', type: '', instance: '' };
    await page.route('**/api/v1/callback-forms/**', (route) =>
      route.request().method() === 'POST' ? route.fulfill({ status: 429, json: problem }) : route.continue(),
    );
    await send(page, 'en');
    await page.getByRole('alert').getByText(WORDS.en.tooMany).waitFor();
  });

  it('brings one script of less than ten thousand bytes and nothing else', async () => {
    const { page } = await visit(LOOK);
    const loaded: string[] = [];
    page.on('response', (response) => loaded.push(new URL(response.url()).pathname));
    await filled(page);
    expect(loaded.filter((path) => path !== '/favicon.svg')).toEqual([
      '/callback/call-me',
      '/embed/callback.js',
      '/api/v1/callback-forms/call-me',
    ]);
    const script = await house.app.inject({ url: '/embed/callback.js' });
    expect(script.rawPayload.byteLength).toBeLessThan(10_000);
    expect(script.headers).toMatchObject({ 'cross-origin-resource-policy': 'cross-origin', 'x-content-type-options': 'nosniff' });
    const document = await house.app.inject({ url: '/callback/call-me' });
    expect(document.headers['content-security-policy']).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
  });
});
