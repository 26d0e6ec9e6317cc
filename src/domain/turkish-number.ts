/**
 * Turkish numbers by shape, not by operator: libphonenumber has refused new ranges for years at a time (its issues 1323
 * and 2128; 0516, 0550 and 0561 among them). The shapes are those of the national numbering plan: area codes 2xx to 4xx,
 * mobile 5xx, services 8xx, paid services 9xx.
 */
const SHAPES = [
  { shape: /^5\d{9}$/, type: 'mobile' },
  { shape: /^444\d{4}$/, type: 'service-444' },
  { shape: /^(?!444)[234]\d{2}[2-9]\d{6}$/, type: 'geographic' },
  { shape: /^800\d{7}$/, type: 'toll-free' },
  { shape: /^850\d{7}$/, type: 'nationwide' },
  { shape: /^(?:9\d\d|888|898)\d{7}$/, type: 'premium' },
  { shape: /^8\d{9}$/, type: 'special' },
  // 112, 155, 182 and directory services 118xx; six digits at most, so no subscriber number is mistaken for one.
  { shape: /^1\d{2,5}$/, type: 'short' },
] as const;

export type TurkishType = (typeof SHAPES)[number]['type'];

const NATIONAL_DIGITS = 10;

/** What kind of number these national digits (without trunk prefix and country code) are, or why they are none. */
export function turkishType(
  digits: string,
):
  | { readonly kind: 'ok'; readonly type: TurkishType }
  | { readonly kind: 'bad'; readonly reason: 'too-short' | 'too-long' | 'no-such-range' } {
  const found = SHAPES.find(({ shape }) => shape.test(digits));
  if (found !== undefined) return { kind: 'ok', type: found.type };
  if (digits.length < NATIONAL_DIGITS) return { kind: 'bad', reason: 'too-short' };
  return { kind: 'bad', reason: digits.length > NATIONAL_DIGITS ? 'too-long' : 'no-such-range' };
}
