import type { Language } from '../language.ts';

const LOCALE: Readonly<Record<Language, string>> = { tr: 'tr-TR', en: 'en-GB' };
/** Making a formatter takes some 50 µs; there are few zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** An instant (UTC ms) as it is written to people: "1 Aralık 2026 Salı 14:30", "Tuesday 1 December 2026 at 14:30". */
export function writtenTime(utcMs: number, zone: string, language: Language): string {
  const key = `${language} ${zone}`;
  const day = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  const options = { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(LOCALE[language], options);
  formatters.set(key, formatter);
  return formatter.format(utcMs);
}
