import type { ServiceCalendar } from '../../domain/appointments/service.ts';
import { freeDay, freeSlots, isOffered, type NoTime, type Slot, type SlotRules, type Span } from '../../domain/appointments/slots.ts';
import type { BrandId } from '../../domain/brand.ts';
import { dayBegin } from '../../domain/local-day.ts';
import type { AppointmentDeps } from './deps.ts';

const DAY_MS = 86_400_000;

/** Which calendar is meant. */
export interface What {
  readonly brand: BrandId;
  readonly dealer: string;
  readonly service: string;
}

export interface Times {
  /** The next times with room that begin later than `after`; none when there is no such calendar. */
  next(what: What, after: number, limit: number): Promise<readonly Slot[]>;
  /** The times of a local day that can still be had, or why there are none. */
  ofDay(what: What, day: string): Promise<{ readonly slots: readonly Slot[]; readonly why: NoTime | null }>;
  /** A time that may be booked, with how many have room at once; undefined when the calendar does not offer it. */
  offered(what: What, startsAt: number): Promise<(Span & { readonly capacity: number }) | undefined>;
}

export function createTimes({ stores, holidays, clock, settings: { zone } }: AppointmentDeps): Times {
  const rulesOf = async ({ brand, dealer, service }: What): Promise<SlotRules | undefined> => {
    const [calendar] = await stores.serviceCalendars.calendars(brand, { dealer, service });
    return calendar && rules(calendar, zone, holidays);
  };
  const takenIn = (what: What, from: number, to: number) => stores.appointments.taken(what, { from, to, now: clock.now() });
  return {
    async next(what, after, limit) {
      const found = await rulesOf(what);
      if (found === undefined) return [];
      const now = clock.now();
      const taken = await takenIn(what, now, now + (found.horizonDays + 2) * DAY_MS);
      return freeSlots(found, { now, after, taken, limit });
    },

    async ofDay(what, day) {
      const found = await rulesOf(what);
      if (found === undefined) return { slots: [], why: 'closed' };
      const from = dayBegin(zone, day);
      const taken = await takenIn(what, from - DAY_MS, from + 2 * DAY_MS);
      return freeDay(found, day, { now: clock.now(), taken });
    },

    async offered(what, startsAt) {
      const found = await rulesOf(what);
      const span = found && isOffered(found, startsAt, clock.now());
      return found && span && { ...span, capacity: found.capacity };
    },
  };
}

function rules(calendar: ServiceCalendar, zone: string, holidays: AppointmentDeps['holidays']): SlotRules {
  const { hours, slotMinutes, capacity, leadMinutes, horizonDays, closures } = calendar;
  const off = calendar.holidays === null ? [] : (holidays(calendar.holidays) ?? []);
  return { zone, hours, slotMinutes, capacity, leadMinutes, horizonDays, off: [...off, ...closures] };
}
