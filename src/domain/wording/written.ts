import type { Language } from '../language.ts';
import { DAYS, MONTHS } from './date.ts';

const ENGLISH_ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });

/** Dates, times and numbers as they are written in messages, not spoken: "21 Kasım 2026 Cumartesi 14.30", "Saturday 21 November 2026 14:30". */
export function writeDate(date: string, language: Language): string | undefined {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []).map(Number);
  const at = new Date(Date.UTC(year, month - 1, day));
  const monthName = MONTHS[language][month - 1];
  if (monthName === undefined || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return undefined;
  const dayName = DAYS[language][(at.getUTCDay() + 6) % 7];
  return language === 'tr' ? `${day} ${monthName} ${year} ${dayName}` : `${dayName} ${day} ${monthName} ${year}`;
}

/** `14:30` stays so; anything else is none. */
export function writeTime(time: string): string | undefined {
  return /^(?:[01]?\d|2[0-3]):[0-5]\d/.exec(time)?.[0].padStart(5, '0');
}

/** An instant (UTC ms) on the clock of a zone. */
export function writeDateTime(utcMs: number, offsetMs: number, language: Language): string | undefined {
  const local = new Date(utcMs + offsetMs).toISOString();
  const date = writeDate(local.slice(0, 10), language);
  return date === undefined ? undefined : `${date} ${local.slice(11, 16)}`;
}

/** `1.234,50 TL`, `TRY 1,234.50`. */
export function writeMoney(amount: number, currency: string, language: Language): string {
  const whole = Number.isInteger(amount) ? 0 : 2;
  const text = new Intl.NumberFormat(language === 'tr' ? 'tr-TR' : 'en-GB', {
    minimumFractionDigits: whole,
    maximumFractionDigits: 2,
  }).format(amount);
  return language === 'tr' ? `${text} ${currency === 'TRY' ? 'TL' : currency}` : `${currency} ${text}`;
}

export function writeNumber(amount: number, language: Language): string {
  return new Intl.NumberFormat(language === 'tr' ? 'tr-TR' : 'en-GB', { maximumFractionDigits: 6 }).format(amount);
}

/** `3.`, `3rd`. */
export function writeOrdinal(place: number, language: Language): string {
  if (language === 'tr') return `${place}.`;
  const suffix = { one: 'st', two: 'nd', few: 'rd' } as const;
  const rule = ENGLISH_ORDINALS.select(place);
  return `${place}${rule === 'one' || rule === 'two' || rule === 'few' ? suffix[rule] : 'th'}`;
}
