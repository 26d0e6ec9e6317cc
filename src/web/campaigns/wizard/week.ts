import type { Interval, WeeklyHours } from '../../../domain/opening-hours.ts';
import { parseWeeklyHours, printWeeklyHours } from '../../../domain/weekly-hours.ts';

/** One day's hours as a form has them; null: nobody is called that day. Times as `09:00`. */
export type Day = { readonly from: string; readonly to: string } | null;

const DAY_MINUTES = 1440;
const USUAL: Day = { from: '09:00', to: '20:00' };

/** Monday first. Null where a form with one span a day cannot show them: they are written then. */
export function weekOf(hours: string): readonly Day[] | null {
  const parsed = parseWeeklyHours(hours);
  if (parsed.kind === 'bad') return null;
  if (parsed.hours.some((day) => day.length > 1 || day.some(({ to }) => to === DAY_MINUTES))) return null;
  return parsed.hours.map((day): Day => {
    const [first] = day;
    return first === undefined ? null : { from: timeOf(first.from), to: timeOf(first.to) };
  });
}

/** As it is written; undefined while a day's end is not behind its beginning. */
export function hoursOf(week: readonly Day[]): string | undefined {
  const days = week.map((day): readonly Interval[] => (day === null ? [] : [{ from: minutesOf(day.from), to: minutesOf(day.to) }]));
  if (days.some((day) => day.some(({ from, to }) => !(from < to)))) return undefined;
  return days.every((day) => day.length === 0) ? 'closed' : printWeeklyHours(days as unknown as WeeklyHours);
}

/** What a day begins with that is ticked. */
export const usualDay = (): Day => USUAL;

function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? Number.NaN) * 60 + (minutes ?? Number.NaN);
}
