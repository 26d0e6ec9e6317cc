import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEYS } from '../../../src/domain/keys.ts';
import { LANGUAGES } from '../../../src/domain/language.ts';
import type { WeeklyHours } from '../../../src/domain/opening-hours.ts';
import * as wording from '../../../src/domain/wording/wording.ts';

const lang = fc.constantFrom(...LANGUAGES);
const SPOKEN = /^[\p{L}][\p{L}\p{M} ,'-]*$/u;
const speaks = (words: string) => {
  expect(words).toMatch(SPOKEN);
  expect(words).not.toMatch(/undefined|null|NaN|\s\s/);
};
const number = fc.oneof(fc.double(), fc.integer(), fc.double({ min: -1e15, max: 1e15 }), fc.constantFrom(-0, 1e15, 999_999_999_999_999.9));
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.stringMatching(/^\+?[0-9 -]{0,20}$/));
const interval = fc.record({ from: fc.integer({ min: -10, max: 1450 }), to: fc.integer({ min: -10, max: 1450 }) });
const day = fc.oneof(text, fc.stringMatching(/^[0-9]{4}-[01][0-9]-[0-3][0-9]$/));
const weekly = fc.array(fc.array(interval, { maxLength: 3 }), {
  minLength: 6,
  maxLength: 8,
}) as fc.Arbitrary<unknown> as fc.Arbitrary<WeeklyHours>;
const goodInterval = fc
  .tuple(fc.nat(1440), fc.nat(1440))
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const goodWeek = fc.array(fc.array(goodInterval, { maxLength: 2 }), {
  minLength: 7,
  maxLength: 7,
}) as fc.Arbitrary<unknown> as fc.Arbitrary<WeeklyHours>;

/** One property per exported function; a new one without cases makes the test below fail. */
const CASES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  wordNumber: fc.tuple(number, lang).map((given) => wording.wordNumber(...given)),
  wordOrdinal: fc.tuple(number, lang).map((given) => wording.wordOrdinal(...given)),
  wordDigits: fc.tuple(text, lang).map((given) => wording.wordDigits(...given)),
  wordKey: fc.tuple(fc.oneof(text, fc.constantFrom(...KEYS)), lang).map((given) => wording.wordKey(...given)),
  wordPhone: fc.tuple(text, lang).map((given) => wording.wordPhone(...given)),
  wordMoney: fc.tuple(number, fc.constantFrom(...wording.CURRENCIES), lang).map((given) => wording.wordMoney(...given)),
  wordDate: fc.tuple(fc.oneof(text, fc.stringMatching(/^[0-9]{4}-[01][0-9]-[0-3][0-9]$/)), lang).map((given) => wording.wordDate(...given)),
  wordTime: fc.tuple(fc.oneof(text, fc.stringMatching(/^[0-2]?[0-9]:[0-6][0-9]$/)), lang).map((given) => wording.wordTime(...given)),
  wordDateTime: fc
    .tuple(number, fc.oneof(text, fc.constantFrom('Europe/Istanbul', 'UTC', 'Asia/Kathmandu')), lang)
    .map((given) => wording.wordDateTime(...given)),
  wordDay: fc.tuple(day, day, lang).map((given) => wording.wordDay(...given)),
  wordWhen: fc
    .tuple(number, number, fc.oneof(text, fc.constantFrom('Europe/Istanbul', 'UTC', 'Asia/Kathmandu')), lang)
    .map((given) => wording.wordWhen(...given)),
  wordHours: fc.tuple(fc.oneof(weekly, goodWeek), lang).map((given) => wording.wordHours(...given)),
};

describe('whatever it is given, wording speaks', () => {
  const functions = Object.entries(wording).filter(([, member]) => typeof member === 'function');

  it.each(functions.map(([name]) => name))('%s gives words without digits, and never throws', (name) => {
    const words = CASES[name];
    if (words === undefined) throw new Error(`add cases for ${name} to CASES`);
    fc.assert(fc.property(words, speaks), { numRuns: 1000 });
  });

  it('no two whole numbers sound alike', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), lang, (a, b, language) => {
        expect(wording.wordNumber(a, language) === wording.wordNumber(b, language)).toBe(a === b);
        expect(wording.wordOrdinal(a, language) === wording.wordOrdinal(b, language)).toBe(a === b);
      }),
    );
  });

  it('every digit is said once and in order', () => {
    const names = Array.from({ length: 10 }, (_, digit) => wording.wordNumber(digit, 'tr'));
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{1,20}$/), (digits) => {
        const heard = wording.wordDigits(digits, 'tr').split(/[ ,]+/);
        expect(heard.map((word) => names.indexOf(word)).join('')).toBe(digits);
      }),
    );
  });
});
