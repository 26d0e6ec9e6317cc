import type { Language } from '../language.ts';
import { cardinal } from './number.ts';
import { unknown } from './unknown.ts';

const MINUTES_PER_DAY = 1440;

/** `HH:MM` (00:00 to 24:00) in words: "saat on dört otuz", "two thirty PM". */
export function wordTime(time: string, lang: Language): string {
  const [, hour, minute] = (/^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(time) ?? []).map(Number);
  const minutes = hour === undefined || minute === undefined || minute > 59 ? Number.NaN : hour * 60 + minute;
  if (!(minutes <= MINUTES_PER_DAY)) return unknown('time', lang);
  const words = clockWords(minutes, lang);
  return lang === 'tr' && minutes % MINUTES_PER_DAY !== 0 ? `saat ${words}` : words;
}

/** Minutes since midnight (0 to 1440) without "saat": "on dört otuz", "gece yarısı", "two thirty PM", "midnight". */
export function clockWords(minutes: number, lang: Language): string {
  const hour = Math.floor(minutes / 60) % 24;
  const minute = minutes % 60;
  if (hour === 0 && minute === 0) return lang === 'tr' ? 'gece yarısı' : 'midnight';
  if (lang === 'tr') return [cardinal(hour, lang), ...minuteWords(minute, 'sıfır', lang)].join(' ');
  return [cardinal(hour % 12 === 0 ? 12 : hour % 12, lang), ...minuteWords(minute, 'oh', lang), hour < 12 ? 'AM' : 'PM'].join(' ');
}

function minuteWords(minute: number, zero: string, lang: Language): string[] {
  if (minute === 0) return [];
  return minute < 10 ? [zero, cardinal(minute, lang)] : [cardinal(minute, lang)];
}
