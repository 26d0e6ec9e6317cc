import type { E164, ParsedNumber, PhoneType } from './phone-number.ts';

/**
 * Turkish numbers by shape, not by operator: libphonenumber has refused new ranges for years at a time (its issues 1323
 * and 2128; 0516, 0550 and 0561 among them). The shapes are those of the national numbering plan: area codes 2xx to 4xx,
 * mobile 5xx, services 8xx, paid services 9xx.
 */
const SHAPES: readonly { readonly shape: RegExp; readonly type: Exclude<PhoneType, 'short' | 'foreign'> }[] = [
  { shape: /^5\d{9}$/, type: 'mobile' },
  { shape: /^444\d{4}$/, type: 'service-444' },
  { shape: /^(?!444)[234]\d{2}[2-9]\d{6}$/, type: 'geographic' },
  { shape: /^800\d{7}$/, type: 'toll-free' },
  { shape: /^850\d{7}$/, type: 'nationwide' },
  { shape: /^(?:9\d\d|888|898)\d{7}$/, type: 'premium' },
  { shape: /^8\d{9}$/, type: 'special' },
];

/** The national significant digits, without trunk prefix and country code. */
export function parseTurkishNational(digits: string): ParsedNumber {
  for (const { shape, type } of SHAPES) {
    if (shape.test(digits)) return { kind: 'ok', e164: `+90${digits}` as E164, type };
  }
  // 112, 155, 182 and directory services 118xx; six digits at most, so no subscriber number is mistaken for one.
  if (/^1\d{2,5}$/.test(digits)) return { kind: 'short', dial: digits };
  if (digits.length < 10) return { kind: 'bad', reason: 'too-short' };
  return { kind: 'bad', reason: digits.length > 10 ? 'too-long' : 'no-such-range' };
}
