import { afterEach, describe, expect, it } from 'vitest';
import type { Call } from '../../src/domain/call.ts';
import { HEARTBEAT_MS, STALLED_MS } from '../../src/http/sse.ts';
import { virtualClock } from '../kit/virtual-clock.ts';
import { type House, openHouse } from './house.ts';
import { openSse, type SseClient, type SseEvent } from './sse-client.ts';

let house: House;
const open: SseClient[] = [];
afterEach(async () => {
  for (const client of open.splice(0)) client.close();
  await house.close();
});

async function follow(call: Call, headers: Record<string, string>, query = ''): Promise<SseClient> {
  const client = await openSse(`${await house.url()}/api/v1/calls/${call.id}/feed${query}`, headers);
  open.push(client);
  return client;
}

const ids = (events: readonly SseEvent[]): (string | undefined)[] => events.map(({ id }) => id);

describe('the live feed of a call', () => {
  it('replays the journal, goes on live, says that the call has ended, and ends', async () => {
    house = await openHouse();
    const call = house.newCall();
    await house.happen(call, ['call-arrived', 'call-answered']);
    const feed = await follow(call, await house.bearer('supervisor'));
    expect(feed.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(feed.headers['x-content-type-options']).toBe('nosniff');
    expect(feed.headers['content-security-policy']).toContain("default-src 'self'");
    const replayed = await feed.take(2);
    expect(replayed).toEqual([
      { event: 'entry', id: '1', data: expect.objectContaining({ callId: call.id, seq: 1, kind: 'call-arrived' }) },
      { event: 'entry', id: '2', data: expect.objectContaining({ seq: 2, kind: 'call-answered' }) },
    ]);
    await house.happen(call, ['node-entered', 'prompt']);
    expect(ids(await feed.take(2))).toEqual(['3', '4']);
    await house.happen(call, ['call-ended']);
    const last = await feed.take(2);
    expect(last.map(({ event, id }) => [event, id])).toEqual([
      ['entry', '5'],
      ['ended', undefined],
    ]);
    expect(last[1]?.data).toEqual({ callId: call.id });
    expect(await feed.over).toBe(true);
  });

  it.each([
    ['Last-Event-ID', { 'last-event-id': '2' }, ''],
    ['the query', {}, '?after=2'],
    ['the query rather than Last-Event-ID', { 'last-event-id': '1' }, '?after=2'],
  ])('comes back without gap or double, by %s', async (_how, headers, query) => {
    house = await openHouse();
    const call = house.newCall();
    const supervisor = await house.bearer('supervisor');
    await house.happen(call, ['call-arrived', 'call-answered']);
    const first = await follow(call, supervisor);
    await first.take(2);
    first.close();
    await house.happen(call, ['prompt', 'digits']);
    const again = await follow(call, { ...supervisor, ...headers }, query);
    expect(ids(await again.take(2))).toEqual(['3', '4']);
    await house.happen(call, ['prompt']);
    expect(ids(await again.take(1))).toEqual(['5']);
  });

  it('takes a Last-Event-ID that is none for a first visit', async () => {
    house = await openHouse();
    const call = house.newCall();
    await house.happen(call, ['call-arrived']);
    const feed = await follow(call, { ...(await house.bearer('admin')), 'last-event-id': 'nonsense' });
    expect(ids(await feed.take(1))).toEqual(['1']);
  });

  it('tells a browser that has the whole of an ended call to stop coming back', async () => {
    house = await openHouse();
    const call = house.newCall();
    await house.happen(call, ['call-arrived', 'call-ended']);
    const admin = await house.bearer('admin');
    const whole = await follow(call, admin);
    expect((await whole.take(3)).map(({ event }) => event)).toEqual(['entry', 'entry', 'ended']);
    expect(await whole.over).toBe(true);
    const answer = await house.app.inject({ url: `/api/v1/calls/${call.id}/feed`, headers: { ...admin, 'last-event-id': '2' } });
    expect(answer.statusCode).toBe(204);
  });

  it('is for one brand’s calls only, and for calls that exist', async () => {
    house = await openHouse();
    const foreign = house.newCall({ brand: 'other' as Call['brand'] });
    await house.happen(foreign, ['call-arrived']);
    const admin = await house.bearer('admin');
    for (const call of [foreign, house.newCall()]) {
      expect((await house.app.inject({ url: `/api/v1/calls/${call.id}/feed`, headers: admin })).statusCode).toBe(404);
    }
  });

  it('beats while nothing happens, and ends within a beat of the logout', async () => {
    const clock = virtualClock();
    house = await openHouse({ clock });
    const call = house.newCall();
    await house.happen(call, ['call-arrived']);
    const browser = await house.browser('supervisor');
    const feed = await follow(call, browser.read);
    await feed.take(1);
    for (let beat = 0; beat < 3; beat += 1) {
      const heard = feed.comment();
      await clock.pass(HEARTBEAT_MS);
      expect(await heard).toBe('still here');
    }
    await house.app.inject({ method: 'POST', url: '/api/v1/auth/logout', headers: browser.write });
    await clock.pass(HEARTBEAT_MS);
    expect(await feed.over).toBe(true);
    await house.happen(call, ['prompt']);
    expect(feed.rest()).toEqual([]);
  });

  it('ends when the engine stops, so that stopping takes no time', async () => {
    house = await openHouse();
    const call = house.newCall();
    await house.happen(call, ['call-arrived']);
    const feed = await follow(call, await house.bearer('admin'));
    await feed.take(1);
    await house.app.close();
    expect(await feed.over).toBe(true);
  });

  it('cuts off a reader that takes nothing, keeps little for it, and gives it all when it comes back', async () => {
    const clock = virtualClock();
    house = await openHouse({ clock });
    const call = house.newCall();
    const admin = await house.bearer('admin');
    const slow = await follow(call, admin).catch(() => undefined);
    expect(slow?.status).toBe(404);
    await house.happen(call, ['call-arrived']);
    const feed = await follow(call, admin);
    await feed.take(1);
    feed.pause();
    // More than socket buffers hold; the engine must not hold the rest.
    const text = 'x'.repeat(100_000);
    const kinds = Array.from({ length: 10 }, () => 'prompt' as const);
    for (let i = 0; i < 15; i += 1) await house.happen(call, kinds, { text });
    await clock.pass(STALLED_MS);
    feed.resume();
    expect(await feed.over).toBe(false);
    const last = Number(feed.rest().at(-1)?.id ?? 1);
    expect(last).toBeLessThan(151);
    expect(ids(feed.rest())).toEqual(Array.from({ length: last - 1 }, (_, i) => String(i + 2)));
    const again = await follow(call, { ...admin, 'last-event-id': String(last) });
    expect(ids(await again.take(151 - last))).toEqual(Array.from({ length: 151 - last }, (_, i) => String(last + 1 + i)));
  });
});

describe('the feed of a browser phone', () => {
  const channel = (endpoint: string) => ({ endpoint: `PJSIP/${endpoint}-0000001a`, did: '02125550010', flow: 'main-menu' });

  async function phone(headers: Record<string, string>, query = ''): Promise<SseClient> {
    const client = await openSse(`${await house.url()}/api/v1/phone/feed${query}`, headers);
    open.push(client);
    return client;
  }

  it('names each call of this phone, tells what happens in it, and stays for the next one', async () => {
    house = await openHouse();
    const browser = await house.browser('agent');
    const feed = await phone(browser.read);
    for (const _round of [1, 2]) {
      const call = house.newCall();
      await house.happen(call, ['call-arrived'], channel(browser.endpoint));
      await house.happen(call, ['prompt']);
      await house.happen(call, ['call-ended']);
      expect(await feed.take(5)).toEqual([
        { event: 'call', id: undefined, data: { callId: call.id, did: '02125550010', flow: 'main-menu', startedAt: expect.any(Number) } },
        { event: 'entry', id: `${call.id}.1`, data: expect.objectContaining({ kind: 'call-arrived' }) },
        { event: 'entry', id: `${call.id}.2`, data: expect.objectContaining({ kind: 'prompt' }) },
        { event: 'entry', id: `${call.id}.3`, data: expect.objectContaining({ kind: 'call-ended' }) },
        { event: 'ended', id: undefined, data: { callId: call.id } },
      ]);
    }
  });

  it('finds a call that is up already', async () => {
    house = await openHouse();
    const browser = await house.browser('agent');
    const call = house.newCall();
    await house.happen(call, ['call-arrived', 'prompt'], channel(browser.endpoint));
    house.live.push({ ...call, node: null, channelName: channel(browser.endpoint).endpoint });
    const feed = await phone(browser.read);
    expect((await feed.take(3)).map(({ event, id }) => [event, id])).toEqual([
      ['call', undefined],
      ['entry', `${call.id}.1`],
      ['entry', `${call.id}.2`],
    ]);
  });

  it('gives what was missed, of a call that has ended meanwhile, too', async () => {
    house = await openHouse();
    const browser = await house.browser('agent');
    const call = house.newCall();
    await house.happen(call, ['call-arrived', 'prompt', 'digits'], channel(browser.endpoint));
    await house.happen(call, ['call-ended']);
    const feed = await phone({ ...browser.read, 'last-event-id': `${call.id}.2` });
    expect((await feed.take(4)).map(({ event, id }) => [event, id])).toEqual([
      ['call', undefined],
      ['entry', `${call.id}.3`],
      ['entry', `${call.id}.4`],
      ['ended', undefined],
    ]);
    const knowsAll = await phone(browser.read, `?after=${call.id}.4`);
    const next = house.newCall();
    await house.happen(next, ['call-arrived'], channel(browser.endpoint));
    expect((await knowsAll.take(1))[0]?.data).toMatchObject({ callId: next.id });
  });

  it('shows nobody another phone’s call: neither by arrival, nor by a position that names it', async () => {
    house = await openHouse();
    const [mine, other] = [await house.browser('agent'), await house.browser('agent')];
    const foreign = house.newCall();
    await house.happen(foreign, ['call-arrived', 'prompt'], channel(other.endpoint));
    house.live.push({ ...foreign, node: null, channelName: channel(other.endpoint).endpoint });
    const feed = await phone({ ...mine.read, 'last-event-id': `${foreign.id}.0` });
    const own = house.newCall();
    await house.happen(foreign, ['digits']);
    await house.happen(own, ['call-arrived'], channel(mine.endpoint));
    const [first, second] = await feed.take(2);
    expect(first?.data).toMatchObject({ callId: own.id });
    expect(second?.id).toBe(`${own.id}.1`);
  });

  it('leaves nothing behind when the reader goes', async () => {
    const clock = virtualClock();
    house = await openHouse({ clock });
    const browser = await house.browser('agent');
    const before = clock.pending;
    const feed = await phone(browser.read);
    const call = house.newCall();
    await house.happen(call, ['call-arrived'], channel(browser.endpoint));
    await feed.take(2);
    expect(clock.pending).toBe(before + 1);
    const gone = new Promise((resolve) => house.app.server.once('connection', (socket) => socket.once('close', resolve)));
    const second = await phone(browser.read);
    second.close();
    await gone;
    feed.close();
    await expect.poll(() => clock.pending).toBe(before);
  });
});
