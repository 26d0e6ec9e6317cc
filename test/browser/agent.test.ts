import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallId } from '../../src/domain/ids.ts';
import { FIELD_LABELS } from '../../src/domain/matching/field-labels.ts';
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
  departments: [{ id: 'service', label: { tr: 'Servis', en: 'Service' }, free: true }],
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
  house.floor.call(me(), 'call', callCard(CALL, { phase: 'talking', ...since, ...changes }));
}
/** In a talk, with that pop; `sent` waits until the page has asked the engine for just this. */
async function talking(pop: Parameters<typeof popOf>) {
  const opened = await agentPage();
  offer();
  talk();
  house.floor.pop(me(), popOf(...pop));
  await opened.page.locator(`[data-pop="${pop[0]}"]`).waitFor();
  const sent = (what: string, body: unknown) =>
    expect.poll(() => opened.asked.findLast((one) => !one.what.startsWith('GET'))).toEqual({ what, body });
  return { ...opened, sent };
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
    offer({ class: 'vip' });
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
    house.floor.pop(me(), popOf('none', { state: 'locked', triesLeft: 0 }));
    await page.getByText(text.pop.lockedText).waitFor();
    expect(await page.getByText(text.pop.unknownText).count()).toBe(0);
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

describe('what the agent does is what the engine is asked', () => {
  it('the recording is paused and goes on, as the engine says', async () => {
    const { page, asked } = await agentPage();
    const told = (on: boolean) => expect.poll(() => asked.findLast(({ what }) => what === 'POST /agent/call/record')?.body).toEqual({ on });
    offer();
    talk({ recording: 'on' });
    await page.locator('[data-recording="on"]').click();
    await told(false);
    // The engine tells what became of it: the button alone changes nothing.
    await page.locator('[data-recording="on"][aria-pressed="false"]').waitFor();
    talk({ recording: 'paused' });
    await page.locator('[data-recording="paused"][aria-pressed="true"]').click();
    await told(true);
    talk({ recording: 'off' });
    await page.locator('[data-recording]').waitFor({ state: 'detached' });
  });

  it('a number is called, once for each press; who must not be called is told with the reason', async () => {
    const { page, asked } = await agentPage({ locale: 'tr-TR' });
    const card = page.locator('[data-panel="dial"]');
    const call = card.getByRole('button', { name: tr.agent.dial.call, exact: true });
    expect(await call.isDisabled()).toBe(true);
    await card.getByLabel(tr.agent.dial.number).fill('0555 000 00 18');
    await call.click();
    const dialled = () => asked.filter(({ what }) => what === 'POST /agent/dial').map(({ body }) => body);
    await expect.poll(dialled).toEqual([{ number: '0555 000 00 18', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
    const problem = {
      code: 'call.not-allowed',
      status: 409,
      title: 'x',
      detail: 'This person must not be called: x',
      reason: 'aranmak istemiyor',
    };
    await page.route('**/api/v1/agent/dial', (route) => route.fulfill({ status: 409, json: problem }));
    await call.click();
    await card.getByRole('alert').getByText(tr.agent.dial.blocked.replace('{{reason}}', 'aranmak istemiyor')).waitFor();
    await looksGood(page, 'agent-dial-blocked-tr');
  });

  it('somebody of a queue is waited for: the customer can be left there', async () => {
    const { page, asked } = await agentPage({ locale: 'tr-TR' });
    offer();
    const to = { kind: 'queue', id: 'sales', label: 'Satış' };
    talk({ transfer: { how: 'attended', to, state: 'ringing', since: Date.now() } });
    await page.getByText(tr.agent.transferState.waiting.replace('{{name}}', 'Satış')).waitFor();
    await looksGood(page, 'agent-queue-consult-tr');
    await button(page, tr.agent.leaveInQueue).click();
    await expect.poll(() => asked.some(({ what }) => what === 'POST /agent/call/transfer/complete')).toBe(true);
  });

  const text = en.agent;
  it('verifies the chosen card by what is known of it, and counts a wrong answer', async () => {
    const { page, sent } = await talking(['many']);
    await page.keyboard.press('1');
    await page.getByRole('combobox', { name: text.pop.ask }).click();
    expect(await page.getByRole('option').allInnerTexts()).toEqual(['Year of birth', 'Number plate']);
    await page.getByRole('option', { name: 'Number plate' }).click();
    await page.getByLabel(text.pop.answer).fill('34 ABC 12');
    await page.keyboard.press('Enter');
    await sent('POST /agent/call/candidates/c1/verify', { field: 'plate', answer: '34 ABC 12' });
    house.floor.pop(me(), popOf('many', { triesLeft: 2 }));
    await page.getByText('No match. 2 tries left; the right answer is never shown.').waitFor();
    await page.getByRole('button', { name: /Ç\*\*\*/ }).click();
    await page.getByLabel('Year of birth').fill('1984');
    await button(page, text.pop.check).click();
    await sent('POST /agent/call/candidates/c2/verify', { field: 'birth-year', answer: '1984' });
    await page.getByRole('button', { name: /M\*\*\*/ }).click();
    await page.getByText(text.pop.nothingToAsk).waitFor();
    await button(page, text.pop['none-of-these']).click();
    await sent('POST /agent/call/candidates/none', null);
    house.floor.pop(me(), popOf('none', { noneOfThese: true }));
    await page.getByText(text.pop.noneText).waitFor();
    expect(await page.getByText(text.pop.unknownText).count()).toBe(0);
  });

  it('asks the question where too many may call, and says what a wrong answer costs', async () => {
    const { page, sent } = await talking(['too-many']);
    await page.getByText('3 tries left; the right answer is never shown.').waitFor();
    await page.getByLabel('Year of birth').fill('1900');
    await page.keyboard.press('Enter');
    await sent('POST /agent/call/question', { field: 'birth-year', answer: '1900' });
    house.floor.pop(me(), popOf('too-many', { triesLeft: 2 }));
    await page.getByText('No match. 2 tries left; the right answer is never shown.').waitFor();
  });

  it('says what the caller keyed beforehand', async () => {
    const { page } = await talking(['one', { keyed: { field: 'customer-no', ...FIELD_LABELS['customer-no'] } }]);
    await page.getByText('The caller keyed beforehand: Customer number.', { exact: false }).waitFor();
  });

  it('holds and resumes, mutes and unmutes, presses keys, hangs up', async () => {
    const { page, sent } = await talking(['none']);
    await button(page, text.mute).click();
    await sent('POST /agent/call/mute', { on: true });
    talk({ muted: true });
    await button(page, text.unmute).click();
    await sent('POST /agent/call/mute', { on: false });
    await button(page, text.hold).click();
    await sent('POST /agent/call/hold', null);
    talk({ phase: 'held' });
    await button(page, text.resume).click();
    await sent('POST /agent/call/resume', null);
    talk();
    await button(page, text.keys).click();
    await page.getByRole('button', { name: '5', exact: true }).click();
    await sent('POST /agent/call/keys', { keys: '5' });
    await button(page, text.hangUp).click();
    await sent('POST /agent/call/hangup', null);
  });

  it('passes the call on: to a queue after a talk, to a number at once; completes it, and takes it back', async () => {
    const { page, sent } = await talking(['none']);
    await button(page, text.transfer).click();
    await page.getByRole('combobox', { name: text.target.queue }).click();
    await page.getByRole('option', { name: 'Sales (2)' }).click();
    await button(page, text.attended).click();
    await sent('POST /agent/call/transfer', { how: 'attended', to: { kind: 'queue', id: 'sales' } });
    const transfer = { to: { kind: 'queue', id: 'sales', label: 'Sales' }, since: Date.now() } as const;
    talk({ phase: 'held', transfer: { ...transfer, how: 'attended', state: 'talking' } });
    await button(page, text.complete).click();
    await sent('POST /agent/call/transfer/complete', null);
    talk();
    await button(page, text.transfer).click();
    await page.getByText(text.target.number, { exact: true }).click();
    await page.getByRole('textbox', { name: text.target.number }).fill(' 0212 555 00 10 ');
    await button(page, text.blind).click();
    await sent('POST /agent/call/transfer', { how: 'blind', to: { kind: 'number', id: '0212 555 00 10' } });
    talk({ transfer: { ...transfer, how: 'blind', state: 'ringing' } });
    await button(page, text.takeBack).click();
    await sent('POST /agent/call/take-back', null);
  });

  it('closes the call with disposition, note and follow-up', async () => {
    const { page, sent } = await talking(['none']);
    const state = { kind: 'wrap-up', callId: CALL, queue: 'support', until: Date.now() + 28_000, extended: false } as const;
    house.floor.tell(me(), { type: 'call-over', callId: CALL, legId: null, data: { how: 'caller-hung-up' } });
    house.floor.state(me(), { state });
    await page.locator('[data-wrap]').waitFor();
    expect(await button(page, text.wrap.close).isDisabled()).toBe(true);
    await button(page, '+30 s').click();
    await sent('POST /agent/wrap-up/extend', null);
    await page.getByRole('radio', { name: 'Needs follow-up' }).check();
    await page.getByLabel(text.wrap.note).fill(' Yarın aranacak ');
    await page.getByLabel(text.wrap.followUp).fill('2027-03-02T10:30');
    await button(page, text.wrap.close).click();
    const followUp = await page.evaluate(() => new Date('2027-03-02T10:30').getTime());
    await sent('POST /agent/wrap-up', { disposition: 'service/open', note: 'Yarın aranacak', followUp });
  });

  it('says why an agent who did not answer gets no calls', async () => {
    const { page, asked } = await agentPage();
    offer();
    house.floor.state(me(), { state: { kind: 'paused', reason: 'no-answer' } });
    house.floor.tell(me(), { type: 'offer-over', callId: CALL, legId: null, data: { how: 'no-answer' } });
    await page.locator('[data-paused="no-answer"]').getByText(text.pausedNoAnswer).waitFor();
    await button(page, text.available).click();
    await expect.poll(() => asked.at(-1)?.what).toBe('POST /agent/available');
    house.floor.state(me(), { state: { kind: 'available' } });
    await page.locator('[data-paused="no-answer"]').waitFor({ state: 'detached' });
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
