import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gsm7Octets, plainSms, smsLength, smsPieces } from '../../src/domain/sms-text.ts';

test.each([
  ['', 'gsm7', 1],
  ['x'.repeat(160), 'gsm7', 1],
  ['x'.repeat(161), 'gsm7', 2],
  ['x'.repeat(306), 'gsm7', 2],
  ['x'.repeat(307), 'gsm7', 3],
  ['€'.repeat(80), 'gsm7', 1],
  ['€'.repeat(81), 'gsm7', 2],
  // 153 is odd: an escape is not torn from its letter.
  ['€'.repeat(152), 'gsm7', 2],
  ['€'.repeat(153), 'gsm7', 3],
  ['öüÖÜÇ', 'gsm7', 1],
  ['ş', 'ucs2', 1],
  ['ç', 'ucs2', 1],
  ['ı'.repeat(70), 'ucs2', 1],
  ['ğ'.repeat(71), 'ucs2', 2],
  ['İ'.repeat(134), 'ucs2', 2],
  ['İ'.repeat(135), 'ucs2', 3],
  ['😀'.repeat(35), 'ucs2', 1],
  ['😀'.repeat(66), 'ucs2', 2],
  ['😀'.repeat(67), 'ucs2', 3],
])('%s', (text, encoding, segments) => {
  expect(smsLength(text)).toEqual({ encoding, segments });
});

test('the pieces make the whole again, and none is too long', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab€[ğ😀ö'), maxLength: 600 }), (text) => {
      const { encoding, parts } = smsPieces(text);
      expect(parts.join('')).toBe(text);
      for (const part of parts) {
        const size = encoding === 'gsm7' ? gsm7Octets(part).length : part.length;
        expect(size).toBeLessThanOrEqual(parts.length === 1 ? (encoding === 'gsm7' ? 160 : 70) : encoding === 'gsm7' ? 153 : 67);
      }
    }),
  );
});

test('octets are those of GSM 03.38', () => {
  expect(gsm7Octets('@£Aa€{ü')).toEqual([0, 1, 65, 97, 27, 101, 27, 40, 126]);
});

test('every Turkish letter has one that reads alike', () => {
  const plain = plainSms('Pijamalı hasta yağız şoföre çabucak güvendi. İĞŞÇÖÜ');
  expect(plain).toBe('Pijamali hasta yagiz soföre cabucak güvendi. IGSÇÖÜ');
  expect(smsLength(plain).encoding).toBe('gsm7');
});
