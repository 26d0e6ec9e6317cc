import type { Appointment, Person } from '../../domain/appointments/appointment.ts';
import { textableNumber } from '../../domain/appointments/caller.ts';
import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import type { AppointmentId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import { parsePhoneNumber } from '../../domain/phone-number.ts';
import type { AppointmentStore, BookOutcome } from '../../ports/appointments.ts';
import { type Bookings, type Deed, MOST_AHEAD } from './bookings.ts';
import type { What } from './times.ts';

export interface NewAppointment extends What {
  readonly startsAt: number;
  /** As somebody typed it; null when there is none. Messages go there when it is a mobile number. */
  readonly phone: string | null;
  readonly name: string;
  readonly customer: string | null;
  readonly language: Language;
}

/**
 * What people of the office do with appointments. They reject with `request.conflict` when the time cannot be had, and with
 * `request.not-found` for an appointment of another brand. `key` makes a repeated request the same one.
 */
export interface Office {
  create(wish: NewAppointment, key: string): Promise<Appointment>;
  move(brand: BrandId, id: AppointmentId, startsAt: number, key: string, deed: Deed): Promise<Appointment>;
  cancel(brand: BrandId, id: AppointmentId, key: string, deed: Deed): Promise<Appointment>;
}

export function createOffice(bookings: Bookings, appointments: Pick<AppointmentStore, 'get'>): Office {
  const demand = async (brand: BrandId, id: AppointmentId): Promise<Appointment> => {
    const found = await appointments.get(id);
    if (found === undefined || found.brand !== brand) throw new SantralError('request.not-found', 'There is no such appointment.');
    return found;
  };
  const reserve = async (wish: NewAppointment, person: Person, key: string, moves: boolean): Promise<Appointment> => {
    const { phone: _phone, name: _name, ...rest } = wish;
    const held = await bookings.hold({ ...rest, person, callId: null, key: `${key}-hold`, holder: key, moves });
    if (held.kind !== 'held') throw new SantralError('request.conflict', REFUSED[held.kind]);
    return held.appointment;
  };
  return {
    async create(wish, key) {
      const person = personOf(wish);
      const held = await reserve(wish, person, key, false);
      return done(await bookings.book(held.id, `${key}-book`, () => ({ person, customer: wish.customer })));
    },

    async move(brand, id, startsAt, key, deed) {
      const { dealer, service, person, customer, language } = await demand(brand, id);
      const wish = { brand, dealer, service, startsAt, phone: null, name: '', customer, language };
      const held = await reserve(wish, person, key, true);
      return done(await bookings.move(id, held.id, `${key}-move`, deed));
    },

    async cancel(brand, id, key, deed) {
      await demand(brand, id);
      return done(await bookings.cancel(id, `${key}-cancel`, deed));
    },
  };
}

const REFUSED = {
  full: 'Somebody else has that time. Ask for the free times again.',
  'not-offered': 'That is no time of this calendar, or it is too soon or too far ahead. Ask for the free times.',
  'too-many': `That number has ${MOST_AHEAD} appointments ahead already. Cancel one first.`,
} as const;

function done(outcome: BookOutcome): Appointment {
  if (outcome.kind === 'done') return outcome.appointment;
  if (outcome.kind === 'too-many') throw new SantralError('request.conflict', REFUSED['too-many']);
  throw new SantralError('request.conflict', 'The appointment was changed or cancelled meanwhile, or is not booked. Look at it again.');
}

function personOf({ phone, name }: NewAppointment): Person {
  if (phone === null) return { caller: null, phone: null, name };
  const parsed = parsePhoneNumber(phone, { region: 'TR', allow: ['service-444', 'nationwide', 'toll-free'] });
  if (parsed.kind !== 'ok') throw new SantralError('request.invalid', 'body.phone is no phone number; write it as 0555 000 00 12.');
  return { caller: parsed.e164, phone: textableNumber(phone), name };
}
