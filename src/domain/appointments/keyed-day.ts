import { isDate } from '../holiday-table.ts';

/** How many years on a keyed day is looked for: 29 February comes round every four, or eight at a turn of a century. */
const YEARS = 8;

/** The next day (YYYY-MM-DD) that is keyed as day and month, `0112` for 1 December, today included; undefined when there is none. */
export function keyedDay(keys: string, today: string): string | undefined {
  const [, day, month] = /^(\d{2})(\d{2})$/.exec(keys) ?? [];
  if (day === undefined || month === undefined) return undefined;
  const year = Number(today.slice(0, 4));
  return Array.from({ length: YEARS + 1 }, (_, more) => `${year + more}-${month}-${day}`).find((date) => isDate(date) && date >= today);
}
