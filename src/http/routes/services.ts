import type { z } from 'zod';
import type { ServiceCalendar } from '../../domain/appointments/service.ts';
import { SantralError } from '../../domain/errors.ts';
import { parseWeeklyHours, printWeeklyHours } from '../../domain/weekly-hours.ts';
import { listCalendars, listServices, listSlots, putCalendar, putService, removeCalendar, removeService } from '../contracts/services.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

export function serviceRoutes({ deps: { appointments, dealers, config, clock } }: RouteContext): readonly Route[] {
  const { brand } = config;

  /** Calendars are made for dealers and services that are there. */
  async function demand(dealer: string, service: string): Promise<void> {
    if ((await dealers.get(brand, dealer)) === undefined) throw new SantralError('request.not-found', `There is no dealer ${dealer}.`);
    const known = await appointments.calendars.services(brand);
    if (!known.some(({ code }) => code === service)) throw new SantralError('request.not-found', `There is no service ${service}.`);
  }

  return [
    route(listServices, async () => ({
      items: (await appointments.calendars.services(brand)).map(({ code, label }) => ({ code, label: { ...label } })),
    })),
    route(putService, async ({ params: { service }, body: { label } }) => {
      await appointments.calendars.put([{ brand, code: service, label }], [], clock.now());
      return { code: service, label };
    }),
    route(removeService, async ({ params: { service } }) => {
      if (!(await appointments.calendars.removeService(brand, service)))
        throw new SantralError('request.not-found', `There is no service ${service}.`);
    }),
    route(listCalendars, async ({ query: { dealer, service } }) => {
      const filter = { ...(dealer === undefined ? {} : { dealer }), ...(service === undefined ? {} : { service }) };
      return { items: (await appointments.calendars.calendars(brand, filter)).map(view) };
    }),
    route(putCalendar, async ({ params: { dealer, service }, body }) => {
      await demand(dealer, service);
      const calendar = { ...body, brand, dealer, service, hours: hoursOf(body.hours) };
      await appointments.calendars.put([], [calendar], clock.now());
      return view(calendar);
    }),
    route(removeCalendar, async ({ params: { dealer, service } }) => {
      if (!(await appointments.calendars.removeCalendar(brand, dealer, service)))
        throw new SantralError('request.not-found', `The dealer ${dealer} has no calendar for ${service}.`);
    }),
    route(listSlots, async ({ params, query: { day, after, limit } }) => {
      const what = { brand, ...params };
      if (day === undefined) return { items: [...(await appointments.times.next(what, after, limit))], why: null };
      const { slots, why } = await appointments.times.ofDay(what, day);
      return { items: slots.slice(0, limit), why };
    }),
  ];
}

function hoursOf(text: string): ServiceCalendar['hours'] {
  const parsed = parseWeeklyHours(text);
  if (parsed.kind === 'ok') return parsed.hours;
  const errors = parsed.problems.map((message) => ({ path: 'body.hours', code: 'custom', message }));
  throw new SantralError('request.invalid', `body.hours ${parsed.problems.join('; ')}`, { details: { errors } });
}

type View = z.output<(typeof putCalendar)['reply']['schema']>;

function view(calendar: ServiceCalendar): View {
  const { dealer, service, hours, slotMinutes, capacity, leadMinutes, horizonDays, holidays, closures } = calendar;
  const days = closures.map(({ date, from }) => ({ date, from }));
  return { dealer, service, hours: printWeeklyHours(hours), slotMinutes, capacity, leadMinutes, horizonDays, holidays, closures: days };
}
