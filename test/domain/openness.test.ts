import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calendar, Holiday, Openness, WeeklyHours } from '../../src/domain/opening-hours.ts';
import { openness } from '../../src/domain/openness.ts';
import { parseWeeklyHours } from '../../src/domain/weekly-hours.ts';

function hours(text: string): WeeklyHours {
  const parsed = parseWeeklyHours(text);
  if (parsed.kind === 'bad') throw new Error(parsed.problems.join('; '));
  return parsed.hours;
}

function holiday(date: string, from = 0): Holiday {
  return { date, from, name: { tr: date, en: date } };
}

function calendar(text: string, zone = 'Europe/Istanbul', holidays: readonly Holiday[] = []): Calendar {
  return { id: 'test', zone, weekly: hours(text), holidays };
}

const at = (iso: string): number => Date.parse(iso);
const shown = (state: Openness): string => {
  if (state.kind === 'open') return `open until ${new Date(state.until).toISOString()}`;
  return `${state.kind} opens ${state.opensAt === null ? 'never' : new Date(state.opensAt).toISOString()}`;
};

describe('openness', () => {
  const office = calendar('mon-fri 09:00-18:00; sat 10:00-14:00', 'Europe/Istanbul', [
    holiday('2025-10-28', 780),
    holiday('2025-10-29'),
    holiday('2026-03-19', 780),
    holiday('2026-03-20'),
    holiday('2026-03-21'),
    holiday('2026-03-22'),
  ]);

  it.each([
    ['a Monday before opening', '2025-11-03T08:59:59.999+03:00', 'closed opens 2025-11-03T06:00:00.000Z'],
    ['the very minute of opening', '2025-11-03T09:00:00+03:00', 'open until 2025-11-03T15:00:00.000Z'],
    ['the last millisecond', '2025-11-03T17:59:59.999+03:00', 'open until 2025-11-03T15:00:00.000Z'],
    ['the minute of closing', '2025-11-03T18:00:00+03:00', 'closed opens 2025-11-04T06:00:00.000Z'],
    ['Saturday evening, over Sunday', '2025-11-08T14:00:00+03:00', 'closed opens 2025-11-10T06:00:00.000Z'],
    ['case B17: 28 October in the morning', '2025-10-28T12:59:59+03:00', 'open until 2025-10-28T10:00:00.000Z'],
    ['case B17: 28 October from 13:00', '2025-10-28T13:00:00+03:00', 'holiday opens 2025-10-30T06:00:00.000Z'],
    ['case B17: 29 October', '2025-10-29T11:00:00+03:00', 'holiday opens 2025-10-30T06:00:00.000Z'],
    ['a feast over a week-end: four days', '2026-03-19T15:00:00+03:00', 'holiday opens 2026-03-23T06:00:00.000Z'],
    ['the feast’s Sunday', '2026-03-22T11:00:00+03:00', 'holiday opens 2026-03-23T06:00:00.000Z'],
  ])('%s', (_, iso, expected) => {
    expect(shown(openness(office, at(iso)))).toBe(expected);
  });

  it('names the holiday, and of two on one day the one that begins first', () => {
    const both = {
      ...office,
      holidays: [holiday('2029-04-23', 780), { ...holiday('2029-04-23'), name: { tr: 'Çocuk Bayramı', en: 'Children’s Day' } }],
    };
    expect(openness(both, at('2029-04-23T10:00:00+03:00'))).toMatchObject({ kind: 'holiday', holiday: { name: { tr: 'Çocuk Bayramı' } } });
  });

  it('holds hours that go past midnight together', () => {
    const night = calendar('fri 22:00-02:00');
    expect(shown(openness(night, at('2025-11-07T23:00:00+03:00')))).toBe('open until 2025-11-07T23:00:00.000Z');
    expect(shown(openness(night, at('2025-11-08T01:00:00+03:00')))).toBe('open until 2025-11-07T23:00:00.000Z');
    expect(shown(openness(night, at('2025-11-08T03:00:00+03:00')))).toBe('closed opens 2025-11-14T19:00:00.000Z');
    expect(shown(openness(night, at('2025-11-07T01:00:00+03:00')))).toBe('closed opens 2025-11-07T19:00:00.000Z');
  });

  it('gives the horizon for hours that never end, and no opening for hours that never begin', () => {
    const now = at('2025-11-03T08:00:00Z');
    expect(openness(calendar('24/7'), now)).toEqual({ kind: 'open', until: now + 366 * 86_400_000 });
    expect(openness(calendar('closed'), now)).toEqual({ kind: 'closed', opensAt: null });
  });

  it.each([
    [
      'spring forward: the skipped hour opens at its end',
      'sun 02:30-05:00',
      'Europe/Berlin',
      '2025-03-30T00:00:00Z',
      'closed opens 2025-03-30T01:00:00.000Z',
    ],
    [
      'autumn: hours that span the repeated hour last an hour longer',
      'sun 01:00-04:00',
      'Europe/Berlin',
      '2025-10-26T00:00:00Z',
      'open until 2025-10-26T03:00:00.000Z',
    ],
    [
      'summer time moves the opening in UTC',
      'mon 09:00-10:00',
      'America/New_York',
      '2025-03-08T00:00:00Z',
      'closed opens 2025-03-10T13:00:00.000Z',
    ],
    [
      'a zone whose midnight is skipped',
      'daily 00:00-01:30',
      'Africa/Cairo',
      '2025-04-24T21:30:00Z',
      'closed opens 2025-04-24T22:00:00.000Z',
    ],
    ['a zone of half hours', 'mon 09:00-17:00', 'Asia/Kolkata', '2025-11-03T04:00:00Z', 'open until 2025-11-03T11:30:00.000Z'],
  ])('%s', (_, text, zone, iso, expected) => {
    expect(shown(openness(calendar(text, zone), at(iso)))).toBe(expected);
  });

  it('agrees with the clock on the wall in any zone, at the instant, at the change and just before it', () => {
    const zones = [
      'Europe/Istanbul',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'Asia/Kolkata',
      'America/Santiago',
      'UTC',
    ];
    const weeks = [
      'mon-fri 09:00-18:00',
      'daily 00:00-03:00',
      'sat-sun 01:15-02:45',
      'daily 22:00-02:30',
      'sun 02:00-02:30, 23:30-24:00',
      'mon-sun 00:00-24:00',
    ];
    const from = at('2025-01-01T00:00:00Z');
    const to = at('2026-12-31T00:00:00Z');
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.constantFrom(...weeks), fc.integer({ min: from, max: to }), (zone, text, now) => {
        const tested = calendar(text, zone, [holiday('2025-10-26', 60), holiday('2026-03-29'), holiday('2025-12-25')]);
        const state = openness(tested, now);
        expect(state.kind === 'open').toBe(openOnTheWall(tested, now));
        const change = state.kind === 'open' ? state.until : state.opensAt;
        if (change === null || change === now + 366 * 86_400_000) return;
        expect(openOnTheWall(tested, change)).toBe(state.kind !== 'open');
        expect(openOnTheWall(tested, change - 1)).toBe(state.kind === 'open');
        for (let t = now; t < Math.min(change, now + 3 * 86_400_000); t += 17 * 60_000)
          expect(openOnTheWall(tested, t)).toBe(state.kind === 'open');
      }),
      { numRuns: 150 },
    );
  });
});

const wallFormats = new Map<string, Intl.DateTimeFormat>();

/** The plain meaning of the hours: read the wall clock of the zone and look it up. Written apart from the code under test. */
function openOnTheWall(calendar: Calendar, now: number): boolean {
  const format =
    wallFormats.get(calendar.zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: calendar.zone, dateStyle: 'short', timeStyle: 'medium' });
  wallFormats.set(calendar.zone, format);
  const [date = '', time = ''] = format.format(now).split(' ');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const minutes = hour * 60 + minute;
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const free = calendar.holidays.filter((day) => day.date === date).some((day) => minutes >= day.from);
  return !free && (calendar.weekly[weekday] ?? []).some((interval) => minutes >= interval.from && minutes < interval.to);
}
