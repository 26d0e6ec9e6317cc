import type { Language } from '../language.ts';
import { addDays } from '../local-day.ts';
import { DAYS, MONTHS, partsOfDate, wordDate } from './date.ts';
import { cardinal } from './number.ts';
import { wordOrdinal } from './ordinal.ts';

/** Days from today that have a name of their own. */
const NEAR: readonly { readonly offset: number; readonly tr: string; readonly en: string }[] = [
  { offset: -1, tr: 'dün', en: 'yesterday' },
  { offset: 0, tr: 'bugün', en: 'today' },
  { offset: 1, tr: 'yarın', en: 'tomorrow' },
];
/** A day further away than this is said with its year. */
const WITHOUT_YEAR_DAYS = 300;

/**
 * A day (YYYY-MM-DD) as people say it on the day `today`: "yarın", "bir Aralık Salı günü", "tomorrow", "Tuesday the first
 * of December". Far days are said with their year.
 */
export function wordDay(date: string, today: string, lang: Language): string {
  const parts = partsOfDate(date);
  if (parts === undefined || partsOfDate(today) === undefined) return wordDate(date, lang);
  const near = NEAR.find(({ offset }) => addDays(today, offset) === date);
  if (near !== undefined) return near[lang];
  if (date > addDays(today, WITHOUT_YEAR_DAYS) || date < addDays(today, -WITHOUT_YEAR_DAYS)) {
    return lang === 'tr' ? `${wordDate(date, lang)} günü` : wordDate(date, lang);
  }
  const { month, day, weekday } = parts;
  return lang === 'tr'
    ? `${cardinal(day, lang)} ${MONTHS.tr[month - 1]} ${DAYS.tr[weekday]} günü`
    : `${DAYS.en[weekday]} the ${wordOrdinal(day, lang)} of ${MONTHS.en[month - 1]}`;
}
