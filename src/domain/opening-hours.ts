/** Minutes since local midnight; `to` may be 1440. An interval never crosses midnight: split it. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Monday first. An empty day is closed. */
export type WeeklyHours = readonly [
  readonly Interval[],
  readonly Interval[],
  readonly Interval[],
  readonly Interval[],
  readonly Interval[],
  readonly Interval[],
  readonly Interval[],
];

/** A public holiday. `from` minutes since midnight when only the rest of the day is free (half-day), else 0. */
export interface Holiday {
  /** YYYY-MM-DD, local. */
  readonly date: string;
  readonly from: number;
  readonly name: { readonly tr: string; readonly en: string };
}

/** A named set of hours: working hours in a zone, with holidays on top. */
export interface Calendar {
  readonly id: string;
  readonly zone: string;
  readonly weekly: WeeklyHours;
  readonly holidays: readonly Holiday[];
}

export type Openness =
  | { readonly kind: 'open' /** UTC ms when it closes. */; readonly until: number }
  | { readonly kind: 'closed' /** UTC ms of the next opening within 366 days, or null. */; readonly opensAt: number | null }
  | { readonly kind: 'holiday'; readonly holiday: Holiday; readonly opensAt: number | null };
