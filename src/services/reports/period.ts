import { addDays, dayBegin, daysBetween, localDay } from '../../domain/local-day.ts';
import { QUARTER_MS } from '../../domain/quarter.ts';
import { zoneOffset } from '../../domain/zone-time.ts';

export const INTERVALS = ['quarter', 'hour', 'day'] as const;
export type Interval = (typeof INTERVALS)[number];

/** How many days a report may have, by its interval: what a person can read, and what a page can hold. Days are a year and some weeks. */
export const MOST_DAYS: Readonly<Record<Interval, number>> = { quarter: 31, hour: 93, day: 400 };

/** Days of the brand's calendar, both included (`2026-03-02`). */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** UTC ms; `to` is not included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** undefined: that is no span, or a longer one than the interval allows. */
export function spanOf({ from, to }: Days, interval: Interval, zone: string): Span | undefined {
  const days = daysBetween(from, to) + 1;
  if (Number.isNaN(days) || days < 1 || days > MOST_DAYS[interval]) return undefined;
  return { from: dayBegin(zone, from), to: dayBegin(zone, addDays(to, 1)) };
}

const HOUR_MS = 3_600_000;

/** The interval that a quarter hour (its beginning, UTC ms) belongs to, by the zone's clock. */
export function intervalAt(quarter: number, interval: Interval, zone: string): Span {
  switch (interval) {
    case 'quarter':
      return { from: quarter, to: quarter + QUARTER_MS };
    case 'hour': {
      const offset = zoneOffset(zone, quarter);
      const from = Math.floor((quarter + offset) / HOUR_MS) * HOUR_MS - offset;
      return { from, to: from + HOUR_MS };
    }
    case 'day': {
      const day = localDay(zone, quarter);
      return { from: dayBegin(zone, day), to: dayBegin(zone, addDays(day, 1)) };
    }
  }
}
