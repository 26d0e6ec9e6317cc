import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit, type VisitOptions } from '../kit/browser.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { BUSY, type FarEnd, HUMS, openFarEnd, RINGS } from './far-end.ts';
import { type PretendEngine, startPretendEngine } from './pretend-engine.ts';
import { tellDealerLookup } from './story.ts';

let browser: TestBrowser;
let farEnd: FarEnd;
let engine: PretendEngine;
const visits: Visit[] = [];

beforeAll(async () => {
  [browser, farEnd] = await Promise.all([openBrowser(), openFarEnd()]);
  engine = await startPretendEngine({ telephony: farEnd.telephony, asteriskWebSocket: `ws://127.0.0.1:${farEnd.asterisk.ariPort}/ws` });
  farEnd.onUp(() => engine.asteriskIsUp());
});
afterEach(async () => {
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
  await farEnd.hangUpAll();
  farEnd.forget();
});
afterAll(async () => {
  await browser?.close();
  await engine?.stop();
  await farEnd?.stop();
});

/** The phone page of somebody who is logged in, registered. */
async function phonePage(options: VisitOptions = {}, from = browser): Promise<{ page: Page; endpoint: string; problems: string[] }> {
  const opened = await from.visit(options);
  visits.push(opened);
  const { cookie, endpoint } = await engine.login();
  await opened.context.addCookies([cookie]);
  await opened.page.goto(`${engine.url}/phone`);
  await lineIs(opened.page, 'ready');
  return { page: opened.page, endpoint, problems: opened.problems };
}

const lineIs = (page: Page, kind: string) => page.locator(`[data-line="${kind}"]`).waitFor({ timeout: 40_000 });
const callIs = (page: Page, kind: string) => page.locator(`[data-call="${kind}"]`).waitFor();
const endedBy = (page: Page, reason: string) => page.locator(`[data-call="ended"][data-reason="${reason}"]`).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const soundIs = (page: Page, loud: boolean) =>
  page.waitForFunction((wanted) => Number(document.querySelector<HTMLElement>('[data-level]')?.dataset['level']) > 20 === wanted, loud);

async function dial(page: Page, number: string): Promise<void> {
  await page.locator('input[type=tel]').fill(number);
  await button(page, 'Call').click();
}

describe('the phone in the browser, on a real Asterisk', () => {
  it('registers, calls, brings sound, sends keys, mutes and hangs up', async () => {
    const { page, endpoint, problems } = await phonePage();
    await button(page, 'Call').click();
    await callIs(page, 'talking');
    const { channel } = await farEnd.heard('started');
    expect(channel.did).toBe(HUMS);
    expect(channel.name).toMatch(new RegExp(`^PJSIP/${endpoint}-[0-9a-f]{8}$`));
    await soundIs(page, true);

    await button(page, '5').click();
    await page.keyboard.type('19*0#2');
    await farEnd.heard('key', ({ key }) => key === '2');
    expect(farEnd.keys()).toBe('519*0#2');
    expect(await page.getByTestId('pressed-keys').textContent()).toBe('5 1 9 * 0 # 2');
    expect(await page.locator('input[type=tel]').inputValue()).toBe(HUMS);

    await button(page, 'Mute').click();
    expect(await button(page, 'Unmute').getAttribute('aria-pressed')).toBe('true');
    await button(page, 'Unmute').click();
    await button(page, 'Hang up').click();
    await endedBy(page, 'you-hung-up');
    await farEnd.heard('left');
    await soundIs(page, false);
    expect(problems).toEqual([]);
  });

  it.each(LOOKS)('looks well in $language at $width px: ready, in a call, ended', async ({ name, ...look }) => {
    const { page, endpoint } = await phonePage(look);
    await shot(page, `phone-ready-${name}`);
    expect(await accessFaults(page)).toEqual([]);
    await page.locator('button[data-act="call"]').click();
    await callIs(page, 'talking');
    tellDealerLookup(engine.call(endpoint), 'dealer');
    await page.locator('[data-node=read][data-current]').waitFor();
    await page.keyboard.type('1134');
    await soundIs(page, true);
    await shot(page, `phone-talking-${name}`);
    expect(await accessFaults(page)).toEqual([]);
    await page.locator('button[data-act="hang-up"]').click();
    await callIs(page, 'ended');
    expect(await accessFaults(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
  });

  it('tells when the other side hangs up, and how long it was', async () => {
    const { page } = await phonePage();
    await dial(page, HUMS);
    await callIs(page, 'talking');
    await page.getByRole('timer').getByText('0:02').waitFor();
    const { channel } = await farEnd.heard('started');
    await farEnd.telephony.hangup(channel.id, 'normal');
    await endedBy(page, 'they-hung-up');
    expect(await page.getByText(/^Lasted 0:0\d/).count()).toBe(1);
    await button(page, 'Call').waitFor();
  });

  it('tells a busy line, with its SIP code', async () => {
    const { page } = await phonePage();
    await dial(page, BUSY);
    await endedBy(page, 'busy');
    await page.getByText('SIP 486').waitFor();
  });

  it('shows ringing, and takes a call back that nobody answers', async () => {
    const { page } = await phonePage();
    await dial(page, RINGS);
    await callIs(page, 'ringing');
    await button(page, 'Hang up').click();
    await endedBy(page, 'you-hung-up');
    await farEnd.heard('left');
  });

  it('is called: takes a call and hears it, refuses one, and sees one end that was given up', async () => {
    const { page, endpoint } = await phonePage();
    const ring = (channelId: string) =>
      farEnd.telephony.originate({
        ...{ channelId, endpoint: `PJSIP/${endpoint}`, callerId: '02125550010', ringMs: 20_000, args: ['leg'], originator: null },
      });
    await ring('in-1');
    await callIs(page, 'incoming');
    await page.getByText('02125550010 is calling').waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await button(page, 'Answer').click();
    await callIs(page, 'talking');
    await farEnd.heard('started', ({ channel }) => channel.id === 'in-1');
    await soundIs(page, true);
    await button(page, '4').click();
    await farEnd.heard('key', ({ key }) => key === '4');
    await button(page, 'Hang up').click();
    await endedBy(page, 'you-hung-up');

    await ring('in-2');
    await callIs(page, 'incoming');
    await button(page, 'Refuse').click();
    await endedBy(page, 'you-hung-up');

    await ring('in-3');
    await callIs(page, 'incoming');
    await farEnd.telephony.hangup('in-3', 'normal');
    await endedBy(page, 'they-hung-up');
    expect(await page.getByText('The call was not answered').count()).toBe(1);
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'busy'],
  ] as const)('calls without a microphone (%s), explains it, hears, and sends keys', async (microphone, problem) => {
    const { page } = await phonePage({ microphone });
    await button(page, 'Call').click();
    await callIs(page, 'talking');
    await page.locator(`[data-problem="${problem}"]`).waitFor();
    await soundIs(page, true);
    await button(page, '7').click();
    await farEnd.heard('key', ({ key }) => key === '7');
    expect(await button(page, 'Mute').isDisabled()).toBe(true);
  });

  it('loses no key that is pressed right after the answer', async () => {
    const { page } = await phonePage();
    for (const key of ['1', '2', '3', '4', '5', '6']) {
      await button(page, 'Call').click();
      await callIs(page, 'talking');
      await button(page, key).click();
      await farEnd.heard('key', (event) => event.key === key);
      await button(page, 'Hang up').click();
      await callIs(page, 'ended');
    }
    expect(farEnd.keys()).toBe('123456');
  });

  it('calls from a browser whose user refused the microphone, and which therefore hides its addresses', async () => {
    const reserved = await openBrowser(['--use-fake-ui-for-media-stream', '--allow-loopback-in-peer-connection']);
    try {
      const { page } = await phonePage({}, reserved);
      for (const key of ['7', '8', '9']) {
        await button(page, 'Call').click();
        await callIs(page, 'talking');
        await page.locator('[data-problem="denied"]').waitFor();
        await soundIs(page, true);
        await button(page, key).click();
        await farEnd.heard('key', (event) => event.key === key);
        await button(page, 'Hang up').click();
        await callIs(page, 'ended');
      }
      expect(farEnd.keys()).toBe('789');
    } finally {
      await reserved.close();
    }
  });

  it('registers again by itself after Asterisk was restarted, and calls', async () => {
    const { page } = await phonePage();
    await farEnd.asterisk.restart('kill');
    await lineIs(page, 'ready');
    await button(page, 'Call').click();
    await callIs(page, 'talking');
    await soundIs(page, true);
  });

  it('keeps the call while the engine is away, and registers with the next engine', async () => {
    const { page } = await phonePage();
    await button(page, 'Call').click();
    await callIs(page, 'talking');
    await engine.restart();
    await lineIs(page, 'ready');
    await callIs(page, 'talking');
    await soundIs(page, true);
    await button(page, '3').click();
    await farEnd.heard('key', ({ key }) => key === '3');
    await button(page, 'Hang up').click();
    await farEnd.heard('left');
    await button(page, 'Call').click();
    await callIs(page, 'talking');
  });

  it('ends its call when the page is closed', async () => {
    const { page } = await phonePage();
    await button(page, 'Call').click();
    await callIs(page, 'talking');
    await page.close({ runBeforeUnload: true });
    await farEnd.heard('left');
  });

  it('is gone after the log-out', async () => {
    const { page, endpoint } = await phonePage();
    expect(await farEnd.asterisk.rx(`pjsip show endpoint ${endpoint}`)).toContain(`Endpoint:  ${endpoint}`);
    await page.getByRole('button', { name: 'Account of admin' }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await page.waitForURL(`${engine.url}/login`);
    expect(await farEnd.asterisk.rx(`pjsip show endpoint ${endpoint}`)).toContain('Unable to find');
  });
});
