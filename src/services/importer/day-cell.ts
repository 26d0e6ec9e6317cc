import { dayOf, isTime } from '../../domain/day.ts';
import { zoneOffset } from '../../domain/zone-time.ts';

/** A day of a cell, with a time or without: 2026-11-30, 30.11.2026, 30/11/2026 14:30. UTC ms in the zone; undefined when it is none. */
export function readDay(cell: string, zone: string): number | undefined {
  const [date = '', time = '00:00', ...more] = cell.trim().split(/[\sT]+/);
  const clock = time.slice(0, 5).padStart(5, '0');
  if (more.length > 0 || !isTime(clock)) return undefined;
  const day = isoDay(date);
  if (day === undefined) return undefined;
  const local = Date.parse(`${day}T${clock}:00Z`);
  return local - zoneOffset(zone, local);
}

/** `YYYY-MM-DD` of 2026-11-30, 30.11.2026, 30/11/2026; undefined when it is no day. */
export function isoDay(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso !== null) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const turkish = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text);
  return turkish === null ? undefined : dayOf(Number(turkish[3]), Number(turkish[2]), Number(turkish[1]));
}
