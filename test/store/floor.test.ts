import { describe, expect, test } from 'vitest';
import type { AcdEvent } from '../../src/domain/acd-event.ts';
import type { AgentProfile } from '../../src/domain/agent.ts';
import type { BrandId } from '../../src/domain/brand.ts';
import { type CallId, makeId, type UserId } from '../../src/domain/ids.ts';
import type { FloorChange, StoredAgentState, StoredWait } from '../../src/ports/floor-store.ts';
import { ENGINES, storesFor } from './engines.ts';
import { NOON } from './fixtures.ts';

const BRAND = 'santral' as BrandId;
const AYSE = makeId('user', NOON, [1]);
const CALL = makeId('call', NOON, [1]);
const OUTSIDE = '+905550000012';
const CALLER = '+905550000017';

let count = 0;
const eventId = () => makeId('acdEvent', NOON + (count += 1), []);

const state = (version: number, changes: Partial<StoredAgentState> = {}): StoredAgentState => ({
  ...{ userId: AYSE, brand: BRAND, state: { kind: 'available' }, since: NOON, idleSince: NOON - 5 },
  ...{ missing: ['heartbeat'], wrapUpAsked: true, next: { kind: 'paused', reason: 'meal' }, version },
  ...changes,
});

const wait = (changes: Partial<StoredWait> = {}): StoredWait => ({
  ...{
    callId: CALL,
    waitId: eventId(),
    brand: BRAND,
    queue: 'support',
    since: NOON - 9,
    enteredAt: NOON,
    class: 'vip',
    skills: { english: 3 },
  },
  ...{ lastAgent: AYSE, passedBy: [AYSE], joinedAt: 2, told: { position: 2, estimatedWaitMs: null } },
  ...changes,
});

const entered = (): AcdEvent => ({
  ...{ id: eventId(), brand: BRAND, at: NOON + count, kind: 'entered' },
  queue: 'support',
  callId: CALL,
  class: 'vip',
  since: NOON,
});

const change = (changes: Partial<FloorChange>): FloorChange => ({
  events: [],
  agents: [],
  waits: [],
  endedWaits: [],
  lastTalks: [],
  ...changes,
});

describe.each(ENGINES)('the floor on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);

  test('gives states, waits and facts back as they were', async () => {
    const { floor } = at.stores;
    const [agent, caller, event] = [state(3), wait(), entered()];
    await floor.write(change({ agents: [agent], waits: [caller], events: [event] }));
    expect(await floor.open(BRAND)).toEqual({ agents: [agent], waits: [caller], lastEventAt: event.at });
    expect(await floor.open('other' as BrandId)).toEqual({ agents: [], waits: [], lastEventAt: null });
    const moved = wait({ waitId: eventId(), queue: 'sales', lastAgent: null, told: null });
    await floor.write(change({ waits: [moved] }));
    expect((await floor.open(BRAND)).waits).toEqual([moved]);
    await floor.write(change({ endedWaits: [CALL] }));
    expect((await floor.open(BRAND)).waits).toEqual([]);
  });

  test('keeps facts once, in their order, and finds them by time, kind and call', async () => {
    const { floor } = at.stores;
    const first = entered();
    const gap: AcdEvent = { id: eventId(), brand: BRAND, at: first.at + 1, kind: 'gap', from: NOON };
    const last = entered();
    await floor.write(change({ events: [first, gap] }));
    await floor.write(change({ events: [first, gap, last] }));
    const all = { brand: BRAND, from: NOON, to: NOON + 1000, limit: 10 };
    expect(await floor.events(all)).toEqual([first, gap, last]);
    expect(await floor.events({ ...all, limit: 1, after: first.id })).toEqual([gap]);
    expect(await floor.events({ ...all, limit: 2, newest: true })).toEqual([gap, last]);
    expect(await floor.events({ ...all, kinds: ['entered'] })).toEqual([first, last]);
    expect(await floor.events({ ...all, from: gap.at, to: last.at })).toEqual([gap]);
    expect(await floor.eventsOfCall(CALL)).toEqual([first, last]);
  });

  test('a reservation is one engine’s: of two that claim the same version one gets it', async () => {
    const { floor } = at.stores;
    await floor.write(change({ agents: [state(1)] }));
    const reserved = (callId: string) => state(2, { state: { kind: 'reserved', callId: callId as CallId, queue: 'support' } });
    const claims = await Promise.all([floor.claim(reserved('call_a')), floor.claim(reserved('call_b'))]);
    expect(claims.toSorted()).toEqual([false, true]);
    expect((await floor.stateOf(AYSE))?.state).toMatchObject({ callId: claims[0] === true ? 'call_a' : 'call_b' });
    // A later word of a slower engine does not undo it.
    await floor.write(change({ agents: [state(1)] }));
    expect((await floor.stateOf(AYSE))?.version).toBe(2);
  });

  test('an agent that nobody stored yet can be claimed', async () => {
    expect(await at.stores.floor.claim(state(1))).toBe(true);
    expect(await at.stores.floor.stateOf(AYSE)).toEqual(state(1));
    expect(await at.stores.floor.stateOf('usr_nobody' as UserId)).toBeUndefined();
  });

  test('knows who talked with a caller last, by a token: the number is nowhere', async () => {
    const { floor } = at.stores;
    const bora = makeId('user', NOON, [2]);
    await floor.write(change({ lastTalks: [{ brand: BRAND, caller: CALLER, agent: AYSE, at: NOON }] }));
    await floor.write(change({ lastTalks: [{ brand: BRAND, caller: CALLER, agent: bora, at: NOON + 5 }] }));
    expect(await floor.lastAgentOf(BRAND, CALLER, NOON)).toBe(bora);
    expect(await floor.lastAgentOf(BRAND, CALLER, NOON + 6)).toBeUndefined();
    expect(await floor.lastAgentOf('other' as BrandId, CALLER, NOON)).toBeUndefined();
    expect(JSON.stringify(await at.place.query('select * from last_talks'))).not.toContain(CALLER.slice(-7));
  });

  test('keeps profiles and desk phones; outside numbers and passwords’ hashes stand sealed', async () => {
    const { agents } = at.stores;
    const profile: AgentProfile = {
      ...{ userId: AYSE, brand: BRAND, displayName: 'Ayşe Yılmaz', language: 'tr', place: { kind: 'outside', number: OUTSIDE } },
      ...{ skills: { english: 5 }, queues: ['support'], updatedAt: NOON },
    };
    await agents.put(profile);
    expect(await agents.get(AYSE)).toEqual(profile);
    await agents.put({ ...profile, place: { kind: 'web' } });
    await agents.put(profile);
    expect(await agents.list(BRAND)).toEqual([profile]);
    const phone = { name: 'desk-1', userId: AYSE, realm: 'santral', ha1: '0123456789abcdef0123456789abcdef', madeAt: NOON };
    await agents.putPhone(phone);
    await agents.putPhone({ ...phone, madeAt: NOON + 1 });
    expect(await agents.phones()).toEqual([{ ...phone, madeAt: NOON + 1 }]);
    const stored = JSON.stringify([await at.place.query('select * from agents'), await at.place.query('select * from agent_phones')]);
    expect(stored).not.toContain(OUTSIDE.slice(-7));
    expect(stored).not.toContain(phone.ha1);
    await agents.removePhone(AYSE);
    expect(await agents.phones()).toEqual([]);
  });
});
