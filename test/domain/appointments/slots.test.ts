import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  freeDay,
  freePlaces,
  freeSlots,
  isOffered,
  type SlotRules,
  slotsOfDay,
  type Taken,
} from '../../../src/domain/appointments/slots.ts';
import { addDays, daysBetween, instantOf, localDay, localMinutes, weekdayOf } from '../../../src/domain/local-day.ts';
import { parseWeeklyHours } from '../../../src/domain/weekly-hours.ts';

const ZONE = 'Europe/Istanbul';
const HOUR = 3_600_000;

function rules(hours: string, changed: Partial<SlotRules> = {}): SlotRules {
  const parsed = parseWeeklyHours(hours);
  if (parsed.kind === 'bad') throw new Error(parsed.problems.join());
  return { zone: ZONE, hours: parsed.hours, slotMinutes: 60, capacity: 1, leadMinutes: 0, horizonDays: 30, off: [], ...changed };
}
const at = (local: string) => Date.parse(`${local}:00+03:00`);
const shown = (utcMs: number, zone = ZONE) => {
  const minutes = localMinutes(zone, utcMs);
  return `${localDay(zone, utcMs)} ${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};
const times = (given: SlotRules, day: string) => slotsOfDay(given, day).map(({ startsAt }) => shown(startsAt, given.zone).slice(11));

describe('the times of a day', () => {
  it.each([
    ['whole hours', rules('mon-fri 09:00-12:00'), ['09:00', '10:00', '11:00']],
    ['two stretches, each from its own beginning', rules('mon 09:00-10:30, 13:30-15:30'), ['09:00', '13:30', '14:30']],
    ['only those that end by closing', rules('mon 09:00-11:45', { slotMinutes: 50 }), ['09:00', '09:50', '10:40']],
    ['none when closed', rules('tue 09:00-12:00'), []],
    ['up to midnight, and no further', rules('mon 22:30-24:00', { slotMinutes: 45 }), ['22:30', '23:15']],
    ['through midnight as two stretches', rules('sun 23:00-01:00', { slotMinutes: 60 }), ['00:00']],
    ['none on a day off', rules('mon 09:00-12:00', { off: [{ date: '2026-11-30', from: 0 }] }), []],
    [
      'none that goes into a half day off',
      rules('mon 09:00-18:00', { off: [{ date: '2026-11-30', from: 750 }] }),
      ['09:00', '10:00', '11:00'],
    ],
    [
      'the earliest of two half days counts',
      rules('mon 09:00-18:00', {
        off: [
          { date: '2026-11-30', from: 780 },
          { date: '2026-11-30', from: 600 },
        ],
      }),
      ['09:00'],
    ],
    ['other days off do not matter', rules('mon 09:00-10:00', { off: [{ date: '2026-11-29', from: 0 }] }), ['09:00']],
  ] as const)('%s', (_, given, expected) => {
    expect(times(given, '2026-11-30')).toEqual(expected);
  });

  it('follows the clock on the wall where clocks are changed', () => {
    const berlin = rules('daily 00:00-06:00', { zone: 'Europe/Berlin' });
    expect(times(berlin, '2026-03-29')).toEqual(['00:00', '01:00', '03:00', '04:00', '05:00']);
    const autumn = slotsOfDay(berlin, '2026-10-25').map(({ startsAt }) => startsAt);
    expect(new Set(autumn).size).toBe(6);
    expect((autumn[3] ?? 0) - (autumn[2] ?? 0)).toBe(2 * HOUR);
    expect(times(rules('daily 00:00-06:00'), '2026-03-29')).toHaveLength(6);
  });
});

describe('places', () => {
  const span = { startsAt: 1000, endsAt: 2000 };
  const taken = (startsAt: number, endsAt: number, place: number): Taken => ({ startsAt, endsAt, place });

  it.each([
    [[], [0, 1, 2]],
    [[taken(1000, 2000, 1)], [0, 2]],
    [
      [taken(0, 1000, 0), taken(2000, 3000, 1)],
      [0, 1, 2],
    ],
    [[taken(0, 1001, 0), taken(1999, 3000, 2)], [1]],
    [
      [taken(0, 1500, 0), taken(1500, 3000, 0)],
      [1, 2],
    ],
    [[taken(1000, 2000, 7)], [0, 1, 2]],
  ])('beside %j there are %j', (others, expected) => {
    expect(freePlaces(3, span, others)).toEqual(expected);
  });
});

describe('the next free times', () => {
  const mornings = rules('mon-fri 09:00-11:00', { leadMinutes: 120, horizonDays: 4 });
  const now = at('2026-11-27T08:00');
  const next = (given: SlotRules, changed: object = {}) =>
    freeSlots(given, { now, after: 0, taken: [], limit: 10, ...changed }).map(({ startsAt }) => shown(startsAt));

  it('begin after the lead time, skip closed days, and end with the horizon', () => {
    expect(next(mornings)).toEqual(['2026-11-27 10:00', '2026-11-30 09:00', '2026-11-30 10:00', '2026-12-01 09:00', '2026-12-01 10:00']);
    expect(next({ ...mornings, horizonDays: 0 })).toEqual(['2026-11-27 10:00']);
    expect(next({ ...mornings, leadMinutes: 7 * 1440 })).toEqual([]);
  });

  it('a time exactly as far away as the lead is one', () => {
    expect(next({ ...mornings, leadMinutes: 60, horizonDays: 0 })).toEqual(['2026-11-27 09:00', '2026-11-27 10:00']);
    expect(next({ ...mornings, leadMinutes: 61, horizonDays: 0 })).toEqual(['2026-11-27 10:00']);
  });

  it('come n at a time, later than the one before', () => {
    expect(next(mornings, { limit: 2 })).toEqual(['2026-11-27 10:00', '2026-11-30 09:00']);
    expect(next(mornings, { limit: 2, after: at('2026-11-30T09:00') })).toEqual(['2026-11-30 10:00', '2026-12-01 09:00']);
    expect(next(mornings, { after: at('2027-01-01T00:00') })).toEqual([]);
  });

  it('leave out what is full', () => {
    const one = { startsAt: at('2026-11-30T09:00'), endsAt: at('2026-11-30T10:00'), place: 0 };
    expect(next(mornings, { taken: [one], limit: 2 })).toEqual(['2026-11-27 10:00', '2026-11-30 10:00']);
    expect(next({ ...mornings, capacity: 2 }, { taken: [one], limit: 2 })).toEqual(['2026-11-27 10:00', '2026-11-30 09:00']);
  });

  it('of a day are given, or why there are none', () => {
    const day = (date: string, taken: readonly Taken[] = []) => freeDay(mornings, date, { now, taken });
    expect(day('2026-11-30').slots).toHaveLength(2);
    expect(day('2026-11-28').why).toBe('closed');
    expect(day('2026-12-02').why).toBe('too-far');
    expect(day('2026-11-26').why).toBe('past');
    expect(freeDay(mornings, '2026-11-27', { now: at('2026-11-27T09:00'), taken: [] }).why).toBe('past');
    const all = slotsOfDay(mornings, '2026-11-30').map((span) => ({ ...span, place: 0 }));
    expect(day('2026-11-30', all)).toEqual({ slots: [], why: 'full' });
  });

  it('what is offered can be held, and nothing else', () => {
    expect(isOffered(mornings, at('2026-11-30T09:00'), now)).toEqual({ startsAt: at('2026-11-30T09:00'), endsAt: at('2026-11-30T10:00') });
    for (const wrong of ['2026-11-27T09:00', '2026-11-30T09:01', '2026-11-30T11:00', '2026-12-02T09:00', '2026-11-28T09:00'])
      expect(isOffered(mornings, at(wrong), now)).toBeUndefined();
  });

  it('whatever the rules: in order, within the hours, never overlapping, never more than the capacity', () => {
    const minutes = fc.tuple(fc.nat(1440), fc.nat(1440)).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
    const week = fc.array(fc.array(minutes, { maxLength: 1 }), { minLength: 7, maxLength: 7 });
    const zone = fc.constantFrom(ZONE, 'UTC', 'Asia/Kathmandu', 'Europe/Berlin');
    const off = fc.array(fc.record({ date: fc.constantFrom('2026-11-30', '2026-12-01'), from: fc.nat(1439) }), { maxLength: 2 });
    const numbers = { slotMinutes: fc.integer({ min: 5, max: 720 }), capacity: fc.integer({ min: 1, max: 3 }), leadMinutes: fc.nat(3000) };
    const drawn = fc.record({ hours: week, zone, off, horizonDays: fc.nat(20), ...numbers }) as unknown as fc.Arbitrary<SlotRules>;
    fc.assert(
      fc.property(drawn, fc.integer({ min: at('2026-11-28T00:00'), max: at('2026-12-02T00:00') }), fc.nat(2), (given, now, place) => {
        const some = freeSlots(given, { now, after: 0, taken: [], limit: 40 });
        const taken = some.filter((_, i) => i % 2 === 0).map((span) => ({ ...span, place: place % given.capacity }));
        for (const slot of freeSlots(given, { now, after: 0, taken, limit: 40 })) {
          expect(slot.startsAt).toBeGreaterThanOrEqual(now + given.leadMinutes * 60_000);
          expect(daysBetween(localDay(given.zone, now), localDay(given.zone, slot.startsAt))).toBeLessThanOrEqual(given.horizonDays);
          const stretch = given.hours[weekdayOf(localDay(given.zone, slot.startsAt))]?.[0];
          expect(localMinutes(given.zone, slot.startsAt)).toBeGreaterThanOrEqual(stretch?.from ?? 1440);
          expect(slot.free).toBe(given.capacity - taken.filter(({ startsAt }) => startsAt === slot.startsAt).length);
          expect(isOffered(given, slot.startsAt, now)).toMatchObject({ endsAt: slot.endsAt });
        }
        for (const [i, slot] of some.entries()) expect(slot.startsAt).toBeGreaterThanOrEqual(some[i - 1]?.endsAt ?? 0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('local days', () => {
  it('are told by the zone’s clock', () => {
    expect(localDay(ZONE, Date.UTC(2026, 10, 30, 21, 0))).toBe('2026-12-01');
    expect(localDay('UTC', Date.UTC(2026, 10, 30, 21, 0))).toBe('2026-11-30');
    expect(localMinutes(ZONE, Date.UTC(2026, 10, 30, 21, 5))).toBe(5);
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(weekdayOf('2026-11-30')).toBe(0);
    expect(instantOf(ZONE, '2026-12-01', 0)).toBe(Date.UTC(2026, 10, 30, 21));
    expect(instantOf('Europe/Berlin', '2026-03-29', 150)).toBeUndefined();
  });

  it('there and back', () => {
    const day = fc.integer({ min: 0, max: 3650 }).map((days) => addDays('2024-01-01', days));
    fc.assert(
      fc.property(day, fc.nat(1439), fc.constantFrom(ZONE, 'Europe/Berlin', 'Asia/Kathmandu', 'America/New_York'), (date, minute, zone) => {
        const instant = instantOf(zone, date, minute);
        if (instant === undefined) return;
        expect([localDay(zone, instant), localMinutes(zone, instant)]).toEqual([date, minute]);
      }),
    );
  });
});
