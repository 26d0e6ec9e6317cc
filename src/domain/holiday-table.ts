import { z } from 'zod';
import type { Holiday } from './opening-hours.ts';
import type { Problem } from './problem.ts';
import { parseMinutes } from './weekly-hours.ts';
import { fitShape, type YamlSource } from './yaml-source.ts';

const DAY = 86_400_000;
const name = z.strictObject({ tr: z.string().min(1), en: z.string().min(1) });
const time = z.string().refine((text) => parseMinutes(text) !== undefined, 'must be a time such as 13:00');
const date = z.string().refine(isDate, 'must be a day such as 2026-03-20');
const monthDay = z.string().refine((text) => isDate(`2024-${text}`), 'must be month and day such as 10-29');

const tableShape = z.strictObject({
  holidays: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and dashes'),
  /** The years the table holds, both ends included. */
  years: z.strictObject({ from: z.int().min(1970).max(2200), to: z.int().min(1970).max(2200) }),
  yearly: z.array(z.strictObject({ date: monthDay, from: time.optional(), name })).default([]),
  /** Feasts of the moon's calendar: the first day of each, how many days, and the eve's half day. */
  feasts: z
    .array(
      z.strictObject({ name, days: z.int().min(1).max(30), first: z.array(date), eve: z.strictObject({ from: time, name }).optional() }),
    )
    .default([]),
});
type Table = z.infer<typeof tableShape>;

/** A table of holidays, every day of every year written out; undefined and problems when it cannot be read. */
export function parseHolidayTable(
  source: YamlSource,
  problems: Problem[],
): { readonly id: string; readonly holidays: readonly Holiday[] } | undefined {
  const table = fitShape(source, tableShape, 'calendar', problems);
  if (table === undefined) return undefined;
  table.feasts.forEach((feast, index) => {
    for (let year = table.years.from; year <= table.years.to; year += 1) {
      if (feast.first.some((first) => first.startsWith(String(year)))) continue;
      const remedy = 'Add its first day to "first", or make "years" end earlier.';
      problems.push(
        source.problem(['feasts', index, 'first'], 'calendar.missing-feast', `${feast.name.en} has no date in ${year}.`, remedy),
      );
    }
  });
  return { id: table.holidays, holidays: [...yearly(table), ...feasts(table)] };
}

function yearly({ years, yearly }: Table): Holiday[] {
  return yearly.flatMap(({ date, from, name }) =>
    Array.from({ length: years.to - years.from + 1 }, (_, i) => `${years.from + i}-${date}`)
      .filter(isDate)
      .map((day) => ({ date: day, from: minutes(from), name })),
  );
}

function feasts({ feasts }: Table): Holiday[] {
  return feasts.flatMap(({ name, days, first, eve }) =>
    first.flatMap((day) => [
      ...(eve === undefined ? [] : [{ date: shift(day, -1), from: minutes(eve.from), name: eve.name }]),
      ...Array.from({ length: days }, (_, i) => ({ date: shift(day, i), from: 0, name })),
    ]),
  );
}

function minutes(text: string | undefined): number {
  return text === undefined ? 0 : (parseMinutes(text) ?? 0);
}

function shift(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** A day that exists, as YYYY-MM-DD. */
export function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
