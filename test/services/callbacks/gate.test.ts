import { afterEach, describe, expect, it } from 'vitest';
import { createChanges } from '../../../src/services/callbacks/changes.ts';
import { AYSE, BORA, type CallbackBenchOptions, DENIZ, openCallbackBench } from './bench.ts';

const MINUTE = 60_000;
const CONGESTION = 34;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** Somebody hung up while the only agent was paused; then the agent is asked, or everybody still waits. */
async function abandoned(options: CallbackBenchOptions = {}) {
  const on = await openCallbackBench(options);
  opened.push(on);
  on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
  await on.abandons('chan-1');
  return {
    ...on,
    async asked(): Promise<void> {
      on.floor().act(AYSE, { kind: 'available' });
      await on.pass();
    },
  };
}

describe('the cap of calls to a number', () => {
  it('is not used up by a line of ours that is full: they are rung once it is not', async () => {
    const on = await abandoned();
    await on.asked();
    for (let fault = 1; fault <= 4; fault += 1) {
      await on.answer('ayse');
      on.line.hangUp(on.leg(DENIZ), CONGESTION);
      await on.pass(1000);
      expect(await on.only()).toMatchObject({ state: 'retry-wait', attempts: 0, faults: fault });
      await on.pass(2 * MINUTE);
    }
    await on.answer('ayse');
    await on.answer(DENIZ);
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'served-outbound' });
  });
});

describe('a customer who waits in the queue again', () => {
  it('keeps what was promised, though it would have expired meanwhile', async () => {
    const on = await abandoned({ rules: '{ expire: 10m }' });
    const { id, firstAt } = await on.only();
    await on.pass(9 * MINUTE);
    await on.calls_('chan-2');
    await on.pass(2 * MINUTE);
    expect(await on.only()).toMatchObject({ id, state: 'open', linked: expect.stringContaining('call_') });
    on.line.hangUp('chan-2');
    await on.pass(1000);
    expect(await on.all()).toMatchObject([{ id, state: 'open', count: 2, firstAt, linked: null }]);
  });
});

describe('a customer whom we ring', () => {
  it('and who calls us and hangs up again at once is not rung before the delay is over', async () => {
    const on = await abandoned();
    await on.asked();
    await on.answer('ayse');
    expect(on.customers()).toEqual([DENIZ]);
    await on.calls_('chan-2');
    on.line.hangUp('chan-2');
    await on.pass(10 * MINUTE);
    expect(on.rung().filter((one) => one !== 'ayse')).toEqual([`${DENIZ}@trunk`]);
    expect(on.state(AYSE)).toBe('available');
    expect(await on.only()).toMatchObject({ state: 'retry-wait', attempts: 0, linked: null });
    await on.pass((await on.only()).dueAt - on.clock.now());
    await on.answer('ayse');
    expect(on.customers()).toEqual([DENIZ, DENIZ]);
  });
});

describe('a number that another group of the house is ringing', () => {
  it('is not rung by a second agent: it waits a little, and that is no attempt', async () => {
    const on = await abandoned();
    const mine = await on.only();
    const ids = { id: on.ids.next('acdEvent'), callId: on.ids.next('call') };
    const { brand, number, firstAt: at, expiresAt } = mine;
    const about = { kind: 'abandoned', origin: 'queue', queue: 'sales', language: 'tr', about: '' } as const;
    const who = { kind: 'number', number: number ?? DENIZ } as const;
    const found = await on.store.found({ ...ids, ...about, brand, group: 'sales', at, since: at, expiresAt, who });
    if (found === null) throw new Error('nobody is to be called');
    const changes = createChanges(on.deps);
    const callId = on.ids.next('call');
    await changes.apply(found.id, { kind: 'reserve', agent: BORA, callId });
    expect(await changes.dial(found.id, { kind: 'dial', callId }, BORA)).toBe('dials');
    await on.asked();
    await on.answer('ayse');
    await on.pass(1000);
    expect(on.customers()).toEqual([]);
    expect(on.state(AYSE)).toBe('available');
    expect(await on.store.get(mine.id)).toMatchObject({ state: 'retry-wait', attempts: 0, faults: 0 });
    await changes.apply(found.id, { kind: 'ended', callId, outcome: 'no-answer' });
    await on.pass(2 * MINUTE);
    await on.answer('ayse');
    expect(on.customers()).toEqual([DENIZ]);
  });
});

describe('the window', () => {
  const HOURS = '{ calendar: hours }';
  function window() {
    const hours = { open: true, opensAt: 4_000_000_000_000 };
    return { hours, openness: () => (hours.open ? { open: true, until: null } : { open: false, until: hours.opensAt }) };
  }

  it('that closes between the offer and its acceptance leaves the customer alone, and that is no attempt', async () => {
    const { hours, openness } = window();
    const on = await abandoned({ rules: HOURS, openness });
    await on.asked();
    expect(on.rung()).toEqual(['ayse']);
    hours.open = false;
    await on.answer('ayse');
    await on.pass(1000);
    expect(on.customers()).toEqual([]);
    expect(await on.only()).toMatchObject({ state: 'open', attempts: 0, faults: 0, agent: null });
    expect(on.state(AYSE)).toBe('available');
    hours.open = true;
    await on.pass(20_000);
    expect(on.rung()).toEqual(['ayse', 'ayse']);
  });

  it('counts for customers who come first as well', async () => {
    const { hours, openness } = window();
    const on = await abandoned({ rules: '{ calendar: hours, mode: customer-first }', openness });
    const { move } = on.store;
    Object.assign(on.store, {
      move: async (...args: Parameters<typeof move>) => {
        if (args[1].event === 'reserve') hours.open = false;
        return move(...args);
      },
    });
    await on.asked();
    expect(on.customers()).toEqual([]);
    expect(await on.only()).toMatchObject({ state: 'open', attempts: 0 });
  });

  it('counts for who calls by hand, too: they hear from when on it may be', async () => {
    const { hours, openness } = window();
    const on = await abandoned({ rules: HOURS, openness });
    const { id } = await on.only();
    hours.open = false;
    // The next look.
    await on.pass(20_000);
    await on.asked();
    const refused = on.callbacks().desk.take(id, AYSE, false);
    const reason = new Date(hours.opensAt).toISOString();
    await expect(refused).rejects.toMatchObject({ code: 'callback.window', details: { reason }, message: expect.stringContaining(reason) });
    await on.pass(1000);
    expect(on.rung()).toEqual([]);
    expect(await on.only()).toMatchObject({ state: 'open', version: 1 });
  });
});
