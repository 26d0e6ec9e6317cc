import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessType, readVariable } from '../../../src/services/lists/variable-cell.ts';

describe('a cell of a type', () => {
  it.each([
    ['number', '1234,5', 'comma', 1234.5],
    ['number', '1.234', 'comma', 1234],
    ['number', '1.234.567,25', 'comma', 1_234_567.25],
    ['number', '1234.5', 'comma', 1234.5],
    ['number', '1,234.50', 'comma', 1234.5],
    ['number', '1,234', 'comma', 1.234],
    ['number', '1.234', 'point', 1.234],
    ['number', '1,234', 'point', 1234],
    ['number', '1,234.50', 'point', 1234.5],
    ['number', '1.234,50', 'point', 1234.5],
    ['number', '-12', 'comma', -12],
    ['number', '+12', 'comma', 12],
    ['number', '12 345', 'comma', 12_345],
    ['number', '12,34,5', 'comma', undefined],
    ['number', '1.23.4', 'comma', undefined],
    ['number', '1,', 'comma', undefined],
    ['number', 'on iki', 'comma', undefined],
    ['number', '9,05E+11', 'comma', undefined],
    ['number', '1234567890123456', 'comma', undefined],
    ['money', '1.234,50 TL', 'comma', 1234.5],
    ['money', '₺1.234,5', 'comma', 1234.5],
    ['money', '250', 'comma', 250],
    ['money', '$1,234.50', 'point', 1234.5],
    ['money', '19,99 €', 'comma', 19.99],
    ['money', '0,1', 'comma', 0.1],
    ['money', '12,345', 'comma', undefined],
    ['date', '30.11.2026', 'comma', '2026-11-30'],
    ['date', '2026-11-30', 'comma', '2026-11-30'],
    ['date', '30.11.2026 00:00', 'comma', '2026-11-30'],
    ['date', '31.11.2026', 'comma', undefined],
    ['date', '30.11.2026 14:30', 'comma', undefined],
    ['time', '9:05', 'comma', '09:05'],
    ['time', '14.30', 'comma', '14:30'],
    ['time', '14:30:00', 'comma', '14:30'],
    ['time', '24:00', 'comma', undefined],
    ['text', '', 'comma', ''],
    ['money', '', 'comma', null],
    ['text', 'x'.repeat(501), 'comma', undefined],
  ] as const)('%s %j with a decimal %s is %j', (type, cell, sign, value) => {
    expect(readVariable(type, cell, sign)).toEqual(value);
  });

  it.each([
    ['Randevu Tarihi', ['30.11.2026', ''], 'date'],
    ['Saat', ['14:30', '9:05'], 'time'],
    ['Borç Tutarı', ['1.234,50', '12'], 'money'],
    ['Son', ['12 TL', '13,5 TL'], 'money'],
    ['Adet', ['3', '12'], 'number'],
    ['Adet', ['3', 'üç'], 'text'],
    ['Müşteri No', ['1001', '1002'], 'text'],
    ['Posta Kodu', ['34710'], 'text'],
    ['Dosya', ['0012', '0013'], 'text'],
    ['Not', ['', ''], 'text'],
  ] as const)('the column %s of %j is %s', (heading, cells, type) => {
    expect(guessType(heading, cells, 'comma')).toBe(type);
  });
});

describe('the short way for plain amounts', () => {
  it('says what the long way says', () => {
    const amount = fc.stringMatching(/^-?\d{1,13}(?:[.,]\d{0,3})?(?: TL| ?₺|TL)?$/);
    fc.assert(
      fc.property(amount, fc.constantFrom('comma' as const, 'point' as const), (text, sign) => {
        // An apostrophe between thousands is passed over, and only the long way does so.
        expect(readVariable('money', text, sign)).toBe(readVariable('money', text.replace(/\d/, "'$&"), sign));
      }),
      { numRuns: 2000 },
    );
  });
});
