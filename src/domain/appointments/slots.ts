import { addDays, daysBetween, instantOf, localDay, weekdayOf } from '../local-day.ts';
import type { DayOff, ServiceCalendar } from './service.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** A stretch of time, UTC ms; the end is not part of it. */
export interface Span {
  readonly startsAt: number;
  readonly endsAt: number;
}

/** A place that somebody has. */
export interface Taken extends Span {
  readonly place: number;
}

/** A time at which there is room. */
export interface Slot extends Span {
  readonly free: number;
}

/** Everything that says which times there are, whoever has booked. */
export interface SlotRules extends Pick<ServiceCalendar, 'hours' | 'slotMinutes' | 'capacity' | 'leadMinutes' | 'horizonDays'> {
  /** IANA; hours and days off are by its clock. */
  readonly zone: string;
  readonly off: readonly DayOff[];
}

/** Why a day has no time to offer. */
export type NoTime = 'past' | 'too-far' | 'closed' | 'full';

/** All times of a day, booked or not, in order. A time that would go beyond closing, or into a half-day off, is none. */
export function slotsOfDay(rules: SlotRules, day: string): readonly Span[] {
  const off = rules.off.filter(({ date }) => date === day).map(({ from }) => from);
  const closes = Math.min(1440, ...off);
  return (rules.hours[weekdayOf(day)] ?? []).flatMap(({ from, to }) => {
    const spans: Span[] = [];
    const until = Math.min(to, closes);
    for (let at = from; at + rules.slotMinutes <= until; at += rules.slotMinutes) {
      const startsAt = instantOf(rules.zone, day, at);
      if (startsAt !== undefined) spans.push({ startsAt, endsAt: startsAt + rules.slotMinutes * MINUTE });
    }
    return spans;
  });
}

/** The places at a time that nobody has, lowest first. A place is taken as long as any part of the time is. */
export function freePlaces(capacity: number, { startsAt, endsAt }: Span, taken: readonly Taken[]): readonly number[] {
  const used = new Set(taken.filter((one) => one.startsAt < endsAt && startsAt < one.endsAt).map(({ place }) => place));
  return Array.from({ length: capacity }, (_, place) => place).filter((place) => !used.has(place));
}

/** The next times with room that begin later than `after`, at most `limit`. */
export function freeSlots(
  rules: SlotRules,
  { now, after, taken, limit }: { readonly now: number; readonly after: number; readonly taken: readonly Taken[]; readonly limit: number },
): readonly Slot[] {
  const found: Slot[] = [];
  if (!(after < end(rules, now))) return found;
  const last = lastDay(rules, now);
  const first = localDay(rules.zone, Math.max(now, after));
  for (let day = first; day <= last && found.length < limit; day = addDays(day, 1)) {
    found.push(...freeOfDay(rules, day, now, taken).filter(({ startsAt }) => startsAt > after));
  }
  return found.slice(0, limit);
}

/** The times of one day that can still be had, or why there are none. */
export function freeDay(
  rules: SlotRules,
  day: string,
  { now, taken }: { readonly now: number; readonly taken: readonly Taken[] },
): { readonly slots: readonly Slot[]; readonly why: NoTime | null } {
  const slots = freeOfDay(rules, day, now, taken);
  if (slots.length > 0) return { slots, why: null };
  if (day > lastDay(rules, now)) return { slots, why: 'too-far' };
  const all = slotsOfDay(rules, day);
  if (all.length === 0) return { slots, why: daysBetween(localDay(rules.zone, now), day) < 0 ? 'past' : 'closed' };
  return { slots, why: all.some(({ startsAt }) => startsAt >= earliest(rules, now)) ? 'full' : 'past' };
}

/** Whether a time is one of the calendar's, not too soon and not too far; room is another matter. */
export function isOffered(rules: SlotRules, startsAt: number, now: number): Span | undefined {
  // What is no time at all is beyond the end, too.
  if (!(startsAt >= earliest(rules, now) && startsAt < end(rules, now))) return undefined;
  const day = localDay(rules.zone, startsAt);
  if (day > lastDay(rules, now)) return undefined;
  return slotsOfDay(rules, day).find((span) => span.startsAt === startsAt);
}

function freeOfDay(rules: SlotRules, day: string, now: number, taken: readonly Taken[]): Slot[] {
  if (day > lastDay(rules, now)) return [];
  return slotsOfDay(rules, day)
    .filter(({ startsAt }) => startsAt >= earliest(rules, now))
    .map((span) => ({ ...span, free: freePlaces(rules.capacity, span, taken).length }))
    .filter(({ free }) => free > 0);
}

function earliest({ leadMinutes }: SlotRules, now: number): number {
  return now + leadMinutes * MINUTE;
}

/** An instant after the last day, whatever the zone's clock does until then. */
function end({ horizonDays }: SlotRules, now: number): number {
  return now + (horizonDays + 2) * DAY;
}

function lastDay({ zone, horizonDays }: SlotRules, now: number): string {
  return addDays(localDay(zone, now), horizonDays);
}
