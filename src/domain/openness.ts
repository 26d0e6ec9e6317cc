import type { Calendar, Holiday, Interval, Openness } from './opening-hours.ts';
import { offsetChange, zoneOffset } from './zone-time.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** How far the next opening, or the end of round-the-clock hours, is looked for. */
const HORIZON_DAYS = 366;

/** A stretch of UTC time within one local day and one offset from UTC. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  /** UTC ms of the local day's minute 0, by this stretch's offset. */
  readonly midnight: number;
  readonly intervals: readonly Interval[];
}

/**
 * Whether the calendar is open at an instant (UTC ms), by the clock on its zone's wall: in a repeated hour (autumn) hours
 * hold twice, in a skipped one (spring) not at all. `until` and `opensAt` are the first instants at which that changes;
 * hours that never end give the horizon of 366 days.
 */
export function openness(calendar: Calendar, nowMs: number): Openness {
  const holiday = holidayAt(calendar, nowMs);
  let until = nowMs;
  let open = false;
  for (const stretch of stretches(calendar, nowMs)) {
    for (const { from, to } of stretch.intervals) {
      const start = Math.max(stretch.from, stretch.midnight + from * MINUTE);
      const end = Math.min(stretch.to, stretch.midnight + to * MINUTE);
      if (end <= start || end <= until) continue;
      if (start > until) return open ? { kind: 'open', until } : closed(holiday, start);
      open = true;
      until = end;
    }
    if (open && until < stretch.to) return { kind: 'open', until };
  }
  return open ? { kind: 'open', until } : closed(holiday, null);
}

function closed(holiday: Holiday | undefined, opensAt: number | null): Openness {
  return holiday === undefined ? { kind: 'closed', opensAt } : { kind: 'holiday', holiday, opensAt };
}

/** The holiday in force at that instant: from its minute on, to the end of the local day. */
function holidayAt(calendar: Calendar, nowMs: number): Holiday | undefined {
  const local = nowMs + zoneOffset(calendar.zone, nowMs);
  const day = Math.floor(local / DAY);
  const holiday = earliestHoliday(calendar, day);
  return holiday !== undefined && local - day * DAY >= holiday.from * MINUTE ? holiday : undefined;
}

function* stretches(calendar: Calendar, nowMs: number): Generator<Stretch> {
  const horizon = nowMs + HORIZON_DAYS * DAY;
  for (let from = nowMs; from < horizon; ) {
    const offset = zoneOffset(calendar.zone, from);
    const day = Math.floor((from + offset) / DAY);
    const midnight = day * DAY - offset;
    const to = Math.min(offsetChange(calendar.zone, from, midnight + DAY), horizon);
    yield { from, to, midnight, intervals: intervalsOf(calendar, day) };
    from = to;
  }
}

/** The hours of a local day (days since 1970-01-01, a Thursday), holidays taken off. In order. */
function intervalsOf(calendar: Calendar, day: number): readonly Interval[] {
  const weekday = (((day + 3) % 7) + 7) % 7;
  const usual = calendar.weekly[weekday] ?? [];
  const holiday = earliestHoliday(calendar, day);
  const kept = holiday === undefined ? usual : usual.map(({ from, to }) => ({ from, to: Math.min(to, holiday.from) }));
  return [...kept].sort((a, b) => a.from - b.from);
}

/** Of each list: its holidays by day (since 1970-01-01). Lists are never changed, and calendars made on the spot share them. */
const daysOf = new WeakMap<Calendar['holidays'], ReadonlyMap<number, Holiday>>();

/** The day's holiday; of several (a feast's eve on the eve of Republic Day) the one that begins first. */
function earliestHoliday({ holidays }: Calendar, day: number): Holiday | undefined {
  if (holidays.length === 0) return undefined;
  let days = daysOf.get(holidays);
  if (days === undefined) daysOf.set(holidays, (days = byDay(holidays)));
  return days.get(day);
}

function byDay(holidays: Calendar['holidays']): ReadonlyMap<number, Holiday> {
  const days = new Map<number, Holiday>();
  for (const holiday of holidays) {
    const day = Date.parse(holiday.date) / DAY;
    const found = days.get(day);
    if (found === undefined || holiday.from < found.from) days.set(day, holiday);
  }
  return days;
}
