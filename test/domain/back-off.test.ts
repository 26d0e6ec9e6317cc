import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOff, pauseAfter } from '../../src/domain/back-off.ts';

test('pauses grow from a second to an hour', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 10_000].map((attempt) => backOff(attempt, 0.5) / 1000);
  expect(pauses).toEqual([1, 3, 9, 27, 81, 243, 729, 2187, 3600, 3600, 3600]);
});

test('chance takes or gives a quarter, within a second and an hour', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const pause = backOff(attempt, random);
      const middle = backOff(attempt, 0.5);
      expect(pause).toBeGreaterThanOrEqual(Math.max(1000, Math.floor(middle * 0.75)));
      expect(pause).toBeLessThanOrEqual(Math.min(3_600_000, Math.ceil(middle * 1.25)));
    }),
  );
});

test.each([
  [undefined, 9000],
  [2000, 9000],
  [60_000, 60_000],
  [86_400_000, 3_600_000],
])('a wish of %s ms after the third attempt', (wish, expected) => {
  expect(pauseAfter(3, 0.5, wish)).toBe(expected);
});
