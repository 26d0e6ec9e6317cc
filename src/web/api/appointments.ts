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
export type AppointmentSearch = { readonly day: string; readonly dealer: string } | { readonly code: string };

export interface Named {
  readonly code: string;
  readonly name: string;
}

const LARGEST_PAGE = 500;

export async function listAppointments(search: AppointmentSearch, after: string | null): Promise<AppointmentPage> {
  const wanted = new URLSearchParams(Object.entries(search).filter(([, value]) => value !== ''));
  if (after !== null) wanted.set('after', after);
  const page = shape(await request('GET', `/appointments?${wanted}`), 'appointments');
  return { items: page.list('items').map(appointmentFrom), next: page.optionalText('next'), zone: page.text('zone') };
}

export async function listDealers(): Promise<readonly Named[]> {
  const all: Named[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const page = shape(await request('GET', `/dealers?limit=${LARGEST_PAGE}${after === '' ? '' : `&after=${after}`}`), 'dealers');
    all.push(...page.list('items').map((row) => ({ code: row.text('code'), name: row.text('name') })));
    after = page.optionalText('next');
  }
  return all;
}

export async function listServices(): Promise<ReadonlyMap<string, Label>> {
  const services = shape(await request('GET', '/services'), 'services').list('items');
  return new Map(services.map((row) => [row.text('code'), { tr: row.child('label').text('tr'), en: row.child('label').text('en') }]));
}

/** Beginnings that are free on that day; UTC ms. */
export async function freeTimes({ dealer, service }: Pick<AppointmentInfo, 'dealer' | 'service'>, day: string): Promise<readonly number[]> {
  const answer = shape(await request('GET', `/dealers/${dealer}/services/${service}/slots?day=${day}&limit=200`), 'slots');
  return answer.list('items').map((slot) => slot.number('startsAt'));
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
  return { id, code, dealer, service, startsAt: row.number('startsAt'), state: row.text('state'), ...who };
}
