import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../src/ports/stores.ts';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { type Ask, asking } from '../http/asking.ts';
import { type House, openHouse } from '../http/house.ts';
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit, type VisitOptions } from '../kit/browser.ts';
import { messageOf } from '../kit/messages.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { builtWeb } from '../kit/web-build.ts';

const TEXTS = { tr, en };
const DESK = { width: 1280, height: 900, locale: 'en-US' } as const;
const DAY_MS = 86_400_000;
const ZONE = 'Europe/Istanbul';
/** Two days from now, as the dealers count days. */
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' }).format(Date.now() + 2 * DAY_MS);
const at = (time: string) => Date.parse(`${DAY}T${time}:00+03:00`);

let browser: TestBrowser;
let house: House;
let ask: Ask;
let url: string;
const visits: Visit[] = [];

beforeAll(async () => {
  const webRoot = await builtWeb();
  [browser, house] = await Promise.all([openBrowser(), openHouse({ webRoot })]);
  url = await house.url();
  ask = asking(house, await house.bearer('admin'));
  const put = async (path: string, payload: object) =>
    expect((await ask(`/api/v1${path}`, { method: 'PUT', payload })).statusCode).toBeLessThan(300);
  const dealer = { name: 'Yıldız Otomotiv', district: 'Kadıköy', address: 'Bağdat Caddesi No 12', postcode: '34710' };
  await put('/dealers/IST-01', { ...dealer, phone: '0212 555 00 10', hours: 'mon-sun 09:00-18:00' });
  await put('/services/bakim', { label: { tr: 'Periyodik bakım', en: 'Maintenance' } });
  const hours = { hours: 'mon-sun 09:00-13:00', slotMinutes: 60, capacity: 20, leadMinutes: 0, horizonDays: 30, holidays: 'office' };
  await put('/dealers/IST-01/services/bakim/calendar', hours);
});
afterEach(async () => {
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

async function member(page: string, role: Role, options: VisitOptions): Promise<Visit> {
  const opened = await browser.visit(options);
  visits.push(opened);
  const [cookie = '', value = ''] = (await house.browser(role)).cookie.split('=');
  await opened.context.addCookies([{ name: cookie, value, url }]);
  await opened.page.goto(`${url}${page}`);
  return opened;
}

async function looksGood(page: Page, name: string): Promise<void> {
  await shot(page, name);
  expect(await accessFaults(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
}

describe('the page of appointments', () => {
  let made: { readonly id: string; readonly code: string; readonly series: string };
  beforeEach(async () => {
    const payload = { dealer: 'IST-01', service: 'bakim', startsAt: at('09:00'), name: 'Deniz Yılmaz', phone: null };
    made = (await ask('/api/v1/appointments', { method: 'POST', payload })).json();
  });
  const rows = (page: Page) => page.locator(`tr[data-code="${made.code}"]`);
  const state = (page: Page, name: string) => page.locator(`tr[data-code="${made.code}"][data-state="${name}"]`);
  const log = async () => {
    const lines = await house.stores.audit.list({ brand: house.deps.config.brand, subject: made.series, limit: 10 });
    return lines.map(({ what, actor, details }) => [what, actor.replace(/-\d+$/, ''), details['reason']]);
  };

  it.each(LOOKS)(
    'lists a day of a dealer, and calls one off with the reason, in $language at $width px',
    async ({ language, name, ...look }) => {
      const text = TEXTS[language].appointments;
      const { page, problems } = await member('/appointments', 'campaign-manager', look);
      await page.getByRole('heading', { level: 1, name: TEXTS[language].pages.appointments, exact: true }).waitFor();
      await page.getByLabel(text.day, { exact: true }).fill(DAY);
      await page.getByLabel(text.dealer, { exact: true }).selectOption('IST-01');
      await state(page, 'booked').waitFor();
      expect(await rows(page).innerText()).toContain(language === 'tr' ? 'Periyodik bakım' : 'Maintenance');
      await looksGood(page, `appointments-${name}`);
      await rows(page)
        .getByRole('button', { name: text.cancel })
        .or(rows(page).getByText(text.cancel, { exact: true }))
        .first()
        .click();
      await page.getByLabel(text.reason).fill('Bayi o gün kapalı');
      await looksGood(page, `appointments-cancel-${name}`);
      await page.getByRole('button', { name: text.cancelNow, exact: true }).click();
      await state(page, 'cancelled').waitFor();
      expect(await log()).toEqual([['appointment-cancelled', 'campaign-manager', 'Bayi o gün kapalı']]);
      expect(problems).toEqual([]);
    },
  );

  it('finds one by its code and moves it to a time that is free, with the keyboard alone', async () => {
    const text = en.appointments;
    const { page } = await member('/appointments', 'supervisor', DESK);
    await page.getByLabel(text.code, { exact: true }).focus();
    await page.keyboard.type(made.code);
    await state(page, 'booked').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const reason = page.getByLabel(text.reason);
    await reason.waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-autofocus') === 'true');
    expect(await page.getByRole('button', { name: text.moveNow, exact: true }).isDisabled()).toBe(true);
    await page.keyboard.type('Customer asked');
    await page.keyboard.press('Shift+Tab');
    await page.locator(`option[value="${at('11:00')}"]`).waitFor({ state: 'attached' });
    await page.getByLabel(text.newTime).selectOption(String(at('11:00')));
    await looksGood(page, 'appointments-move-en');
    await reason.focus();
    await page.keyboard.press('Enter');
    await state(page, 'moved').waitFor();
    await state(page, 'booked').waitFor();
    expect(await rows(page).count()).toBe(2);
    expect(await log()).toEqual([['appointment-moved', 'supervisor', 'Customer asked']]);
  });

  it('says when somebody else was faster', async () => {
    const { page } = await member('/appointments', 'supervisor', DESK);
    await page.getByLabel(en.appointments.code, { exact: true }).fill(made.code);
    await rows(page).getByText(en.appointments.cancel, { exact: true }).click();
    await page.getByLabel(en.appointments.reason).fill('Late');
    await ask(`/api/v1/appointments/${made.id}/cancel`, { method: 'POST' });
    await page.getByRole('button', { name: en.appointments.cancelNow, exact: true }).click();
    await page.getByRole('alert').getByText(en.errors.request.conflict).waitFor();
  });

  it('is not there for agents', async () => {
    const { page } = await member('/appointments', 'agent', DESK);
    await page.getByRole('heading', { name: en.forbidden.title }).waitFor();
    expect(await page.getByRole('link', { name: en.pages.appointments }).count()).toBe(0);
  });
});

describe('the page of messages', () => {
  const { brand } = messageOf();
  const dead = async (count: number) => {
    const made = Array.from({ length: count }, () => messageOf());
    await house.stores.outbox.add(made);
    await house.stores.outbox.expire(Number.MAX_SAFE_INTEGER, Date.now(), 'it waited too long for a provider');
    return made.map(({ id }) => id);
  };
  const row = (page: Page, id: string, state: string) => page.locator(`tr[data-message="${id}"][data-state="${state}"]`);

  it.each(LOOKS)(
    'shows the outbox, sends a dead letter again and cancels it, in $language at $width px',
    async ({ language, name, ...look }) => {
      const text = TEXTS[language].messages;
      const [id = ''] = await dead(1);
      const { page, problems } = await member('/messages', 'supervisor', look);
      await page.getByRole('heading', { level: 1, name: TEXTS[language].pages.messages, exact: true }).waitFor();
      await page.getByLabel(text.state, { exact: true }).selectOption('dead');
      await row(page, id, 'dead').waitFor();
      expect(await row(page, id, 'dead').innerText()).toMatch(/\+90 5\*\* \*\*\* \*\* 17[\s\S]*it waited too long/);
      const open = page.getByRole('navigation').getByRole('link', { name: TEXTS[language].pages.messages, exact: true });
      expect(
        await open.evaluate((link) => link.getBoundingClientRect().right <= (link.parentElement?.getBoundingClientRect().right ?? 0) + 1),
      ).toBe(true);
      await looksGood(page, `messages-${name}`);
      await row(page, id, 'dead').getByText(text.replay, { exact: true }).click();
      await row(page, id, 'dead').waitFor({ state: 'detached' });
      await page.getByLabel(text.state, { exact: true }).selectOption('');
      await page.getByLabel(text.channel, { exact: true }).selectOption('sms');
      await row(page, id, 'queued').getByText(text.cancel, { exact: true }).click();
      await row(page, id, 'cancelled').waitFor();
      expect((await house.stores.outbox.get(id as never))?.state).toBe('cancelled');
      expect(problems).toEqual([]);
    },
  );

  it('sends all dead letters again once that is confirmed, with the keyboard alone', async () => {
    const ids = await dead(3);
    const { length } = await house.stores.outbox.list({ brand, state: 'dead', limit: 500 });
    const { page } = await member('/messages', 'admin', DESK);
    for (const id of ids) await row(page, id, 'dead').waitFor();
    await page.getByRole('button', { name: en.messages.replayAll, exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText(en.messages.replayAllText).waitFor();
    await looksGood(page, 'messages-replay-all-en');
    await page.getByRole('dialog').getByRole('button', { name: en.messages.replayNow, exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText(`${length} messages are queued again.`).waitFor();
    for (const id of ids) await row(page, id, 'queued').waitFor();
    expect(await house.stores.outbox.list({ brand, state: 'dead', limit: 10 })).toEqual([]);
  });

  it('is for supervisors and administrators', async () => {
    const { page } = await member('/messages', 'campaign-manager', DESK);
    await page.getByRole('heading', { name: en.forbidden.title }).waitFor();
  });
});

it('pages ask the engine also when the browser thinks it is offline', async () => {
  const opened = await browser.visit(DESK);
  visits.push(opened);
  const [cookie = '', value = ''] = (await house.browser('supervisor')).cookie.split('=');
  await opened.context.addCookies([{ name: cookie, value, url }]);
  await opened.page.addInitScript(() => {
    Object.defineProperty(navigator, 'onLine', { get: () => false });
    addEventListener('load', () => void dispatchEvent(new Event('offline')));
  });
  await opened.page.goto(`${url}/messages`);
  await opened.page.getByRole('heading', { level: 1, name: en.pages.messages, exact: true }).waitFor();
  await opened.page.getByLabel(en.messages.state, { exact: true }).selectOption('suppressed');
  await opened.page.getByText(en.messages.none).waitFor();
});
