import type { Label } from '../../domain/label.ts';
import { request } from './client.ts';
import { type Shape, shape } from './shape.ts';

export interface Service {
  readonly code: string;
  readonly label: Label;
}

/** A free time; UTC ms. */
export interface Slot {
  readonly startsAt: number;
  readonly free: number;
}

export interface Appointment {
  readonly id: string;
  readonly code: string;
  readonly service: string;
  readonly startsAt: number;
  readonly state: string;
  readonly name: string;
}

export interface Booking {
  readonly dealer: string;
  readonly service: string;
  readonly startsAt: number;
  readonly phone: string | null;
  readonly name: string;
}

export async function listServices(): Promise<readonly Service[]> {
  return shape(await request('GET', '/services'), 'services')
    .list('items')
    .map((row) => ({ code: row.text('code'), label: { tr: row.child('label').text('tr'), en: row.child('label').text('en') } }));
}

const MOST_SLOTS = 24;

/** The next free times of a service at a dealer. */
export async function listSlots(dealer: string, service: string): Promise<readonly Slot[]> {
  const path = `/dealers/${encodeURIComponent(dealer)}/services/${encodeURIComponent(service)}/slots?limit=${MOST_SLOTS}`;
  return shape(await request('GET', path), 'slots')
    .list('items')
    .map((row) => ({ startsAt: row.number('startsAt'), free: row.number('free') }));
}

/** Appointments at a dealer on a day (`2026-03-02`) that still hold. */
export async function listBooked(dealer: string, day: string): Promise<readonly Appointment[]> {
  const query = new URLSearchParams({ dealer, day, state: 'booked' });
  return shape(await request('GET', `/appointments?${query}`), 'appointments')
    .list('items')
    .map(appointmentFrom);
}

export async function book(booking: Booking): Promise<Appointment> {
  return appointmentFrom(shape(await request('POST', '/appointments', booking), 'appointment'));
}

export async function cancelAppointment(id: string): Promise<void> {
  await request('POST', `/appointments/${encodeURIComponent(id)}/cancel`);
}

function appointmentFrom(row: Shape): Appointment {
  return {
    id: row.text('id'),
    code: row.text('code'),
    service: row.text('service'),
    startsAt: row.number('startsAt'),
    state: row.text('state'),
    name: row.text('name'),
  };
}
