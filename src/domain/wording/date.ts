import type { Language } from '../language.ts';
import { cardinal } from './number.ts';
import { wordOrdinal } from './ordinal.ts';
import { unknown } from './unknown.ts';

export const MONTHS = {
  tr: ['Ocak', 'Şubat', 'Mart', 'Nisan', 'Mayıs', 'Haziran', 'Temmuz', 'Ağustos', 'Eylül', 'Ekim', 'Kasım', 'Aralık'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
} as const;
/** Monday first, as in WeeklyHours. */
export const DAYS = {
  tr: ['Pazartesi', 'Salı', 'Çarşamba', 'Perşembe', 'Cuma', 'Cumartesi', 'Pazar'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;

/** `YYYY-MM-DD` in words: "yirmi bir Kasım iki bin yirmi altı Cumartesi", "Saturday the twenty-first of November twenty twenty-six". */
export function wordDate(date: string, lang: Language): string {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []).map(Number);
  const midnight = new Date(Date.UTC(2000, month - 1, day));
  midnight.setUTCFullYear(year, month - 1, day);
  // A day that does not exist (30 February) rolls over into the next month.
  const exists = year >= 1 && midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
  const monthName = MONTHS[lang]?.[month - 1];
  if (!exists || monthName === undefined) return unknown('date', lang);
  const dayName = DAYS[lang][(midnight.getUTCDay() + 6) % 7];
  return lang === 'tr'
    ? `${cardinal(day, lang)} ${monthName} ${cardinal(year, lang)} ${dayName}`
    : `${dayName} the ${wordOrdinal(day, lang)} of ${monthName} ${englishYear(year)}`;
}

/** 2026 → twenty twenty-six, 1905 → nineteen oh five, 2005 → two thousand and five, 1900 → nineteen hundred. */
function englishYear(year: number): string {
  const century = Math.floor(year / 100);
  const rest = year % 100;
  if (century === 0 || (century % 10 === 0 && rest < 10)) return cardinal(year, 'en');
  if (rest === 0) return `${cardinal(century, 'en')} hundred`;
  return `${cardinal(century, 'en')} ${rest < 10 ? 'oh ' : ''}${cardinal(rest, 'en')}`;
}
