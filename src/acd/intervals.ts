import { addDays, dayBegin } from '../domain/local-day.ts';
import { QUARTER_MS, quarterOf } from '../domain/quarter.ts';

/** The quarter hours of a day (YYYY-MM-DD) by the zone's clock: 96, and 92 or 100 where the clock is changed. */
export function quartersOfDay(zone: string, day: string): readonly number[] {
  const from = dayBegin(zone, day);
  const to = dayBegin(zone, addDays(day, 1));
  return Array.from({ length: Math.round((to - from) / QUARTER_MS) }, (_, n) => from + n * QUARTER_MS);
}

/** The parts of a span of time that fall into each quarter hour. */
export function splitByQuarter(from: number, to: number): readonly { readonly quarter: number; readonly ms: number }[] {
  const parts: { quarter: number; ms: number }[] = [];
  for (let at = from; at < to; ) {
    const quarter = quarterOf(at);
    const end = Math.min(to, quarter + QUARTER_MS);
    parts.push({ quarter, ms: end - at });
    at = end;
  }
  return parts;
}
