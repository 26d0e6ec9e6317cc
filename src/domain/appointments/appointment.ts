import type { BrandId } from '../brand.ts';
import type { AppointmentId, CallId } from '../ids.ts';
import type { Language } from '../language.ts';

/**
 * held: the place is reserved while the caller confirms · booked: agreed · moved: another appointment of the same code took
 * its place · cancelled: called off · expired: nobody confirmed in time.
 */
export const APPOINTMENT_STATES = ['held', 'booked', 'moved', 'cancelled', 'expired'] as const;
export type AppointmentState = (typeof APPOINTMENT_STATES)[number];

/** Who it is for. Stored sealed; never in a log. */
export interface Person {
  /** The number they called from and are known by, E.164 or an extension; null when withheld. */
  readonly caller: string | null;
  /** Where messages go, E.164; null: none are wanted or can be sent. */
  readonly phone: string | null;
  /** As the office wrote it; empty when unknown. */
  readonly name: string;
}

export interface Appointment {
  readonly id: AppointmentId;
  readonly brand: BrandId;
  /** Six digits, unique among those that are held or booked; stays when it is moved. */
  readonly code: string;
  readonly dealer: string;
  readonly service: string;
  readonly startsAt: number;
  readonly endsAt: number;
  /** 0 to capacity − 1: no two that are held or booked have the same place at the same time. */
  readonly place: number;
  readonly state: AppointmentState;
  /** When a hold ends by itself; null once it is more than a hold. */
  readonly heldUntil: number | null;
  readonly person: Person;
  /** Code of the customer, when they are one. */
  readonly customer: string | null;
  readonly language: Language;
  /** The same through all moves: the id of the first one. */
  readonly series: AppointmentId;
  /** How often it was changed since it was booked. */
  readonly sequence: number;
  /** The call it was made in; null when the office made it. */
  readonly callId: CallId | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When the person said that they will come; null: they did not. A moved one has to be confirmed anew. */
  readonly confirmedAt: number | null;
}

/** What is known of somebody who calls. */
export interface Customer {
  readonly brand: BrandId;
  /** Customer number, digits. */
  readonly code: string;
  readonly name: string;
  /** E.164; null when unknown. */
  readonly phone: string | null;
  /** Number plate in capitals without blanks, such as 34ABC123; null when unknown. */
  readonly plate: string | null;
  /** Code of the dealer they went to last; null when unknown. */
  readonly lastDealer: string | null;
}
