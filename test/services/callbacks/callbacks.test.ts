import { afterEach, describe, expect, it } from 'vitest';
import { CALLBACK_SETTINGS } from '../../../src/config/callback-settings.ts';
import type { CallbackDeps } from '../../../src/services/callbacks/deps.ts';
import { createFinding } from '../../../src/services/callbacks/finding.ts';
import { AYSE, BORA, type CallbackBenchOptions, DENIZ, openCallbackBench } from './bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const opened: { close(): Promise<void> }[] = [];
async function open(options: CallbackBenchOptions = {}) {
  const on = await openCallbackBench(options);
  opened.push(on);
  return on;
}
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** Somebody abandons while the only agent is paused; then the agent is there. */
async function abandoned(options: CallbackBenchOptions = {}) {
  const on = await open(options);
  for (const agent of options.agents ?? [AYSE]) on.floor().act(agent, { kind: 'pause', reason: 'break' });
  await on.abandons('chan-1');
  return on;
}

/** A window that opens so long after it was first asked for, and does not close again. */
function opensAfter(ms: number): CallbackDeps['openness'] {
  let opensAt: number | undefined;
  return (_, now) => {
    opensAt ??= now + ms;
    return now >= opensAt ? { open: true, until: null } : { open: false, until: opensAt };
  };
}

describe('who hung up while waiting', () => {
  it('is called when an agent is free: the agent first, then the customer within two seconds, and they talk', async () => {
    const on = await abandoned();
    expect(await on.open()).toMatchObject([{ number: DENIZ, state: 'open', count: 1, queue: 'support' }]);
    expect(on.rung()).toEqual([]);
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    expect(on.rung()).toEqual(['ayse']);
    // The customer has no channel that the agent's could belong to.
    expect(on.line.originated).toMatchObject([{ originator: null }]);
    expect(await on.only()).toMatchObject({ state: 'reserved', agent: AYSE });
    const accepted = on.clock.now();
    await on.answer('ayse');
    expect(on.rung()).toEqual(['ayse', `${DENIZ}@trunk`]);
    expect(on.clock.now() - accepted).toBeLessThanOrEqual(2000);
    expect(on.line.sent).toContain('ring on');
    expect(await on.only()).toMatchObject({ state: 'dialing', attempts: 0 });
    await on.answer(DENIZ);
    expect(on.state(AYSE)).toBe('talking');
    expect([...on.line.bridges.values()].map((members) => members.size)).toEqual([2]);
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'served-outbound', number: DENIZ });
    expect(on.acdEvents.findLast(({ kind }) => kind === 'connected')).toMatchObject({
      direction: 'outbound',
      queue: 'support',
      agent: AYSE,
    });
    await on.pass(30_000);
    on.line.hangUp(on.leg(DENIZ));
    await on.pass(2000);
    expect(on.state(AYSE)).toBe('available');
    expect(on.customers()).toEqual([DENIZ]);
    expect(await on.open()).toEqual([]);
  });

  it('is there once, however often and in whatever form they call (C2, C3)', async () => {
    const on = await abandoned();
    await on.abandons('chan-2', '05550000017');
    await on.abandons('chan-3', '905550000017');
    expect(await on.open()).toMatchObject([{ count: 3, number: DENIZ }]);
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    await on.answer('ayse');
    await on.answer(DENIZ);
    await on.pass(5000);
    on.line.hangUp(on.leg('ayse'));
    await on.pass(5000);
    expect(on.customers()).toEqual([DENIZ]);
  });

  it('is not called when they hung up at once (C1), withheld the number (C11), or left by a key (C12)', async () => {
    const on = await open();
    on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    await on.abandons('chan-1', DENIZ, 1000);
    await on.abandons('chan-2', 'anonymous');
    await on.calls_('chan-3', '+905550000018');
    on.line.press('chan-3', '1');
    await on.pass(9000);
    expect(await on.all()).toEqual([]);
    const { nobody } = await on.store.period(on.deps.settings.brand, 0, Infinity);
    expect(nobody).toEqual([
      { why: 'no-number', count: 1 },
      { why: 'short', count: 1 },
    ]);
  });

  it('is not called when they call again and are served, and the entry is closed with that talk (C4)', async () => {
    const on = await abandoned();
    await on.calls_('chan-2');
    expect(await on.only()).toMatchObject({ state: 'open', linked: expect.stringContaining('call_') });
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    await on.answer('ayse');
    expect(on.state(AYSE)).toBe('talking');
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'served-inbound' });
    on.line.hangUp('chan-2');
    await on.pass(MINUTE);
    expect(on.customers()).toEqual([]);
  });

  it('keeps the older place when they call again, and counts once more when they hang up again (rule 13)', async () => {
    const on = await abandoned();
    const { firstAt, since } = await on.only();
    await on.calls_('chan-9', '+905550000019');
    await on.pass(5000);
    await on.calls_('chan-2');
    expect(
      on
        .floor()
        .waits()
        .filter(({ callback }) => callback === null)
        .map(({ since: at, caller }) => [at <= since, caller]),
    ).toEqual([
      [false, '+905550000019'],
      [true, DENIZ],
    ]);
    await on.pass(9000);
    on.line.hangUp('chan-2');
    await on.pass(1000);
    expect(await on.only()).toMatchObject({ count: 2, firstAt, since, linked: null, state: 'open' });
  });
});

describe('an agent', () => {
  it('who lets it ring is no attempt: the next one is asked (C8)', async () => {
    const on = await abandoned({ agents: [AYSE, BORA] });
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    expect(on.rung()).toEqual(['ayse']);
    on.floor().act(BORA, { kind: 'available' });
    await on.pass(17_000);
    expect(on.state(AYSE)).toBe('paused');
    expect(on.rung()).toEqual(['ayse', 'bora']);
    expect(await on.only()).toMatchObject({ state: 'reserved', agent: BORA, attempts: 0 });
    expect(on.customers()).toEqual([]);
  });

  it('who refuses is no attempt either, and is asked again only when there is nobody else', async () => {
    const on = await abandoned({ agents: [AYSE, BORA] });
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    on.floor().act(BORA, { kind: 'available' });
    expect(on.floor().refuse(AYSE)).toBe(true);
    await on.pass(1000);
    expect(on.rung()).toEqual(['ayse', 'bora']);
    expect(await on.only()).toMatchObject({ attempts: 0, agent: BORA });
  });

  it('who hangs up while the customer is rung ends the ringing, and that was an attempt', async () => {
    const on = await abandoned();
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    await on.answer('ayse');
    const customer = on.leg(DENIZ);
    on.line.hangUp(on.leg('ayse'));
    await on.pass(1000);
    expect(on.line.isUp(customer)).toBe(false);
    expect(await on.only()).toMatchObject({ state: 'retry-wait', attempts: 1 });
    expect(await on.store.attempts((await on.only()).id)).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('who logs out while they are asked is asked no more', async () => {
    const on = await abandoned();
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    on.floor().act(AYSE, { kind: 'logout' });
    await on.pass(1000);
    expect(await on.only()).toMatchObject({ state: 'open', agent: null });
    expect(on.line.isUp(on.leg('ayse'))).toBe(false);
  });
});

describe('a customer', () => {
  it('who does not answer is tried three times, each after its delay, and then no more (C9)', async () => {
    const on = await abandoned();
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    const at: number[] = [];
    for (const wait of [15 * MINUTE, 60 * MINUTE, 24 * 60 * MINUTE]) {
      await on.answer('ayse');
      at.push(on.clock.now());
      on.line.hangUp(on.leg(DENIZ), 19, 480);
      await on.pass(1000);
      expect(on.state(AYSE)).toBe('available');
      const before = on.rung().length;
      await on.pass(wait - 10_000);
      expect(on.rung()).toHaveLength(before);
      await on.pass(12_000);
    }
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'exhausted', attempts: 3 });
    expect(on.customers()).toHaveLength(3);
  });

  it('whose line is busy is tried after five minutes', async () => {
    const on = await abandoned();
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    await on.answer('ayse');
    on.line.hangUp(on.leg(DENIZ), 17, 486);
    await on.pass(1000);
    expect(await on.only()).toMatchObject({ state: 'retry-wait', attempts: 1 });
    await on.pass(5 * MINUTE + 2000);
    expect(on.rung()).toEqual(['ayse', `${DENIZ}@trunk`, 'ayse']);
  });

  it('is not called outside the window, nor after it expired', async () => {
    const on = await abandoned({ rules: '{ calendar: hours, expire: 1h }', openness: opensAfter(30 * MINUTE) });
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass(29 * MINUTE);
    expect(on.rung()).toEqual([]);
    await on.pass(2 * MINUTE);
    expect(on.rung()).toEqual(['ayse']);
    on.floor().act(AYSE, { kind: 'logout' });
    // An hour counts from the opening.
    await on.pass(57 * MINUTE);
    expect(await on.only()).toMatchObject({ state: 'open' });
    await on.pass(3 * MINUTE);
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'expired' });
  });

  it('who hung up long before the window opens is called when it does, by a wish of a flow and a web form as well', async () => {
    const on = await abandoned({ rules: '{ calendar: hours }', openness: opensAfter(40 * HOUR) });
    const opensAt = (await on.only()).firstAt + 40 * HOUR;
    const expiresAt = opensAt + 24 * HOUR;
    expect(await on.only()).toMatchObject({ expiresAt });
    const asked = { id: 'fr_1', at: opensAt - HOUR, group: 'support', language: 'tr', about: '', origin: 'form', notBefore: null } as const;
    const who = { kind: 'number', number: DENIZ } as const;
    expect(on.callbacks().wishes.findingOf({ ...asked, who })).toMatchObject({ expiresAt });
    const wish = { requestedAt: opensAt - HOUR, origin: 'flow', since: null, group: 'support', number: DENIZ } as never;
    expect(createFinding(on.deps).requested(wish)).toMatchObject({ expiresAt });
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass(39 * HOUR);
    expect(on.rung()).toEqual([]);
    await on.pass(HOUR);
    expect(on.rung()).toEqual(['ayse']);
  });

  it('who never wants to be called is not, though it was said only after they hung up', async () => {
    const on = await abandoned();
    const entry = { brand: on.deps.settings.brand, recipient: DENIZ, reason: 'asked', since: 1, by: 'x' };
    await on.stores.consents.setDoNotContact(entry, on.ids.next('consent'));
    on.standing.value = { consents: [], doNotContact: entry };
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass(3000);
    expect(on.customers()).toEqual([]);
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'do-not-contact' });
  });

  it('who calls while the agent is asked gets that agent, and is not dialled (rule 14)', async () => {
    const on = await abandoned();
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    await on.calls_('chan-2');
    expect(on.rung()).toEqual(['ayse', 'ayse']);
    await on.answer('ayse');
    expect(on.state(AYSE)).toBe('talking');
    expect(on.customers()).toEqual([]);
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'served-inbound' });
  });

  it('who calls while we ring them is not rung any more, and gets the agent who waited for them (rule 15)', async () => {
    const on = await abandoned();
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    await on.answer('ayse');
    const ours = on.leg(DENIZ);
    await on.calls_('chan-2');
    expect(on.line.isUp(ours)).toBe(false);
    expect(on.rung()).toEqual(['ayse', `${DENIZ}@trunk`, 'ayse']);
    await on.answer('ayse');
    expect(on.state(AYSE)).toBe('talking');
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'served-inbound', attempts: 0 });
    expect(await on.store.attempts((await on.only()).id)).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('who calls in the moment they answer us keeps our call; the other one waits as any (rule 15)', async () => {
    const on = await abandoned();
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    await on.answer('ayse');
    on.line.answerLeg(on.leg(DENIZ));
    await on.calls_('chan-2');
    expect(on.state(AYSE)).toBe('talking');
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'served-outbound' });
    expect(on.floor().waits()).toMatchObject([{ caller: DENIZ, callback: null }]);
  });
});

describe('callers and callbacks', () => {
  it('take turns where both wait, the oldest of each first (C10)', async () => {
    const on = await open();
    on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    for (const n of [1, 2, 3, 4, 5]) await on.abandons(`gone-${n}`, `+90555000010${n}`);
    for (const n of [1, 2, 3, 4, 5]) await on.calls_(`here-${n}`, `+90555000020${n}`);
    on.floor().act(AYSE, { kind: 'available' });
    const served: string[] = [];
    for (let turn = 0; turn < 10; turn += 1) {
      await on.pass();
      const before = on.customers().length;
      await on.answer('ayse');
      const [customer] = on.customers().slice(before);
      if (customer !== undefined) await on.answer(customer);
      const talk = on.acdEvents.findLast(({ kind }) => kind === 'connected');
      const call = talk?.kind === 'connected' ? await on.deps.callStore.get(talk.callId) : undefined;
      served.push((call?.direction === 'outbound' ? call.did : (call?.ani ?? '?')).slice(-3));
      on.line.hangUp(on.leg('ayse'));
      await on.pass(1000);
    }
    expect(served).toEqual([1, 2, 3, 4, 5].flatMap((n) => [`10${n}`, `20${n}`]));
  });

  it('whom a flow took down are called, with the place they had', async () => {
    const on = await open();
    on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    const at = on.clock.now();
    const request = {
      id: on.ids.next('callback'),
      brand: on.deps.settings.brand,
      callId: on.ids.next('call'),
      group: 'support',
      number: DENIZ,
    } as const;
    const open_ = {
      language: 'en',
      reason: 'kampanya',
      requestedAt: at,
      state: 'open',
      closedAt: null,
      closedBy: null,
      origin: 'flow',
      since: at - 5000,
    } as const;
    await on.stores.calls.commit({ ...aCommit(on.ids.next('call')), callbackRequests: [{ ...request, ...open_ }] });
    await on.pass(20_000);
    expect(await on.only()).toMatchObject({ kind: 'requested', about: 'kampanya', firstAt: at, since: at - 5000, queue: 'support' });
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    expect(on.rung()).toEqual(['ayse']);
  });
});

describe('the customer first', () => {
  it('is dialled while an agent is free, and is the next one served', async () => {
    const on = await abandoned({ rules: '{ mode: customer-first }' });
    await on.pass(5000);
    expect(on.rung()).toEqual([]);
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    expect(on.rung()).toEqual([`${DENIZ}@trunk`]);
    await on.answer(DENIZ);
    await on.pass(1000);
    expect(on.rung()).toEqual([`${DENIZ}@trunk`, 'ayse']);
    await on.answer('ayse');
    expect(on.state(AYSE)).toBe('talking');
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'served-outbound' });
  });

  it('are no more than agents are free', async () => {
    const on = await open({ rules: '{ mode: customer-first }' });
    on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    for (const n of [1, 2, 3]) await on.abandons(`gone-${n}`, `+90555000010${n}`);
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass(5000);
    expect(on.customers()).toEqual(['+905550000101']);
  });
});

describe('after a crash', () => {
  it('who was being asked is open again within a minute, and the customer was never rung (C14)', async () => {
    const on = await abandoned();
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    expect(await on.only()).toMatchObject({ state: 'reserved' });
    const before = await on.only();
    const { callbackPollSeconds: poll, callbackStaleSeconds: stale } = CALLBACK_SETTINGS;
    const shipped = { pollMs: 1000 * Number(poll.fallback), staleMs: 1000 * Number(stale.fallback) };
    const other = await open({ store: on.store, agents: [], settings: shipped });
    // The process that asked is gone with its call.
    on.callbacks().stop();
    // It looks a little after, so that its looks do not fall on the very second.
    await other.pass(before.changedAt - other.clock.now() + 1);
    other.callbacks().wishes.wake();
    await other.pass(shipped.staleMs - 1001);
    expect(await on.only()).toMatchObject({ state: 'reserved' });
    await other.pass(MINUTE - shipped.staleMs + 1000);
    expect(await on.only()).toMatchObject({ id: before.id, state: 'open', attempts: 0 });
    expect(on.customers()).toEqual([]);
  });

  it('who was being dialled waits the whole delay (C14)', async () => {
    const on = await abandoned();
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    await on.answer('ayse');
    on.callbacks().stop();
    on.line.vanish(on.leg(DENIZ));
    on.line.vanish(on.leg('ayse'));
    await on.crash();
    const other = await open({ store: on.store, agents: [] });
    Object.assign(other.deps.callStore, { get: on.memory.store.get });
    await other.pass(61_000);
    expect(await on.only()).toMatchObject({ state: 'retry-wait', attempts: 1 });
    expect(await on.store.attempts((await on.only()).id)).toMatchObject([{ outcome: 'unknown' }]);
  });
});

function aCommit(id: ReturnType<typeof String>) {
  const call = {
    ...{ id, brand: 'santral', direction: 'inbound', state: 'ended', did: '1000', ani: '', flow: 'main', release: 1, language: 'en' },
    ...{
      sessionId: `ses_${id}`,
      channelId: `chan_${id}`,
      startedAt: 1,
      answeredAt: null,
      endedAt: 2,
      termination: { kind: 'caller-hung-up' },
    },
  };
  return { call: call as never, legs: [], session: null, entries: [] };
}
