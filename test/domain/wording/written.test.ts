import { expect, test } from 'vitest';
import { writeDate, writeDateTime, writeMoney, writeNumber, writeOrdinal, writeTime } from '../../../src/domain/wording/written.ts';

test.each([
  ['2026-11-21', '21 Kasım 2026 Cumartesi', 'Saturday 21 November 2026'],
  ['2024-02-29', '29 Şubat 2024 Perşembe', 'Thursday 29 February 2024'],
  ['2026-02-30', undefined, undefined],
  ['2026-13-01', undefined, undefined],
  ['tomorrow', undefined, undefined],
])('%s', (date, turkish, english) => {
  expect(writeDate(date, 'tr')).toBe(turkish);
  expect(writeDate(date, 'en')).toBe(english);
});

test.each([
  ['14:30', '14:30'],
  ['9:05', '09:05'],
  ['23:59:59', '23:59'],
  ['24:00', undefined],
  ['noon', undefined],
])('%s', (time, expected) => {
  expect(writeTime(time)).toBe(expected);
});

test('an instant stands on the clock of the zone', () => {
  const instant = Date.UTC(2026, 10, 21, 22, 30);
  expect(writeDateTime(instant, 3 * 3_600_000, 'tr')).toBe('22 Kasım 2026 Pazar 01:30');
  expect(writeDateTime(instant, 0, 'en')).toBe('Saturday 21 November 2026 22:30');
});

test('amounts and places', () => {
  expect([writeMoney(1234.5, 'TRY', 'tr'), writeMoney(1234.5, 'TRY', 'en')]).toEqual(['1.234,50 TL', 'TRY 1,234.50']);
  expect([writeMoney(12, 'EUR', 'tr'), writeNumber(1234.25, 'tr'), writeNumber(1234.25, 'en')]).toEqual(['12 EUR', '1.234,25', '1,234.25']);
  expect([1, 2, 3, 4, 11, 21, 112].map((n) => writeOrdinal(n, 'en'))).toEqual(['1st', '2nd', '3rd', '4th', '11th', '21st', '112th']);
  expect(writeOrdinal(3, 'tr')).toBe('3.');
});
