import { z } from 'zod';
import { APPOINTMENT_STATES } from '../../domain/appointments/appointment.ts';
import { contract, doc, EVERYBODY, NO_CONTENT, named, PUBLIC, SUPERVISORS } from '../contract.ts';
import { at, idOf, language, maybeAt, pageSize } from './common.ts';
import { date, dealerCode, serviceCode } from './services.ts';

const id = idOf('appointment', 'Id of the appointment.');
const appointmentParams = z.object({ id });
const IDEMPOTENCY = 'The header `idempotency-key` makes a repeated request the same one.';
const reason = doc(z.string().trim().max(200), 'Why, for the log of changes; no numbers and no names.', 'Bayi o gün kapalı').default('');
/** Feeds are read by calendar programs, a few times an hour. */
const FEED_READS_PER_MINUTE = 60;

export const appointmentView = named(
  'Appointment',
  z.object({
    id,
    code: doc(z.string(), 'Six digits, by which the caller finds it.', '482913'),
    dealer: dealerCode,
    service: serviceCode,
    startsAt: at('Beginning.'),
    endsAt: at('End.'),
    state: doc(z.enum(APPOINTMENT_STATES), 'What became of it; a moved one has a successor of the same code.', 'booked'),
    phone: doc(z.string().nullable(), 'Number of the person; masked for all but administrators.', '+90 5** *** ** 12'),
    name: doc(z.string(), 'Name of the person; empty when unknown.', 'Deniz Yılmaz'),
    customer: doc(z.string().nullable(), 'Customer number.', '100001'),
    language,
    series: doc(id, 'The first one, of which this is the successor.'),
    sequence: doc(z.int(), 'How often it was changed.', 0),
    createdAt: at('When it was made.'),
    updatedAt: at('When it was changed last.'),
    confirmedAt: maybeAt('When the person said that they will come.'),
  }),
  'An agreed time at a dealer.',
);

export const listAppointments = contract({
  id: 'appointments.list',
  method: 'GET',
  path: '/api/v1/appointments',
  tag: 'appointments',
  summary: 'Appointments by time, by pages',
  access: EVERYBODY,
  query: z.strictObject({
    dealer: dealerCode.optional(),
    day: date.optional(),
    code: doc(z.string().regex(/^\d{6}$/), 'Only those of this code; a moved one and its successor have the same.', '482913').optional(),
    state: doc(z.enum(APPOINTMENT_STATES), 'Only those in this state.', 'booked').optional(),
    after: doc(id, 'The next page: `next` of the page before.').optional(),
    limit: pageSize(500, 100),
  }),
  reply: {
    status: 200,
    description: 'One page.',
    schema: z.object({
      items: z.array(appointmentView),
      next: doc(id.nullable(), 'Pass it as `after`; null on the last page.', null),
      zone: doc(z.string(), 'Zone of the days, IANA.', 'Europe/Istanbul'),
    }),
  },
  errors: ['request.not-found'],
});

export const getAppointment = contract({
  id: 'appointments.get',
  method: 'GET',
  path: '/api/v1/appointments/:id',
  tag: 'appointments',
  summary: 'One appointment',
  access: EVERYBODY,
  params: appointmentParams,
  reply: { status: 200, description: 'The appointment.', schema: appointmentView },
  errors: ['request.not-found'],
});

export const createAppointment = contract({
  id: 'appointments.create',
  method: 'POST',
  path: '/api/v1/appointments',
  tag: 'appointments',
  summary: 'Make an appointment',
  description: `The person is told by SMS when the number is a mobile one. ${IDEMPOTENCY}`,
  access: EVERYBODY,
  body: z.strictObject({
    dealer: dealerCode,
    service: serviceCode,
    startsAt: at('Beginning, as the free times have it.'),
    phone: doc(z.string().max(40).nullable(), 'Number of the person, in any usual form.', '0555 000 00 12').default(null),
    name: doc(z.string().max(100), 'Name of the person.', 'Deniz Yılmaz').default(''),
    customer: doc(z.string().max(40).nullable(), 'Customer number.', '100001').default(null),
    language: language.optional(),
  }),
  reply: { status: 201, description: 'The appointment.', schema: appointmentView },
  errors: ['request.conflict'],
});

export const moveAppointment = contract({
  id: 'appointments.move',
  method: 'POST',
  path: '/api/v1/appointments/:id/move',
  tag: 'appointments',
  summary: 'Move an appointment to another time',
  description: `It keeps its code and gets another id; the person is told. Who did it and why is noted. ${IDEMPOTENCY}`,
  access: EVERYBODY,
  params: appointmentParams,
  body: z.strictObject({ startsAt: at('New beginning, as the free times have it.'), reason }),
  reply: { status: 200, description: 'The appointment at its new time.', schema: appointmentView },
  errors: ['request.not-found', 'request.conflict'],
});

export const cancelAppointment = contract({
  id: 'appointments.cancel',
  method: 'POST',
  path: '/api/v1/appointments/:id/cancel',
  tag: 'appointments',
  summary: 'Call an appointment off',
  description: `Its time is free at once; the person is told. Who did it and why is noted. ${IDEMPOTENCY}`,
  access: EVERYBODY,
  params: appointmentParams,
  body: z.strictObject({ reason }).nullish(),
  reply: { status: 200, description: 'The appointment.', schema: appointmentView },
  errors: ['request.not-found', 'request.conflict'],
});

export const openFeed = contract({
  id: 'appointment-feeds.open',
  method: 'POST',
  path: '/api/v1/dealers/:dealer/appointment-feed',
  tag: 'appointments',
  summary: 'Get the address of a dealer’s calendar feed',
  description: 'Whoever has the address reads the feed, so it is shown this once; asking again makes the address before worthless.',
  access: SUPERVISORS,
  params: z.object({ dealer: dealerCode }),
  reply: {
    status: 201,
    description: 'The address, for any calendar program.',
    schema: z.object({ path: doc(z.string(), 'Path of the feed on this server.', '/api/v1/appointment-feeds/snt_…') }),
  },
  errors: ['request.not-found'],
});

export const closeFeed = contract({
  id: 'appointment-feeds.close',
  method: 'DELETE',
  path: '/api/v1/dealers/:dealer/appointment-feed',
  tag: 'appointments',
  summary: 'Make a feed’s address worthless',
  access: SUPERVISORS,
  params: z.object({ dealer: dealerCode }),
  reply: NO_CONTENT,
  errors: ['request.not-found'],
});

export const readFeed = contract({
  id: 'appointment-feeds.read',
  method: 'GET',
  path: '/api/v1/appointment-feeds/:token',
  tag: 'appointments',
  summary: 'A dealer’s appointments as an iCalendar feed',
  description: 'Times, services and codes; no names and no numbers. Open to whoever knows the address.',
  access: PUBLIC,
  params: z.object({ token: doc(z.string().max(100), 'The secret part of the address.', 'snt_…') }),
  ratePerMinute: FEED_READS_PER_MINUTE,
  reply: { status: 200, description: 'RFC 5545.', schema: z.string(), contentType: 'text/calendar; charset=utf-8' },
  errors: ['request.not-found'],
});
