import { fold } from './fold.ts';
import type { Language } from './language.ts';
import type { Interval, WeeklyHours } from './opening-hours.ts';

export type ParsedHours =
  | { readonly kind: 'ok'; readonly hours: WeeklyHours }
  | { readonly kind: 'bad'; readonly problems: readonly string[] };

const DAY_MINUTES = 1440;
const SHORT_NAMES: Readonly<Record<Language, readonly string[]>> = {
  en: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  tr: ['pzt', 'sal', 'çar', 'per', 'cum', 'cmt', 'paz'],
};
/** Every folded way of naming a day that is understood, Monday first. */
const DAY_NAMES: readonly (readonly string[])[] = [
  ['mon', 'monday', 'pzt', 'pts', 'pazartesi'],
  ['tue', 'tues', 'tuesday', 'sal', 'sali'],
  ['wed', 'wednesday', 'car', 'crs', 'carsamba'],
  ['thu', 'thur', 'thurs', 'thursday', 'per', 'prs', 'persembe'],
  ['fri', 'friday', 'cum', 'cuma'],
  ['sat', 'saturday', 'cmt', 'cts', 'cumartesi'],
  ['sun', 'sunday', 'paz', 'pzr', 'pazar'],
];
const GROUPS: readonly { readonly names: readonly string[]; readonly days: readonly number[] }[] = [
  { names: ['daily', 'every day', 'her gun', 'hergun'], days: [0, 1, 2, 3, 4, 5, 6] },
  { names: ['weekdays', 'hafta ici', 'haftaici'], days: [0, 1, 2, 3, 4] },
  { names: ['weekend', 'weekends', 'hafta sonu', 'haftasonu'], days: [5, 6] },
];
const ALWAYS: ReadonlySet<string> = new Set(['7/24', '24/7']);
const CLOSED: ReadonlySet<string> = new Set(['closed', 'kapali']);

/**
 * Reads `mon-fri 09:00-12:30, 13:30-18:00; sat 10:00-14:00`, in English or Turkish. Parts end with `;` or a new line; days
 * may be ranges and lists; `24/7`, `her gün`, `hafta içi` and `kapalı` are words of it. Hours past midnight
 * (`22:00-02:00`) go on in the next day. Days not named are closed. Every problem is told.
 */
export function parseWeeklyHours(text: string): ParsedHours {
  const week: Interval[][] = Array.from({ length: 7 }, () => []);
  const problems: string[] = [];
  const parts = text.split(/[;\n]/).filter((part) => part.trim() !== '');
  if (parts.length === 0) return { kind: 'bad', problems: ['no hours given; write for example "mon-fri 09:00-18:00", or "closed"'] };
  for (const part of parts) readPart(part.trim(), week, problems);
  const hours = week.map((day) => day.sort((a, b) => a.from - b.from)) as unknown as WeeklyHours;
  hours.forEach((day, index) => {
    if (day.some((interval, i) => interval.from < (day[i - 1]?.to ?? 0))) problems.push(`${SHORT_NAMES.en[index]}: hours overlap`);
  });
  return problems.length > 0 ? { kind: 'bad', problems } : { kind: 'ok', hours };
}

/** The hours in the same form, days with equal hours put together; parses back to the same hours. */
export function printWeeklyHours(hours: WeeklyHours, language: Language = 'en'): string {
  const names = SHORT_NAMES[language];
  const parts: string[] = [];
  for (let first = 0; first < 7; ) {
    const times = printDay(hours[first] ?? []);
    let last = first;
    while (last < 6 && printDay(hours[last + 1] ?? []) === times) last += 1;
    if (times !== '') parts.push(`${first === last ? names[first] : `${names[first]}-${names[last]}`} ${times}`);
    first = last + 1;
  }
  return parts.length > 0 ? parts.join('; ') : language === 'tr' ? 'kapalı' : 'closed';
}

/** `09:00`, `24:00` from minutes since midnight. */
function printMinutes(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Minutes since midnight from `9:00`, `09.00`, `0900` or `9`; undefined when it is no time of day. 24:00 is 1440. */
export function parseMinutes(text: string): number | undefined {
  const match = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const minutes = Number(match[1]) * 60 + Number(match[2] ?? 0);
  return minutes <= DAY_MINUTES && Number(match[2] ?? 0) < 60 ? minutes : undefined;
}

function printDay(day: readonly Interval[]): string {
  return day.map(({ from, to }) => `${printMinutes(from)}-${printMinutes(to)}`).join(', ');
}

function readPart(part: string, week: Interval[][], problems: string[]): void {
  const words = fold(part).replace(/[–—]/g, '-');
  if (ALWAYS.has(words)) {
    for (const day of week) day.push({ from: 0, to: DAY_MINUTES });
    return;
  }
  if (CLOSED.has(words)) return;
  // The days end where the first time, or the word for closed, begins.
  const match = /^(\D*?)[\s:]+(\d{1,2}(?:[:.]?\d{2})?\s*-.*|closed|kapali)$/.exec(words);
  if (match === null) {
    problems.push(`"${part}": expected days and then hours, such as "mon-fri 09:00-18:00"`);
    return;
  }
  const days = readDays(match[1] ?? '', part, problems);
  if (CLOSED.has(match[2] ?? '')) return;
  const times = readTimes(match[2] ?? '', part, problems);
  for (const day of days) for (const time of times) addInterval(week, day, time);
}

function readDays(text: string, part: string, problems: string[]): readonly number[] {
  const group = GROUPS.find(({ names }) => names.includes(text.trim()));
  if (group !== undefined) return group.days;
  const days: number[] = [];
  for (const piece of text.split(/\s*,\s*/)) {
    const ends = piece.split(/\s*-\s*/).map((name) => DAY_NAMES.findIndex((names) => names.includes(name.replace(/\.$/, '').trim())));
    const [first, last = first] = ends;
    if (first === undefined || last === undefined || ends.includes(-1) || ends.length > 2) {
      problems.push(`"${part}": "${piece.trim()}" is not a day; use mon tue wed thu fri sat sun, or pzt sal çar per cum cmt paz`);
      continue;
    }
    for (let day = first; ; day = (day + 1) % 7) {
      days.push(day);
      if (day === last) break;
    }
  }
  return [...new Set(days)];
}

function readTimes(text: string, part: string, problems: string[]): readonly Interval[] {
  const times: Interval[] = [];
  for (const piece of text.split(/\s*[,&]\s*|\s+ve\s+|\s+and\s+/)) {
    const [from, to, ...more] = piece.split('-').map(parseMinutes);
    if (from === undefined || to === undefined || more.length > 0) {
      problems.push(`"${part}": "${piece}" is not two times of day such as 09:00-18:00`);
    } else if (from === to || from === DAY_MINUTES) {
      problems.push(`"${part}": "${piece}" has no length`);
    } else times.push({ from, to });
  }
  return times;
}

function addInterval(week: Interval[][], day: number, { from, to }: Interval): void {
  if (from < to) {
    week[day]?.push({ from, to });
    return;
  }
  week[day]?.push({ from, to: DAY_MINUTES });
  if (to > 0) week[(day + 1) % 7]?.push({ from: 0, to });
}
