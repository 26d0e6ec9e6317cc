import { afterEach, describe, expect, it } from 'vitest';
import { SantralError } from '../../../src/domain/errors.ts';
import type { CallId } from '../../../src/domain/ids.ts';
import { AYSE, BORA, type CallbackBenchOptions, DENIZ, openCallbackBench } from './bench.ts';

const MINUTE = 60_000;
const opened: { close(): Promise<void> }[] = [];
async function open(options: CallbackBenchOptions = {}) {
  const on = await openCallbackBench(options);
  opened.push(on);
  return on;
}
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** Somebody abandons while all agents are paused. */
async function abandoned(options: CallbackBenchOptions = {}) {
  const on = await open(options);
  for (const agent of options.agents ?? [AYSE]) on.floor().act(agent, { kind: 'pause', reason: 'break' });
  await on.abandons('chan-1');
  return on;
}
/** And two agents come back. */
async function withTwo() {
  const on = await abandoned({ agents: [AYSE, BORA] });
  return { ...on, come: () => [AYSE, BORA].forEach((id) => void on.floor().act(id, { kind: 'available' })) };
}
type Bench = Awaited<ReturnType<typeof open>>;
const states = (on: Bench) => [on.state(AYSE), on.state(BORA)];

describe('a fault of ours is no agent’s', () => {
  it('when the call cannot be put on record: nobody is paused, and nobody is asked again for a while', async () => {
    const on = await withTwo();
    on.memory.refuse(new Error('the disk is full'));
    on.come();
    await on.pass(1000);
    expect(states(on)).toEqual(['available', 'available']);
    expect(on.rung()).toEqual([]);
    expect(await on.only()).toMatchObject({ state: 'retry-wait', attempts: 0, faults: 0 });
    on.memory.refuse(null);
    const refused = on.acdEvents.length;
    await on.pass(MINUTE);
    expect(on.acdEvents.slice(refused)).toEqual([]);
    await on.pass(MINUTE + 1000);
    expect(on.rung()).toEqual(['bora']);
  });

  it('when it cannot be stored that an agent is asked: it is not tried all the time', async () => {
    const on = await withTwo();
    const { move } = on.store;
    let tries = 0;
    Object.assign(on.store, { move: async () => Promise.reject(new Error(`locked ${(tries += 1)}`)) });
    on.come();
    await on.pass(MINUTE);
    expect(tries).toBeLessThan(4);
    expect(states(on)).toEqual(['available', 'available']);
    Object.assign(on.store, { move });
    await on.pass(MINUTE + 1000);
    expect(on.rung()).toEqual(['bora']);
  });

  it('when it cannot be stored that the customer is dialled: they are not, and the agent stays available', async () => {
    const on = await withTwo();
    Object.assign(on.store, { dial: async () => Promise.reject(new Error('locked')) });
    on.come();
    await on.pass();
    await on.answer('ayse');
    await on.pass(1000);
    expect(on.customers()).toEqual([]);
    expect(states(on)).toEqual(['available', 'available']);
    expect(await on.only()).toMatchObject({ state: 'retry-wait', attempts: 0 });
    expect(on.rung()).toEqual(['ayse']);
  });

  it('when Asterisk cannot ring the agent’s telephone', async () => {
    const on = await withTwo();
    on.line.failures.set('originate', new SantralError('telephony.refused', 'Allocation failed'));
    on.come();
    await on.pass(1000);
    expect(states(on)).toEqual(['available', 'available']);
    expect(on.line.sent.filter((command) => command.startsWith('originate'))).toHaveLength(1);
    expect(await on.only()).toMatchObject({ state: 'retry-wait', attempts: 0 });
  });
});

describe('a call that another engine goes on with', () => {
  it('of a customer keeps them linked: they are on the line there', async () => {
    const on = await abandoned();
    await on.calls_('chan-2');
    const call = on.calls().live()[0];
    if (call === undefined) throw new Error('nobody is on the line');
    on.callbacks().watch.dropped(call);
    await on.pass(1000);
    expect(await on.only()).toMatchObject({ linked: call.id });
  });

  it('of ours leaves nothing of it waiting here', async () => {
    const on = await abandoned();
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    await on.answer('ayse');
    const call = on.calls().live()[0];
    if (call === undefined) throw new Error('nobody is dialled');
    on.callbacks().watch.dropped(call);
    expect(on.floor().waits()).toEqual([]);
    expect(on.state(AYSE)).toBe('available');
    await on.pass(1000);
    expect(await on.only()).toMatchObject({ state: 'dialing', callId: call.id });
  });
});

describe('a customer who calls', () => {
  it('while it is being stored that they are dialled is not rung as well, and gets the agent (rule 15)', async () => {
    const on = await abandoned();
    const { dial } = on.store;
    let goOn = (): void => undefined;
    const stored = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    Object.assign(on.store, {
      dial: async (...args: Parameters<typeof dial>) => {
        const dialled = await dial(...args);
        await stored;
        return dialled;
      },
    });
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    await on.answer('ayse');
    expect(await on.only()).toMatchObject({ state: 'dialing' });
    await on.calls_('chan-2');
    goOn();
    await on.pass(1000);
    expect(on.customers()).toEqual([]);
    expect(await on.only()).toMatchObject({ state: 'retry-wait', linked: expect.stringContaining('call_'), attempts: 0 });
    expect(on.rung()).toEqual(['ayse', 'ayse']);
    await on.answer('ayse');
    expect(on.state(AYSE)).toBe('talking');
    expect(await on.only()).toMatchObject({ reason: 'served-inbound' });
  });

  it('and whose call is not on record yet counts as on the line, but not for ever', async () => {
    const on = await abandoned();
    const { id, version, ...one } = await on.only();
    const linked = { ...one, id, version: version + 1, linked: 'call_of_another_engine' as CallId, changedAt: on.clock.now() };
    expect(await on.store.move(linked, { event: 'caller-called', by: 'engine' })).toBe(true);
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass(50_000);
    expect(await on.only()).toMatchObject({ linked: linked.linked });
    expect(on.rung()).toEqual([]);
    await on.pass(30_000);
    expect(await on.only()).toMatchObject({ linked: null });
    expect(on.rung()).toEqual(['ayse']);
  });

  it('again and hangs up again is shown to agents as such', async () => {
    const on = await abandoned();
    await on.abandons('chan-2');
    expect(on.floor().waits()).toMatchObject([{ callback: { count: 2 } }]);
  });
});

describe('an agent who dials by hand (rule 16)', () => {
  const byHand = (on: Bench) =>
    on.calls().placeByHand({
      ...{ brand: on.deps.settings.brand, agent: AYSE, number: DENIZ, language: 'en', queue: 'support', callerId: null },
      lock: (callId) => on.callbacks().byHand({ callId, agent: AYSE, number: DENIZ }),
      failed: () => undefined,
    });

  it('is the only one who does, and has kept the promise when they talk (C7)', async () => {
    const on = await abandoned({ agents: [AYSE, BORA] });
    await byHand(on);
    on.floor().act(BORA, { kind: 'available' });
    await on.pass(10_000);
    expect(on.rung()).toEqual(['ayse']);
    await on.answer('ayse');
    await on.answer(DENIZ);
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'served-outbound' });
    on.line.hangUp(on.leg(DENIZ));
    await on.pass(MINUTE);
    expect(on.customers()).toEqual([DENIZ]);
  });

  it('and reaches nobody leaves it as it was', async () => {
    const on = await abandoned({ agents: [AYSE, BORA] });
    await byHand(on);
    await on.pass();
    await on.answer('ayse');
    expect(await on.only()).toMatchObject({ linked: expect.stringContaining('call_') });
    on.line.hangUp(on.leg(DENIZ), 17, 486);
    await on.pass(1000);
    expect(await on.only()).toMatchObject({ state: 'open', linked: null, attempts: 0 });
    on.floor().act(BORA, { kind: 'available' });
    await on.pass();
    expect(on.rung().at(-1)).toBe('bora');
  });

  it('and whose own line is down leaves it as it was', async () => {
    const on = await abandoned();
    on.memory.refuse(new Error('the disk is full'));
    await expect(byHand(on)).rejects.toThrow('the disk is full');
    on.memory.refuse(null);
    expect(await on.only()).toMatchObject({ state: 'open', linked: null });
    expect(on.state(AYSE)).toBe('paused');
  });

  it('is told so where the customer is being called back, or is on the line', async () => {
    const on = await abandoned({ agents: [AYSE, BORA] });
    on.floor().act(BORA, { kind: 'available' });
    await on.pass();
    await expect(byHand(on)).rejects.toMatchObject({ code: 'request.conflict', details: { reason: 'called-back' } });
    expect(on.state(AYSE)).toBe('paused');
    on.floor().act(BORA, { kind: 'logout' });
    await on.pass();
    await on.calls_('chan-2');
    await expect(byHand(on)).rejects.toMatchObject({ code: 'request.conflict' });
    expect(on.rung()).toEqual(['bora']);
  });
});

describe('where the customer comes first', () => {
  it('they are no caller who hung up when they do not wait for an agent after all', async () => {
    const on = await abandoned({ rules: '{ mode: customer-first }' });
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    on.floor().act(AYSE, { kind: 'logout' });
    await on.answer(DENIZ);
    await on.pass(20_000);
    on.line.hangUp(on.leg(DENIZ));
    await on.pass(1000);
    expect(await on.all()).toMatchObject([{ state: 'retry-wait', count: 1, attempts: 1 }]);
    expect(await on.store.attempts((await on.only()).id)).toMatchObject([{ outcome: 'dropped' }]);
  });

  it('who talks with one agent keeps nobody from another who is free', async () => {
    const on = await open({ rules: '{ mode: customer-first }', agents: [AYSE, BORA] });
    for (const agent of [AYSE, BORA]) on.floor().act(agent, { kind: 'pause', reason: 'break' });
    for (const n of [1, 2, 3]) await on.abandons(`gone-${n}`, `+90555000010${n}`);
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    await on.answer('+905550000101');
    await on.pass(1000);
    await on.answer('ayse');
    expect(on.state(AYSE)).toBe('talking');
    on.floor().act(BORA, { kind: 'available' });
    await on.pass(1000);
    expect(on.customers()).toEqual(['+905550000101', '+905550000102']);
    await on.pass(10_000);
    expect(on.customers()).toHaveLength(2);
  });
});

describe('a talk that was none', () => {
  /** The agent called back, and whoever picked up is gone after a second. */
  async function picksUp(rules: string, talkMs: number) {
    const on = await abandoned({ rules });
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    await on.answer('ayse');
    await on.answer(DENIZ);
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'served-outbound' });
    await on.pass(talkMs);
    on.line.hangUp(on.leg(DENIZ));
    await on.pass(1000);
    return on;
  }

  it('is a mailbox, and an attempt like any other', async () => {
    const on = await picksUp('{}', 2000);
    expect(await on.only()).toMatchObject({ state: 'retry-wait', attempts: 1, reason: null });
    expect(await on.store.attempts((await on.only()).id)).toMatchObject([{ outcome: 'mailbox' }]);
    await on.pass(15 * MINUTE);
    expect(on.rung()).toEqual(['ayse', `${DENIZ}@trunk`, 'ayse']);
  });

  it.each([
    ['{ minTalk: 5s }', 6000],
    ['{ minTalk: 0s }', 100],
  ])('is one by %s after %i ms', async (rules, talkMs) => {
    const on = await picksUp(rules, talkMs);
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'served-outbound' });
    expect(await on.store.attempts((await on.only()).id)).toMatchObject([{ outcome: 'answered' }]);
  });

  it('leaves a younger promise of the same number alone', async () => {
    const on = await abandoned({ rules: '{ minTalk: 5s }' });
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    await on.answer('ayse');
    await on.answer(DENIZ);
    on.line.dial('chan-2', '1000', DENIZ);
    await on.pass(1000);
    const [first] = await on.all();
    const again = { ...first, state: 'open', closedAt: null, reason: null, closedBy: null, version: (first?.version ?? 0) + 1 } as const;
    const finding = {
      id: on.ids.next('acdEvent'),
      brand: on.deps.settings.brand,
      group: 'support',
      at: 1,
      kind: 'abandoned',
      origin: 'queue',
    } as const;
    const who = { kind: 'number', number: DENIZ } as const;
    await on.store.found({
      ...finding,
      callId: null,
      queue: 'support',
      language: 'en',
      about: '',
      since: 1,
      expiresAt: Number.MAX_SAFE_INTEGER,
      who,
    });
    expect(await on.store.move(again as never, { event: 'not-reached', by: 'engine' })).toBe(false);
    expect(await on.open()).toHaveLength(1);
  });
});

describe('looking', () => {
  it('is not done again for every agent who becomes free, where the floor sees to it', async () => {
    const on = await abandoned();
    const { open: all } = on.store;
    let looks = 0;
    Object.assign(on.store, {
      open: (...args: Parameters<typeof all>) => {
        looks += 1;
        return all(...args);
      },
    });
    for (let n = 0; n < 5; n += 1) {
      on.floor().act(AYSE, { kind: 'logout' });
      on.floor().act(AYSE, { kind: 'login' });
      on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    }
    await on.pass();
    // As often as an offer was taken back, and no more.
    expect(looks).toBeLessThanOrEqual(6);
  });

  it('leaves calls of ours that were made for nobody’s promise alone', async () => {
    const on = await abandoned();
    const { openOf } = on.store;
    const asked: string[] = [];
    Object.assign(on.store, {
      openOf: (...args: Parameters<typeof openOf>) => {
        asked.push(args[1]);
        return openOf(...args);
      },
    });
    await on.calls().place({
      ...{ brand: on.deps.settings.brand, number: '+905550000099' as typeof DENIZ, flow: 'main', language: 'en', params: {} },
      ...{ callerId: null, messageClass: 'informational', key: null },
    });
    await on.pass();
    on.line.hangUp(on.leg('+905550000099'), 17, 486);
    await on.pass(1000);
    expect(asked).toEqual([]);
  });
});
