import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit, type VisitOptions } from '../kit/browser.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { GREETING, openWorkshopHouse, type WorkshopHouse } from './workshop-house.ts';

const TEXTS = { tr, en };
let browser: TestBrowser;
let house: WorkshopHouse;
const visits: Visit[] = [];

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openWorkshopHouse()]);
  const step = { flow: 'dealer-lookup', node: 'ask-how' } as const;
  await house.count([
    { kind: 'entered', ...step, count: 128 },
    { kind: 'exit', ...step, exit: '1', to: 'ask-plate', count: 90 },
    { kind: 'exit', ...step, exit: 'exhausted', to: 'goodbye', count: 7 },
    { kind: 'hang-up', ...step, count: 12 },
  ]);
  const { workshop } = house.services;
  await workshop.save({ flow: 'greeting', source: GREETING.replace('next: ask', 'next: aks'), basedOn: 1 }, null, 'ayşe');
});
afterEach(async () => {
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

async function open(path: string, look: VisitOptions): Promise<{ page: Page; problems: string[] }> {
  const visit = await browser.visit(look);
  visits.push(visit);
  visit.page.setDefaultTimeout(25_000);
  const { cookie } = await house.engine.login();
  await visit.context.addCookies([cookie]);
  await visit.page.goto(`${house.engine.url}${path}`);
  return visit;
}

async function looksWell(page: Page, name: string): Promise<void> {
  await shot(page, name);
  expect(await accessFaults(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
}

describe.each(LOOKS)('the flows in $language at $width px', ({ language, name, ...look }) => {
  const text = TEXTS[language].flows;
  const tab = (page: Page, which: keyof typeof text.panel) => page.getByRole('tab', { name: text.panel[which], exact: true });

  it('are listed', async () => {
    const { page, problems } = await open('/flows', look);
    await page.locator('[data-flow="greeting"]').waitFor();
    await looksWell(page, `flows-list-${name}`);
    expect(problems).toEqual([]);
  });

  it('are drawn with counts, and problems at the nodes', async () => {
    const { page, problems } = await open('/flows/dealer-lookup', look);
    await page.locator('[data-node="ask-how"]').waitFor();
    await page.locator('[data-count="90"]').waitFor();
    await looksWell(page, `flows-drawing-${name}`);
    await page.goto(`${house.engine.url}/flows/greeting`);
    await page.locator('[data-node="welcome"][data-problem="error"]').waitFor();
    await looksWell(page, `flows-problem-${name}`);
    expect(problems).toEqual([]);
  });

  it('are written, compared and published', async () => {
    const { page } = await open('/flows/greeting', look);
    await page.locator('[data-node="welcome"]').click();
    await page.locator('.cm-lintRange-error').first().waitFor();
    await looksWell(page, `flows-text-${name}`);
    await tab(page, 'versions').click();
    await page.locator('[data-kind="added"]').first().waitFor();
    await looksWell(page, `flows-versions-${name}`);
    await page.getByRole('button', { name: text.work.publish, exact: true }).click();
    await page.locator('[data-ready="false"]').waitFor();
    await looksWell(page, `flows-publish-${name}`);
  });

  it('are tried', async () => {
    const { page } = await open('/flows/main-menu', look);
    await tab(page, 'try').click();
    await page.getByRole('button', { name: text.try.begin, exact: true }).click();
    // What the menu asks first (how a switch stands) is answered by hand while a text is on trial.
    await page.locator('[data-waiting="look-up"] input').fill('{ "on": false, "tr": "", "en": "" }');
    await page.getByRole('button', { name: text.try.giveAnswer, exact: true }).click();
    await page.locator('[data-waiting="keys"]').waitFor();
    await looksWell(page, `flows-try-${name}`);
  });
});
