import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit } from '../kit/browser.ts';
import { shot } from '../kit/shots.ts';
import { addAgent, type DeskHouse, openDeskHouse } from './desk-house.ts';

/** Half an hour away from every zone of whole hours: no browser shows it by chance. */
const ZONE = 'Asia/Kathmandu';
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' }).format(Date.now() + 2 * 86_400_000);
const at = (time: string) => Date.parse(`${DAY}T${time}:00+05:45`);
const appointment = (id: string, time: string) => ({
  ...{ id, code: id.replace('apt_', '10000'), dealer: 'IST-01', service: 'bakim', startsAt: at(time), state: 'booked' },
  ...{ phone: null, name: 'Deniz Yılmaz' },
});
const ANSWERS = {
  'GET /dealers': {
    items: [
      { code: 'IST-01', name: 'Yıldız Otomotiv', district: 'Kadıköy', address: 'Bağdat Caddesi 12', phone: '+902125550010', hours: '' },
    ],
    next: null,
  },
  'GET /services': { items: [{ code: 'bakim', label: { tr: 'Periyodik bakım', en: 'Maintenance' } }] },
  'GET /appointments': { items: [appointment('apt_1', '09:00'), appointment('apt_2', '10:15')], next: null, zone: ZONE },
  'GET /dealers/IST-01/services/bakim/slots': { items: [{ startsAt: at('11:30'), endsAt: at('12:30'), free: 1 }], why: null },
  'POST /appointments': appointment('apt_3', '11:30'),
};

let browser: TestBrowser;
let house: DeskHouse;
const visits: Visit[] = [];

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openDeskHouse({ role: 'supervisor' })]);
  addAgent(house, house.engine.userId);
});
afterEach(async () => {
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

async function desk() {
  const opened = await browser.visit();
  visits.push(opened);
  const { cookie } = await house.engine.login();
  await opened.context.addCookies([cookie]);
  const asked = await house.answer(opened.page, ANSWERS);
  await opened.page.goto(`${house.engine.url}/agent`);
  await opened.page.locator('[data-state="available"]').waitFor();
  return { ...opened, asked };
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();
const link = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
const text = en.agent.appointments;

async function chooseDealer(page: Page): Promise<void> {
  await tab(page, text.title);
  await page.getByRole('combobox', { name: text.dealer }).click();
  await page.getByRole('option', { name: 'Yıldız Otomotiv (IST-01)' }).click();
}

describe('dealers and appointments at the desk', () => {
  it('share what is known with the page of appointments, there and back', async () => {
    const { page, problems } = await desk();
    await tab(page, en.agent.dealers.title);
    await page.getByText('Yıldız Otomotiv').waitFor();
    await chooseDealer(page);
    await page.getByRole('combobox', { name: text.service }).click();
    await page.getByRole('option', { name: 'Maintenance' }).click();
    await link(page, en.pages.appointments);
    await page.locator('tr[data-code="100001"]').getByText('Maintenance', { exact: true }).first().waitFor();
    await link(page, en.pages.agent);
    await tab(page, en.agent.dealers.title);
    await page.getByText('Bağdat Caddesi 12', { exact: false }).waitFor();
    await chooseDealer(page);
    await page.getByRole('combobox', { name: text.service }).click();
    await page.getByRole('option', { name: 'Maintenance' }).click();
    // There is no Asterisk behind this engine: the telephone's line stays away.
    expect(problems.filter((problem) => !problem.includes('/sip'))).toEqual([]);
  });

  it('are booked at the dealer’s own time', async () => {
    const { page, asked } = await desk();
    await chooseDealer(page);
    await page.getByText('9:00 AM · Deniz Yılmaz · 100001').waitFor();
    await page.getByRole('combobox', { name: text.service }).click();
    await page.getByRole('option', { name: 'Maintenance' }).click();
    await page.getByRole('combobox', { name: text.slot }).click();
    await page.getByRole('option', { name: /11:30 AM$/ }).click();
    await page.getByRole('button', { name: text.book, exact: true }).click();
    await page.getByText(/^Booked for .*11:30 AM\. Code: 100003$/).waitFor();
    expect(asked.find(({ what }) => what === 'POST /appointments')?.body).toEqual({
      ...{ dealer: 'IST-01', service: 'bakim', startsAt: at('11:30'), name: '', phone: null },
    });
    await shot(page, 'agent-appointments-en');
    expect(await accessFaults(page)).toEqual([]);
  });

  it('are called off only when that is confirmed, with a reason', async () => {
    const { page, asked } = await desk();
    await chooseDealer(page);
    const cancel = page.getByRole('button', { name: text.cancelOne.replace('{{code}}', '100002') });
    await cancel.click();
    await page.getByRole('dialog').getByText('10:15 AM', { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: en.appointments.cancelNow, exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: en.appointments.leave, exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(asked.filter(({ what }) => what.endsWith('/cancel'))).toEqual([]);
    await cancel.click();
    await page.getByLabel(en.appointments.reason).fill('Müşteri vazgeçti');
    await page.getByRole('button', { name: en.appointments.cancelNow, exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(asked.filter(({ what }) => what.startsWith('POST'))).toEqual([
      { what: 'POST /appointments/apt_2/cancel', body: { reason: 'Müşteri vazgeçti' } },
    ]);
  });
});
