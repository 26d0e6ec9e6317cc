import type { Language } from '../language.ts';
import { cardinal } from './number.ts';
import { unknown } from './unknown.ts';

/** Named as on a telephone's keys. */
const SIGNS: Readonly<Record<string, { readonly tr: string; readonly en: string }>> = {
  '+': { tr: 'artı', en: 'plus' },
  '*': { tr: 'yıldız', en: 'star' },
  '#': { tr: 'kare', en: 'hash' },
};
/** Digits are said in every call: their words are made once. */
const DIGITS: Readonly<Record<Language, Readonly<Record<string, string>>>> = { tr: digitsIn('tr'), en: digitsIn('en') };

function digitsIn(lang: Language): Readonly<Record<string, string>> {
  return Object.fromEntries([...'0123456789'].map((digit) => [digit, cardinal(Number(digit), lang)]));
}

/** People keep up to four digits in one breath; longer runs get pauses. */
const ONE_BREATH = 4;
const PAUSE = ', ';

/** Digit by digit with a pause (comma) between groups: "5551234" → "beş beş beş, bir iki üç dört". Groups in the text (spaces, dashes …) are kept; letters are spelled. */
export function wordDigits(text: string, lang: Language): string {
  const groups = text
    .normalize('NFKC')
    .split(/[^\p{L}0-9+*#]+/u)
    .filter((group) => group !== '');
  if (groups.length === 0) return unknown('blank', lang);
  const isSpaced = groups.every((group) => group.length === 1);
  return spellGroups((isSpaced ? [groups.join('')] : groups).flatMap(splitRun), lang);
}

/** Groups spoken digit by digit, a pause between them. The groups hold digits, letters and + * # only. */
export function spellGroups(groups: readonly string[], lang: Language): string {
  return groups.map((group) => spell(group, lang)).join(PAUSE);
}

/** Fours where they fit (16 → 4 4 4 4), else threes, a last single joining the group before it (7 → 3 4). */
export function splitRun(run: string): string[] {
  const characters = Array.from(run);
  if (characters.length <= ONE_BREATH) return run === '' ? [] : [run];
  const size = characters.length % 4 === 0 ? 4 : 3;
  const groups: string[] = [];
  for (let at = 0; at < characters.length; ) {
    const left = characters.length - at;
    const take = left === size + 1 ? left : size;
    groups.push(characters.slice(at, at + take).join(''));
    at += take;
  }
  return groups;
}

function spell(group: string, lang: Language): string {
  const digits = DIGITS[lang];
  let words = '';
  for (const sign of group) words += `${words === '' ? '' : ' '}${digits[sign] ?? SIGNS[sign]?.[lang] ?? sign.toLocaleUpperCase(lang)}`;
  return words;
}
