import type { Language } from '../language.ts';
import { wordDigits } from './digits.ts';

/** Keys as they are said before "tuşlayın" and after "press". */
const KEY_WORDS = {
  tr: {
    ...{ 0: 'sıfırı', 1: 'biri', 2: 'ikiyi', 3: 'üçü', 4: 'dördü', 5: 'beşi', 6: 'altıyı', 7: 'yediyi', 8: 'sekizi', 9: 'dokuzu' },
    ...{ '*': 'yıldızı', '#': 'kareyi', A: 'A tuşunu', B: 'B tuşunu', C: 'C tuşunu', D: 'D tuşunu' },
  },
  en: {
    ...{ 0: 'zero', 1: 'one', 2: 'two', 3: 'three', 4: 'four', 5: 'five', 6: 'six', 7: 'seven', 8: 'eight', 9: 'nine' },
    ...{ '*': 'star', '#': 'hash', A: 'A', B: 'B', C: 'C', D: 'D' },
  },
} as const satisfies Record<Language, Readonly<Record<string, string>>>;

/** A key of the telephone as one says to press it: "biri" tuşlayın, press "one". Anything else is spelt. */
export function wordKey(key: string, language: Language): string {
  const words: Readonly<Record<string, string>> = KEY_WORDS[language];
  return Object.hasOwn(words, key) ? (words[key] ?? '') : wordDigits(key, language);
}
