import type { ActionHandler } from '../../ports/actions.ts';
import type { AppointmentStore, ServiceCalendarStore } from '../../ports/appointments.ts';
import { bookingActions } from './booking-actions.ts';
import { type Bookings, createBookings } from './bookings.ts';
import { customerActions } from './customer-actions.ts';
import type { AppointmentDeps } from './deps.ts';
import { type CalendarFeeds, createCalendarFeeds } from './feed.ts';
import { createLookUpGuard } from './look-up-guard.ts';
import { createOffice, type Office } from './office.ts';
import { timeActions } from './time-actions.ts';
import { createTimes, type Times } from './times.ts';

/** Everything there is to do with appointments. */
export interface Appointments {
  /** What flows can do. */
  readonly actions: Readonly<Record<string, ActionHandler>>;
  readonly times: Times;
  readonly bookings: Bookings;
  readonly office: Office;
  readonly feeds: CalendarFeeds;
  readonly calendars: Pick<ServiceCalendarStore, 'services' | 'calendars' | 'put' | 'removeService' | 'removeCalendar'>;
  readonly get: AppointmentStore['get'];
  readonly list: AppointmentStore['list'];
  /** Closes holds that ran out, so that they are not shown as held. */
  sweep(): Promise<void>;
}

export function createAppointments(deps: AppointmentDeps): Appointments {
  const times = createTimes(deps);
  const bookings = createBookings(deps, times);
  const guarded = createLookUpGuard(deps.clock);
  const { appointments, serviceCalendars } = deps.stores;
  return {
    actions: { ...timeActions(deps, times), ...bookingActions(deps, bookings, guarded), ...customerActions(deps, guarded) },
    times,
    bookings,
    office: createOffice(bookings, appointments),
    feeds: createCalendarFeeds(deps),
    calendars: serviceCalendars,
    get: (id) => appointments.get(id),
    list: (filter) => appointments.list(filter),
    sweep: async () => void (await appointments.expire(deps.clock.now())),
  };
}
