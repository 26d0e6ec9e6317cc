import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallId } from '../../src/domain/ids.ts';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit, type VisitOptions } from '../kit/browser.ts';
import { callCard } from '../kit/pretend-floor.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { type Asked, addAgent, type DeskHouse, openDeskHouse, popOf, RECORD } from './desk-house.ts';

const TEXTS = { tr, en };
const CALL = 'call_01jd9v8q4k0000000000000001' as CallId;
const TARGETS = {
  agents: [{ id: 'usr_2', name: 'Ada Kaya', free: true }],
  queues: [{ id: 'sales', label: { tr: 'Satış', en: 'Sales' }, waiting: 2 }],
};

let browser: TestBrowser;
let house: DeskHouse;
const visits: Visit[] = [];

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openDeskHouse()]);
});
beforeEach(() => addAgent(house, house.engine.userId));
afterEach(async () => {
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

async function agentPage(options: VisitOptions = {}, state = 'available'): Promise<Visit & { readonly asked: Asked[] }> {
  const opened = await browser.visit(options);
  visits.push(opened);
  const { cookie } = await house.engine.login();
  await opened.context.addCookies([cookie]);
  const asked = await house.answer(opened.page, { 'GET /agent/targets': TARGETS });
  await opened.page.goto(`${house.engine.url}/agent`);
  await opened.page.locator(`[data-state="${state}"]`).waitFor();
  return { ...opened, asked };
}

const me = () => house.engine.userId;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const offer = (changes = {}) =>
  house.floor.call(
    me(),
    'offer',
    callCard(CALL, { since: Date.now(), until: Date.now() + 15_000, waitingSince: Date.now() - 41_000, ...changes }),
  );
function talk(changes = {}): void {
  const now = Date.now();
  const since = { since: now, talkingSince: now - 62_000, waitedMs: 41_000 };
  house.floor.state(me(), { state: { kind: 'talking', callId: CALL, queue: 'support' }, since: now });
  house.floor.call(me(), 'call', callCard(CALL, { phase: 'talking', ...since, reason: 'Randevu değişikliği', ...changes }));
}
async function looksGood(page: Page, name: string): Promise<void> {
  await shot(page, name);
  expect(await accessFaults(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
}

describe.each(LOOKS)('the agent’s desk in $language at $width px', ({ language, name, ...look }) => {
  const text = TEXTS[language].agent;

  it('waits, is offered a caller, shows who it may be', async () => {
    const { page } = await agentPage(look);
    await page.getByRole('heading', { name: text.idle.waiting }).waitFor();
    await looksGood(page, `agent-idle-${name}`);
    offer({ class: 'vip', reason: 'Randevu değişikliği' });
    house.floor.pop(me(), popOf('many'));
    await page.locator('[data-phase="offered"]').waitFor();
    await page.locator('[data-pop="many"]').waitFor();
    expect(await page.locator('[aria-pressed="true"]').count()).toBe(0);
    await looksGood(page, `agent-offer-${name}`);
  });

  it('talks: candidates, verification, transfer, disposition', async () => {
    const { page } = await agentPage(look);
    offer();
    talk();
    house.floor.pop(me(), popOf('many'));
    await page.locator('[data-phase="talking"]').waitFor();
    await page.keyboard.press('2');
    await button(page, text.transfer).click();
    await page.getByText(text.transferHint).waitFor();
    await looksGood(page, `agent-many-${name}`);
    for (const kind of ['none', 'one', 'too-many'] as const) {
      house.floor.pop(me(), popOf(kind));
      await page.locator(`[data-pop="${kind}"]`).waitFor();
      await looksGood(page, `agent-${kind}-${name}`);
    }
    house.floor.pop(me(), popOf('many', { state: 'locked', triesLeft: 0 }));
    await page.getByText(text.pop.lockedText).waitFor();
    await looksGood(page, `agent-locked-${name}`);
    const verified = popOf('one', { state: 'verified', candidate: 'c1' }).verification;
    house.floor.tell(me(), { type: 'verification', callId: CALL, legId: null, data: { verification: verified, customer: RECORD } });
    await page.locator('[data-pop="verified"]').waitFor();
    house.floor.call(
      me(),
      'call',
      callCard(CALL, {
        phase: 'held',
        talkingSince: Date.now() - 9000,
        transfer: {
          ...{ how: 'attended', to: { kind: 'queue', id: 'sales', label: 'Ada Kaya' }, state: 'talking', since: Date.now() },
        },
      }),
    );
    await page.locator('[data-transfer="talking"]').waitFor();
    await looksGood(page, `agent-verified-${name}`);
    house.floor.tell(me(), { type: 'call-over', callId: CALL, legId: null, data: { how: 'caller-hung-up' } });
    house.floor.state(me(), { state: { kind: 'wrap-up', callId: CALL, queue: 'support', until: Date.now() + 28_000, extended: false } });
    await page.locator('[data-wrap]').waitFor();
    await looksGood(page, `agent-wrap-${name}`);
  });
});

describe('the dark scheme', () => {
  it.each(LOOKS.filter(({ language }) => language === 'tr'))('can be read at $width px', async ({ name, ...look }) => {
    const { page } = await agentPage({ ...look, scheme: 'dark' });
    offer();
    talk();
    house.floor.pop(me(), popOf('many'));
    await page.locator('[data-pop="many"]').waitFor();
    await looksGood(page, `agent-dark-${name}`);
  });
});
