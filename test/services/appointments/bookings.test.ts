import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_BRAND as brand } from '../../../src/domain/brand.ts';
import { type Office, openOffice } from '../../kit/appointment-office.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';

const WHAT = { brand, dealer: 'VAN-01', service: 'bakim' };
const at = (local: string) => Date.parse(`${local}:00+03:00`);
const PERSON = { caller: '+905550000001', phone: '+905550000001', name: '' };

let office: Office;
const sent: { template: string; channel: string; key: string; notBefore: number; to: string; data: Record<string, unknown> }[] = [];
const withdrawn: string[] = [];
beforeEach(async () => {
  sent.length = 0;
  withdrawn.length = 0;
  const stores = await openTemporaryStores();
  const watch = <R extends { messages: readonly unknown[]; withdraw: readonly string[] }, T>(run: (request: R) => Promise<T>) => {
    return (request: R) => {
      for (const message of request.messages as readonly (typeof sent)[number][]) {
        const { template, channel, notBefore, to, data } = message;
        sent.push({ template, channel, key: (message as unknown as { dedupeKey: string }).dedupeKey, notBefore, to, data });
      }
      withdrawn.push(...request.withdraw);
      return run(request);
    };
  };
  const { book, move, cancel, confirm, ...rest } = stores.appointments;
  const appointments = { ...rest, book: watch(book), move: watch(move), cancel: watch(cancel), confirm: watch(confirm) };
  office = await openOffice({ stores: { ...stores, appointments }, at: '2026-11-23T10:00' });
  closeStores = () => stores.close();
});
let closeStores: () => Promise<void>;
afterEach(() => closeStores());

async function hold(startsAt: number, more: object = {}) {
  const wish = {
    ...WHAT,
    startsAt,
    person: PERSON,
    customer: null,
    language: 'tr',
    callId: null,
    key: `k-${startsAt}`,
    holder: `h-${startsAt}`,
    moves: false,
  };
  const held = await office.appointments.bookings.hold({ ...wish, ...more } as never);
  if (held.kind !== 'held') throw new Error(held.kind);
  return held.appointment;
}
const same = ({ person, customer }: { person: typeof PERSON; customer: string | null }) => ({ person, customer });
async function book(startsAt: number, more: object = {}) {
  const { id } = await hold(startsAt, more);
  const booked = await office.appointments.bookings.book(id, `b-${id}`, same as never);
  if (booked.kind !== 'done') throw new Error(booked.kind);
  return booked.appointment;
}

describe('what is sent', () => {
  it('a confirmation with the code at once, a reminder the day before, and the webhook', async () => {
    const { id, code, series } = await book(at('2026-11-26T14:00'));
    expect(sent.map(({ channel, template, key, notBefore, to }) => [channel, template, key, notBefore, to])).toEqual([
      ['webhook', 'appointment.booked', `${id}-booked-webhook`, at('2026-11-23T10:00'), 'appointments'],
      ['sms', 'appointment.booked', `${id}-booked-sms`, at('2026-11-23T10:00'), '+905550000001'],
      ['sms', 'appointment.reminder', `${id}-reminder`, at('2026-11-25T10:00'), '+905550000001'],
    ]);
    expect(sent[1]?.data).toEqual({
      code,
      startsAt: at('2026-11-26T14:00'),
      service: 'Periyodik bakım',
      dealer: 'Göl Teknik',
      address: 'Cumhuriyet Caddesi No: 150, İpekyolu',
      phone: '+904325550050',
    });
    expect(sent[0]?.data).toMatchObject({
      event: 'appointment.booked',
      appointment: series,
      code,
      dealer: 'VAN-01',
      sequence: 0,
      phone: '+905550000001',
    });
  });

  it('nothing to a webhook that nobody set up: no letter is queued, and none dies', async () => {
    office = await openOffice({ stores: office.stores, at: '2026-11-23T10:00', webhooks: ['crm'], idsFrom: 1_000_000 });
    const { id } = await book(at('2026-11-26T14:00'));
    const held = await hold(at('2026-11-27T15:00'), { moves: true });
    await office.appointments.bookings.move(id, held.id, 'm');
    await office.appointments.bookings.cancel(held.id, 'c');
    expect(sent.map(({ channel, template }) => `${channel} ${template}`)).toEqual([
      'sms appointment.booked',
      'sms appointment.reminder',
      'sms appointment.moved',
      'sms appointment.reminder',
      'sms appointment.cancelled',
    ]);
    expect(await office.stores.outbox.list({ channel: 'webhook', limit: 10 })).toEqual([]);
  });

  it('in the caller’s language, without a reminder for tomorrow’s once that has passed, and no SMS where none can go', async () => {
    await book(at('2026-11-24T14:00'), { language: 'en' });
    expect(sent.map(({ template, channel }) => `${channel} ${template}`)).toEqual(['webhook appointment.booked', 'sms appointment.booked']);
    expect(sent[1]?.data).toMatchObject({ service: 'Maintenance' });
    sent.length = 0;
    await book(at('2026-11-27T14:00'), { person: { ...PERSON, phone: null } });
    expect(sent.map(({ channel }) => channel)).toEqual(['webhook']);
  });

  it('of a move: the notice and a new reminder; the old one is taken back', async () => {
    const old = await book(at('2026-11-26T14:00'));
    const held = await hold(at('2026-11-27T15:00'), { moves: true });
    sent.length = 0;
    const moved = await office.appointments.bookings.move(old.id, held.id, 'm');
    expect(moved).toMatchObject({ kind: 'done', appointment: { code: old.code, sequence: 1 } });
    expect(sent.map(({ template, key }) => [template, key])).toEqual([
      ['appointment.moved', `${held.id}-moved-webhook`],
      ['appointment.moved', `${held.id}-moved-sms`],
      ['appointment.reminder', `${held.id}-reminder`],
    ]);
    expect(sent[0]?.data).toMatchObject({ event: 'appointment.moved', appointment: old.series, code: old.code, sequence: 1 });
    expect(withdrawn).toEqual([`${old.id}-reminder`]);
  });

  it('of a confirmation: the webhook alone, once, and the reminder stays', async () => {
    const { id, series } = await book(at('2026-11-26T14:00'));
    sent.length = 0;
    const { bookings } = office.appointments;
    const done = await bookings.confirm(id, 'c');
    expect(done).toMatchObject({ kind: 'done', appointment: { state: 'booked', sequence: 1, confirmedAt: at('2026-11-23T10:00') } });
    expect(await bookings.confirm(id, 'c')).toEqual(done);
    expect(sent[0]).toMatchObject({ template: 'appointment.confirmed', channel: 'webhook', data: { appointment: series, sequence: 1 } });
    expect([...new Set(sent.map(({ key }) => key))]).toEqual([`${id}-confirmed-webhook`]);
    expect(withdrawn).toEqual([]);
  });

  it('nothing of a confirmation that comes too late; and a time that is moved to has to be confirmed anew', async () => {
    const { bookings } = office.appointments;
    const old = await book(at('2026-11-26T14:00'));
    await bookings.confirm(old.id, 'c');
    const held = await hold(at('2026-11-27T15:00'), { moves: true });
    expect(await bookings.move(old.id, held.id, 'm')).toMatchObject({ appointment: { state: 'booked', confirmedAt: null } });
    expect(await bookings.confirm(old.id, 'late')).toEqual({ kind: 'gone' });
    await bookings.cancel(held.id, 'off');
    expect(await bookings.confirm(held.id, 'later')).toEqual({ kind: 'gone' });
  });

  it('of a cancellation: the notice, and no reminder any more', async () => {
    const { id } = await book(at('2026-11-26T14:00'));
    sent.length = 0;
    await office.appointments.bookings.cancel(id, 'c');
    expect(sent.map(({ template, channel }) => `${channel} ${template}`)).toEqual([
      'webhook appointment.cancelled',
      'sms appointment.cancelled',
    ]);
    expect(withdrawn).toEqual([`${id}-reminder`]);
  });
});

describe('holding', () => {
  it('takes only times that the calendar offers', async () => {
    const wish = { ...WHAT, person: PERSON, customer: null, language: 'tr' as const, callId: null, key: 'k', holder: 'h', moves: false };
    for (const startsAt of [at('2026-11-26T14:30'), at('2026-11-23T10:30'), at('2026-11-22T11:00'), at('2027-11-26T14:00'), 0, Number.NaN])
      expect(await office.appointments.bookings.hold({ ...wish, startsAt })).toEqual({ kind: 'not-offered' });
    expect(await office.appointments.bookings.hold({ ...wish, dealer: 'NOWHERE', startsAt: at('2026-11-26T14:00') })).toEqual({
      kind: 'not-offered',
    });
  });

  it('keeps the holidays of the calendar it names', async () => {
    office.clock.time = at('2026-10-27T08:00');
    const day = async (date: string) => (await office.appointments.times.ofDay(WHAT, date)).slots.length;
    expect([await day('2026-10-28'), await day('2026-10-29'), await day('2026-10-30')]).toEqual([4, 0, 9]);
    expect((await office.appointments.times.ofDay(WHAT, '2026-10-29')).why).toBe('closed');
  });

  it('gives nothing for what was never held', async () => {
    const nobody = 'apt_01jd9v8q4k0000000000000000' as never;
    expect(await office.appointments.bookings.book(nobody, 'k', same as never)).toEqual({ kind: 'gone' });
    expect(await office.appointments.bookings.cancel(nobody, 'k')).toEqual({ kind: 'gone' });
    expect(await office.appointments.bookings.move(nobody, nobody, 'k')).toEqual({ kind: 'gone' });
  });
});
