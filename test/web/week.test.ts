import { describe, expect, it } from 'vitest';
import { hoursOf, weekOf } from '../../src/web/campaigns/wizard/week.ts';

describe('the week of a form', () => {
  it.each(['mon-fri 09:00-20:00; sat 10:00-18:00', 'closed', 'mon 09:00-18:00; wed-fri 00:00-23:59'])('reads and writes %s', (hours) => {
    expect(hoursOf(weekOf(hours) ?? [])).toBe(hours);
  });

  it.each(['mon 09:00-12:00, 13:00-18:00', 'fri 22:00-02:00', '24/7', 'someday'])('leaves %s to be written', (hours) => {
    expect(weekOf(hours)).toBeNull();
  });

  it.each([
    ['10:00', '09:00'],
    ['10:00', '10:00'],
    ['', '09:00'],
  ])('has no hours while a day lasts from "%s" to "%s"', (from, to) => {
    expect(hoursOf([{ from, to }, null, null, null, null, null, null])).toBeUndefined();
  });
});
