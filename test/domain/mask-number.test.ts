import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskNumber, maskNumbersIn } from '../../src/domain/mask-number.ts';

describe('maskNumber', () => {
  it.each([
    ['+905321234567', '+90 5** *** ** 67'],
    ['05321234567', '+90 5** *** ** 67'],
    ['905321234567', '+90 5** *** ** 67'],
    ['5321234567', '+90 5** *** ** 67'],
    ['0212 555 00 01', '+90 2** *** ** 01'],
    ['+4915123456789', '+49 1********89'],
    ['004915123456789', '+49 1********89'],
    ['4440123', '4****23'],
    ['100', '100'],
    ['1000', '1000'],
    ['112', '112'],
    ['anonymous', 'anonymous'],
    ['', ''],
  ])('shows %j as %j', (text, shown) => {
    expect(maskNumber(text)).toBe(shown);
  });

  it('leaves at most two digits of the end and three of the start of any long number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+?\d{7,15}$/), (text) => {
        const masked = maskNumber(text);
        const digits = text.replace(/\D/g, '');
        expect(masked).not.toContain(digits);
        expect(masked.replace(/[^\d]/g, '').length).toBeLessThanOrEqual(5);
      }),
    );
  });
});

describe('maskNumbersIn', () => {
  it('masks the numbers within a sentence and leaves the rest', () => {
    expect(maskNumbersIn('PJSIP/+905551234567@trunk asked for 1000 at 0212 555 00 01')).toBe(
      'PJSIP/+90 5** *** ** 67@trunk asked for 1000 at +90 2** *** ** 01',
    );
  });
});
