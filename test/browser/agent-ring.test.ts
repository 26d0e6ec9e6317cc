import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import type { CallId } from '../../src/domain/ids.ts';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import { openBrowser, type TestBrowser, type Visit } from '../kit/browser.ts';
import { callCard } from '../kit/pretend-floor.ts';
import { addAgent, type DeskHouse, openDeskHouse } from './desk-house.ts';
import { type FarEnd, openFarEnd } from './far-end.ts';

const FIRST = 'call_01jd9v8q4k0000000000000001' as CallId;
const text = en.agent;

let browser: TestBrowser;
let farEnd: FarEnd;
let house: DeskHouse;
const visits: Visit[] = [];

beforeAll(async () => {
  [browser, farEnd] = await Promise.all([openBrowser(), openFarEnd()]);
  house = await openDeskHouse({ telephony: farEnd.telephony, asteriskWebSocket: `ws://127.0.0.1:${farEnd.asterisk.ariPort}/ws` });
  addAgent(house, house.engine.userId);
});
afterEach(async () => {
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
  await farEnd.hangUpAll();
  farEnd.forget();
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
  await farEnd?.stop();
});

async function offered() {
  const opened = await browser.visit();
  visits.push(opened);
  const { cookie, endpoint } = await house.engine.login();
  await opened.context.addCookies([cookie]);
  await house.answer(opened.page);
  const { page } = opened;
  await page.goto(`${house.engine.url}/agent`);
  await page.locator('[data-line="ready"]').waitFor({ timeout: 40_000 });
  const now = Date.now();
  house.floor.call(house.engine.userId, 'offer', callCard(FIRST, { since: now, until: now + 15_000, waitingSince: now - 41_000 }));
  await page.locator('[data-phase="offered"]').waitFor();
  const ring = (channelId: string) =>
    farEnd.telephony.originate({
      ...{ channelId, endpoint: `PJSIP/${endpoint}`, callerId: '02125550010', ringMs: 20_000, args: ['leg'], originator: null },
    });
  return { page, ring };
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
/** The same telephone, on its own page: there it can be seen what it does. */
const onPhonePage = (page: Page) => page.getByRole('navigation').getByRole('link', { name: en.pages.phone, exact: true }).click();

describe('a caller who is accepted before the page’s telephone rings', () => {
  it('is answered as soon as it does', async () => {
    const { page, ring } = await offered();
    await press(page, text.accept);
    await ring('ring-1');
    await farEnd.heard('started', ({ channel }) => channel.id === 'ring-1');
    await onPhonePage(page);
    await page.locator('[data-call="talking"]').waitFor();
  });

  it('and hangs up leaves no promise behind: the next one rings until somebody answers', async () => {
    const { page, ring } = await offered();
    await press(page, text.accept);
    house.floor.tell(house.engine.userId, { type: 'offer-over', callId: FIRST, legId: null, data: { how: 'rescinded' } });
    await page.locator('[data-phase="idle"]').waitFor();
    await onPhonePage(page);
    await ring('ring-2');
    await page.locator('[data-call="incoming"]').waitFor();
  });

  it('and then refused is not answered when the ring comes after all', async () => {
    const { page, ring } = await offered();
    await press(page, text.accept);
    await press(page, text.refuse);
    await ring('ring-3');
    await onPhonePage(page);
    await page.locator('[data-call="incoming"]').waitFor();
  });
});
