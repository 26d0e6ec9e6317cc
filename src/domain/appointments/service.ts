import type { BrandId } from '../brand.ts';
import type { Label } from '../label.ts';
import type { WeeklyHours } from '../opening-hours.ts';

/** Something a dealer does for a customer at an agreed time, such as maintenance. `code` is unique within the brand. */
export interface Service {
  readonly brand: BrandId;
  readonly code: string;
  readonly label: Label;
}

/** A day, or the rest of a day from a minute on, on which nothing is done. Holidays of a calendar are such days. */
export interface DayOff {
  /** YYYY-MM-DD, local. */
  readonly date: string;
  /** Minutes since midnight; 0 for the whole day. */
  readonly from: number;
}

/** When and how often one dealer does one service. */
export interface ServiceCalendar {
  readonly brand: BrandId;
  readonly dealer: string;
  readonly service: string;
  readonly hours: WeeklyHours;
  /** Length of one appointment; the first of a stretch of hours begins with it. */
  readonly slotMinutes: number;
  /** Appointments at the same time. */
  readonly capacity: number;
  /** The earliest appointment begins this long from now. */
  readonly leadMinutes: number;
  /** The last day that can be booked is this many days from today; 0 is today only. */
  readonly horizonDays: number;
  /** The calendar of `flows/calendars/` whose holidays are kept; null when the dealer works on holidays. */
  readonly holidays: string | null;
  readonly closures: readonly DayOff[];
}

const SERVICE_CODE = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** A service's code is 1 to 40 lower-case letters, digits and dashes. */
export function isServiceCode(text: string): boolean {
  return SERVICE_CODE.test(text);
}
