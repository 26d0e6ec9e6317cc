import type { Language } from '../language.ts';
import { cardinal, wordNumber } from './number.ts';
import { turkishOrdinal } from './turkish.ts';

const IRREGULAR: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};
const MAX_ORDINAL = 1e15;

/** 21 → "yirmi birinci", "twenty-first". What has no place in a row (negative, fraction) is said as a plain number. */
export function wordOrdinal(value: number, lang: Language): string {
  if (!Number.isInteger(value) || value < 0 || value >= MAX_ORDINAL) return wordNumber(value, lang);
  const words = cardinal(value, lang);
  return lang === 'tr' ? turkishOrdinal(words) : words.replace(/[a-z]+$/, englishOrdinal);
}

function englishOrdinal(last: string): string {
  const irregular = IRREGULAR[last];
  if (irregular !== undefined) return irregular;
  return last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`;
}
