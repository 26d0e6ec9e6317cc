import { expect, test } from 'vitest';
import { dayBegin } from '../../src/domain/local-day.ts';

test.each([
  ['Europe/Istanbul', '2026-10-29', '2026-10-28T21:00:00Z'],
  // Midnight is skipped: the day begins when the clock is put forward.
  ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z'],
  ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00Z'],
  // Midnight comes twice: the first one.
  ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z'],
])('a day in %s begins when its clock says so (%s)', (zone, day, utc) => {
  expect(new Date(dayBegin(zone, day)).toISOString()).toBe(utc.replace('Z', '.000Z'));
});
