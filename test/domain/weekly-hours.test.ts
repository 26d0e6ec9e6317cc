import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WeeklyHours } from '../../src/domain/opening-hours.ts';
import { parseMinutes, parseWeeklyHours, printWeeklyHours } from '../../src/domain/weekly-hours.ts';

const office = { from: 540, to: 1080 };
const short = { from: 600, to: 840 };
const whole = { from: 0, to: 1440 };

describe('parseWeeklyHours', () => {
  it.each<[string, WeeklyHours]>([
    ['mon-fri 09:00-18:00; sat 10:00-14:00', [[office], [office], [office], [office], [office], [short], []]],
    ['pzt-cum 09:00-18:00; cmt 10:00-14:00', [[office], [office], [office], [office], [office], [short], []]],
    [
      'Pazartesi – Cuma 09.00–18.00\nCumartesi: 10.00-14.00\nPazar: kapalı',
      [[office], [office], [office], [office], [office], [short], []],
    ],
    ['hafta içi 9-18', [[office], [office], [office], [office], [office], [], []]],
    ['mon, wed, fri 0900-1800', [[office], [], [office], [], [office], [], []]],
    ['HER GÜN 09:00-18:00', [[office], [office], [office], [office], [office], [office], [office]]],
    ['ÇAR 09:00-18:00; SALI 10:00-14:00', [[], [short], [office], [], [], [], []]],
    ['24/7', [[whole], [whole], [whole], [whole], [whole], [whole], [whole]]],
    ['closed', [[], [], [], [], [], [], []]],
    ['sat-mon 10:00-14:00', [[short], [], [], [], [], [short], [short]]],
    [
      'tue 09:00-12:30, 13:30-18:00',
      [
        [],
        [
          { from: 540, to: 750 },
          { from: 810, to: 1080 },
        ],
        [],
        [],
        [],
        [],
        [],
      ],
    ],
    ['sun 22:00-02:00', [[{ from: 0, to: 120 }], [], [], [], [], [], [{ from: 1320, to: 1440 }]]],
    ['fri 18:00-24:00', [[], [], [], [], [{ from: 1080, to: 1440 }], [], []]],
    ['fri 18:00-00:00', [[], [], [], [], [{ from: 1080, to: 1440 }], [], []]],
  ])('reads %j', (text, hours) => {
    expect(parseWeeklyHours(text)).toEqual({ kind: 'ok', hours });
  });

  it.each([
    ['', 'no hours given; write for example "mon-fri 09:00-18:00", or "closed"'],
    ['09:00-18:00', '"09:00-18:00": expected days and then hours, such as "mon-fri 09:00-18:00"'],
    ['mon', '"mon": expected days and then hours, such as "mon-fri 09:00-18:00"'],
    ['moon 09:00-18:00', '"moon 09:00-18:00": "moon" is not a day; use mon tue wed thu fri sat sun, or pzt sal çar per cum cmt paz'],
    ['mon 09:00-25:00', '"mon 09:00-25:00": "09:00-25:00" is not two times of day such as 09:00-18:00'],
    ['mon 09:60-18:00', '"mon 09:60-18:00": "09:60-18:00" is not two times of day such as 09:00-18:00'],
    ['mon 09:00-09:00', '"mon 09:00-09:00": "09:00-09:00" has no length'],
    ['mon 09:00-12:00; mon-fri 11:00-18:00', 'mon: hours overlap'],
  ])('says what is wrong with %j', (text, problem) => {
    expect(parseWeeklyHours(text)).toEqual({ kind: 'bad', problems: [problem] });
  });

  it('tells every problem at once', () => {
    expect(parseWeeklyHours('moon 9-18; tue x; wed 9-9')).toMatchObject({ kind: 'bad', problems: { length: 3 } });
  });

  it('reads back whatever it prints, in both languages', () => {
    const day = fc.uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 0, maxLength: 6 }).map((cuts) => {
      const sorted = [...cuts].sort((a, b) => a - b);
      return Array.from({ length: Math.floor(sorted.length / 2) }, (_, i) => ({
        from: sorted[2 * i] as number,
        to: sorted[2 * i + 1] as number,
      }));
    });
    fc.assert(
      fc.property(fc.tuple(day, day, day, day, day, day, day), fc.constantFrom('tr' as const, 'en' as const), (hours, language) => {
        expect(parseWeeklyHours(printWeeklyHours(hours, language))).toEqual({ kind: 'ok', hours });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9:;, -]*$/)), (text) => void parseWeeklyHours(text)));
  });
});

describe('parseMinutes', () => {
  it.each([
    ['9', 540],
    ['09:30', 570],
    ['9.30', 570],
    ['0930', 570],
    ['24:00', 1440],
    ['24:01', undefined],
    ['12:75', undefined],
    ['noon', undefined],
  ])('reads %s as %s', (text, minutes) => {
    expect(parseMinutes(text)).toBe(minutes);
  });
});
