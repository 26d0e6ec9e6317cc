import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit } from '../kit/browser.ts';
import { openWorkshopHouse, type WorkshopHouse } from './workshop-house.ts';

let browser: TestBrowser;
/** Of which no flow may be published that no scenario tells of. */
let house: WorkshopHouse;
const visits: Visit[] = [];

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openWorkshopHouse('admin', 'require')]);
});
afterEach(async () => {
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

async function open(path: string): Promise<Page> {
  const visit = await browser.visit();
  visits.push(visit);
  visit.page.setDefaultTimeout(30_000);
  const { cookie } = await house.engine.login();
  await visit.context.addCookies([cookie]);
  await visit.page.goto(`${house.engine.url}${path}`);
  return visit.page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
const stateIs = (page: Page, state: string) => page.locator(`[data-state="${state}"]`).waitFor();
const clean = (page: Page) => page.locator('[data-check="clean"]').waitFor();
const dialog = (page: Page) => page.getByRole('dialog');

/** Another text takes the place of the one in the editor. */
async function write(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** The house's scenario of `greeting`, with one step more. */
const withStep = (step: string): string => `flow: greeting
scenarios:
  - name: presses one
    language: en
    steps:
      - hears: Welcome.
      - presses: "1"
      - ${step}
      - flow hangs up
`;

describe('scenarios in the workshop', () => {
  it('are read, changed, checked, run, and published with the flow', async () => {
    const page = await open('/flows/greeting');
    await clean(page);
    await tab(page, 'Scenarios').click();
    await page.locator('.cm-line', { hasText: 'name: presses one' }).waitFor();
    await clean(page);
    await button(page, 'Run').click();
    const report = page.getByRole('region', { name: 'How the scenarios went' });
    await report.getByText('1 scenario went as written.').waitFor();
    await report.getByText('4 of 4 nodes').waitFor();
    expect(await accessFaults(page)).toEqual([]);

    // A slip is marked as it is written, and told with its line.
    await write(page, withStep('heard: Welcome.'));
    await page.locator('.cm-lintRange-error').waitFor();
    await page.getByRole('list', { name: 'What the check found' }).getByText('there is no step').waitFor();
    await button(page, 'Run').click();
    await report.getByText('1 fault in the scenario file.').waitFor();
    await report.getByText('there is no step').waitFor();
    await button(page, 'Publish').click();
    await dialog(page).getByText('1 fault in the scenario file.').waitFor();
    await page.keyboard.press('Escape');
    await write(page, withStep('hears: Welcome again.'));
    await clean(page);
    await stateIs(page, 'unsaved');

    // What goes otherwise says what was expected and what was heard, and keeps the draft from being published.
    await button(page, 'Run').click();
    await report.getByText('1 scenario goes otherwise.').waitFor();
    const red = report.locator('[data-failed="presses one"]');
    expect(await red.locator('[data-expected]').textContent()).toContain('Welcome again.');
    await button(page, 'Publish').click();
    await dialog(page).locator('[data-failed="presses one"] [data-expected]').getByText('Welcome again.').waitFor();
    expect(await dialog(page).getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true);
    expect(await accessFaults(page)).toEqual([]);
    // Its place leads to its line.
    await dialog(page).getByRole('button', { name: 'greeting.test.yaml:8' }).click();
    await page.locator('.cm-activeLine', { hasText: 'Welcome again.' }).waitFor();
    await write(page, withStep('hearsOnly: Thank you.'));
    await clean(page);
    await button(page, 'Publish').click();
    await page.locator('[data-ready="true"]').waitFor();
    await dialog(page).getByRole('button', { name: 'Publish', exact: true }).click();
    await stateIs(page, 'published');
    expect((await house.services.workshop.scenarios('greeting')).text).toContain('- hearsOnly: Thank you.');
    expect(await house.stores.drafts.get('greeting')).toBeUndefined();
  });

  it('of a new flow are written from a call that was tried, where a flow without any may not be published', async () => {
    const page = await open('/flows');
    await button(page, 'New flow').click();
    await page.getByLabel('Name of the flow').fill('servis');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${house.engine.url}/flows/servis`);
    await clean(page);
    await button(page, 'Publish').click();
    await page.locator('[data-ready="false"]').getByText('No scenario tells of servis.').waitFor();
    expect(await dialog(page).getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');

    await tab(page, 'Try').click();
    await button(page, 'Start a call').click();
    await page.locator('[data-waiting="ended"]').waitFor();
    await button(page, 'Write as a scenario').click();
    await page.getByText('Say in words what is tried.').waitFor();
    await page.getByLabel('Name of the scenario').fill('greets and ends');
    expect(await accessFaults(page)).toEqual([]);
    await button(page, 'Write as a scenario').click();
    await page.locator('.cm-line', { hasText: 'name: greets and ends' }).waitFor();
    await page.locator('.cm-line', { hasText: 'flow hangs up' }).waitFor();
    await clean(page);
    await stateIs(page, 'unsaved');
    await button(page, 'Publish').click();
    await page.locator('[data-ready="true"]').getByText('went as written').waitFor();
    await dialog(page).getByRole('button', { name: 'Publish', exact: true }).click();
    await stateIs(page, 'published');
    await tab(page, 'Scenarios').click();
    await page.locator('.cm-line', { hasText: 'name: greets and ends' }).waitFor();
  });

  it('are completed from their own schema, the catalogue and the names of the flow', async () => {
    const page = await open('/flows/main-menu');
    await clean(page);
    await tab(page, 'Scenarios').click();
    await button(page, 'Begin scenarios').click();
    await write(page, 'flow: main-menu\nscenarios:\n  - name: a\n    steps:\n      - ');
    await page.keyboard.type('hearsO');
    await page.getByRole('option', { name: 'hearsOnly' }).click();
    await page.keyboard.type('main.');
    await page
      .getByRole('option', { name: /^main\./ })
      .first()
      .waitFor();
  });
});
