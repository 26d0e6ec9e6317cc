import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit } from '../kit/browser.ts';
import { openWorkshopHouse, type WorkshopHouse } from './workshop-house.ts';

let browser: TestBrowser;
let house: WorkshopHouse;
const visits: Visit[] = [];

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openWorkshopHouse()]);
});
afterEach(async () => {
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

async function open(path: string, at = house): Promise<Page> {
  const visit = await browser.visit();
  visits.push(visit);
  visit.page.setDefaultTimeout(30_000);
  const { cookie } = await at.engine.login();
  await visit.context.addCookies([cookie]);
  await visit.page.goto(`${at.engine.url}${path}`);
  return visit.page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const stateIs = (page: Page, state: string) => page.locator(`[data-state="${state}"]`).waitFor();
const clean = (page: Page) => page.locator('[data-check="clean"]').waitFor();

/** Puts `typed` at the end of a line of the text. */
async function typeInto(page: Page, line: string, typed: string): Promise<void> {
  await page.locator('.cm-line', { hasText: line }).first().click();
  // The first leads to the end of what a long line shows on this row.
  await page.keyboard.press('End');
  await page.keyboard.press('End');
  await page.keyboard.type(typed);
  await page.keyboard.press('Escape');
}

describe('a flow', () => {
  it('is edited, marked, mended, published, and taken back', async () => {
    const page = await open('/flows');
    await page.getByRole('link', { name: 'Greeting' }).click();
    await page.locator('[data-node="bye"]').waitFor();
    await clean(page);

    await typeInto(page, 'bye: { type: hangup }', '\nend: { type: hangup }');
    await page.locator('[data-node="end"][data-problem="error"]').waitFor();
    await page.locator('.cm-lintRange-error').waitFor();
    await stateIs(page, 'unsaved');
    await page.keyboard.press('Control+s');
    await stateIs(page, 'draft');
    await button(page, 'Publish').click();
    await page.locator('[data-ready="false"]').getByText('no way leads to end').waitFor();
    expect(await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');

    // The problem leads to its place in the text.
    await page
      .getByRole('list', { name: 'What the check found' })
      .getByRole('button', { name: /no way leads to end/ })
      .click();
    await page.keyboard.press('Shift+End');
    await page.keyboard.press('Delete');
    await clean(page);
    await button(page, 'Publish').click();
    await page.locator('[data-ready="true"]').getByText('went as written').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
    await stateIs(page, 'published');
    await page.getByText('published: revision 2').waitFor();
    expect((await house.services.workshop.list()).find(({ flow }) => flow === 'greeting')).toMatchObject({
      current: { revision: 2, createdBy: 'admin' },
      draft: null,
    });

    await page.getByRole('tab', { name: 'Versions' }).click();
    await button(page, 'Go back to revision 1').click();
    await page.getByRole('dialog').getByText('published again as revision 3').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Go back to it', exact: true }).click();
    await page.getByText('published: revision 3').waitFor();
    expect((await house.stores.flows.revision('greeting', 3))?.source).toBe((await house.stores.flows.revision('greeting', 1))?.source);
  });

  it('is written by those who may not publish it, and they are told so', async () => {
    const office = await openWorkshopHouse('campaign-manager');
    try {
      const page = await open('/flows/greeting', office);
      await typeInto(page, 'thanks: { type: say', ' # a remark');
      await stateIs(page, 'unsaved');
      await button(page, 'Publish').click();
      await page.locator('[data-ready="true"]').getByText('Your role may not publish').waitFor();
      expect(await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true);
      expect(await accessFaults(page)).toEqual([]);
    } finally {
      await office.close();
    }
  });

  it('is not published while a scenario goes otherwise', async () => {
    const page = await open('/flows/greeting');
    await clean(page);
    await page.locator('.cm-line', { hasText: 'Thank you.' }).click();
    await page.keyboard.press('Home');
    await page.keyboard.type('thanks: { type: hangup }');
    await page.keyboard.press('Enter');
    await page.keyboard.type('#');
    await page.keyboard.press('Escape');
    await stateIs(page, 'unsaved');
    await clean(page);
    await button(page, 'Publish').click();
    await page.locator('[data-ready="false"]').getByText('1 scenario goes otherwise.').waitFor();
    await page.getByRole('dialog').getByText('presses one').waitFor();
    expect(await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true);
    expect(await accessFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await button(page, 'Discard draft').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard draft', exact: true }).click();
    await stateIs(page, 'published');
  });

  it('keeps both texts when somebody else saved meanwhile, until the user decides', async () => {
    const page = await open('/flows/main-menu');
    await clean(page);
    const source = (await house.stores.flows.revision('main-menu', 1))?.source ?? '';
    await house.services.workshop.save({ flow: 'main-menu', source: `${source}# theirs\n`, basedOn: 1 }, null, 'ayşe');
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('# mine\n');
    await page.keyboard.press('Control+s');
    await page.getByText('ayşe saved this draft a moment ago').waitFor();
    await page.locator('[data-kind="removed"]', { hasText: '# theirs' }).waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await button(page, 'Take their text').click();
    await stateIs(page, 'draft');
    await page.keyboard.press('Escape');
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+End');
    await page.locator('.cm-line', { hasText: '# theirs' }).waitFor();
  });

  it('is tried as it stands in the editor: keys, silence and hang-up, in both languages, with sound', async () => {
    const page = await open('/flows/greeting');
    await clean(page);
    const sounds: number[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/audio/')) sounds.push(response.status());
    });
    await typeInto(page, 'text: { tr: Hoş geldiniz.', ' # tried');
    await page.getByRole('tab', { name: 'Try' }).click();
    await button(page, 'Start a call').click();
    const log = page.getByRole('log');
    await log.getByText('Welcome.').waitFor();
    await page.locator('[data-node="ask"][data-current]').waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await button(page, 'Stay silent').click();
    await log.getByText('Stayed silent').waitFor();
    await page.keyboard.press('1');
    await log.getByText('Thank you.').waitFor();
    await page.locator('[data-waiting="ended"]').getByText('The flow ended the call.').waitFor();
    await expect.poll(() => sounds.filter((status) => status === 200 || status === 206).length).toBeGreaterThan(0);

    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: 'Turkish' }).click();
    await button(page, 'Start again').click();
    await log.getByText('Hoş geldiniz.').waitFor();
    await button(page, 'Hang up').click();
    await page.locator('[data-waiting="ended"]').getByText('The caller hung up; the call is over.').waitFor();
    expect(await page.locator('[data-current]').count()).toBe(0);
  });

  it('is begun by its name, and completed from the language’s own schema', async () => {
    const page = await open('/flows');
    await button(page, 'New flow').click();
    await page.getByLabel('Name of the flow').fill('Servis');
    await page.keyboard.press('Enter');
    await page.getByText('a letter first', { exact: false }).first().waitFor();
    await page.getByLabel('Name of the flow').fill('servis');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${house.engine.url}/flows/servis`);
    await clean(page);
    await page.locator('.cm-line', { hasText: 'bye: { type: hangup }' }).click();
    await page.keyboard.press('End');
    await page.keyboard.press('End');
    await page.keyboard.type('\nagain: { type: me');
    await page.getByRole('option', { name: 'menu' }).click();
    expect(await page.locator('.cm-content').textContent()).toContain('again: { type: menu');
  });
});

describe('the pages of the flows', () => {
  it('are not for agents', async () => {
    const desk = await openWorkshopHouse('agent');
    try {
      const page = await open('/flows', desk);
      await page.getByRole('heading', { name: 'This page is not open to you' }).waitFor();
      expect(await page.getByRole('link', { name: 'Flows' }).count()).toBe(0);
    } finally {
      await desk.close();
    }
  });

  it('bring drawing and editor only when a flow is opened; the phone stays as light as it was', async () => {
    const visit = await browser.visit();
    visits.push(visit);
    const scripts: string[] = [];
    visit.page.on('request', (request) => void scripts.push(request.url()));
    const { cookie } = await house.engine.login();
    await visit.context.addCookies([cookie]);
    await visit.page.goto(`${house.engine.url}/phone`);
    await visit.page.getByRole('heading', { name: 'Phone' }).waitFor();
    await visit.page.goto(`${house.engine.url}/flows`);
    await visit.page.locator('[data-flow="greeting"]').waitFor();
    expect(scripts.filter((url) => /drawing|editor/.test(url))).toEqual([]);
    await visit.page.getByRole('link', { name: 'Greeting' }).click();
    await visit.page.locator('.cm-content').waitFor();
    expect(scripts.some((url) => url.includes('drawing'))).toBe(true);
  });
});
