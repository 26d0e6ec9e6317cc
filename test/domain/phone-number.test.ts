import * as fc from 'fast-check';
import libphonenumber from 'google-libphonenumber';
import { describe, expect, it } from 'vitest';
import { asE164, displayNumber, parsePhoneNumber } from '../../src/domain/phone-number.ts';

describe('parsePhoneNumber', () => {
  it.each([
    '0532 123 45 67',
    '+905321234567',
    '905321234567',
    '00905321234567',
    '5321234567',
    '(0532) 123-45-67',
    '0532.123.45.67',
    '0532/123 45 67',
    '+90 (0)532 123 45 67',
    '+90 (532) 123 45 67',
    '\u00a00532\u00a0123\u00a045\u00a067',
    '\u200b+905321234567\u200e',
    "'05321234567",
    'tel:+90-532-123-45-67',
    '５３２１２３４５６７',
    '5321234567.0',
  ])('case A1: reads %j as +905321234567', (text) => {
    expect(parsePhoneNumber(text)).toEqual({ kind: 'ok', e164: '+905321234567', type: 'mobile' });
  });

  it.each([
    ['+905610000000', '+905610000000'],
    ['0516 000 00 00', '+905160000000'],
    ['0550 000 00 00', '+905500000000'],
  ])('case A12: accepts the newer range of %s', (text, e164) => {
    expect(parsePhoneNumber(text)).toEqual({ kind: 'ok', e164, type: 'mobile' });
  });

  it.each([
    ['4440123', 'service-444', '+904440123'],
    ['444 0 123', 'service-444', '+904440123'],
    ['08501234567', 'nationwide', '+908501234567'],
    ['0800 123 45 67', 'toll-free', '+908001234567'],
    ['0900 123 45 67', 'premium', '+909001234567'],
    ['0888 123 45 67', 'premium', '+908881234567'],
    ['0822 123 45 67', 'special', '+908221234567'],
  ] as const)('case A13: refuses %s by policy, and allows it when the policy does', (text, type, e164) => {
    expect(parsePhoneNumber(text)).toEqual({ kind: 'bad', reason: 'policy', type });
    expect(parsePhoneNumber(text, { region: 'TR', allow: [type] })).toEqual({ kind: 'ok', e164, type });
  });

  it.each(['112', '155', '11880'])('case A13: refuses the short code %s by policy, and gives it as dialled when allowed', (text) => {
    expect(parsePhoneNumber(text)).toEqual({ kind: 'bad', reason: 'policy', type: 'short' });
    expect(parsePhoneNumber(text, { region: 'TR', allow: ['short'] })).toEqual({ kind: 'short', dial: text });
  });

  it.each([
    ['0212 555 00 01', '+902125550001'],
    ['(392) 555 00 01', '+903925550001'],
    ['0212 444 0 123', '+902124440123'],
  ])('reads the landline %s', (text, e164) => {
    expect(parsePhoneNumber(text)).toEqual({ kind: 'ok', e164, type: 'geographic' });
  });

  it.each([
    ['+49 1512 3456789', '+4915123456789'],
    ['0044 20 7946 0958', '+442079460958'],
    ['+1 (202) 555-0143', '+12025550143'],
  ])('reads the foreign number %s', (text, e164) => {
    expect(parsePhoneNumber(text)).toEqual({ kind: 'ok', e164, type: 'foreign' });
  });

  it('reads a national number of another region by that region', () => {
    expect(parsePhoneNumber('020 7946 0958', { region: 'GB' })).toEqual({ kind: 'ok', e164: '+442079460958', type: 'foreign' });
  });

  it.each([
    ['', 'empty'],
    ["'", 'empty'],
    ['\u00a0\u200b', 'empty'],
    ['yok', 'letters'],
    ['0212 555 00 01 dahili 12', 'letters'],
    ['9,05E+11', 'precision-lost'],
    ['9.05321E+11', 'precision-lost'],
    ['0532 123 45 67 / 0533 123 45 67', 'several-numbers'],
    ['0532 123 45 67, 0533 123 45 67', 'several-numbers'],
    ['0212 555 00 01 - 0212 555 00 02', 'several-numbers'],
    ['+905321234567+905331234567', 'several-numbers'],
    ['532 123 45', 'too-short'],
    ['555 00 01', 'too-short'],
    ['+90 532 123', 'too-short'],
    ['0532 123 45 678', 'too-long'],
    ['6321234567', 'no-such-range'],
    ['0112 555 00 01', 'no-such-range'],
    ['2120550001', 'no-such-range'],
    ['+999123456789', 'no-such-range'],
    ['+49 1', 'too-short'],
    ['+12345678901234567', 'too-long'],
  ])('refuses %j: %s', (text, reason) => {
    expect(parsePhoneNumber(text)).toEqual({ kind: 'bad', reason });
  });

  it('never throws, and what it accepts is E.164 and reads as itself', () => {
    const odd = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+0-9 ()./-]{0,24}$/));
    fc.assert(
      fc.property(odd, (text) => {
        const parsed = parsePhoneNumber(text);
        if (parsed.kind !== 'ok') return;
        expect(asE164(parsed.e164)).toBe(parsed.e164);
        expect(parsePhoneNumber(parsed.e164)).toEqual(parsed);
      }),
      { numRuns: 500, examples: [['00436800000']] },
    );
  });

  it('reads every way of writing a Turkish mobile number alike', () => {
    const gap = fc.constantFrom('', ' ', '-', '.', '\u00a0', '  ');
    fc.assert(
      fc.property(
        fc.stringMatching(/^5\d{9}$/),
        fc.constantFrom('', '0', '90', '+90', '0090', '+90 '),
        gap,
        (national, prefix, between) => {
          const written = prefix + [national.slice(0, 3), national.slice(3, 6), national.slice(6)].join(between);
          expect(parsePhoneNumber(written)).toEqual({ kind: 'ok', e164: `+90${national}`, type: 'mobile' });
        },
      ),
    );
  });
});

describe('displayNumber', () => {
  it.each([
    ['+905321234567', '+90 532 123 45 67'],
    ['+904440123', '444 0 123'],
    ['+442079460958', '+44 20 7946 0958'],
    ['100', '100'],
  ])('writes %s as %s', (e164, shown) => {
    expect(displayNumber(e164)).toBe(shown);
  });
});

describe('the short way for plain Turkish numbers', () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
  const national = fc.oneof(
    digits(9).map((rest) => `5${rest}`),
    fc.tuple(fc.constantFrom('2', '3', '4'), digits(9)).map(([first, rest]) => first + rest),
    digits(10),
    fc.constantFrom('4440123', '4442123456', '8501234567', '112'),
  );
  const plain = fc.tuple(fc.constantFrom('', '0', '90', '0090', '+90'), national).map(([before, number]) => before + number);

  it('says what the long way says', () => {
    fc.assert(
      // A blank before it sends the same text the long way.
      fc.property(plain, (text) => {
        expect(parsePhoneNumber(text)).toEqual(parsePhoneNumber(` ${text}`));
      }),
      { numRuns: 2000 },
    );
  });

  it('writes a number that libphonenumber knows as libphonenumber does', () => {
    const util = libphonenumber.PhoneNumberUtil.getInstance();
    const { E164 } = libphonenumber.PhoneNumberFormat;
    const { MOBILE, FIXED_LINE } = libphonenumber.PhoneNumberType;
    let known = 0;
    fc.assert(
      fc.property(plain, (text) => {
        const parsed = parsePhoneNumber(text);
        if (parsed.kind !== 'ok') return;
        const theirs = util.parse(text, 'TR');
        expect(parsed.e164).toBe(util.format(theirs, E164));
        // 0 and ten digits that begin with 0 again are a number abroad.
        expect(parsed.type === 'foreign').toBe(theirs.getCountryCode() !== 90);
        if (parsed.type === 'foreign') return;
        const type = util.getNumberType(theirs);
        if (type !== MOBILE && type !== FIXED_LINE) return;
        known += 1;
        expect(parsed.type).toBe(type === MOBILE ? 'mobile' : 'geographic');
      }),
      { numRuns: 500 },
    );
    expect(known).toBeGreaterThan(50);
  });
});
