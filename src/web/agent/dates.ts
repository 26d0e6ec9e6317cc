import type { Language } from '../../domain/language.ts';

/** UTC ms as a day of this year or another. */
export function dayText(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at);
}

/** UTC ms as day and time. */
export function momentText(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(
    at,
  );
}

/** UTC ms as the time of day. */
export function timeText(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(at);
}
