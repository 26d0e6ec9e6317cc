import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Callback } from '../../src/domain/callback.ts';
import type { UserId } from '../../src/domain/ids.ts';
import type { HttpDeps } from '../../src/http/deps.ts';
import type { Role } from '../../src/ports/stores.ts';
import { OWN_PAGE } from '../../src/services/callback-forms/forms.ts';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { type House, openHouse } from '../http/house.ts';
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit, type VisitOptions } from '../kit/browser.ts';
import { testForms } from '../kit/callback-forms.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { builtWeb } from '../kit/web-build.ts';
import { openCallbackBench } from '../services/callbacks/bench.ts';

const TEXTS = { tr, en };
const DESK = { width: 1280, height: 900, locale: 'en-US' } as const;
const HOUR_MS = 3_600_000;
const PLACE = { form: 'call-me', origin: OWN_PAGE };

type Bench = Awaited<ReturnType<typeof openCallbackBench>>;

let browser: TestBrowser;
let house: House;
let url: string;
let on: Bench;
const visits: Visit[] = [];
let benches: Bench[] = [];

/** What the pages ask is asked of the bench that is open. */
const desk = new Proxy({} as HttpDeps['callbacks'], {
  get: (_target, name: keyof HttpDeps['callbacks']) => on.callbacks().desk[name],
});
let forms: HttpDeps['callbackForms'];
const formDesk = new Proxy({} as HttpDeps['callbackForms'], {
  get: (_target, name: keyof HttpDeps['callbackForms']) => forms[name],
});

beforeAll(async () => {
  const webRoot = await builtWeb();
  const change = (deps: HttpDeps): HttpDeps => ({ ...deps, callbacks: desk, callbackForms: formDesk });
  [browser, house] = await Promise.all([openBrowser(), openHouse({ webRoot, change })]);
  url = await house.url();
});
afterEach(async () => {
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
  for (const bench of benches.splice(0)) await bench.close();
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

/** A floor on which nobody is free, but the one who looks at the page where they are to be. */
async function floorOf(options: Parameters<typeof openCallbackBench>[0] = {}): Promise<void> {
  on = await openCallbackBench({ agents: [], group: 'sales', ids: house.ids, ...options });
  benches = [...benches, on];
  const { clock, ids, deps, stores } = on;
  forms = testForms({ store: stores.callbackForms, wishes: on.callbacks().wishes, clock, ids, brand: deps.settings.brand });
}

/** Somebody whose page it is; gives how to open it. */
async function member(role: Role): Promise<{ readonly id: UserId; open(options: VisitOptions): Promise<Visit> }> {
  const [cookie = '', value = ''] = (await house.browser(role)).cookie.split('=');
  return {
    id: house.asking,
    async open(options) {
      const opened = await browser.visit(options);
      visits.push(opened);
      await opened.context.addCookies([{ name: cookie, value, url }]);
      // The floor's clock stands where the entries are made.
      await opened.page.clock.setFixedTime(on.clock.now());
      await opened.page.goto(`${url}/callbacks`);
      return opened;
    },
  };
}

/** Somebody asks by web form. */
async function asks(number: string, changes: { readonly name?: string; readonly notBefore?: number } = {}): Promise<void> {
  const answer = { language: 'tr', number, name: '', topic: 'offer', note: '', consent: '2026-11', notBefore: null, ...changes } as const;
  await forms.submit(PLACE, { token: forms.open(PLACE).token, answer, trap: '', address: '192.0.2.1' });
  await on.pass();
}

/** Three who wait: two hung up, one of them twice, one asked. */
async function threeWait(): Promise<void> {
  await on.abandons('chan-1', '+905550000017');
  await on.abandons('chan-2', '05550000017');
  await on.abandons('chan-3', '+905550000018');
  await asks('0555 000 00 19', { name: '<img src=x onerror=alert(1)> Ayşe' });
}

const last = (ending: string): string => `+90 5** *** ** ${ending}`;
const rows = (page: Page) => page.locator('tbody tr');
const row = (page: Page, ending: string) => page.locator('tbody tr', { hasText: last(ending) });
const numbers = async (page: Page): Promise<readonly string[]> =>
  (await rows(page).allInnerTexts()).map((text) => /\*\* (\d\d)/.exec(text)?.[1] ?? '');
const deed = (page: Page, name: string, ending: string) => page.getByRole('button', { name: `${name}: ${last(ending)}`, exact: true });
const open = async (): Promise<readonly Callback[]> => on.open();

async function inOrder(page: Page, wanted: readonly string[]): Promise<void> {
  await expect.poll(() => numbers(page), { timeout: 10_000 }).toEqual(wanted);
}

async function looksGood(page: Page, name: string): Promise<void> {
  await shot(page, name);
  expect(await accessFaults(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
}

describe('the page of callbacks', () => {
  it.each(LOOKS)('shows who waits and why, and who is done with, in $language at $width px', async ({ language, name, ...look }) => {
    await floorOf();
    const text = TEXTS[language].callbacks;
    await threeWait();
    const { page, problems } = await (await member('supervisor')).open(look);
    await page.getByRole('heading', { level: 1, name: TEXTS[language].pages.callbacks, exact: true }).waitFor();
    await inOrder(page, ['17', '18', '19']);
    await row(page, '17').getByText(text.kind.abandoned_other.replace('{{count}}', '2')).waitFor();
    await row(page, '19').getByText(text.byForm).waitFor();
    // What somebody wrote is text, whatever it looks like.
    expect(await row(page, '19').innerText()).toContain('<img src=x onerror=alert(1)> Ayşe');
    expect(await row(page, '19').locator('img').count()).toBe(0);
    expect(await page.content()).not.toMatch(/5550000\d/);
    await looksGood(page, `callbacks-${name}`);

    // What was agreed to, in the words of then.
    await deed(page, text.story, '19').click();
    const story = page.getByRole('dialog');
    await story.getByText('Bu talebim için aranmam amacıyla').waitFor();
    await story.getByText(text.events.found).waitFor();
    expect(await story.innerText()).toContain(text.ownPage);
    await looksGood(page, `callbacks-story-${name}`);
    await page.keyboard.press('Escape');
    await story.waitFor({ state: 'detached' });

    await deed(page, text.close, '18').click();
    await page
      .getByRole('dialog')
      .getByText(text.closeText.replace('{{number}}', last('18')))
      .waitFor();
    await looksGood(page, `callbacks-close-${name}`);
    await page.getByRole('dialog').getByRole('button', { name: text.closeNow, exact: true }).click();
    await inOrder(page, ['17', '19']);
    await page.getByText(text.closedOnes, { exact: true }).click();
    await row(page, '18').getByText(text.reasons['by-user']).waitFor();
    await looksGood(page, `callbacks-done-${name}`);
    expect(problems).toEqual([]);
  });

  it('is reordered with the keyboard alone, and the floor calls in that order', async () => {
    await floorOf();
    await threeWait();
    const { page } = await (await member('supervisor')).open(DESK);
    await inOrder(page, ['17', '18', '19']);
    const text = en.callbacks;
    expect(await deed(page, text.up, '17').isDisabled()).toBe(true);
    expect(await deed(page, text.down, '19').isDisabled()).toBe(true);
    await deed(page, text.up, '19').focus();
    await page.keyboard.press('Enter');
    await inOrder(page, ['17', '19', '18']);
    await deed(page, text.down, '17').focus();
    await page.keyboard.press('Enter');
    await inOrder(page, ['19', '17', '18']);
    expect((await open()).map(({ number }) => number?.slice(-2))).toEqual(['19', '17', '18']);
  });

  it('lets an agent call somebody now, before the hour they wished for; others see that it is being done', async () => {
    const agent = await member('agent');
    await floorOf({ agents: [agent.id] });
    await asks('0555 000 00 17', { name: 'Ayşe', notBefore: Math.ceil(on.clock.now() / HOUR_MS + 2) * HOUR_MS });
    expect(on.rung()).toEqual([]);
    const { page, problems } = await agent.open(DESK);
    const text = en.callbacks;
    await row(page, '17').getByText(text.states.open, { exact: true }).waitFor();
    expect(await row(page, '17').innerText()).not.toContain(text.now);
    expect(await deed(page, text.close, '17').count()).toBe(0);
    await deed(page, text.take, '17').click();
    await page.getByRole('status').getByText(text.taking).waitFor();
    await on.pass();
    expect(on.rung()).toEqual([agent.id]);
    const supervisor = await (await member('supervisor')).open(DESK);
    await row(supervisor.page, '17').getByText(text.states.reserved, { exact: true }).waitFor();
    expect(await deed(supervisor.page, text.take, '17').isDisabled()).toBe(true);
    await looksGood(supervisor.page, 'callbacks-reserved-en');
    await on.answer(agent.id);
    expect(on.customers()).toEqual(['+905550000017']);
    await on.answer('+905550000017');
    await page.getByRole('button', { name: text.refresh, exact: true }).click();
    await page.getByText(text.none).waitFor();
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'served-outbound' });
    expect(problems).toEqual([]);
  });

  it('says when who wants to call is not free, and when somebody else was faster', async () => {
    await floorOf();
    await threeWait();
    const { page } = await (await member('supervisor')).open(DESK);
    const text = en.callbacks;
    await deed(page, text.take, '17').click();
    await page.getByRole('alert').getByText(en.errors.agent['not-now']).waitFor();
    await deed(page, text.close, '18').click();
    const [, second] = await open();
    await on.callbacks().desk.close(second?.id as Callback['id'], 'somebody else');
    await page.getByRole('dialog').getByRole('button', { name: text.closeNow, exact: true }).click();
    await page.getByRole('alert').getByText(en.errors.request.conflict).waitFor();
  });

  it('is refused to who has nothing to do with it', async () => {
    await floorOf();
    const { page } = await (await member('campaign-manager')).open(DESK);
    await page.getByRole('heading', { name: en.forbidden.title }).waitFor();
  });
});
