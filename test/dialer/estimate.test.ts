import { describe, expect, it } from 'vitest';
import { callingMsLeft, endOfCalling, type Pace } from '../../src/dialer/estimate.ts';
import { callingWindow } from '../../src/dialer/window.ts';
import type { Calendar } from '../../src/domain/opening-hours.ts';

const HOUR = 3_600_000;
/** An instant on Istanbul's clocks (UTC+3). */
const at = (text: string): number => Date.parse(`${text}+03:00`);

function calendar(hours: string): Calendar {
  const window = callingWindow({ hours, zone: 'Europe/Istanbul', holidays: [] });
  if (window.kind === 'bad') throw new Error(JSON.stringify(window.problems));
  return window.calendar;
}

const PACE: Pace = { waiting: 1000, over: 0, attempts: 0, lineMs: 0, callsPerSecond: 5, channels: 1000 };

describe('the calling time that is left', () => {
  it.each<[string, Partial<Pace>, number]>([
    ['by the rate', {}, 200_000],
    ['by the channels, where they are fewer than the rate needs', { channels: 20 }, 2_000_000],
    ['by how long calls held a line so far', { channels: 20, over: 10, attempts: 10, lineMs: 100_000 }, 500_000],
    ['with as many calls for each as it took so far', { over: 100, attempts: 150, lineMs: 150_000 }, 300_000],
    ['not by the first few, who say nothing of the others', { over: 5, attempts: 50, lineMs: 50_000 }, 200_000],
    ['none where nobody waits', { waiting: 0 }, 0],
  ])('is told %s', (_, changes, ms) => {
    expect(callingMsLeft({ ...PACE, ...changes })).toBe(ms);
  });
});

describe('the end of calling', () => {
  // 27 November 2026 is a Friday.
  it.each([
    ['within the hours', 'mon-fri 09:00-20:00', '2026-11-27T10:00:00', 2, '2026-11-27T12:00:00'],
    ['to the last minute of the hours', 'mon-fri 09:00-20:00', '2026-11-27T18:00:00', 2, '2026-11-27T20:00:00'],
    ['over the week-end', 'mon-fri 09:00-20:00', '2026-11-27T19:00:00', 3, '2026-11-30T11:00:00'],
    ['from the next opening on', 'mon-fri 09:00-20:00', '2026-11-28T12:00:00', 1, '2026-11-30T10:00:00'],
    ['around the clock', '24/7', '2026-11-27T19:00:00', 30, '2026-11-29T01:00:00'],
  ])('is %s', (_, hours, from, needed, end) => {
    expect(endOfCalling(calendar(hours), at(from), needed * HOUR)).toBe(at(end));
  });

  it('is not told where it never opens, nor beyond what anybody plans', () => {
    expect(endOfCalling(calendar('mon closed'), at('2026-11-27T10:00:00'), HOUR)).toBeNull();
    expect(endOfCalling(calendar('mon 09:00-10:00'), at('2026-11-27T10:00:00'), 500 * HOUR)).toBeNull();
  });
});
