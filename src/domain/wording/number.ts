import { toCardinal as english } from 'n2words/en-GB';
import { toCardinal as turkish } from 'n2words/tr-TR';
import type { Language } from '../language.ts';
import { unknown } from './unknown.ts';

/** From here on n2words has no Turkish words, and doubles no exact fractions. */
const TOO_LARGE = 1e15;
const MAX_DECIMALS = 6;
/** A fraction of more digits than this is read digit by digit in Turkish too. */
const TURKISH_FRACTION_DIGITS = 3;

/** The words of a whole number from 0 up to 10^15. */
export function cardinal(whole: number, lang: Language): string {
  return lang === 'tr' ? turkish(whole) : english(whole);
}

/** A number in words: 1234.5 → "bin iki yüz otuz dört virgül beş". Rounded to six decimals; what is no number gets a spoken fallback. */
export function wordNumber(value: number, lang: Language): string {
  if (typeof value !== 'number' || Number.isNaN(value)) return unknown('number', lang);
  if (Math.abs(value) >= TOO_LARGE) return unknown('tooLarge', lang);
  const [whole = '0', padded = ''] = Math.abs(value)
    .toFixed(Number.isInteger(value) ? 0 : MAX_DECIMALS)
    .split('.');
  const fraction = padded.replace(/0+$/, '');
  const words = cardinal(Number(whole), lang) + (fraction === '' ? '' : ` ${fractionWords(fraction, lang)}`);
  const isZero = Number(whole) === 0 && fraction === '';
  return value < 0 && !isZero ? `${lang === 'tr' ? 'eksi' : 'minus'} ${words}` : words;
}

/** English reads decimals one by one; Turkish says leading zeros, then the rest as a number ("üç virgül sıfır beş"). */
function fractionWords(fraction: string, lang: Language): string {
  const rest = fraction.replace(/^0+/, '');
  const oneByOne = lang === 'en' || rest.length > TURKISH_FRACTION_DIGITS;
  const zeros = Array.from({ length: fraction.length - rest.length }, () => 0);
  const parts = oneByOne ? Array.from(fraction, Number) : [...zeros, Number(rest)];
  return [lang === 'tr' ? 'virgül' : 'point', ...parts.map((part) => cardinal(part, lang))].join(' ');
}
