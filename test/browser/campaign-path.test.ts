import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { type Ask, asAdmin } from '../kit/api.ts';
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser } from '../kit/browser.ts';
import { ENDS_AS, mannerOf, numberOf, post, seenAs } from '../kit/campaign-run.ts';
import { openStage, type Stage } from '../kit/engine.ts';
import { shot } from '../kit/shots.ts';
import { openTrunk, type TestTrunk } from '../kit/trunk.ts';
import { builtWeb } from '../kit/web-build.ts';
import { windows1254 } from '../kit/windows-1254.ts';

const FLOW = `
flow: main
title: { tr: Randevu hatırlatma, en: Appointment reminder }
start: hello
parameters: { name: "" }
nodes:
  hello: { type: say, bargeIn: none, prompt: { text: { tr: "Merhaba {{params.name}}, yarın randevunuz var. [2s]", en: "Hello. [2s]" } }, next: ask }
  ask:
    type: menu
    attempts: 1
    firstDigit: 2s
    prompt: { text: { tr: "Onaylamak için bire basın.", en: "Press one." } }
    options: { 1: { to: bye, label: { tr: Onayladı, en: Confirmed } } }
    exits: { exhausted: bye }
  bye: { type: hangup }
`;
/** One of each manner, and one more; windows-1254 and semicolons, as Turkish Excel saves it. */
const PEOPLE = Array.from({ length: 9 }, (_, n) => numberOf(n));
const local = (number: string): string => number.replace('+90', '0').replace(/^(\d{4})(\d{3})(\d{2})(\d{2})$/, '$1 $2 $3 $4');
const CSV = ['Müşteri Adı;CEP TEL', ...PEOPLE.map((number, n) => `Şükrü Işık ${n};${local(number)}`)].join('\r\n');
const PASSWORDS = 'elma armut kiraz';

let browser: TestBrowser;
let trunk: TestTrunk;
let stage: Stage;
let ask: Ask;
let tries = 0;
beforeAll(async () => {
  await builtWeb();
  trunk = await openTrunk(mannerOf);
  [browser, stage] = await Promise.all([
    openBrowser(),
    openStage({
      flows: { main: FLOW },
      numbers: 'numbers:\n  "902125550010": { flow: main, language: tr }\n',
      env: { SANTRAL_TRUNK: trunk.address },
    }),
  ]);
  ask = await asAdmin(stage.engine());
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
  trunk?.close();
});

it('a campaign manager goes from a file saved by Turkish Excel to the finished report, and the trunk saw just that', async () => {
  tries += 1;
  const name = `ayse-${tries}`;
  const before = trunk.seen.length;
  const seen = () => trunk.seen.slice(before);
  const user = await post(ask, '/api/v1/users', { name, role: 'campaign-manager' });
  const { page, problems } = await browser.visit({ locale: 'tr-TR' });
  const text = tr.campaigns;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const field = (label: string) => page.getByLabel(label, { exact: true });

  await page.goto(`${stage.engine().url}/campaigns`);
  await page.locator('input[name=username]').fill(name);
  await page.locator('input[name=password]').fill(String(user['oneTimePassword']));
  await page.keyboard.press('Enter');
  await field(tr.password.next).fill(PASSWORDS);
  await field(tr.password.again).fill(PASSWORDS);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: tr.pages.campaigns, exact: true }).click();

  await page.getByRole('link', { name: text.new, exact: true }).click();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: `Yarınki randevular ${tries}.csv`, mimeType: 'text/csv', buffer: windows1254(CSV) });
  await page.locator('[data-found]').getByText('windows-1254').waitFor();
  await button(text.wizard.load).click();
  await page.getByRole('heading', { name: text.wizard.loads.live, exact: true }).waitFor();
  await button(text.wizard.goOn).click();
  await button(text.wizard.next).click();
  await button(text.plan.write).click();
  await field(text.plan.hours).or(page.locator('#plan-hours')).first().fill('24/7');
  await field(text.plan.maxAttempts).fill('1');
  await field(text.plan.ring).fill('15');
  for (const outcome of ['congestion', 'failed'] as const)
    await page.getByRole('checkbox', { name: text.outcomes[outcome], exact: true }).uncheck();
  await page.locator('#plan-callerIds').fill('555');
  await page.getByRole('option', { name: '+902125550010', exact: true }).click();
  await page.keyboard.press('Escape');
  await button(text.wizard.save).click();
  await page.getByRole('status').getByText(text.check.good).waitFor();
  await button(text.check.start).click();
  await page.locator('[data-state="running"]').waitFor();

  await page.locator('[data-state="done"]').waitFor({ timeout: 90_000 });
  // What became of each person is asked for again a moment after the last call.
  await page
    .locator('[data-contact-state="done"]')
    .nth(PEOPLE.length - 1)
    .waitFor();
  const counted = await page
    .locator('tr[data-outcome]')
    .evaluateAll((lines) => lines.map((line) => [line.getAttribute('data-outcome'), Number(line.getAttribute('data-count'))]));
  expect(Object.fromEntries(counted)).toEqual({ ...seenAs(seen()), all: PEOPLE.length });
  expect(
    seen()
      .map(({ number }) => number)
      .sort(),
  ).toEqual(PEOPLE);
  expect(new Set(seen().map(({ from }) => from))).toEqual(new Set(['+902125550010']));
  const pressed = seen().filter(({ manner }) => manner === 'key').length;
  expect(await page.locator('tr[data-choice="1"]').getAttribute('data-count')).toBe(String(pressed));
  await page.locator('tr[data-choice="1"]').getByText('Onayladı').waitFor();
  await shot(page, 'campaign-done-tr');
  expect(await accessFaults(page)).toEqual([]);
  await page.getByText('EN', { exact: true }).click();
  await page.getByRole('heading', { name: en.campaigns.outcomesTitle, exact: true }).waitFor();
  await shot(page, 'campaign-done-en');
  await page.getByText('TR', { exact: true }).click();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: tr.reports.csv, exact: true }).click(),
  ]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n').slice(1);
  const told = lines.map((line) => line.split(';')).map(([, number = '', , outcome = '']) => [number.replace("'", ''), outcome]);
  const saw = PEOPLE.map((number) => [number, text.outcomes[ENDS_AS[mannerOf(number)] as keyof typeof text.outcomes]]);
  expect(told).toEqual(saw);
  expect(lines.every((line) => line.includes('Şükrü Işık'))).toBe(true);
  expect(problems.filter((problem) => !problem.includes('401'))).toEqual([]);
});
