import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Appointment } from '../../domain/appointments/appointment.ts';
import { SantralError } from '../../domain/errors.ts';
import type { AppointmentId } from '../../domain/ids.ts';
import { addDays, dayBegin } from '../../domain/local-day.ts';
import { maskNumber, maskNumbersIn } from '../../domain/mask-number.ts';
import type { Role } from '../../ports/stores.ts';
import type { Caller } from '../../services/auth/callers.ts';
import {
  type appointmentView,
  cancelAppointment,
  closeFeed,
  createAppointment,
  getAppointment,
  listAppointments,
  moveAppointment,
  openFeed,
  readFeed,
} from '../contracts/appointments.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

const MOST_KEY_CHARACTERS = 100;

export function appointmentRoutes({ deps: { appointments, config } }: RouteContext): readonly Route[] {
  const { brand, zone } = config;

  async function demand(id: AppointmentId): Promise<Appointment> {
    const found = await appointments.get(id);
    if (found === undefined || found.brand !== brand) throw new SantralError('request.not-found', 'There is no such appointment.');
    return found;
  }

  return [
    route(listAppointments, async ({ query: { dealer, day, code, state, after, limit }, caller }) => {
      const filter = {
        ...(dealer === undefined ? {} : { dealer }),
        ...(code === undefined ? {} : { code }),
        ...(state === undefined ? {} : { states: [state] }),
        ...(day === undefined ? {} : dayOf(day, zone)),
        ...(after === undefined ? {} : { after: await demand(after) }),
      };
      const rows = await appointments.list({ ...filter, brand, limit: limit + 1 });
      const items = rows.slice(0, limit).map((row) => view(row, caller.user.role));
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null, zone };
    }),
    route(getAppointment, async ({ params, caller }) => view(await demand(params.id), caller.user.role)),
    route(createAppointment, async ({ body: { language = config.language, ...wish }, caller, request }) =>
      view(await appointments.office.create({ ...wish, brand, language }, keyOf(request, caller)), caller.user.role),
    ),
    route(moveAppointment, async ({ params, body, caller, request }) =>
      view(
        await appointments.office.move(brand, params.id, body.startsAt, keyOf(request, caller), deedOf(caller, body.reason)),
        caller.user.role,
      ),
    ),
    route(cancelAppointment, async ({ params, body, caller, request }) =>
      view(
        await appointments.office.cancel(brand, params.id, keyOf(request, caller), deedOf(caller, body?.reason ?? '')),
        caller.user.role,
      ),
    ),
    route(openFeed, async ({ params: { dealer } }) => {
      const token = await appointments.feeds.open(brand, dealer);
      if (token === undefined) throw new SantralError('request.not-found', `There is no dealer ${dealer}.`);
      return { path: readFeed.path.replace(':token', token) };
    }),
    route(closeFeed, async ({ params: { dealer } }) => {
      if (!(await appointments.feeds.close(brand, dealer)))
        throw new SantralError('request.not-found', `The dealer ${dealer} has no feed.`);
    }),
    route(readFeed, async ({ params: { token }, reply }) => {
      const text = await appointments.feeds.read(token);
      if (text === undefined) throw new SantralError('request.not-found', 'There is no such feed, or its address was replaced.');
      void reply.header('cache-control', 'private, no-store');
      return text;
    }),
  ];
}

/** The request's own key, of this user; without one every request is another one. */
function keyOf(request: FastifyRequest, { user }: Caller): string {
  const given = request.headers['idempotency-key'];
  if (given === undefined) return `api-${user.id}-${request.id}`;
  if (typeof given === 'string' && given.length > 0 && given.length <= MOST_KEY_CHARACTERS) return `api-${user.id}-key-${given}`;
  throw new SantralError('request.invalid', `The header idempotency-key must have 1 to ${MOST_KEY_CHARACTERS} characters.`);
}

/** Whoever types a number into the reason shall not find it in the log. */
function deedOf({ user }: Caller, reason: string) {
  return { by: user.name, reason: maskNumbersIn(reason) };
}

function dayOf(day: string, zone: string): { readonly from: number; readonly to: number } {
  return { from: dayBegin(zone, day), to: dayBegin(zone, addDays(day, 1)) };
}

function view(appointment: Appointment, role: Role): z.output<typeof appointmentView> {
  const { id, code, dealer, service, startsAt, endsAt, state, person, customer, language, series, sequence } = appointment;
  const number = person.caller ?? person.phone;
  const phone = number === null || role === 'admin' ? number : maskNumber(number);
  const times = {
    startsAt,
    endsAt,
    createdAt: appointment.createdAt,
    updatedAt: appointment.updatedAt,
    confirmedAt: appointment.confirmedAt,
  };
  return { id, code, dealer, service, ...times, state, phone, name: person.name, customer, language, series, sequence };
}
