import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDuration } from '../../src/domain/duration.ts';
import type { Value } from '../../src/domain/value.ts';
import { didYouMean, nearest } from '../../src/flow/check/suggest.ts';
import { sizeOf } from '../../src/flow/machine.ts';
import { isWeeklyHours } from '../../src/flow/weekly-hours-value.ts';

test.each([
  ['300ms', 300],
  ['0ms', 0],
  ['5s', 5000],
  ['1.5s', 1500],
  ['30m', 1_800_000],
  ['2h', 7_200_000],
  ['5', undefined],
  ['5 s', undefined],
  ['-5s', undefined],
  ['5S', undefined],
  ['1e3s', undefined],
  ['', undefined],
])('a duration: %s', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each([
  ['mneu', 'menu'],
  ['ask_plate', 'ask-plate'],
  ['askplate', 'ask-plate'],
  ['bey', 'bye'],
  ['goodby', 'goodbye'],
  ['x', undefined],
  ['something-else', undefined],
])('did you mean: %s', (written, meant) => {
  const known = ['menu', 'ask-plate', 'bye', 'goodbye', 'y'];
  expect(nearest(written, known)).toBe(meant);
  expect(didYouMean(written, known, 'Look again.')).toBe(meant === undefined ? 'Look again.' : `Did you mean "${meant}"?`);
});

test('the size of a value is not less than its bytes as JSON', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'abcğüşıöçİÇŞ éß 0123-"\\') });
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      letters,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('value'), { maxLength: 5 }),
    map: fc.dictionary(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 5 }), tie('value'), { maxKeys: 5 }),
  })).value as fc.Arbitrary<Value>;
  fc.assert(
    fc.property(value, (one) => {
      expect(sizeOf(one)).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify(one)));
    }),
  );
});

test.each<[Value, boolean]>([
  [[[], [], [], [], [], [], []], true],
  [[[{ from: 0, to: 1440 }], [], [], [], [], [], []], true],
  [[[], [], [], [], [], []], false],
  [[[{ from: 600, to: 500 }], [], [], [], [], [], []], false],
  [[[{ from: 0, to: 1441 }], [], [], [], [], [], []], false],
  [[[{ from: '0', to: 5 }], [], [], [], [], [], []], false],
  [null, false],
  [{ length: 7 }, false],
])('weekly hours: %j', (value, is) => {
  expect(isWeeklyHours(value)).toBe(is);
});
