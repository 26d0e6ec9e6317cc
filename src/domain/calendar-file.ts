import { z } from 'zod';
import { isDate, parseHolidayTable } from './holiday-table.ts';
import type { Calendar, Holiday } from './opening-hours.ts';
import type { Problem } from './problem.ts';
import { parseMinutes, parseWeeklyHours } from './weekly-hours.ts';
import { fitShape, readYaml, type SourceText, type YamlSource } from './yaml-source.ts';
import { isZone } from './zone-time.ts';

const ROOM = 'calendar';
const name = z.strictObject({ tr: z.string().min(1), en: z.string().min(1) });
const calendarShape = z.strictObject({
  calendar: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and dashes'),
  title: name.optional(),
  zone: z.string(),
  hours: z.string(),
  holidays: z.union([z.string(), z.array(z.string())]).default([]),
  /** Days off of its own: date, the time from which (whole day without it), and what they are called. */
  closures: z.array(z.strictObject({ date: z.string(), from: z.string().optional(), name })).default([]),
});

export interface ParsedCalendars {
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly problems: readonly Problem[];
}

/** The calendars of `flows/calendars/*.yaml`; files with a `calendar:` key are calendars, the others tables of holidays. */
export function parseCalendars(files: readonly SourceText[]): ParsedCalendars {
  const problems: Problem[] = [];
  const calendars = new Map<string, Calendar>();
  const tables = new Map<string, readonly Holiday[]>();
  const sources = files.map((file) => readYaml(file, ROOM));
  for (const source of sources.filter((one) => !isCalendar(one))) {
    const table = parseHolidayTable(source, problems);
    if (table !== undefined) tables.set(table.id, table.holidays);
  }
  for (const source of sources.filter(isCalendar)) {
    const calendar = readCalendar(source, tables, problems);
    if (calendar === undefined) continue;
    if (calendars.has(calendar.id)) {
      const message = `There is another calendar "${calendar.id}".`;
      problems.push(source.problem(['calendar'], 'calendar.duplicate', message, 'Give one of them another name.'));
    } else calendars.set(calendar.id, calendar);
  }
  return { calendars, problems };
}

function isCalendar(source: YamlSource): boolean {
  return typeof source.value === 'object' && source.value !== null && 'calendar' in source.value;
}

function readCalendar(source: YamlSource, tables: ReadonlyMap<string, readonly Holiday[]>, problems: Problem[]): Calendar | undefined {
  const shape = fitShape(source, calendarShape, ROOM, problems);
  if (shape === undefined) return undefined;
  if (!isZone(shape.zone)) {
    problems.push(
      source.problem(['zone'], 'calendar.unknown-zone', `There is no zone "${shape.zone}".`, 'Use an IANA name such as Europe/Istanbul.'),
    );
    return undefined;
  }
  const hours = parseWeeklyHours(shape.hours);
  if (hours.kind === 'bad') {
    for (const message of hours.problems) {
      problems.push(source.problem(['hours'], 'calendar.bad-hours', message, 'Write days and times: mon-fri 09:00-18:00; sat 10:00-14:00'));
    }
    return undefined;
  }
  const holidays = [...closures(source, shape.closures, problems)];
  for (const id of typeof shape.holidays === 'string' ? [shape.holidays] : shape.holidays) {
    const table = tables.get(id);
    if (table !== undefined) holidays.push(...table);
    else {
      const known = [...tables.keys()].join(', ') || 'none';
      problems.push(
        source.problem(['holidays'], 'calendar.unknown-holidays', `There is no table of holidays "${id}".`, `Known: ${known}.`),
      );
    }
  }
  return { id: shape.calendar, zone: shape.zone, weekly: hours.hours, holidays: holidays.sort((a, b) => (a.date < b.date ? -1 : 1)) };
}

function closures(source: YamlSource, written: z.infer<typeof calendarShape>['closures'], problems: Problem[]): Holiday[] {
  return written.flatMap(({ date, from, name }, index) => {
    const minutes = from === undefined ? 0 : parseMinutes(from);
    if (isDate(date) && minutes !== undefined) return [{ date, from: minutes, name }];
    const at = ['closures', index, isDate(date) ? 'from' : 'date'];
    problems.push(
      source.problem(at, 'calendar.bad-date', `"${isDate(date) ? from : date}" cannot be read.`, 'Write 2026-12-31, and times as 13:00.'),
    );
    return [];
  });
}
