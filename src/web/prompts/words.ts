import { currentLanguage } from '../i18n.ts';

/** A day and a time as people write them, in the language of the pages. */
export function shortDate(at: number): string {
  const locale = currentLanguage() === 'tr' ? 'tr-TR' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}
