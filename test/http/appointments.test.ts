import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readIcalendar } from '../kit/read-icalendar.ts';
import { type Ask, asking } from './asking.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let ask: Ask;
let agent: { authorization: string };
const clock = {
  now: () => Date.parse('2026-10-26T10:00:00+03:00'),
  setTimer: (ms: number, fire: () => void) => {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  },
};
beforeAll(async () => {
  house = await openHouse({ clock });
  ask = asking(house, await house.bearer('admin'));
  agent = await house.bearer('agent');
  const dealer = { name: 'Yıldız Otomotiv', district: 'Kadıköy', address: 'Bağdat Caddesi No 12', postcode: '34710' };
  const payload = { ...dealer, phone: '0212 555 00 10', hours: 'mon-fri 09:00-18:00' };
  await ask('/api/v1/dealers/IST-01', { method: 'PUT', payload });
  await ask('/api/v1/services/bakim', { method: 'PUT', payload: { label: { tr: 'Bakım', en: 'Maintenance' } } });
  await ask(CALENDAR, { method: 'PUT', payload: calendar });
});
afterAll(() => house.close());

const AT = '/api/v1/dealers/IST-01/services/bakim';
const CALENDAR = `${AT}/calendar`;
const calendar = { hours: 'mon-fri 09:00-12:00', slotMinutes: 60, capacity: 1, leadMinutes: 60, horizonDays: 30, holidays: 'office' };
const at = (local: string) => Date.parse(`${local}:00+03:00`);
const create = (startsAt: number, more: object = {}, headers: Record<string, string> = {}) =>
  ask('/api/v1/appointments', { method: 'POST', payload: { dealer: 'IST-01', service: 'bakim', startsAt, ...more }, headers });
const messages = async () =>
  (await house.stores.appointments.list({ brand: house.deps.config.brand, limit: 500 })).map(({ state }) => state);

describe('services and calendars', () => {
  it('are put, shown and removed; a calendar needs its dealer and its service', async () => {
    expect((await ask(CALENDAR, { method: 'PUT', payload: calendar })).json()).toEqual({
      ...calendar,
      dealer: 'IST-01',
      service: 'bakim',
      closures: [],
    });
    expect((await ask('/api/v1/service-calendars?service=bakim')).json().items).toHaveLength(1);
    expect((await ask('/api/v1/services')).json().items).toEqual([{ code: 'bakim', label: { tr: 'Bakım', en: 'Maintenance' } }]);
    const elsewhere = await ask('/api/v1/dealers/IST-99/services/bakim/calendar', { method: 'PUT', payload: calendar });
    expect([elsewhere.statusCode, elsewhere.json().detail]).toEqual([404, 'There is no dealer IST-99.']);
    expect((await ask('/api/v1/dealers/IST-01/services/boya/calendar', { method: 'PUT', payload: calendar })).statusCode).toBe(404);
    expect((await ask('/api/v1/dealers/IST-01/services/boya/calendar', { method: 'DELETE' })).statusCode).toBe(404);
    expect((await ask('/api/v1/services/boya', { method: 'DELETE' })).statusCode).toBe(404);
  });

  it.each([
    [{ hours: 'sometimes' }, 'body.hours'],
    [{ slotMinutes: 1 }, 'body.slotMinutes'],
    [{ capacity: 0 }, 'body.capacity'],
    [{ horizonDays: 4000 }, 'body.horizonDays'],
    [{ closures: [{ date: '2026-02-30' }] }, 'body.closures.0.date'],
  ])('refuse %j', async (change, path) => {
    const answer = await ask(CALENDAR, { method: 'PUT', payload: { ...calendar, ...change } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].path).toBe(path);
  });

  it('give free times by day, and say why there are none', async () => {
    const slots = async (query: string) => (await ask(`${AT}/slots?${query}`)).json();
    expect((await slots('limit=2')).items.map(({ startsAt }: { startsAt: number }) => startsAt)).toEqual([
      at('2026-10-26T11:00'),
      at('2026-10-27T09:00'),
    ]);
    expect(await slots('day=2026-10-29')).toEqual({ items: [], why: 'closed' });
    expect(await slots('day=2027-10-27')).toEqual({ items: [], why: 'too-far' });
    expect((await slots('day=2026-10-27')).items).toHaveLength(3);
    expect(await slots('after=900000000000000')).toEqual({ items: [], why: null });
    expect((await ask(`${AT}/slots?day=2026-13-01`)).statusCode).toBe(400);
    expect((await ask(`${AT}/slots?day=9999-12-31`)).json().why).toBe('too-far');
    expect((await ask(`${AT}/slots?day=1970-01-01`)).json().why).toBe('past');
  });
});

describe('appointments', () => {
  it('are made, shown with a masked number, listed by day, moved and called off', async () => {
    const made = await create(at('2026-10-27T09:00'), { phone: '0555 000 00 12', name: 'Deniz' });
    expect(made.statusCode).toBe(201);
    const first = made.json();
    expect(first).toMatchObject({ state: 'booked', phone: '+905550000012', name: 'Deniz', language: 'tr', sequence: 0 });
    expect(first.code).toMatch(/^[1-9]\d{5}$/);
    expect((await ask(`/api/v1/appointments/${first.id}`, {}, agent)).json().phone).toBe('+90 5** *** ** 12');
    expect((await create(at('2026-10-27T09:00'))).json()).toMatchObject({ code: 'request.conflict' });
    expect((await create(at('2026-10-27T09:30'))).json().detail).toContain('no time of this calendar');
    expect((await create(Number.MAX_SAFE_INTEGER)).statusCode).toBe(409);
    const moved = await ask(`/api/v1/appointments/${first.id}/move`, {
      method: 'POST',
      payload: { startsAt: at('2026-10-28T10:00') },
    });
    expect(moved.json()).toMatchObject({ code: first.code, series: first.id, sequence: 1, state: 'booked', name: 'Deniz' });
    const day = async (date: string, state = '') => (await ask(`/api/v1/appointments?dealer=IST-01&day=${date}${state}`)).json().items;
    expect((await day('2026-10-27')).map(({ state }: { state: string }) => state)).toEqual(['moved']);
    expect(await day('2026-10-28', '&state=booked')).toHaveLength(1);
    const off = await ask(`/api/v1/appointments/${moved.json().id}/cancel`, { method: 'POST' });
    expect(off.json()).toMatchObject({ state: 'cancelled', sequence: 2 });
    expect((await ask(`/api/v1/appointments/${moved.json().id}/cancel`, { method: 'POST' })).statusCode).toBe(409);
    expect(
      (await ask(`/api/v1/appointments/${first.id}/move`, { method: 'POST', payload: { startsAt: at('2026-10-28T11:00') } })).statusCode,
    ).toBe(409);
  });

  it('are made once when the request is repeated with its key', async () => {
    const key = { 'idempotency-key': 'k-1' };
    const [one, two] = [await create(at('2026-11-02T09:00'), {}, key), await create(at('2026-11-02T09:00'), {}, key)];
    expect(two.json()).toEqual(one.json());
    expect((await ask(`/api/v1/appointments/${one.json().id}/cancel`, { method: 'POST', headers: key })).json().state).toBe('cancelled');
    expect((await create(at('2026-11-03T09:00'), {}, { 'idempotency-key': '' })).statusCode).toBe(400);
  });

  it('come by pages', async () => {
    for (const hour of ['09', '10', '11']) await create(at(`2026-11-04T${hour}:00`));
    const first = (await ask('/api/v1/appointments?day=2026-11-04&limit=2')).json();
    expect(first.items).toHaveLength(2);
    const second = (await ask(`/api/v1/appointments?day=2026-11-04&limit=2&after=${first.next}`)).json();
    expect([second.items.length, second.next]).toEqual([1, null]);
  });

  it('refuse what is no number, no appointment, and a sixth one', async () => {
    expect((await create(at('2026-11-05T09:00'), { phone: 'yok' })).json().code).toBe('request.invalid');
    expect((await ask('/api/v1/appointments/apt_01jd9v8q4k0000000000000000')).statusCode).toBe(404);
    const days = ['05', '06', '09', '10', '11', '12'];
    const statuses = [];
    for (const day of days) statuses.push((await create(at(`2026-11-${day}T10:00`), { phone: '0555 000 00 13' })).statusCode);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 409]);
  });

  it('write nothing of a person into the log', async () => {
    await create(at('2026-11-13T09:00'), { phone: '0555 000 00 14', name: 'Gizli Ad' });
    expect(JSON.stringify(house.logged)).not.toMatch(/5550000014|Gizli/);
    expect((await messages()).length).toBeGreaterThan(0);
  });
});

describe('a dealer’s calendar feed', () => {
  it('is read by whoever has its address, with every change of an appointment', async () => {
    const opened = await ask('/api/v1/dealers/IST-01/appointment-feed', { method: 'POST' });
    const { path } = opened.json();
    const read = async () => {
      const answer = await house.app.inject({ url: path });
      expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
      return readIcalendar(answer.body).events;
    };
    const { id, code } = (await create(at('2026-11-16T09:00'), { phone: '0555 000 00 15', name: 'Deniz' })).json();
    const mine = async () => (await read()).filter(({ UID }) => UID === `${id}@santral.santral`);
    expect(await mine()).toMatchObject([
      {
        DTSTART: '20261116T060000Z',
        SEQUENCE: '0',
        STATUS: 'CONFIRMED',
        SUMMARY: `Bakım ${code}`,
        LOCATION: 'Yıldız Otomotiv, Bağdat Caddesi No 12, Kadıköy',
      },
    ]);
    const moved = await ask(`/api/v1/appointments/${id}/move`, { method: 'POST', payload: { startsAt: at('2026-11-17T10:00') } });
    expect(await mine()).toMatchObject([{ DTSTART: '20261117T070000Z', SEQUENCE: '1', STATUS: 'CONFIRMED' }]);
    await ask(`/api/v1/appointments/${moved.json().id}/cancel`, { method: 'POST' });
    expect(await mine()).toMatchObject([{ SEQUENCE: '2', STATUS: 'CANCELLED' }]);
    expect(JSON.stringify(await read())).not.toMatch(/555[ -]?000[ -]?00[ -]?15|Deniz/);
  });

  it('has one address at a time, which can be closed', async () => {
    const open = async () => (await ask('/api/v1/dealers/IST-01/appointment-feed', { method: 'POST' })).json().path as string;
    const status = async (path: string) => (await house.app.inject({ url: path })).statusCode;
    const first = await open();
    const second = await open();
    expect([await status(first), await status(second)]).toEqual([404, 200]);
    await ask('/api/v1/dealers/IST-01/appointment-feed', { method: 'DELETE' });
    expect(await status(second)).toBe(404);
    expect((await ask('/api/v1/dealers/IST-01/appointment-feed', { method: 'DELETE' })).statusCode).toBe(404);
    expect((await ask('/api/v1/dealers/IST-99/appointment-feed', { method: 'POST' })).statusCode).toBe(404);
    expect(await status('/api/v1/appointment-feeds/guess')).toBe(404);
  });
});

describe('the log of changes', () => {
  it('names who moved or cancelled an appointment, and why; numbers in the reason are masked', async () => {
    const answer = await create(at('2026-11-19T09:00'), { phone: '0555 000 00 19' });
    expect(answer.statusCode).toBe(201);
    const made = answer.json();
    const payload = { startsAt: at('2026-11-19T10:00'), reason: 'Müşteri 0555 000 00 12 istedi' };
    const moved = (await ask(`/api/v1/appointments/${made.id}/move`, { method: 'POST', payload })).json();
    await ask(`/api/v1/appointments/${moved.id}/cancel`, { method: 'POST', payload: { reason: ' Bayi o gün kapalı ' } });
    const lines = await house.stores.audit.list({ brand: house.deps.config.brand, subject: made.series, limit: 10 });
    expect(lines.map(({ what, actor, via, details }) => [what, actor.slice(0, 5), via, details])).toEqual([
      ['appointment-cancelled', 'admin', 'api', { reason: 'Bayi o gün kapalı', startsAt: at('2026-11-19T10:00') }],
      [
        'appointment-moved',
        'admin',
        'api',
        { reason: 'Müşteri +90 5** *** ** 12 istedi', startsAt: at('2026-11-19T09:00'), to: at('2026-11-19T10:00') },
      ],
    ]);
    const found = (await ask(`/api/v1/appointments?code=${made.code}`)).json();
    expect(found).toMatchObject({ items: [{ state: 'moved' }, { state: 'cancelled' }], zone: 'Europe/Istanbul' });
    expect((await ask('/api/v1/appointments?code=12')).statusCode).toBe(400);
    const long = { startsAt: at('2026-11-19T11:00'), reason: 'x'.repeat(201) };
    expect((await ask(`/api/v1/appointments/${moved.id}/move`, { method: 'POST', payload: long })).statusCode).toBe(400);
  });
});
