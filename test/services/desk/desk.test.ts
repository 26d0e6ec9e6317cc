import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_BRAND } from '../../../src/domain/brand.ts';
import type { CallId, UserId } from '../../../src/domain/ids.ts';
import { createDesk, type Desk, type DeskConnection, type DeskMessage } from '../../../src/services/desk/desk.ts';
import { SILENT_MS } from '../../../src/services/desk/heartbeats.ts';
import { callCard, type PretendFloor, pretendFloor } from '../../kit/pretend-floor.ts';
import { type VirtualClock, virtualClock } from '../../kit/virtual-clock.ts';

const DENIZ = 'usr_deniz' as UserId;
const ADA = 'usr_ada' as UserId;
const CALL = 'call_1' as CallId;

/** A page that keeps what it was told, as a browser does: over several connections. */
class Page {
  readonly heard: DeskMessage[] = [];
  readonly ends: string[] = [];
  #connection: DeskConnection | undefined;

  open(desk: Desk, agent = DENIZ): this {
    const connection = desk.connect(agent, {
      send: (message) => void (this.#connection === connection && this.heard.push(message)),
      end: (why) => void this.ends.push(why),
    });
    this.#connection = connection;
    const hello = this.heard.findLast(({ type }) => type === 'hello')?.data as { readonly stream: string } | undefined;
    connection.hello({ stream: hello?.stream ?? null, lastSeq: this.heard.at(-1)?.seq ?? null });
    return this;
  }

  beat(): void {
    this.#connection?.heartbeat();
  }

  lose(): void {
    this.#connection?.gone();
    this.#connection = undefined;
  }

  /** Numbers of the floor's news, in the order they came. */
  get numbers(): number[] {
    return this.heard.filter(({ type }) => type !== 'hello' && type !== 'superseded').map(({ seq }) => seq);
  }
}

let clock: VirtualClock;
let floor: PretendFloor;
let desk: Desk;
let names: number;

const open = (): Desk => createDesk({ floor, brand: DEFAULT_BRAND, clock, nameStream: () => `stream-${(names += 1)}` });

beforeEach(() => {
  clock = virtualClock();
  floor = pretendFloor();
  floor.add(DENIZ);
  names = 0;
  desk = open();
});

describe('an agent’s page', () => {
  it('gets everything at once, then the news with numbers', () => {
    const page = new Page().open(desk);
    expect(page.heard).toMatchObject([
      {
        type: 'hello',
        seq: 0,
        data: { stream: 'stream-1', resumedFrom: null, snapshot: { me: { id: DENIZ, state: { kind: 'offline' } } } },
      },
    ]);
    floor.state(DENIZ, { state: { kind: 'available' } });
    floor.call(DENIZ, 'offer', callCard(CALL));
    expect(page.heard.slice(1)).toMatchObject([
      { brand: DEFAULT_BRAND, type: 'state', seq: 1, eventId: 'stream-1.1', callId: null, at: clock.now() },
      { type: 'offer', seq: 2, callId: CALL, data: { phase: 'offered' } },
    ]);
  });

  it('D9: whose socket was lost for 10 s gets what it missed, without a gap and without anything twice', async () => {
    const page = new Page().open(desk);
    floor.state(DENIZ, { state: { kind: 'available' } });
    page.lose();
    floor.call(DENIZ, 'offer', callCard(CALL));
    await clock.pass(5000);
    floor.tell(DENIZ, { type: 'offer-over', callId: CALL, legId: null, data: { how: 'no-answer' } });
    await clock.pass(5000);
    page.open(desk);
    expect(page.heard.filter(({ type }) => type === 'hello')).toMatchObject([
      { data: { resumedFrom: null } },
      { seq: 1, data: { resumedFrom: 1, snapshot: null } },
    ]);
    expect(page.numbers).toEqual([1, 2, 3]);
    expect(page.heard.map(({ type }) => type)).toEqual(['hello', 'state', 'hello', 'offer', 'offer-over']);
    expect(floor.heartbeats).toEqual([]);
    // Back again without having missed anything: nothing is said twice.
    page.lose();
    page.open(desk);
    expect(page.numbers).toEqual([1, 2, 3]);
    expect(new Set(page.heard.filter(({ type }) => type !== 'hello').map(({ eventId }) => eventId)).size).toBe(3);
  });

  it('gets everything anew when it was away for longer than messages are kept, and when the engine is another one', async () => {
    const page = new Page().open(desk);
    floor.state(DENIZ, { state: { kind: 'available' } });
    page.lose();
    floor.state(DENIZ, { state: { kind: 'paused', reason: 'meal' } });
    await clock.pass(6 * 60_000);
    page.open(desk);
    expect(page.heard.at(-1)).toMatchObject({
      type: 'hello',
      seq: 2,
      data: { resumedFrom: null, snapshot: { me: { state: { kind: 'paused' } } } },
    });
    desk.close();
    desk = open();
    page.open(desk);
    expect(page.heard.at(-1)).toMatchObject({ type: 'hello', seq: 0, data: { stream: 'stream-2', resumedFrom: null } });
  });

  it('is told that a newer one of the same agent has taken over; the newer one alone goes on', () => {
    const older = new Page().open(desk);
    const newer = new Page().open(desk);
    expect(older.heard.at(-1)).toMatchObject({ type: 'superseded', seq: 0 });
    expect(older.ends).toEqual(['superseded']);
    floor.state(DENIZ, { state: { kind: 'available' } });
    expect(older.numbers).toEqual([]);
    expect(newer.numbers).toEqual([1]);
    // The older one's connection ends later: that must not take the newer one's place away.
    older.lose();
    floor.state(DENIZ, { state: { kind: 'paused', reason: 'break' } });
    expect(newer.numbers).toEqual([1, 2]);
  });

  it('hears of its own agent alone', () => {
    floor.add(ADA);
    const [deniz, ada] = [new Page().open(desk), new Page().open(desk, ADA)];
    floor.state(ADA, { state: { kind: 'available' } });
    expect(deniz.numbers).toEqual([]);
    expect(ada.numbers).toEqual([1]);
  });

  it('is ended when its user is no agent, and when the engine stops', () => {
    expect(new Page().open(desk, ADA).ends).toEqual(['no-profile']);
    const page = new Page().open(desk);
    desk.close();
    expect(page.ends).toEqual(['closing']);
    expect(clock.pending).toBe(0);
  });
});

describe('whether a page is alive', () => {
  it('is told once when nothing was heard for 15 s, and again when it speaks', async () => {
    const page = new Page().open(desk);
    await clock.pass(SILENT_MS - 1);
    page.beat();
    await clock.pass(SILENT_MS - 1);
    expect(floor.heartbeats).toEqual([]);
    await clock.pass(60_000);
    expect(floor.heartbeats).toEqual([`${DENIZ} is silent`]);
    page.beat();
    page.beat();
    expect(floor.heartbeats).toEqual([`${DENIZ} is silent`, `${DENIZ} speaks`]);
  });

  it('counts a lost connection from the last heartbeat on, and a hello as one', async () => {
    const page = new Page().open(desk);
    page.lose();
    await clock.pass(SILENT_MS);
    expect(floor.heartbeats).toEqual([`${DENIZ} is silent`]);
    page.open(desk);
    expect(floor.heartbeats).toEqual([`${DENIZ} is silent`, `${DENIZ} speaks`]);
  });

  it('does not count a page that was superseded', async () => {
    const older = new Page().open(desk);
    new Page().open(desk).lose();
    await clock.pass(10_000);
    older.beat();
    await clock.pass(5000);
    expect(floor.heartbeats).toEqual([`${DENIZ} is silent`]);
  });

  it('is expected of agents who work on a page though none is open: from their login, and from the engine’s start on', async () => {
    floor.state(DENIZ, { state: { kind: 'available' } });
    await clock.pass(SILENT_MS);
    expect(floor.heartbeats).toEqual([`${DENIZ} is silent`]);
    desk.close();
    floor.heartbeats.splice(0);
    desk = open();
    await clock.pass(SILENT_MS);
    expect(floor.heartbeats).toEqual([`${DENIZ} is silent`]);
  });

  it('is not asked of agents at a desk phone before they opened a page', async () => {
    floor.state(DENIZ, { state: { kind: 'available' }, place: { kind: 'sip', extension: '201' } });
    await clock.pass(60_000);
    expect(floor.heartbeats).toEqual([]);
    new Page().open(desk);
    await clock.pass(SILENT_MS);
    expect(floor.heartbeats).toEqual([`${DENIZ} is silent`]);
  });
});
