import type { Appointment, AppointmentState, Customer, Person } from '../domain/appointments/appointment.ts';
import type { Service, ServiceCalendar } from '../domain/appointments/service.ts';
import type { Taken } from '../domain/appointments/slots.ts';
import type { AuditEntry } from '../domain/audit.ts';
import type { BrandId } from '../domain/brand.ts';
import type { AppointmentId, CallId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Message } from '../domain/message.ts';

/** A place to be reserved. The time must be one that the calendar offers: the store looks after room only. */
export interface HoldRequest extends Pick<Appointment, 'brand' | 'dealer' | 'service' | 'startsAt' | 'endsAt' | 'person' | 'customer'> {
  readonly id: AppointmentId;
  readonly capacity: number;
  /** Tried in order; the first that no open appointment has is taken. */
  readonly codes: readonly string[];
  readonly language: Language;
  readonly callId: CallId | null;
  /** The same key again gives the same hold, however often it is asked for. */
  readonly key: string;
  /** Who holds: another hold of theirs is let go in the same transaction. */
  readonly holder: string;
  readonly now: number;
  readonly heldUntil: number;
  /** Appointments that one number may have ahead; holds do not count. */
  readonly mostAhead: number;
}

export type HoldOutcome =
  | { readonly kind: 'held'; readonly appointment: Appointment }
  | { readonly kind: 'full' }
  | { readonly kind: 'too-many' };

/** A change, with the messages that it causes and the pending ones that it takes back (by dedupe key): one transaction. */
export interface ChangeRequest {
  readonly id: AppointmentId;
  /** The same key again changes nothing and gives the same answer. */
  readonly key: string;
  readonly now: number;
  readonly messages: readonly Message[];
  readonly withdraw: readonly string[];
  /** Who of the office did it, and why; absent when it was the caller. */
  readonly audit?: AuditEntry;
}

/** gone: it is not in the state that the change begins with (the hold ran out, it was cancelled meanwhile). */
export type ChangeOutcome = { readonly kind: 'done'; readonly appointment: Appointment } | { readonly kind: 'gone' };

/** too-many: the number that it is booked for, or a call without a number, has as many ahead as it may. */
export type BookOutcome = ChangeOutcome | { readonly kind: 'too-many' };

export interface AppointmentFilter {
  readonly brand: BrandId;
  readonly dealer?: string;
  /** Of any state: a moved one has a successor of the same code. */
  readonly code?: string;
  readonly states?: readonly AppointmentState[];
  /** UTC ms of the beginning, inclusive. */
  readonly from?: number;
  /** UTC ms of the beginning, exclusive. */
  readonly to?: number;
  readonly after?: { readonly startsAt: number; readonly id: AppointmentId };
  readonly limit: number;
}

export interface AppointmentStore {
  /** Places held or booked that touch the stretch of time; holds that ran out are none. */
  taken(
    calendar: Pick<ServiceCalendar, 'brand' | 'dealer' | 'service'>,
    span: { readonly from: number; readonly to: number; readonly now: number },
  ): Promise<readonly Taken[]>;
  hold(request: HoldRequest): Promise<HoldOutcome>;
  /** A hold becomes an appointment. `person` replaces the one of the hold, and may have `mostAhead` ahead with this one. */
  book(
    request: ChangeRequest & { readonly person: Person; readonly customer: string | null; readonly mostAhead: number },
  ): Promise<BookOutcome>;
  /** The hold `id` takes the place of the appointment `from`, whose code, person and series it inherits. */
  move(request: ChangeRequest & { readonly from: AppointmentId }): Promise<ChangeOutcome>;
  /** The person will come. */
  confirm(request: ChangeRequest): Promise<ChangeOutcome>;
  /** A booked one is called off. */
  cancel(request: ChangeRequest): Promise<ChangeOutcome>;
  get(id: AppointmentId): Promise<Appointment | undefined>;
  /** Booked, and not over at `now`. */
  byCode(brand: BrandId, code: string, now: number): Promise<Appointment | undefined>;
  /** Booked ones of a number that are not over, soonest first. */
  byCaller(brand: BrandId, caller: string, now: number, limit: number): Promise<readonly Appointment[]>;
  /** The dealer of the last appointment that is over: where that number was last. */
  lastDealer(brand: BrandId, caller: string, now: number): Promise<string | undefined>;
  /** By time. */
  list(filter: AppointmentFilter): Promise<readonly Appointment[]>;
  /** Closes holds that ran out; gives how many. */
  expire(now: number): Promise<number>;
}

export interface ServiceCalendarStore {
  services(brand: BrandId): Promise<readonly Service[]>;
  calendars(brand: BrandId, filter?: { readonly dealer?: string; readonly service?: string }): Promise<readonly ServiceCalendar[]>;
  /** Inserts or replaces by code, and by dealer and service, all or nothing. */
  put(services: readonly Service[], calendars: readonly ServiceCalendar[], now: number): Promise<void>;
  /** With its calendars; appointments stay. False when there is none. */
  removeService(brand: BrandId, code: string): Promise<boolean>;
  removeCalendar(brand: BrandId, dealer: string, service: string): Promise<boolean>;
  /** The feed of a dealer; a new token makes the old one useless. Only its SHA-256 is kept. */
  putFeed(feed: { readonly brand: BrandId; readonly dealer: string; readonly hash: string; readonly now: number }): Promise<void>;
  removeFeed(brand: BrandId, dealer: string): Promise<boolean>;
  feedOf(hash: string): Promise<{ readonly brand: BrandId; readonly dealer: string } | undefined>;
}

export interface CustomerStore {
  put(customers: readonly Customer[], now: number): Promise<void>;
  byCode(brand: BrandId, code: string): Promise<Customer | undefined>;
  byPhone(brand: BrandId, phone: string): Promise<Customer | undefined>;
  /** All whose plate has these digits, its letters left out, by code. */
  byPlateDigits(brand: BrandId, digits: string): Promise<readonly Customer[]>;
  count(brand: BrandId): Promise<number>;
}
