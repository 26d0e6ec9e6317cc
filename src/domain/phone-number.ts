import libphonenumber from 'google-libphonenumber';
import { turkishType } from './turkish-number.ts';

/** `+` and 7 to 15 digits (ITU-T E.164). Made by `parsePhoneNumber` and `asE164` only. */
export type E164 = string & { readonly __brand: 'E164' };

/** Numbers that a policy must allow: 444 xxxx, 0800, 0850, 0900 and its like, other 08xx, short codes such as 112. */
export const POLICY_TYPES = ['service-444', 'toll-free', 'nationwide', 'premium', 'special', 'short'] as const;
type PolicyType = (typeof POLICY_TYPES)[number];
type PhoneType = 'mobile' | 'geographic' | 'foreign' | PolicyType;

export type BadNumber =
  | 'empty'
  | 'letters'
  /** Scientific notation of a spreadsheet: digits are lost, and a guess would call a stranger. */
  | 'precision-lost'
  | 'several-numbers'
  | 'too-short'
  | 'too-long'
  /** The right length, but no range of the country looks so. */
  | 'no-such-range'
  | 'policy';

export type ParsedNumber =
  | { readonly kind: 'ok'; readonly e164: E164; readonly type: Exclude<PhoneType, 'short'> }
  /** Given only when `allow` names `short`: a short code has no E.164 form and is dialled as it is. */
  | { readonly kind: 'short'; readonly dial: string }
  | { readonly kind: 'bad'; readonly reason: BadNumber /** Set with `policy`. */; readonly type?: PolicyType };

export interface NumberRules {
  /** ISO country of numbers written without `+`. Turkey's are judged by shape, others by libphonenumber. */
  readonly region: string;
  /** Types that the policy lets pass; by default none of POLICY_TYPES. */
  readonly allow?: readonly PolicyType[];
}

/**
 * How most files write a number of Turkey: the ten digits of a mobile or of a line with its area code, with nothing, `0`, `90`,
 * `0090` or `+90` before them. Of millions of cells nothing else has to be found out then; all other forms go the long way,
 * and a property test holds that both ways say the same.
 */
const PLAIN_TURKISH = /^(?:\+90|0090|90|0)?(5\d{9}|(?!444)[234]\d{2}[2-9]\d{6})$/;

/** The number meant by what somebody typed, pasted or exported. Pure; never throws. */
export function parsePhoneNumber(text: string, rules: NumberRules = { region: 'TR' }): ParsedNumber {
  const plain = rules.region === 'TR' ? PLAIN_TURKISH.exec(text)?.[1] : undefined;
  if (plain !== undefined) return { kind: 'ok', e164: `+90${plain}` as E164, type: plain.startsWith('5') ? 'mobile' : 'geographic' };
  const cleaned = clean(text);
  if (cleaned.kind === 'bad') return cleaned;
  const { digits, international } = cleaned;
  if (!international && rules.region === 'TR') return allowed(parseTurkish(nationalOf(digits)), rules);
  if (international && digits.startsWith('90')) return allowed(parseTurkish(digits.slice(2).replace(/^0/, '')), rules);
  return allowed(parseElsewhere(international ? `+${digits}` : digits, rules.region), rules);
}

/** The text as E164 when it has that exact form already; undefined otherwise. */
export function asE164(text: string): E164 | undefined {
  return /^\+[1-9]\d{6,14}$/.test(text) ? (text as E164) : undefined;
}

/** A number for people: `+90 532 123 45 67`, `444 0 123`. */
export function displayNumber(e164: string): string {
  const turkish = /^\+90(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(e164);
  if (turkish !== null) return `+90 ${turkish.slice(1).join(' ')}`;
  const service = /^\+90444(\d)(\d{3})$/.exec(e164);
  if (service !== null) return `444 ${service[1]} ${service[2]}`;
  try {
    const util = libphonenumber.PhoneNumberUtil.getInstance();
    return util.format(util.parse(e164), libphonenumber.PhoneNumberFormat.INTERNATIONAL);
  } catch {
    return e164;
  }
}

type Cleaned =
  | { readonly kind: 'digits'; readonly digits: string; readonly international: boolean }
  | { readonly kind: 'bad'; readonly reason: BadNumber };

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const SEPARATORS = /[\s().[\]{}\-‐‑‒–—−/\\_·]/g;

function clean(text: string): Cleaned {
  const plain = text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .trim()
    .replace(/^['’`"=]+|['’`"]+$/g, '')
    .trim();
  if (plain === '') return { kind: 'bad', reason: 'empty' };
  if (/^\+?\d+([.,]\d+)?e[+-]?\d+$/i.test(plain)) return { kind: 'bad', reason: 'precision-lost' };
  const tel = plain.replace(/^tel:/i, '').replace(/^(\+?\d{10,15})[.,]0+$/, '$1');
  if (severalNumbers(tel)) return { kind: 'bad', reason: 'several-numbers' };
  const bare = tel.replace(/^(\+\s*90)\s*\(0\)/, '$1').replace(SEPARATORS, '');
  if (!/^\+?\d+$/.test(bare)) return { kind: 'bad', reason: /\d\+|[,;]/.test(bare) ? 'several-numbers' : 'letters' };
  const digits = bare.replace(/^\+/, '').replace(/^00/, '');
  return { kind: 'digits', digits, international: bare.startsWith('+') || bare.startsWith('00') };
}

/** `0532… / 0533…`, `0532…, 0533…`: each part is a number of its own. */
function severalNumbers(text: string): boolean {
  const whole = text.split(/[/,;|\n]|\s-\s/).filter((part) => part.replace(/\D/g, '').length >= 7);
  return whole.length > 1;
}

function nationalOf(digits: string): string {
  if (digits.length === 12 && digits.startsWith('90')) return digits.slice(2);
  return digits.length > 7 && digits.startsWith('0') ? digits.slice(1) : digits;
}

function parseTurkish(digits: string): ParsedNumber {
  const found = turkishType(digits);
  if (found.kind === 'bad') return found;
  return found.type === 'short' ? { kind: 'short', dial: digits } : { kind: 'ok', e164: `+90${digits}` as E164, type: found.type };
}

function parseElsewhere(text: string, region: string): ParsedNumber {
  try {
    const util = libphonenumber.PhoneNumberUtil.getInstance();
    const parsed = util.parse(text, region);
    const { ValidationResult } = libphonenumber.PhoneNumberUtil;
    const length = util.isPossibleNumberWithReason(parsed);
    if (length === ValidationResult.TOO_SHORT || length === ValidationResult.IS_POSSIBLE_LOCAL_ONLY)
      return { kind: 'bad', reason: 'too-short' };
    if (length === ValidationResult.TOO_LONG) return { kind: 'bad', reason: 'too-long' };
    // Possible, not "valid": the library's ranges lag behind the numbering plans (see turkish-number.ts).
    const e164 = asE164(util.format(parsed, libphonenumber.PhoneNumberFormat.E164));
    if (length !== ValidationResult.IS_POSSIBLE || e164 === undefined) return { kind: 'bad', reason: 'no-such-range' };
    const premium = util.getNumberType(parsed) === libphonenumber.PhoneNumberType.PREMIUM_RATE;
    return { kind: 'ok', e164, type: premium ? 'premium' : 'foreign' };
  } catch {
    const digits = text.replace(/\D/g, '').length;
    return { kind: 'bad', reason: digits < 7 ? 'too-short' : digits > 15 ? 'too-long' : 'no-such-range' };
  }
}

function allowed(parsed: ParsedNumber, rules: NumberRules): ParsedNumber {
  const type = parsed.kind === 'ok' ? parsed.type : parsed.kind === 'short' ? 'short' : undefined;
  const policy = POLICY_TYPES.find((name) => name === type);
  return policy === undefined || rules.allow?.includes(policy) === true ? parsed : { kind: 'bad', reason: 'policy', type: policy };
}
