import { addDays, instantOf, localDay } from '../local-day.ts';

/** Minutes since midnight at which people are reminded: nobody is asleep, and the day can still be changed. */
const REMINDED_AT = 600;

/** When to remind of an appointment: the day before at 10:00 on the zone's clock; null when that has passed. */
export function reminderAt(zone: string, startsAt: number, now: number): number | null {
  const at = instantOf(zone, addDays(localDay(zone, startsAt), -1), REMINDED_AT);
  return at !== undefined && at > now ? at : null;
}
