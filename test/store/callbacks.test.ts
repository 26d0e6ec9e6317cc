import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nextCallback } from '../../src/acd/callback-state.ts';
import type { AcdEvent } from '../../src/domain/acd-event.ts';
import type { BrandId } from '../../src/domain/brand.ts';
import { CALLBACK_RULES, type Callback, type CallbackContact, type CallbackFinding } from '../../src/domain/callback.ts';
import type { CallbackRequest } from '../../src/domain/callback-request.ts';
import { type CallId, makeId } from '../../src/domain/ids.ts';
import type { E164 } from '../../src/domain/phone-number.ts';
import type { CallbackStore } from '../../src/ports/callbacks.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { silentLog } from '../kit/asterisk.ts';
import { TEST_SEAL } from '../kit/seal.ts';
import { ENGINES, storesFor } from './engines.ts';
import { call, endedCall, leg, NOON } from './fixtures.ts';

const BRAND = 'santral' as BrandId;
const NUMBER = '+905550000017' as E164;
const AYSE = makeId('user', NOON, [1]);
const RULES = { group: 'support', ...CALLBACK_RULES };
const HOUR = 3_600_000;
const LIMIT = { cap: 3, since: NOON - 24 * HOUR };

let count = 0;
const next = <K extends Parameters<typeof makeId>[0]>(kind: K) => makeId(kind, NOON + (count += 1), [count & 31, count >> 5]);

const found = (changes: Partial<CallbackFinding> = {}): CallbackFinding => ({
  ...{ id: next('acdEvent'), brand: BRAND, group: 'support', at: NOON, kind: 'abandoned', origin: 'queue', callId: next('call') },
  ...{ queue: 'support', language: 'tr', about: '', since: NOON, expiresAt: NOON + 24 * HOUR, who: { kind: 'number', number: NUMBER } },
  ...changes,
});
const contact = (changes: Partial<CallbackContact> = {}): CallbackContact => ({
  ...{ brand: BRAND, groups: ['support'], names: ['support'], number: NUMBER, callId: next('call'), how: 'served-inbound' },
  ...{ agent: AYSE, at: NOON + 9 },
  ...changes,
});
const wish = (changes: Partial<CallbackRequest> = {}): CallbackRequest => ({
  ...{ id: next('callback'), brand: BRAND, callId: next('call'), group: 'support', number: NUMBER, language: 'tr', reason: 'kampanya' },
  ...{ requestedAt: NOON, state: 'open', closedAt: null, closedBy: null, origin: 'flow', since: null },
  ...changes,
});
const asked = (request: CallbackRequest) => ({ legs: [], session: null, entries: [], callbackRequests: [request] });
const findingOf = ({ id, group, number, reason, requestedAt, language, callId }: CallbackRequest): CallbackFinding =>
  found({
    ...{ id, group, kind: 'requested', origin: 'flow', about: reason, at: requestedAt, language, callId },
    who: { kind: 'number', number },
  });
const nobody = { agents: [], waits: [], endedWaits: [], lastTalks: [] };

function stepped(one: Callback | null | undefined, ...events: readonly Parameters<typeof nextCallback>[1][]): Callback {
  if (one === null || one === undefined) throw new Error('there is no callback');
  return events.reduce((now, event) => {
    const step = nextCallback(now, event, RULES, NOON + 1);
    if (step.kind === 'ignored') throw new Error(`${event.kind} was ignored`);
    return step.callback;
  }, one);
}

async function reserved(store: CallbackStore, one: Callback | null, callId: CallId = next('call')): Promise<Callback> {
  const now = stepped(one, { kind: 'reserve', agent: AYSE, callId });
  expect(await store.move(now, { event: 'reserve', by: AYSE })).toBe(true);
  return now;
}

async function dialled(store: CallbackStore, one: Callback | null): Promise<Callback> {
  const now = await reserved(store, one);
  const next = stepped(now, { kind: 'dial', callId: now.callId as CallId });
  expect(await store.dial(next, { event: 'dial', by: AYSE }, LIMIT)).toBe('dials');
  return next;
}

describe.each(ENGINES)('callbacks on $name', ({ place }) => {
  const at = storesFor(place);
  const store = (): CallbackStore => at.stores.callbacks;

  it('are there once per number, with count and first time, however often they are found (C2)', async () => {
    const first = await store().found(found());
    const again = found({ at: NOON + HOUR, since: NOON + HOUR });
    await store().found(again);
    await store().found(again);
    expect(await store().open(BRAND)).toMatchObject([
      { id: first?.id, number: NUMBER, shown: '+90 5** *** ** 17', count: 2, firstAt: NOON, since: NOON, lastAt: NOON + HOUR },
    ]);
    expect((await store().history(first?.id as Callback['id'])).map(({ event, by }) => `${event} ${by}`)).toEqual([
      'found engine',
      'found engine',
    ]);
  });

  it('are apart by brand and group', async () => {
    for (const change of [{}, { group: 'sales' }, { brand: 'other' as BrandId }]) await store().found(found(change));
    expect((await store().open(BRAND)).map(({ group }) => group)).toEqual(['support', 'sales']);
    expect(await store().openOf(BRAND, NUMBER)).toHaveLength(2);
  });

  it('keep their place when two find the same number at the same moment', async () => {
    const other = await at.place.open();
    await Promise.all([...Array(10)].flatMap(() => [store().found(found()), other.callbacks.found(found())]));
    await other.close();
    expect(await store().open(BRAND)).toMatchObject([{ count: 20, version: 20 }]);
  });

  it('are not made for who cannot be called, and that is counted (C11)', async () => {
    await store().found(found({ who: { kind: 'nobody', why: 'no-number' } }));
    await store().found(found({ who: { kind: 'nobody', why: 'short' } }));
    await store().found(found({ who: { kind: 'nobody', why: 'short' } }));
    expect(await store().open(BRAND)).toEqual([]);
    expect((await store().period(BRAND, NOON, NOON + 1)).nobody).toEqual([
      { why: 'no-number', count: 1 },
      { why: 'short', count: 2 },
    ]);
  });

  it('are not made for who never wants to be contacted, nor dialled when that is said in between', async () => {
    const one = await store().found(found());
    const entry = { brand: BRAND, recipient: NUMBER, reason: 'asked', since: NOON, by: 'ayse' };
    const now = await reserved(store(), one);
    await at.stores.consents.setDoNotContact(entry, next('consent'));
    expect(await store().dial(stepped(now, { kind: 'dial', callId: now.callId as CallId }), { event: 'dial', by: AYSE }, LIMIT)).toBe(
      'do-not-contact',
    );
    expect(await store().attempts(now.id)).toEqual([]);
    expect(await store().found(found({ group: 'sales' }))).toBeNull();
    expect((await store().standing(BRAND, NUMBER, 0)).doNotContact).toBe(true);
  });

  it('are changed by one of two at a time (C13)', async () => {
    const one = await store().found(found());
    const other = await at.place.open();
    const claims = [store(), other.callbacks].flatMap((by) =>
      [1, 2, 3].map(() => by.move(stepped(one, { kind: 'reserve', agent: AYSE, callId: next('call') }), { event: 'reserve', by: AYSE })),
    );
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
    const now = (await store().open(BRAND))[0];
    const dial = (by: CallbackStore) =>
      by.dial(stepped(now, { kind: 'dial', callId: now?.callId as CallId }), { event: 'dial', by: AYSE }, LIMIT);
    expect((await Promise.all([dial(store()), dial(other.callbacks)])).sort()).toEqual(['changed', 'dials']);
    await other.close();
  });

  it('count their attempts, and a number has its cap over all groups', async () => {
    const one = await dialled(store(), await store().found(found()));
    const ended = stepped(one, { kind: 'ended', callId: one.callId as CallId, outcome: 'busy' });
    expect(await store().move(ended, { event: 'ended', by: 'engine' }, 'busy')).toBe(true);
    expect(await store().attempts(one.id)).toMatchObject([{ no: 1, outcome: 'busy', agent: AYSE, endedAt: NOON + 1 }]);
    expect(await store().standing(BRAND, NUMBER, NOON - 1)).toEqual({ doNotContact: false, calls: 1, oldestCallAt: NOON + 1 });
    const sales = await reserved(store(), await store().found(found({ group: 'sales' })));
    const dial = stepped(sales, { kind: 'dial', callId: sales.callId as CallId });
    expect(await store().dial(dial, { event: 'dial', by: AYSE }, { cap: 1, since: NOON - 1 })).toBe('cap');
    expect(await store().dial(dial, { event: 'dial', by: AYSE }, { cap: 1, since: NOON + 1 })).toBe('dials');
  });

  it('use nothing of the cap up by faults of our own, nor by a ring that was taken back as the customer called', async () => {
    const calls = async () => (await store().standing(BRAND, NUMBER, 0)).calls;
    let one = await store().found(found());
    for (const outcome of ['congestion', 'failed', 'failed'] as const) {
      const now = await dialled(store(), one);
      expect(await calls()).toBe(1);
      const ended = stepped(now, { kind: 'ended', callId: now.callId as CallId, outcome });
      expect(await store().move(ended, { event: 'ended', by: 'engine' }, outcome)).toBe(true);
      expect(await calls()).toBe(0);
      one = { ...ended, dueAt: NOON };
    }
    const ringing = await dialled(store(), one);
    const taken = stepped(ringing, { kind: 'caller-called', callId: next('call'), stopped: ringing.callId });
    expect(await store().move(taken, { event: 'caller-called', by: 'engine' }, 'cancelled')).toBe(true);
    expect(await calls()).toBe(0);
    const left = stepped(taken, { kind: 'caller-left', callId: taken.linked as CallId });
    expect(await store().move(left, { event: 'caller-left', by: 'engine' })).toBe(true);
    // They may have heard this one: an agent hung up while it rang.
    const heard = await dialled(store(), { ...left, dueAt: NOON });
    const ended = stepped(heard, { kind: 'ended', callId: heard.callId as CallId, outcome: 'cancelled' });
    expect(await store().move(ended, { event: 'ended', by: 'engine' }, 'cancelled')).toBe(true);
    expect(await calls()).toBe(1);
  });

  it('are closed in the transaction that tells of the talk (C4), whichever side called (C7), in the groups of the agent', async () => {
    const event: AcdEvent = {
      ...{ id: next('acdEvent'), brand: BRAND, at: NOON, kind: 'connected', queue: 'support' },
      ...{ callId: next('call'), agent: AYSE, waitId: null, direction: 'inbound' },
    };
    for (const group of ['support', 'sales', 'parts']) await store().found(found({ group }));
    const promises = [{ kind: 'served', contact: contact({ groups: ['support', 'sales'] }) }] as const;
    await at.stores.floor.write({ ...nobody, events: [event], promises });
    expect((await store().list({ brand: BRAND, state: 'closed', limit: 9 })).map(({ group, reason }) => `${group} ${reason}`)).toEqual([
      'sales served-inbound',
      'support served-inbound',
    ]);
    // Told again, as after a fault of the database: nothing changes.
    await at.stores.floor.write({ ...nobody, events: [event], promises });
    expect(await store().list({ brand: BRAND, state: 'closed', limit: 9 })).toMatchObject([{ version: 2 }, { version: 2 }]);
    expect(await store().served(contact({ groups: ['parts'], how: 'served-outbound' }))).toMatchObject([{ reason: 'served-outbound' }]);
    expect(await store().served(contact())).toEqual([]);
  });

  it('of a talk that was refused with its transaction stay open', async () => {
    const one = await store().found(found());
    const broken = { id: null } as unknown as AcdEvent;
    await expect(
      at.stores.floor.write({ ...nobody, events: [broken], promises: [{ kind: 'served', contact: contact() }] }),
    ).rejects.toThrow();
    expect(await store().get(one?.id as Callback['id'])).toMatchObject({ state: 'open' });
  });

  it('are kept or made in the order in which it happened: served right after, or hung up right after', async () => {
    const [finding, talk] = [
      { kind: 'found', finding: found() },
      { kind: 'served', contact: contact() },
    ] as const;
    await at.stores.floor.write({ ...nobody, events: [], promises: [finding, talk] });
    expect(await store().list({ brand: BRAND, limit: 9 })).toMatchObject([{ state: 'closed', reason: 'served-inbound' }]);
    await at.stores.floor.write({ ...nobody, events: [], promises: [talk, { kind: 'found', finding: found() }] });
    expect(await store().open(BRAND)).toMatchObject([{ state: 'open', count: 1 }]);
  });

  it('know whether our own call was the one that reached them', async () => {
    const ours = await dialled(store(), await store().found(found()));
    await store().served(contact({ callId: ours.callId as CallId, how: 'served-outbound' }));
    expect(await store().attempts(ours.id)).toMatchObject([{ outcome: 'answered' }]);
    const theirs = await dialled(store(), await store().found(found()));
    await store().served(contact());
    expect(await store().attempts(theirs.id)).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('are made again once the former one is closed', async () => {
    const one = await store().found(found());
    await store().served(contact());
    const two = await store().found(found());
    expect(two?.id).not.toBe(one?.id);
    expect(await store().open(BRAND)).toMatchObject([{ id: two?.id, count: 1 }]);
  });

  it('are not made for somebody who talked with an agent in the same call', async () => {
    const callId = next('call');
    const talk: AcdEvent = {
      id: next('acdEvent'),
      brand: BRAND,
      at: NOON,
      kind: 'connected',
      queue: 'support',
      callId,
      agent: AYSE,
      waitId: null,
      direction: 'inbound',
    };
    await at.stores.floor.write({ ...nobody, events: [talk], promises: [{ kind: 'found', finding: found({ callId }) }] });
    expect(await store().open(BRAND)).toEqual([]);
    expect((await store().period(BRAND, NOON, NOON + 1)).nobody).toEqual([{ why: 'served', count: 1 }]);
  });

  it('take wishes of flows over, and their number goes with them (rule 5)', async () => {
    const request = wish();
    await store().found(found());
    await at.stores.calls.commit({ ...asked(request), call: endedCall(1, { id: request.callId }) });
    expect(await store().takeRequests(BRAND, findingOf)).toBe(1);
    expect(await store().takeRequests(BRAND, findingOf)).toBe(0);
    expect(await store().open(BRAND)).toMatchObject([{ kind: 'requested', about: 'kampanya', count: 2 }]);
    expect(await at.place.query('select * from callback_requests')).toEqual([]);
  });

  it('leave wishes of who is on the line still, and are not made of them once they were served (rule 12)', async () => {
    const [one, two] = [wish(), wish({ number: '+905550000018' as E164 })];
    for (const [n, request] of [one, two].entries())
      await at.stores.calls.commit({ ...asked(request), call: call(n, { id: request.callId }) });
    expect(await store().takeRequests(BRAND, findingOf)).toBe(0);
    // In the same call, under whatever number they want to be called.
    await store().served(contact({ callId: one.callId, number: '+905550000019' as E164 }));
    // In another call of theirs; one that was made later is a new wish.
    await store().served(contact({ number: two.number, at: NOON - 1 }));
    expect(await at.place.query('select id from callback_requests')).toEqual([{ id: two.id }]);
    await store().served(contact({ number: two.number, names: ['sales'] }));
    expect(await at.place.query('select id from callback_requests')).toHaveLength(1);
    await store().served(contact({ number: two.number }));
    expect(await at.place.query('select id from callback_requests')).toEqual([]);
    expect((await store().period(BRAND, NOON, NOON + HOUR)).nobody).toEqual([{ why: 'served', count: 2 }]);
  });

  it('are made of who hung up in a flow, unless they came to a queue, talked with somebody or left a message', async () => {
    const hungUp = async (n: number, also: object = {}) => {
      const request = wish({ origin: 'call', number: `+9055500001${n}0` as E164, since: NOON - 5 });
      await at.stores.calls.commit({ ...asked(request), call: endedCall(n, { id: request.callId }), ...also });
      return request.callId;
    };
    await hungUp(1);
    const queued = await hungUp(2);
    const left: AcdEvent = {
      ...{ id: next('acdEvent'), brand: BRAND, at: NOON, kind: 'left', queue: 'support', callId: queued },
      ...{ waitId: next('acdEvent'), how: 'key', waitedMs: 9, joinedAt: 1 },
    };
    await at.stores.floor.write({ ...nobody, events: [left] });
    const talked = makeId('call', NOON, [7]);
    const request = wish({ origin: 'call', number: '+905550000190' as E164, callId: talked });
    const target = leg(3, talked, { role: 'target', outcome: 'answered', endedAt: NOON });
    await at.stores.calls.commit({ ...asked(request), call: endedCall(3, { id: talked }), legs: [target] });
    const abandoned = (one: CallbackRequest) => ({ ...findingOf(one), kind: 'abandoned', origin: 'call' }) as const;
    expect(await store().takeRequests(BRAND, abandoned)).toBe(3);
    expect(await store().open(BRAND)).toMatchObject([{ number: '+905550000110', kind: 'abandoned', origin: 'call' }]);
  });

  it('are counted without a number being opened, as a report needs none', async () => {
    const one = await store().found(found());
    await store().found(found({ who: { kind: 'number', number: '+905550000018' as E164 } }));
    await store().served(contact({ at: NOON + 9 }));
    let opened = 0;
    const { file, url } = at.place.address;
    const counting = await openStores({
      ...{ databaseUrl: url, sqliteFile: file ?? '/nowhere', log: silentLog },
      seal: { ...TEST_SEAL, open: (text) => TEST_SEAL.open(((opened += 1), text)) },
    });
    try {
      expect((await counting.callbacks.period(BRAND, NOON, NOON + 1)).entries).toEqual([
        { state: 'closed', reason: 'served-inbound', firstAt: NOON, closedAt: NOON + 9 },
        { state: 'open', reason: null, firstAt: NOON, closedAt: null },
      ]);
      expect(opened).toBe(0);
      // It is counted where a number is opened.
      expect(await counting.callbacks.get(one?.id as Callback['id'])).toMatchObject({ number: NUMBER });
      expect(opened).toBe(1);
    } finally {
      await counting.close();
    }
  });

  it('keep the number sealed, and wipe it from the file with the calls that belong to it (F13)', async () => {
    const inbound = endedCall(1, { ani: NUMBER });
    const outbound = endedCall(2, { direction: 'outbound', did: NUMBER, ani: '' });
    const dialledLeg = leg(2, outbound.id, { endpoint: `PJSIP/${NUMBER}@trunk`, endedAt: NOON });
    await at.stores.calls.commit({ call: inbound, legs: [], session: null, entries: [] });
    await at.stores.calls.commit({ call: outbound, legs: [dialledLeg], session: null, entries: [] });
    const one = await reserved(store(), await store().found(found({ callId: inbound.id })), outbound.id);
    expect(await store().dial(stepped(one, { kind: 'dial', callId: outbound.id }), { event: 'dial', by: AYSE }, LIMIT)).toBe('dials');
    expect(JSON.stringify(await at.place.query('select * from callback_entries'))).not.toContain('5550000017');
    await store().served(contact({ callId: outbound.id, how: 'served-outbound', at: NOON }));
    const wipe = { brand: BRAND, limit: 100 };
    expect(await store().wipe({ ...wipe, closedBefore: () => NOON - 1 })).toBe(0);
    expect(await store().get(one.id)).toMatchObject({ number: NUMBER });
    expect(await store().wipe({ ...wipe, closedBefore: () => NOON })).toBe(1);
    expect(await store().wipe({ ...wipe, closedBefore: () => NOON })).toBe(0);
    expect(await store().get(one.id)).toMatchObject({ number: null, shown: '+90 5** *** ** 17', reason: 'served-outbound' });
    for (const table of [
      'callback_entries',
      'callback_attempts',
      'callback_findings',
      'callback_history',
      'calls',
      'legs',
      'journal',
      'callback_requests',
    ])
      expect(JSON.stringify(await at.place.query(`select * from ${table}`)), table).not.toContain('5550000017');
    const { file } = at.place.address;
    if (file === undefined) return;
    for (const one of [file, `${file}-wal`]) expect(readFileSync(one).includes('5550000017'), one).toBe(false);
  });
});
