const VOWELS = 'aıoueiöü';
const BACK = 'aıou';
const VOICELESS = 'fstkçşhp';
/** The vowel of a four-fold suffix (-ıncı, -inci, -uncu, -üncü) after each last vowel. */
const NARROW: Readonly<Record<string, string>> = { a: 'ı', ı: 'ı', o: 'u', u: 'u', e: 'i', i: 'i', ö: 'ü', ü: 'ü' };

function lastVowel(word: string): string {
  for (let i = word.length - 1; i >= 0; i -= 1) {
    const letter = word[i] ?? '';
    if (VOWELS.includes(letter)) return letter;
  }
  return 'e';
}

const endsInVowel = (word: string) => VOWELS.includes(word.at(-1) ?? '');

/** Of the number words only `dört` softens before a vowel: dördüncü, dörde. */
const soften = (word: string) => (word.endsWith('dört') ? `${word.slice(0, -1)}d` : word);

/** "from": dokuz → dokuzdan, üç → üçten. The words must be lower case and end in a number word. */
export function turkishFrom(words: string): string {
  const vowel = BACK.includes(lastVowel(words)) ? 'a' : 'e';
  return `${words}${VOICELESS.includes(words.at(-1) ?? '') ? 't' : 'd'}${vowel}n`;
}

/** "to": dokuz → dokuza, iki → ikiye, dört → dörde. */
export function turkishTo(words: string): string {
  const vowel = BACK.includes(lastVowel(words)) ? 'a' : 'e';
  return endsInVowel(words) ? `${words}y${vowel}` : `${soften(words)}${vowel}`;
}

/** Ordinal: bir → birinci, altı → altıncı, dört → dördüncü. */
export function turkishOrdinal(words: string): string {
  const narrow = NARROW[lastVowel(words)] ?? 'i';
  return endsInVowel(words) ? `${words}nc${narrow}` : `${soften(words)}${narrow}nc${narrow}`;
}
