/** Digits a text may have and still be an extension or a short code, shown whole: 100, 1000, 112, 118 80. */
const LONGEST_SHORT_NUMBER = 6;
const NUMBER_LIKE = /\+?\d(?:[\s().\-/\u00a0]{0,2}\d){6,}/g;

/**
 * A phone number as people may see it in logs and screens: `+90 5** *** ** 67`, `+49 1********78`. Extensions and short
 * codes of up to six digits, and texts without a number (`anonymous`), are given back as they are.
 */
export function maskNumber(text: string): string {
  const digits = text.replace(/\D/g, '');
  if (digits.length <= LONGEST_SHORT_NUMBER) return text;
  const national = turkishNational(text, digits);
  if (national !== undefined) return `+90 ${national[0]}** *** ** ${national.slice(-2)}`;
  const international = text.trim().startsWith('+') || digits.startsWith('00');
  const rest = digits.replace(/^00/, '');
  return international
    ? `+${rest.slice(0, 2)} ${rest[2]}${'*'.repeat(Math.max(rest.length - 5, 1))}${rest.slice(-2)}`
    : `${rest[0]}${'*'.repeat(rest.length - 3)}${rest.slice(-2)}`;
}

/** A text with every phone number in it masked: for messages that quote what somebody else wrote. */
export function maskNumbersIn(text: string): string {
  return text.replace(NUMBER_LIKE, (number) => maskNumber(number));
}

function turkishNational(text: string, digits: string): string | undefined {
  if (/^(?:00)?90\d{10}$/.test(digits)) return digits.slice(-10);
  if (text.trim().startsWith('+')) return undefined;
  return /^0?[2-9]\d{9}$/.test(digits) ? digits.slice(-10) : undefined;
}
