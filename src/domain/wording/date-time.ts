import type { Language } from '../language.ts';
import { wordDate } from './date.ts';
import { wordTime } from './time.ts';
import { unknown } from './unknown.ts';

/** Making a formatter takes some 50 µs, using one 2 µs; there are few zones. */
const formatters = new Map<string, Intl.DateTimeFormat | undefined>();

function formatterFor(zone: string): Intl.DateTimeFormat | undefined {
  if (!formatters.has(zone)) formatters.set(zone, makeFormatter(zone));
  return formatters.get(zone);
}

function makeFormatter(zone: string): Intl.DateTimeFormat | undefined {
  const numeric = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...numeric, timeZone: zone, hourCycle: 'h23', calendar: 'gregory' });
  } catch {
    return undefined;
  }
}

/** A moment (UTC ms) as the zone's clock and calendar show it: "yirmi bir Kasım iki bin yirmi altı Cumartesi, saat on dört otuz". */
export function wordDateTime(utcMs: number, zone: string, lang: Language): string {
  const formatter = formatterFor(zone);
  if (formatter === undefined || !(Math.abs(utcMs) <= 8.64e15)) return unknown('time', lang);
  const parts = Object.fromEntries(formatter.formatToParts(utcMs).map((part) => [part.type, part.value]));
  const date = wordDate(`${String(parts['year']).padStart(4, '0')}-${parts['month']}-${parts['day']}`, lang);
  const time = wordTime(`${parts['hour']}:${parts['minute']}`, lang);
  return lang === 'tr' ? `${date}, ${time}` : `${date}, at ${time}`;
}
