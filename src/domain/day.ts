import { zoneOffset } from './zone-time.ts';

const DAY_MS = 86_400_000;
/** A day that no year has comes back within this many years (29 February after 1896). */
const LONGEST_LEAP_GAP = 8;

/** The local day and clock of a zone at an instant: `2026-12-01`, `14:30`. */
export function localMoment(zone: string, utcMs: number): { readonly day: string; readonly time: string } {
  const [day = '', time = ''] = new Date(utcMs + zoneOffset(zone, utcMs)).toISOString().split('T');
  return { day, time: time.slice(0, 5) };
}

/** `YYYY-MM-DD`, or undefined when there is no such day. */
export function dayOf(year: number, month: number, day: number): string | undefined {
  const iso = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isDay(iso) ? iso : undefined;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a text is a day of the calendar, written `YYYY-MM-DD`. By counting: a Date for each cell of a file takes ten times as long. */
export function isDay(text: string): boolean {
  const found = DAY.exec(text);
  if (found === null) return false;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const last = month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  return day >= 1 && day <= last;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Whether a text is a time of day, written `HH:MM`. */
export function isTime(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The first such day from `from` on, or the last one up to it; undefined when no year has it. */
export function nearestDay(month: number, day: number, from: string, way: 'forward' | 'back'): string | undefined {
  const year = Number(from.slice(0, 4));
  for (let n = 0; n <= LONGEST_LEAP_GAP; n += 1) {
    const found = dayOf(way === 'forward' ? year + n : year - n, month, day);
    if (found !== undefined && (way === 'forward' ? found >= from : found <= from)) return found;
  }
  return undefined;
}
