import type { Language } from '../language.ts';
import { spellGroups, splitRun, wordDigits } from './digits.ts';

/** ITU-T E.164 country codes of one and of two digits; all others have three. */
const ONE_DIGIT = new Set(['1', '7']);
const TWO_DIGITS = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
);
const NATIONAL_LENGTH = 10;
const SERVICE_LENGTH = 7;

/**
 * A phone number as people say it, digit by digit with pauses: "+902125550001", "0212 555 00 01" and "2125550001" →
 * "sıfır, iki bir iki, beş beş beş, sıfır sıfır, sıfır bir"; 444 numbers in 3-2-2; foreign ones with their country code.
 */
export function wordPhone(text: string, lang: Language): string {
  const cleaned = text.normalize('NFKC').replace(/[\s().\-/]+/g, '');
  const international = /^(?:\+|00)([1-9][0-9]{4,14})$/.exec(cleaned)?.[1];
  if (international !== undefined) return spellGroups(internationalGroups(international), lang);
  const national = /^(?:0|90)?([2-8][0-9]{9})$/.exec(cleaned)?.[1];
  if (national !== undefined) return spellGroups(turkishGroups(national), lang);
  const isService = cleaned.length === SERVICE_LENGTH && /^444[0-9]+$/.test(cleaned);
  return isService ? spellGroups(pieces(cleaned, [3, 2, 2]), lang) : wordDigits(cleaned, lang);
}

function internationalGroups(digits: string): string[] {
  const codeLength = ONE_DIGIT.has(digits.slice(0, 1)) ? 1 : TWO_DIGITS.has(digits.slice(0, 2)) ? 2 : 3;
  const code = digits.slice(0, codeLength);
  const rest = digits.slice(codeLength);
  if (code === '90' && rest.length === NATIONAL_LENGTH) return turkishGroups(rest);
  return [`+${code}`, ...(code === '1' && rest.length === NATIONAL_LENGTH ? pieces(rest, [3, 3, 4]) : splitRun(rest))];
}

const turkishGroups = (national: string) => ['0', ...pieces(national, [3, 3, 2, 2])];

function pieces(digits: string, sizes: readonly number[]): string[] {
  let at = 0;
  return sizes.map((size) => {
    at += size;
    return digits.slice(at - size, at);
  });
}
