import { afterEach, describe, expect, it } from 'vitest';
import type { FormAnswer } from '../../../src/domain/callback-form.ts';
import { type FormSettings, OWN_PAGE } from '../../../src/services/callback-forms/forms.ts';
import { testForms } from '../../kit/callback-forms.ts';
import { AYSE, type CallbackBenchOptions, DENIZ, openCallbackBench } from '../callbacks/bench.ts';

const HOUR = 3_600_000;
const PLACE = { form: 'call-me', origin: OWN_PAGE };
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** The shipped form, its callbacks on a floor with one agent, who is free. */
async function open(options: CallbackBenchOptions = {}, settings: Partial<FormSettings> = {}) {
  const on = await openCallbackBench({ agents: [AYSE], group: 'sales', ...options });
  opened.push(on);
  const { clock, ids, deps, stores } = on;
  const forms = testForms({
    ...{ store: stores.callbackForms, wishes: on.callbacks().wishes, clock, ids, brand: deps.settings.brand, settings },
  });
  const send = async (changes: Partial<FormAnswer> = {}, address = '192.0.2.1') => {
    const said = { language: 'tr', number: '0555 000 00 17', name: 'Ayşe', topic: '', note: '', notBefore: null } as const;
    const answer = { ...said, consent: '2026-11', ...changes };
    const told = await forms.submit(PLACE, { token: forms.open(PLACE).token, answer, trap: '', address });
    await on.pass();
    return told;
  };
  return { ...on, forms, send };
}

describe('who asks by a web form', () => {
  it('is called at once where an agent is free: the agent first, who reads what it is about', async () => {
    const on = await open();
    expect(await on.send({ topic: 'offer' })).toEqual({ callsFrom: null });
    expect(on.rung()).toEqual(['ayse']);
    await on.answer('ayse');
    expect(on.rung()).toEqual(['ayse', `${DENIZ}@trunk`]);
    await on.answer(DENIZ);
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'served-outbound', origin: 'form', about: 'Ayşe · Fiyat teklifi' });
  });

  it('is called once, though they hung up in the queue as well', async () => {
    const on = await open();
    on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    await on.abandons('chan-1');
    await on.send();
    expect(await on.open()).toMatchObject([{ kind: 'abandoned', origin: 'queue', count: 2, number: DENIZ }]);
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    await on.answer('ayse');
    await on.answer(DENIZ);
    await on.pass(5000);
    on.line.hangUp(on.leg(DENIZ));
    await on.pass(5000);
    expect(on.customers()).toEqual([DENIZ]);
  });

  it('puts nobody off who hung up in the queue: anybody can write their number into a form', async () => {
    const on = await open();
    on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    await on.abandons('chan-1');
    const before = await on.only();
    expect(await on.send({ notBefore: on.forms.open(PLACE).times.at(-1) ?? 0 })).toMatchObject({ callsFrom: expect.any(Number) });
    const { dueAt, kind, origin, since } = before;
    expect(await on.only()).toMatchObject({ dueAt, kind, origin, since, count: 2 });
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    expect(on.rung()).toEqual(['ayse']);
  });

  it('is not called any more once they got through by themselves', async () => {
    const on = await open();
    on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    await on.send();
    await on.calls_('chan-1');
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass();
    await on.answer('ayse');
    expect(await on.only()).toMatchObject({ state: 'closed', reason: 'served-inbound' });
  });

  it('is called at the hour they wished for, not sooner, and expires after that hour only', async () => {
    const on = await open();
    const [, wish = 0] = on.forms.open(PLACE).times;
    expect(await on.send({ notBefore: wish })).toEqual({ callsFrom: wish });
    await on.pass(wish - on.clock.now() - 1);
    expect(on.rung()).toEqual([]);
    await on.pass(1);
    expect(on.rung()).toEqual(['ayse']);
    expect(await on.only()).toMatchObject({ expiresAt: wish + 24 * HOUR, since: wish });
  });

  it('hears from when on people are called, and chooses among the hours of the group', async () => {
    const start = { at: 0 };
    const opensAt = (): number => start.at + 3 * HOUR;
    const on = await open({
      rules: '{ calendar: return-calls }',
      openness: (calendar, at) => ({ open: calendar === 'return-calls' && at >= opensAt(), until: opensAt() }),
    });
    start.at = on.clock.now();
    const form = on.forms.open(PLACE);
    expect(form.callsFrom).toBe(opensAt());
    expect(form.times.every((at) => at >= opensAt())).toBe(true);
    expect(form.times.length).toBeGreaterThan(40);
    expect(await on.send()).toEqual({ callsFrom: opensAt() });
    expect(on.rung()).toEqual([]);
    await on.pass(3 * HOUR);
    expect(on.rung()).toEqual(['ayse']);
  });

  it.each(['+90 212 555 00 01', '112', '100', '0900 123 45 67'])('cannot have %s called', async (number) => {
    const on = await open();
    await expect(on.send({ number })).rejects.toMatchObject({
      code: 'request.invalid',
      details: { errors: [{ path: 'body.number', code: 'phone-number' }] },
    });
    expect(await on.all()).toEqual([]);
  });

  it('abroad is called where the group says so', async () => {
    const on = await open({ rules: '{ abroad: true }' });
    await on.send({ number: '+49 151 23456789' });
    expect(await on.only()).toMatchObject({ number: '+4915123456789' });
  });

  it('leaves a record that ends after its time', async () => {
    const on = await open({}, { keepMs: 2 * HOUR });
    await on.send();
    const { id } = await on.only();
    expect(await on.forms.ofCallback(id)).toHaveLength(1);
    await on.pass(2 * HOUR);
    expect(await on.forms.sweep()).toBe(0);
    await on.pass(1);
    expect(await on.forms.sweep()).toBe(1);
    expect(await on.forms.ofCallback(id)).toEqual([]);
  });
});
