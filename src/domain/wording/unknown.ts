import type { Language } from '../language.ts';

/** What is said in place of a value that cannot be read. A caller hears a word, never silence or an error. */
const UNKNOWN = {
  number: { tr: 'bilinmeyen sayı', en: 'an unknown number' },
  tooLarge: { tr: 'çok büyük bir sayı', en: 'a very large number' },
  amount: { tr: 'bilinmeyen tutar', en: 'an unknown amount' },
  date: { tr: 'bilinmeyen tarih', en: 'an unknown date' },
  time: { tr: 'bilinmeyen saat', en: 'an unknown time' },
  hours: { tr: 'çalışma saatleri bilinmiyor', en: 'opening hours unknown' },
  blank: { tr: 'boş', en: 'blank' },
} as const;

export function unknown(what: keyof typeof UNKNOWN, lang: Language): string {
  return UNKNOWN[what][lang === 'tr' ? 'tr' : 'en'];
}
