import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, isDay } from '../../src/domain/day.ts';

test.each([
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2024-02-29', true],
  ['1900-02-29', false],
  ['2000-02-29', true],
  ['2026-04-31', false],
  ['2026-00-10', false],
  ['2026-13-01', false],
  ['2026-01-00', false],
  ['0000-02-29', true],
  ['2026-1-1', false],
  ['x2026-01-01', false],
])('%s is a day of the calendar: %s', (text, is) => {
  expect(isDay(text)).toBe(is);
});

test('a day is one that a Date of it gives back', () => {
  const two = fc.integer({ min: 0, max: 99 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9999 }), two, two, (year, month, day) => {
      const iso = `${String(year).padStart(4, '0')}-${String(month % 15).padStart(2, '0')}-${String(day % 35).padStart(2, '0')}`;
      const at = Date.parse(iso);
      const is = !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso);
      expect(isDay(iso)).toBe(is);
      expect(dayOf(year, month % 15, day % 35)).toBe(is ? iso : undefined);
    }),
  );
});
