import type { Label } from '../../domain/label.ts';
import { request } from './client.ts';
import { type Shape, shape } from './shape.ts';

export interface AppointmentInfo {
  readonly id: string;
  readonly code: string;
  readonly dealer: string;
  readonly service: string;
  /** UTC ms. */
  readonly startsAt: number;
  readonly state: string;
  /** The person said that they will come. */
  readonly confirmed: boolean;
  readonly phone: string | null;
  readonly name: string;
}

export interface AppointmentPage {
  readonly items: readonly AppointmentInfo[];
  readonly next: string | null;
  /** IANA zone of the days. */
  readonly zone: string;
}

/** A day, or a code whatever its day. */
export type AppointmentSearch = { readonly day: string; readonly dealer: string; readonly state?: 'booked' } | { readonly code: string };

export interface Service {
  readonly code: string;
  readonly label: Label;
}

export interface Booking {
  readonly dealer: string;
  readonly service: string;
  /** UTC ms, one of the free times. */
  readonly startsAt: number;
  readonly phone: string | null;
  readonly name: string;
}

export async function listAppointments(search: AppointmentSearch, after: string | null): Promise<AppointmentPage> {
  const wanted = new URLSearchParams(Object.entries(search).filter(([, value]) => value !== ''));
  if (after !== null) wanted.set('after', after);
  const page = shape(await request('GET', `/appointments?${wanted}`), 'appointments');
  return { items: page.list('items').map(appointmentFrom), next: page.optionalText('next'), zone: page.text('zone') };
}

/** What appointments are made for; `['services']` to the pages' cache. */
export async function listServices(): Promise<readonly Service[]> {
  return shape(await request('GET', '/services'), 'services')
    .list('items')
    .map((row) => ({ code: row.text('code'), label: { tr: row.child('label').text('tr'), en: row.child('label').text('en') } }));
}

/** Beginnings that are free, UTC ms: on that day (`2026-03-02`), or the next ones. */
export async function freeTimes(
  { dealer, service }: Pick<AppointmentInfo, 'dealer' | 'service'>,
  wanted: { readonly day?: string; readonly limit: number },
): Promise<readonly number[]> {
  const query = new URLSearchParams({ ...(wanted.day === undefined ? {} : { day: wanted.day }), limit: String(wanted.limit) });
  const path = `/dealers/${encodeURIComponent(dealer)}/services/${encodeURIComponent(service)}/slots?${query}`;
  const answer = shape(await request('GET', path), 'slots');
  return answer.list('items').map((slot) => slot.number('startsAt'));
}

export async function bookAppointment(booking: Booking): Promise<AppointmentInfo> {
  return appointmentFrom(shape(await request('POST', '/appointments', booking), 'appointment'));
}

export async function moveAppointment(id: string, startsAt: number, reason: string): Promise<void> {
  await request('POST', `/appointments/${id}/move`, { startsAt, reason });
}

export async function cancelAppointment(id: string, reason: string): Promise<void> {
  await request('POST', `/appointments/${id}/cancel`, { reason });
}

function appointmentFrom(row: Shape): AppointmentInfo {
  const [id, code, dealer, service] = [row.text('id'), row.text('code'), row.text('dealer'), row.text('service')];
  const who = { phone: row.optionalText('phone'), name: row.text('name') };
  const confirmed = row.has('confirmedAt');
  return { id, code, dealer, service, startsAt: row.number('startsAt'), state: row.text('state'), confirmed, ...who };
}
