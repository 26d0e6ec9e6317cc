import type { Language } from './language.ts';

/** What is wrong with a row of a file, as it is kept, with its words in Turkish. Numbers and names stand in as {}. */
const TURKISH: readonly (readonly [english: string, turkish: string])[] = [
  ['is empty', 'boş'],
  ['holds letters; write the number only', 'harf içeriyor; yalnızca numarayı yazın'],
  [
    'precision_lost: digits are lost (scientific notation); format the column as text in the spreadsheet',
    'precision_lost: rakamlar kaybolmuş (bilimsel gösterim); sütunu elektronik tabloda metin olarak biçimlendirin',
  ],
  ['holds several numbers; give one, or divide them by /', 'birden çok numara içeriyor; birini yazın ya da / ile ayırın'],
  ['holds several numbers; give one', 'birden çok numara içeriyor; birini yazın'],
  ['is too short; write it with its area code', 'çok kısa; alan koduyla yazın'],
  ['is too long', 'çok uzun'],
  ['has the length of a number, but no range begins so', 'numara uzunluğunda, ama böyle başlayan numara yok'],
  [
    'policy: is a paid, service or short number, which nobody is recognised by',
    'policy: ücretli, hizmet ya da kısa numara; kimse bununla tanınmaz',
  ],
  ['is longer than {} characters', '{} karakterden uzun'],
  ['is no number such as 12 or 12,5', '12 ya da 12,5 gibi bir sayı değil'],
  ['is no day such as 2026-11-30 or 30.11.2026', '2026-11-30 ya da 30.11.2026 gibi bir gün değil'],
  ['is not a day such as 2026-11-30 or 30.11.2026', '2026-11-30 ya da 30.11.2026 gibi bir gün değil'],
  ['is no time such as 14:30', '14:30 gibi bir saat değil'],
  [
    'is no amount such as 1.234,50 TL; two digits stand behind the decimal sign at most',
    '1.234,50 TL gibi bir tutar değil; ondalık ayırıcıdan sonra en çok iki rakam olur',
  ],
  [
    'has more cells than the header; is there a separator within a text that is not quoted?',
    'başlıktan çok hücresi var; tırnaksız bir metnin içinde ayırıcı mı kaldı?',
  ],
  ['is in the list already', 'listede zaten var'],
  ['repeats row {}', '{}. satırı yineliyor'],
  ['is neither a year such as 1984 nor a day such as 31.12.1984', '1984 gibi bir yıl ya da 31.12.1984 gibi bir gün değil'],
  ['must be the last four digits', 'son dört rakam olmalı'],
  ['is no variable of the list; there are {}', 'listenin değişkeni değil; olanlar: {}'],
];
const PATTERNS = TURKISH.map(([english, turkish]) => ({ pattern: patternOf(english), turkish }));

/** The reason in a language; one that is not known here stays as it is. */
export function rejectionIn(language: Language, reason: string): string {
  if (language === 'en') return reason;
  for (const { pattern, turkish } of PATTERNS) {
    const found = pattern.exec(reason);
    if (found !== null) return turkish.replace('{}', () => found[1] ?? '');
  }
  return reason;
}

/** Column headings of the file of rows that were not taken. */
export const REJECTION_HEADINGS: Readonly<Record<Language, readonly [string, string, string, string]>> = {
  tr: ['satır', 'sütun', 'değer', 'neden'],
  en: ['row', 'column', 'value', 'reason'],
};

function patternOf(english: string): RegExp {
  const literal = english.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace('{}', '(.+)');
  return new RegExp(`^${literal}$`, 'u');
}
