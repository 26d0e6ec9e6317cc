import { once } from 'node:events';
import type http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { CallId, UserId } from '../../src/domain/ids.ts';
import { CLOSE_CODES } from '../../src/http/agent-socket.ts';
import { AGENT_NEWS, agentMessage } from '../../src/http/contracts/agent-socket.ts';
import { PING_MS } from '../../src/http/socket-pair.ts';
import { createDesk, type Desk } from '../../src/services/desk/desk.ts';
import { SILENT_MS } from '../../src/services/desk/heartbeats.ts';
import { callCard, type PretendFloor, pretendFloor } from '../kit/pretend-floor.ts';
import { type VirtualClock, virtualClock } from '../kit/virtual-clock.ts';
import { type Browser, type House, openHouse } from './house.ts';

let house: House;
let clock: VirtualClock;
let floor: PretendFloor;
let desk: Desk;
let browser: Browser;
let me: UserId;
const pages: WebSocket[] = [];

beforeEach(async () => {
  clock = virtualClock();
  floor = pretendFloor();
  desk = createDesk({ floor, brand: DEFAULT_BRAND, clock, nameStream: () => 's' });
  house = await openHouse({ clock, change: (deps) => ({ ...deps, desk }) });
  browser = await house.browser('agent');
  const caller = await house.auth.authenticate(browser.secret);
  me = (caller?.user.id ?? '') as UserId;
  floor.add(me);
});
afterEach(async () => {
  for (const page of pages.splice(0)) page.terminate();
  desk.close();
  await house.close();
});

async function dial(headers?: Record<string, string>): Promise<WebSocket> {
  const url = await house.url();
  const page = new WebSocket(`${url.replace('http', 'ws')}/api/v1/agent/socket`, {
    headers: headers ?? { origin: url, cookie: browser.cookie },
  });
  pages.push(page);
  return page;
}

async function opened(): Promise<WebSocket> {
  const page = await dial();
  await once(page, 'open');
  return page;
}

async function refused(headers: Record<string, string>): Promise<number> {
  const page = await dial(headers);
  page.on('error', () => undefined);
  const [, response] = (await once(page, 'unexpected-response')) as [unknown, http.IncomingMessage];
  response.resume();
  return response.statusCode ?? 0;
}

/** The next message, of which the contract knows every part. */
async function told(page: WebSocket) {
  const [text] = (await once(page, 'message')) as [Buffer];
  const message = agentMessage.strict().parse(JSON.parse(String(text)));
  return { ...message, data: AGENT_NEWS[message.type].strict().parse(message.data) as Record<string, unknown> };
}

const say = (page: WebSocket, what: unknown): void => page.send(JSON.stringify(what));

async function greeted(lastSeq: number | null = null) {
  const page = await opened();
  say(page, { kind: 'hello', lastSeq, stream: lastSeq === null ? null : 's' });
  return { page, hello: await told(page) };
}

const closedWith = async (page: WebSocket): Promise<number> => ((await once(page, 'close')) as [number])[0];

describe('the agent’s socket', () => {
  it('gives a snapshot, then the news; after a loss what was missed', async () => {
    const { page, hello } = await greeted();
    expect(hello).toMatchObject({ type: 'hello', seq: 0, data: { stream: 's', resumedFrom: null, snapshot: { me: { id: me } } } });
    const news = told(page);
    floor.state(me, { state: { kind: 'available' } });
    expect(await news).toMatchObject({ type: 'state', seq: 1, brand: DEFAULT_BRAND, data: { state: { kind: 'available' } } });
    page.terminate();
    floor.call(me, 'offer', callCard(house.ids.next('call') satisfies CallId));
    const again = await opened();
    const messages: unknown[] = [];
    again.on('message', (text: Buffer) => messages.push(JSON.parse(String(text))));
    say(again, { kind: 'hello', lastSeq: 1, stream: 's' });
    await expect
      .poll(() => messages)
      .toMatchObject([
        { type: 'hello', data: { resumedFrom: 1, snapshot: null } },
        { type: 'offer', seq: 2 },
      ]);
  });

  it('tells the older of two pages that it is superseded, and closes it', async () => {
    const { page } = await greeted();
    const last = told(page);
    const closed = closedWith(page);
    await greeted();
    expect((await last).type).toBe('superseded');
    expect(await closed).toBe(CLOSE_CODES.superseded);
  });

  it('hears heartbeats, and misses them', async () => {
    const { page } = await greeted();
    await clock.pass(SILENT_MS);
    expect(floor.heartbeats).toEqual([`${me} is silent`]);
    say(page, { kind: 'heartbeat' });
    await expect.poll(() => floor.heartbeats).toEqual([`${me} is silent`, `${me} speaks`]);
  });

  it.each([
    ['no JSON', 'hello'],
    ['an unknown kind', '{"kind":"shout"}'],
    ['more than there is', '{"kind":"heartbeat","extra":1}'],
    ['a number that is none', '{"kind":"hello","lastSeq":"7"}'],
  ])('closes on %s', async (_what, text) => {
    const { page } = await greeted();
    page.send(text);
    expect(await closedWith(page)).toBe(CLOSE_CODES['not-understood']);
  });

  it('is closed for a user who is no agent, and with the engine', async () => {
    floor.agents.clear();
    const stranger = await opened();
    say(stranger, { kind: 'hello', lastSeq: null });
    expect(await closedWith(stranger)).toBe(CLOSE_CODES['no-profile']);
    floor.add(me);
    const { page } = await greeted();
    const closed = closedWith(page);
    await Promise.all([house.app.close(), clock.pass(0)]);
    expect(await closed).toBe(CLOSE_CODES.closing);
  });

  it('is closed within half a minute when the login has ended', async () => {
    const { page } = await greeted();
    const caller = await house.auth.authenticate(browser.secret);
    if (caller !== undefined) await house.auth.logout(caller.token.id);
    const closed = closedWith(page);
    await clock.pass(PING_MS);
    expect(await closed).toBe(CLOSE_CODES['logged-out']);
  });

  it('is refused to pages of others, without a login, and to roles that have no desk', async () => {
    const origin = await house.url();
    expect(await refused({ origin: 'https://elsewhere.example', cookie: browser.cookie })).toBe(403);
    expect(await refused({ cookie: browser.cookie })).toBe(403);
    expect(await refused({ origin })).toBe(401);
    expect(await refused({ origin, cookie: (await house.browser('campaign-manager')).cookie })).toBe(403);
    expect(await refused({ origin, cookie: (await house.browser('agent', { oneTime: true })).cookie })).toBe(403);
  });
});
