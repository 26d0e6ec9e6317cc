import { z } from 'zod';
import { isServiceCode } from '../../domain/appointments/service.ts';
import { isDate } from '../../domain/holiday-table.ts';
import { CALENDAR_LIMITS } from '../../services/appointments/limits.ts';
import { contract, doc, EVERYBODY, NO_CONTENT, named, OFFICE } from '../contract.ts';
import { at, wholeNumber } from './common.ts';

export const dealerCode = doc(z.string().min(1).max(40), 'The dealer’s code.', 'IST-01');
export const serviceCode = doc(
  z.string().refine(isServiceCode, 'must be 1 to 40 lower-case letters, digits and dashes'),
  'The service’s code, unique within the brand.',
  'bakim',
);
export const date = doc(z.string().refine(isDate, 'must be a day such as 2026-12-01'), 'A local day.', '2026-12-01');
const within = ([least, most]: readonly [number, number], description: string, example: number) =>
  doc(z.int().min(least).max(most), description, example);

const label = doc(z.strictObject({ tr: z.string().min(1).max(100), en: z.string().min(1).max(100) }), 'What it is called.', {
  tr: 'Periyodik bakım',
  en: 'Maintenance',
});
const serviceView = named('Service', z.object({ code: serviceCode, label }), 'Something dealers do at agreed times.');

const closures = z.array(
  z.strictObject({
    date,
    from: doc(z.int().min(0).max(1439), 'Minutes since midnight; 0 for the whole day.', 0).default(0),
  }),
);
const calendarFields = {
  slotMinutes: within(CALENDAR_LIMITS.slotMinutes, 'Length of one appointment.', 60),
  capacity: within(CALENDAR_LIMITS.capacity, 'Appointments at the same time.', 2),
  leadMinutes: within(CALENDAR_LIMITS.leadMinutes, 'The earliest one begins this long from now.', 120),
  horizonDays: within(CALENDAR_LIMITS.horizonDays, 'The last day that can be booked is this many days from today.', 30),
  holidays: doc(z.string().max(60).nullable(), 'The calendar of flows/calendars whose holidays are kept; null for none.', 'office'),
};
const hours = doc(z.string().max(1000), 'Hours in which it is done.', 'mon-fri 09:00-18:00; sat 10:00-14:00');
const calendarBody = z.strictObject({ hours, ...calendarFields, closures: doc(closures, 'Days off of its own.', []).default([]) });
const calendarView = named(
  'ServiceCalendar',
  z.object({ dealer: dealerCode, service: serviceCode, hours, ...calendarFields, closures: doc(closures, 'Days off of its own.', []) }),
  'When and how often a dealer does a service.',
);
const which = z.object({ dealer: dealerCode, service: serviceCode });

export const listServices = contract({
  id: 'services.list',
  method: 'GET',
  path: '/api/v1/services',
  tag: 'appointments',
  summary: 'Services by code',
  access: EVERYBODY,
  reply: { status: 200, description: 'All of them.', schema: z.object({ items: z.array(serviceView) }) },
  errors: [],
});

export const putService = contract({
  id: 'services.put',
  method: 'PUT',
  path: '/api/v1/services/:service',
  tag: 'appointments',
  summary: 'Add or rename a service',
  access: OFFICE,
  params: z.object({ service: serviceCode }),
  body: z.strictObject({ label }),
  reply: { status: 200, description: 'The service as it is now.', schema: serviceView },
  errors: [],
});

export const removeService = contract({
  id: 'services.remove',
  method: 'DELETE',
  path: '/api/v1/services/:service',
  tag: 'appointments',
  summary: 'Remove a service and its calendars',
  description: 'Appointments that were made stay.',
  access: OFFICE,
  params: z.object({ service: serviceCode }),
  reply: NO_CONTENT,
  errors: ['request.not-found'],
});

export const listCalendars = contract({
  id: 'service-calendars.list',
  method: 'GET',
  path: '/api/v1/service-calendars',
  tag: 'appointments',
  summary: 'Calendars by dealer and service',
  access: EVERYBODY,
  query: z.strictObject({ dealer: dealerCode.optional(), service: serviceCode.optional() }),
  reply: { status: 200, description: 'All that fit.', schema: z.object({ items: z.array(calendarView) }) },
  errors: [],
});

export const putCalendar = contract({
  id: 'service-calendars.put',
  method: 'PUT',
  path: '/api/v1/dealers/:dealer/services/:service/calendar',
  tag: 'appointments',
  summary: 'Say when a dealer does a service',
  description: 'Appointments that were made stay, also outside the new hours.',
  access: OFFICE,
  params: which,
  body: calendarBody,
  reply: { status: 200, description: 'The calendar as it is now.', schema: calendarView },
  errors: ['request.not-found'],
});

export const removeCalendar = contract({
  id: 'service-calendars.remove',
  method: 'DELETE',
  path: '/api/v1/dealers/:dealer/services/:service/calendar',
  tag: 'appointments',
  summary: 'Say that a dealer does a service no more',
  access: OFFICE,
  params: which,
  reply: NO_CONTENT,
  errors: ['request.not-found'],
});

export const listSlots = contract({
  id: 'slots.list',
  method: 'GET',
  path: '/api/v1/dealers/:dealer/services/:service/slots',
  tag: 'appointments',
  summary: 'Free times, the next one first',
  description: 'With `day` those of that day, else the next ones that begin later than `after`.',
  access: EVERYBODY,
  params: which,
  query: z.strictObject({
    day: date.optional(),
    after: wholeNumber(0, Number.MAX_SAFE_INTEGER, 'UTC milliseconds; now when nothing is said.', 1_767_258_000_000).default(0),
    limit: wholeNumber(1, 200, 'How many at most.', 50).default(50),
  }),
  reply: {
    status: 200,
    description: 'The free times. A calendar that does not exist has none.',
    schema: z.object({
      items: z.array(
        z.object({
          startsAt: at('Beginning.'),
          endsAt: at('End.'),
          free: doc(z.int(), 'How many more can be booked.', 2),
        }),
      ),
      why: doc(z.enum(['past', 'too-far', 'closed', 'full']).nullable(), 'Why a day has none; null otherwise.', null),
    }),
  },
  errors: ['request.not-found'],
});
