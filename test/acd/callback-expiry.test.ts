import { describe, expect, it } from 'vitest';
import { expiryOf, type OpenAt } from '../../src/acd/callback-expiry.ts';
import type { Calendar, Holiday, Interval } from '../../src/domain/opening-hours.ts';
import { openness } from '../../src/domain/openness.ts';

const HOUR = 3_600_000;
const WORK: readonly Interval[] = [{ from: 9 * 60, to: 19 * 60 }];
const NONE: readonly Interval[] = [];

/** Monday to Saturday, 9 to 19. */
function by(zone: string, holidays: readonly Holiday[] = []): OpenAt {
  const calendar: Calendar = { id: 'return-calls', zone, weekly: [WORK, WORK, WORK, WORK, WORK, WORK, NONE], holidays };
  return (at) => {
    const is = openness(calendar, at);
    return is.kind === 'open' ? { open: true, until: is.until } : { open: false, until: is.opensAt };
  };
}
const istanbul = by('Europe/Istanbul');
const at = (local: string): number => Date.parse(`${local}:00+03:00`);

describe('a promise expires', () => {
  it.each([
    ['within the hours', '2026-11-25T10:00', 4, '2026-11-25T14:00'],
    ['on the next day, where the hours end before', '2026-11-25T17:00', 4, '2026-11-26T11:00'],
    ['not over Sunday, where somebody hung up on Saturday evening', '2026-11-28T18:00', 4, '2026-11-30T12:00'],
    ['by the hours from the next opening on, where nobody may call yet', '2026-11-29T12:00', 24, '2026-12-02T13:00'],
    ['with the last hour itself', '2026-11-25T10:00', 9, '2026-11-25T19:00'],
  ])('%s', (_, from, hours, expected) => {
    expect(expiryOf(at(from), hours * HOUR, istanbul)).toBe(at(expected));
  });

  it('not during a holiday', () => {
    const name = { tr: '', en: '' };
    const some = by('Europe/Istanbul', [
      { date: '2026-10-28', from: 13 * 60, name },
      { date: '2026-10-29', from: 0, name },
    ]);
    expect(expiryOf(at('2026-10-28T12:00'), 4 * HOUR, some)).toBe(at('2026-10-30T12:00'));
  });

  it('by the clock on the wall where the clock is put back or forward', () => {
    const berlin = by('Europe/Berlin');
    // Saturday 18:00 to Monday 12:00: the night has an hour more in October and one less in March.
    expect(expiryOf(Date.parse('2026-10-24T18:00:00+02:00'), 4 * HOUR, berlin)).toBe(Date.parse('2026-10-26T12:00:00+01:00'));
    expect(expiryOf(Date.parse('2026-03-28T18:00:00+01:00'), 4 * HOUR, berlin)).toBe(Date.parse('2026-03-30T12:00:00+02:00'));
  });

  it('after the bare time where there are no hours, or nobody knows how they go on', () => {
    expect(expiryOf(5, HOUR, () => ({ open: true, until: null }))).toBe(5 + HOUR);
    expect(expiryOf(5, HOUR, () => ({ open: false, until: null }))).toBe(5 + HOUR);
    expect(expiryOf(5, HOUR, () => ({ open: true, until: 5 }))).toBe(5 + HOUR);
  });
});
