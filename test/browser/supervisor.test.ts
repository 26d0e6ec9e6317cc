import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FloorAgent, FloorQueue, FloorView, FloorWait } from '../../src/domain/floor-view.ts';
import type { AcdEventId, CallId, UserId } from '../../src/domain/ids.ts';
import type { HttpDeps } from '../../src/http/deps.ts';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit, type VisitOptions } from '../kit/browser.ts';
import { agentView, NO_DAY } from '../kit/pretend-floor.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { type Asked, type DeskHouse, openDeskHouse } from './desk-house.ts';

const TEXTS = { tr, en };

let browser: TestBrowser;
let house: DeskHouse;
let floor: FloorView;
const watching = new Set<() => void>();
const visits: Visit[] = [];

/** The board moves: what it shows from now on. */
function move(next: Partial<FloorView>): void {
  floor = { ...floor, ...next, at: Date.now() };
  for (const listener of watching) listener();
}

beforeAll(async () => {
  const board = {
    view: () => ({ ...floor, at: Date.now() }),
    watchFloor(listener: () => void) {
      watching.add(listener);
      return () => void watching.delete(listener);
    },
  } as unknown as HttpDeps['board'];
  [browser, house] = await Promise.all([openBrowser(), openDeskHouse({ role: 'supervisor', services: { board } })]);
});
beforeEach(() => {
  floor = busyFloor();
});
afterEach(async () => {
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

async function supervisorPage(options: VisitOptions = {}): Promise<Visit & { readonly asked: Asked[] }> {
  const opened = await browser.visit(options);
  visits.push(opened);
  const { cookie } = await house.engine.login();
  await opened.context.addCookies([cookie]);
  const asked = await house.answer(opened.page);
  await opened.page.goto(`${house.engine.url}/supervisor`);
  await opened.page.locator('[data-live="true"]').waitFor();
  return { ...opened, asked };
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

describe.each(LOOKS)('the supervisor’s board in $language at $width px', ({ language, name, ...look }) => {
  it('shows queues with figures and formula, who waits, and what agents do', async () => {
    const { page } = await supervisorPage(look);
    const text = TEXTS[language].floor;
    await page.getByText('A_T / (A + Ab − Ab_s)').first().waitFor();
    await page.getByText(text.waits.replace('{{count}}', '3')).waitFor();
    expect(await page.locator('[data-agent]').count()).toBe(5);
    expect(await page.getByText('+90 5** *** ** 17').count()).toBeGreaterThan(0);
    await shot(page, `supervisor-${name}`);
    expect(await accessFaults(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await button(page, text.editOne.replace('{{name}}', 'Deniz Yılmaz')).click();
    await page.getByRole('dialog').waitFor();
    await shot(page, `supervisor-edit-${name}`);
    expect(await accessFaults(page)).toEqual([]);
  });
});

describe('the supervisor’s board', () => {
  it('can be read in the dark', async () => {
    const { page } = await supervisorPage({ scheme: 'dark', locale: 'tr-TR' });
    await shot(page, 'supervisor-dark');
    expect(await accessFaults(page)).toEqual([]);
  });

  it('is live: what changes is shown without a reload', async () => {
    const { page } = await supervisorPage();
    await page.locator('[data-wait]').nth(2).waitFor();
    move({ waits: [], agents: floor.agents.map((agent) => ({ ...agent, state: { kind: 'paused', reason: 'meal' } })) });
    await page.getByText(en.floor.noWaits).waitFor();
    expect(await page.locator('[data-agent] [data-state="paused"]').count()).toBe(5);
  });

  it('filters by queue, and sorts agents', async () => {
    const { page } = await supervisorPage();
    await page.getByRole('radiogroup', { name: en.floor.sort }).getByText(en.floor.order.name, { exact: true }).click();
    const names = () => page.locator('[data-agent]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-agent')));
    expect(await names()).toEqual(['ada', 'burak', 'cem', 'deniz', 'ece']);
    await page.getByRole('combobox', { name: en.floor.filter }).click();
    await page.getByRole('option', { name: 'Sales' }).click();
    await page.locator('[data-queue="support"]').waitFor({ state: 'detached' });
    expect(await names()).toEqual(['ada', 'deniz']);
    expect(await page.locator('[data-wait]').count()).toBe(1);
  });

  it('moves a caller, logs an agent out, changes queues; by the keyboard too', async () => {
    const { page, asked } = await supervisorPage();
    await page.locator('[data-wait]').first().getByRole('button').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Sales' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => asked.at(-1)).toEqual({ what: `POST /floor/waits/${floor.waits[0]?.id}/move`, body: { queue: 'sales' } });

    await button(page, 'Log Ada Kaya out').click();
    await expect.poll(() => asked.at(-1)?.what).toBe('POST /agents/usr_ada/log-out');

    await button(page, "Listen to Deniz Yılmaz's talk").focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: en.floor.ear.whisper }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => asked.at(-1)?.what).toBe('POST /agents/usr_deniz/whisper');
    const ears: FloorAgent['ears'] = [{ user: 'usr_me' as UserId, name: 'admin', how: 'whisper', ringing: false }];
    move({ agents: floor.agents.map((one) => (one.name === 'deniz' ? { ...one, ears } : one)) });
    await page.locator('[data-ear="whisper"]').waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await button(page, "Listen to Deniz Yılmaz's talk").click();
    await page.getByRole('menuitem', { name: en.floor.ear.leave }).click();
    await expect.poll(() => asked.at(-1)?.what).toBe('POST /agents/usr_deniz/leave');

    await button(page, 'Deniz Yılmaz: queues and skills').click();
    await page.getByRole('checkbox', { name: 'Sales' }).uncheck();
    await page.getByRole('textbox', { name: 'english', exact: true }).fill('9');
    await button(page, 'Save').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(asked.at(-1)).toEqual({
      what: 'PUT /agents/usr_deniz',
      body: { displayName: 'Deniz Yılmaz', skills: { english: 9 }, queues: ['support'] },
    });
  });
});

function busyFloor(): FloorView {
  const now = Date.now();
  const agents: FloorAgent[] = [
    agent(
      'deniz',
      'Deniz Yılmaz',
      { kind: 'talking', callId: 'call_9' as CallId, queue: 'support' },
      192_000,
      ['support', 'sales'],
      '+90 5** *** ** 31',
    ),
    agent('ada', 'Ada Kaya', { kind: 'available' }, 45_000, ['support', 'sales']),
    agent(
      'burak',
      'Burak Şahin',
      { kind: 'wrap-up', callId: 'call_8' as CallId, queue: 'support', until: now + 20_000, extended: false },
      11_000,
      ['support'],
    ),
    agent('cem', 'Cem Öztürk', { kind: 'paused', reason: 'meal' }, 1_300_000, ['roadside']),
    agent('ece', 'Ece Güneş', { kind: 'unreachable', reason: 'heartbeat' }, 20_000, ['support']),
  ];
  return {
    ...{ at: now, agents, knownSkills: ['english', 'german'] },
    queues: [
      queue('support', { tr: 'Destek', en: 'Support' }, 2, now - 72_000, 0.737),
      queue('sales', { tr: 'Satış', en: 'Sales' }, 1, now - 9000, 0.912),
      queue('roadside', { tr: 'Yol yardım', en: 'Roadside assistance' }, 0, null, null),
    ],
    waits: [
      wait(1, 'support', 'standard', now - 72_000, 1, '+90 5** *** ** 17'),
      wait(2, 'support', 'vip', now - 30_000, 2, ''),
      wait(3, 'sales', 'standard', now - 9000, 1, '+90 2** *** ** 44'),
    ],
  };

  function agent(
    name: string,
    displayName: string,
    state: FloorAgent['state'],
    agoMs: number,
    queues: string[],
    number: string | null = null,
  ): FloorAgent {
    const today = { ...NO_DAY, offered: 31, answered: 29, notAnswered: 2, averageHandleMs: 184_000, occupancy: 0.83 };
    return {
      ...agentView(`usr_${name}` as UserId, { name, displayName, state, since: now - agoMs, queues, today }),
      number,
      ears: [],
    };
  }
}

function queue(id: string, label: FloorQueue['label'], waiting: number, waitingSince: number | null, level: number | null): FloorQueue {
  const agents = { loggedIn: 4, available: 1, busy: 2, paused: 1, unreachable: id === 'support' ? 1 : 0 };
  const parts = { withinMs: 20_000, shortMs: 5000, answeredWithin: 70, answered: 85, abandoned: 15, shortAbandoned: 5 };
  const serviceLevel = { value: level, formula: 'A_T / (A + Ab − Ab_s)', ...parts };
  const counts = { offered: 100, answered: 85, abandoned: 15, shortAbandoned: 5, flowOuts: { key: 3 }, abandonRate: 0.105 };
  const times = { averageAnswerMs: 17_000, averageHandleMs: 184_000, longestWaitMs: 190_000 };
  return { id, label, open: id !== 'roadside', waiting, waitingSince, agents, today: { ...counts, ...times, serviceLevel } };
}

function wait(n: number, queueId: string, className: string, since: number, position: number, number: string): FloorWait {
  const ids = { id: `acd_01jd9v8q4k000000000000000${n}` as AcdEventId, callId: `call_${n}` as CallId };
  return {
    ...ids,
    queue: queueId,
    class: className,
    since,
    position,
    number,
    skills: {},
    offeredTo: n === 1 ? ('usr_ada' as UserId) : null,
  };
}
