import { afterEach, describe, expect, test } from 'vitest';
import type { Person } from '../../src/domain/appointments/appointment.ts';
import { DEFAULT_BRAND as brand, parseBrandId } from '../../src/domain/brand.ts';
import type { AppointmentId } from '../../src/domain/ids.ts';
import type { Message } from '../../src/domain/message.ts';
import type { HoldRequest } from '../../src/ports/appointments.ts';
import { ENGINES, storesFor } from './engines.ts';
import { id, NOON } from './fixtures.ts';

const HOUR = 3_600_000;
const START = NOON + 24 * HOUR;
const PERSON: Person = { caller: '+905550000001', phone: '+905550000001', name: 'Deniz' };

let count = 0;

function wish(changed: Partial<HoldRequest> = {}): HoldRequest {
  count += 1;
  return {
    id: id('appointment', count),
    brand,
    dealer: 'IST-01',
    service: 'bakim',
    startsAt: START,
    endsAt: START + HOUR,
    capacity: 2,
    codes: [String(200_000 + count), String(300_000 + count)],
    person: PERSON,
    customer: null,
    language: 'tr',
    callId: null,
    key: `key-${count}`,
    holder: `caller-${count}`,
    now: NOON,
    heldUntil: NOON + 180_000,
    mostAhead: 100,
    ...changed,
  };
}

function message(dedupeKey: string, changed: Partial<Message> = {}): Message {
  count += 1;
  return {
    id: id('message', count),
    brand,
    channel: 'sms',
    to: '+905550000001',
    template: 'appointment.booked',
    language: 'tr',
    messageClass: 'informational',
    data: { code: '123457' },
    dedupeKey,
    orderKey: null,
    callId: null,
    createdAt: NOON,
    notBefore: NOON,
    ...changed,
  };
}

describe.each(ENGINES)('appointments on $name', ({ place }) => {
  const at = storesFor(place);
  const store = () => at.stores.appointments;
  const queued = async () =>
    (await at.place.query('select dedupe_key, state, payload from messages order by dedupe_key')).map((row) => [
      row['dedupe_key'],
      row['state'],
      row['payload'] === null,
    ]);
  afterEach(async () => {
    count += 100;
  });

  async function held(changed: Partial<HoldRequest> = {}) {
    const outcome = await store().hold(wish(changed));
    if (outcome.kind !== 'held') throw new Error(outcome.kind);
    return outcome.appointment;
  }
  const change = (key: string, changed: { messages?: readonly Message[]; withdraw?: readonly string[]; now?: number } = {}) => ({
    key,
    now: NOON + 1000,
    messages: [],
    withdraw: [],
    ...changed,
  });
  const book = (appointment: { readonly id: AppointmentId }, key = `book-${appointment.id}`, messages: readonly Message[] = []) =>
    store().book({ id: appointment.id, person: PERSON, customer: null, mostAhead: 100, ...change(key, { messages }) });
  async function booked(changed: Partial<HoldRequest> = {}) {
    const outcome = await book(await held(changed));
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    return outcome.appointment;
  }

  test('a hold takes the lowest place that is free, and a code that nobody has', async () => {
    const first = await held({ codes: ['424242', '515151'] });
    const second = await held({ codes: ['424242', '515151'] });
    expect([first.place, first.code, first.state]).toEqual([0, '424242', 'held']);
    expect([second.place, second.code]).toEqual([1, '515151']);
    expect(await store().hold(wish())).toEqual({ kind: 'full' });
    await expect(store().hold(wish({ startsAt: START + HOUR, endsAt: START + 2 * HOUR, codes: ['424242'] }))).rejects.toMatchObject({
      code: 'store.conflict',
    });
    expect(first.person).toEqual(PERSON);
  });

  test('appointments that overlap count, those that touch do not; nor do other dealers and services', async () => {
    await booked({ capacity: 1 });
    const half = HOUR / 2;
    expect(await store().hold(wish({ capacity: 1, startsAt: START + half, endsAt: START + 3 * half }))).toEqual({ kind: 'full' });
    expect((await held({ capacity: 1, startsAt: START + HOUR, endsAt: START + 2 * HOUR })).place).toBe(0);
    expect((await held({ capacity: 1, dealer: 'IST-02' })).place).toBe(0);
    expect((await held({ capacity: 1, service: 'lastik' })).place).toBe(0);
  });

  test('the same key is the same hold; the same holder has one at a time', async () => {
    const request = wish({ capacity: 1 });
    const [one, two] = await Promise.all([store().hold(request), store().hold(request)]);
    expect(one).toEqual(two);
    const other = await held({ capacity: 1, holder: request.holder });
    expect(await store().get(request.id)).toMatchObject({ state: 'expired' });
    expect(await store().hold(request)).toEqual({ kind: 'full' });
    expect(other.place).toBe(0);
  });

  test('a hold runs out: its place is free for others, and it cannot be booked once it was given away', async () => {
    const late = await held({ capacity: 1 });
    expect(await store().hold(wish({ capacity: 1, now: NOON + 179_999 }))).toEqual({ kind: 'full' });
    const next = await held({ capacity: 1, now: NOON + 180_000, heldUntil: NOON + 360_000 });
    expect(next.place).toBe(0);
    expect(await book(late)).toEqual({ kind: 'gone' });
    expect(await store().expire(NOON + 360_000)).toBe(1);
    expect(await store().expire(NOON + 360_000)).toBe(0);
    expect(await store().taken({ brand, dealer: 'IST-01', service: 'bakim' }, { from: START, to: START + HOUR, now: NOON })).toEqual([]);
  });

  test('a hold that ran out while nobody else wanted the place is still booked', async () => {
    const late = await held();
    expect(
      await store().book({ id: late.id, person: PERSON, customer: '1000', mostAhead: 100, ...change('k', { now: NOON + 200_000 }) }),
    ).toMatchObject({
      kind: 'done',
      appointment: { state: 'booked', heldUntil: null, customer: '1000' },
    });
  });

  test('too many ahead of one number are refused; past and cancelled ones do not count', async () => {
    const first = await booked({ mostAhead: 2 });
    await booked({ mostAhead: 2, startsAt: START + HOUR, endsAt: START + 2 * HOUR });
    const third = { mostAhead: 2, startsAt: START + 3 * HOUR, endsAt: START + 4 * HOUR };
    expect(await store().hold(wish(third))).toEqual({ kind: 'too-many' });
    expect((await store().hold(wish({ ...third, person: { ...PERSON, caller: '+905550000002' } }))).kind).toBe('held');
    await store().cancel({ id: first.id, ...change('c') });
    expect((await store().hold(wish(third))).kind).toBe('held');
  });

  test('too many ahead are refused when booking, too: the number may be known only then', async () => {
    const nobody = { ...PERSON, caller: null };
    const later = (n: number) => ({ startsAt: START + n * HOUR, endsAt: START + (n + 1) * HOUR });
    await booked(later(1));
    await booked(later(2));
    const hold = await held({ ...later(3), person: nobody });
    const keyed = (key: string, mostAhead: number) =>
      store().book({ id: hold.id, ...change(key), person: PERSON, customer: null, mostAhead });
    expect(await keyed('k', 2)).toEqual({ kind: 'too-many' });
    expect(await queued()).toEqual([]);
    expect(await keyed('k', 3)).toMatchObject({ kind: 'done' });
    expect(await keyed('k', 3)).toMatchObject({ kind: 'done' });
  });

  test('a call that gives no number may book as many', async () => {
    const callId = id('call', 7);
    const nobody = { ...PERSON, caller: null, phone: null };
    const outcomes: string[] = [];
    for (let n = 1; n <= 3; n += 1) {
      const hold = await held({ startsAt: START + n * HOUR, endsAt: START + (n + 1) * HOUR, person: nobody, callId });
      outcomes.push((await store().book({ id: hold.id, ...change(`k${n}`), person: nobody, customer: null, mostAhead: 2 })).kind);
    }
    expect(outcomes).toEqual(['done', 'done', 'too-many']);
  });

  test('booking writes its messages in the same transaction, once', async () => {
    const hold = await held();
    const messages = [message('a-sms'), message('a-reminder', { notBefore: START - 20 * HOUR })];
    expect(await book(hold, 'k', messages)).toMatchObject({ kind: 'done' });
    expect(await book(hold, 'k', messages)).toMatchObject({ kind: 'done', appointment: { state: 'booked', sequence: 0 } });
    expect(await book(hold, 'another', messages)).toEqual({ kind: 'gone' });
    expect(await queued()).toEqual([
      ['a-reminder', 'queued', false],
      ['a-sms', 'queued', false],
    ]);
    const [{ next_at: nextAt } = {}] = await at.place.query(`select next_at from messages where dedupe_key = 'a-reminder'`);
    expect(Number(nextAt)).toBe(START - 20 * HOUR);
  });

  test('a message that cannot be stored leaves the hold as it was', async () => {
    const hold = await held();
    const broken = message('b', { template: null as unknown as string });
    await expect(book(hold, 'k', [message('a'), broken])).rejects.toMatchObject({ code: 'internal' });
    expect(await store().get(hold.id)).toMatchObject({ state: 'held' });
    expect(await queued()).toEqual([]);
  });

  test('cancelling frees the place and takes the reminder back; what was sent stays', async () => {
    const hold = await held({ capacity: 1 });
    await book(hold, 'k', [message('r'), message('sent')]);
    await at.place.query(`update messages set state = 'sent' where dedupe_key = 'sent'`);
    const request = { id: hold.id, ...change('c', { messages: [message('cancelled')], withdraw: ['r', 'sent'] }) };
    expect(await store().cancel(request)).toMatchObject({ kind: 'done', appointment: { state: 'cancelled', sequence: 1 } });
    expect(await store().cancel(request)).toMatchObject({ kind: 'done', appointment: { sequence: 1 } });
    expect(await store().cancel({ ...request, key: 'later' })).toEqual({ kind: 'gone' });
    expect(await queued()).toEqual([
      ['cancelled', 'queued', false],
      ['r', 'cancelled', true],
      ['sent', 'sent', false],
    ]);
    expect((await held({ capacity: 1 })).place).toBe(0);
  });

  test('moving keeps code, person and series, frees the old place, and is done once', async () => {
    const old = await booked({ capacity: 1, customer: '1000' });
    await book(old, 'r', [message('r')]);
    const later = { startsAt: START + HOUR, endsAt: START + 2 * HOUR, capacity: 1 };
    const hold = await held({ ...later, person: { caller: null, phone: null, name: '' } });
    const request = { id: hold.id, from: old.id, ...change('m', { messages: [message('moved')] }) };
    const moved = await store().move(request);
    expect(moved).toMatchObject({
      kind: 'done',
      appointment: { id: hold.id, code: old.code, series: old.id, sequence: 1, state: 'booked', person: PERSON, customer: null },
    });
    expect(await store().move(request)).toEqual(moved);
    expect(await store().get(old.id)).toMatchObject({ state: 'moved' });
    expect((await held({ capacity: 1 })).startsAt).toBe(START);
    expect(await store().move({ ...request, key: 'again' })).toEqual({ kind: 'gone' });
  });

  test('a move without a place, or of what is gone, changes nothing', async () => {
    const old = await booked();
    const hold = await held();
    await store().expire(NOON + 180_000);
    expect(await store().move({ id: hold.id, from: old.id, ...change('m') })).toEqual({ kind: 'gone' });
    expect(await store().get(old.id)).toMatchObject({ state: 'booked', sequence: 0 });
    const other = await held();
    await store().cancel({ id: old.id, ...change('c') });
    expect(await store().move({ id: other.id, from: old.id, ...change('n') })).toEqual({ kind: 'gone' });
    expect(await store().get(other.id)).toMatchObject({ state: 'held' });
  });

  test('is found by code and by number while it is ahead, and not by others', async () => {
    const soon = await booked({ codes: ['424242'] });
    const later = await booked({ startsAt: START + HOUR, endsAt: START + 2 * HOUR });
    expect((await store().byCode(brand, '424242', NOON))?.id).toBe(soon.id);
    expect(await store().byCode('acme' as never, '424242', NOON)).toBeUndefined();
    expect(await store().byCode(brand, '424242', soon.endsAt)).toBeUndefined();
    const ids = async (caller: string, now = NOON) => (await store().byCaller(brand, caller, now, 10)).map((one) => one.id);
    expect(await ids('+905550000001')).toEqual([soon.id, later.id]);
    expect(await ids('+905550000001', soon.endsAt)).toEqual([later.id]);
    expect(await ids('+905550000002')).toEqual([]);
    expect(await store().lastDealer(brand, '+905550000001', NOON)).toBeUndefined();
    expect(await store().lastDealer(brand, '+905550000001', soon.endsAt)).toBe('IST-01');
  });

  test('no number and no name lies in a row in clear', async () => {
    await booked();
    await at.stores.customers.put(
      [{ brand, code: '1000', name: 'Deniz', phone: '+905550000001', plate: '34ABC123', lastDealer: null }],
      NOON,
    );
    const rows = [...(await at.place.query('select * from appointments')), ...(await at.place.query('select * from customers'))];
    expect(JSON.stringify(rows)).not.toMatch(/5550000001|Deniz|34ABC|34123/);
  });

  test('lists by dealer, time and state, page by page', async () => {
    const spans = [0, 1, 2].map((n) => ({ startsAt: START + n * HOUR, endsAt: START + (n + 1) * HOUR }));
    for (const span of spans) await booked(span);
    await held({ dealer: 'IST-02' });
    const list = async (filter: object) =>
      (await store().list({ brand, limit: 10, ...filter })).map(({ startsAt }) => (startsAt - START) / HOUR);
    expect(await list({ dealer: 'IST-01' })).toEqual([0, 1, 2]);
    expect(await list({ from: START + HOUR })).toEqual([1, 2]);
    expect(await list({ to: START + HOUR, states: ['booked'] })).toEqual([0]);
    const [first] = await store().list({ brand, dealer: 'IST-01', limit: 1 });
    expect(await list({ dealer: 'IST-01', ...(first === undefined ? {} : { after: first }) })).toEqual([1, 2]);
  });

  test('services, calendars, customers and feeds are put, replaced, read and removed', async () => {
    const { serviceCalendars: calendars, customers } = at.stores;
    const label = { tr: 'Bakım', en: 'Maintenance' };
    const hours = [[{ from: 540, to: 1080 }], [], [], [], [], [], []] as const;
    const rest = {
      slotMinutes: 60,
      capacity: 2,
      leadMinutes: 60,
      horizonDays: 30,
      holidays: 'office',
      closures: [{ date: '2026-12-31', from: 780 }],
    };
    const calendar = { brand, dealer: 'IST-01', service: 'bakim', hours, ...rest };
    await calendars.put([{ brand, code: 'bakim', label }], [calendar], NOON);
    await calendars.put([{ brand, code: 'bakim', label }], [{ ...calendar, capacity: 3 }], NOON + 1);
    expect(await calendars.services(brand)).toEqual([{ brand, code: 'bakim', label }]);
    expect(await calendars.calendars(brand, { dealer: 'IST-01' })).toEqual([{ ...calendar, capacity: 3 }]);
    expect(await calendars.calendars(brand, { service: 'lastik' })).toEqual([]);
    expect(await calendars.removeCalendar(brand, 'IST-01', 'lastik')).toBe(false);
    expect(await calendars.removeService(brand, 'bakim')).toBe(true);
    expect(await calendars.removeService(brand, 'bakim')).toBe(false);
    expect(await calendars.calendars(brand)).toEqual([]);
    await calendars.putFeed({ brand, dealer: 'IST-01', hash: 'a', now: NOON });
    await calendars.putFeed({ brand, dealer: 'IST-01', hash: 'b', now: NOON });
    expect(await calendars.feedOf('a')).toBeUndefined();
    expect(await calendars.feedOf('b')).toEqual({ brand, dealer: 'IST-01' });
    expect(await calendars.removeFeed(brand, 'IST-01')).toBe(true);
    expect(await calendars.removeFeed(brand, 'IST-01')).toBe(false);
    const customer = { brand, code: '1000', name: 'Deniz', phone: '+905550000001', plate: '34ABC123', lastDealer: 'IST-01' };
    await customers.put([customer, { ...customer, code: '1001', phone: null, plate: '34D123' }], NOON);
    expect(await customers.byCode(brand, '1000')).toEqual(customer);
    expect((await customers.byPhone(brand, '+905550000001'))?.code).toBe('1000');
    await customers.put([{ ...customer, brand: parseBrandId('acme') ?? brand, code: '2000', plate: '34F123' }], NOON);
    expect((await customers.byPlateDigits(brand, '34123')).map(({ plate }) => plate)).toEqual(['34ABC123', '34D123']);
    expect(await customers.byPlateDigits(brand, '34124')).toEqual([]);
    await customers.put([{ ...customer, code: '1001', phone: null, plate: null }], NOON);
    expect(await customers.byPlateDigits(brand, '34123')).toEqual([customer]);
    expect(await customers.count(brand)).toBe(2);
  });
});
