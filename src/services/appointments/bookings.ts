import type { Appointment, Person } from '../../domain/appointments/appointment.ts';
import { appointmentCode } from '../../domain/appointments/code.ts';
import type { AuditEntry, Audited } from '../../domain/audit.ts';
import type { AppointmentId, CallId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import type { ValueMap } from '../../domain/value.ts';
import type { BookOutcome, ChangeOutcome, HoldOutcome } from '../../ports/appointments.ts';
import type { AppointmentDeps } from './deps.ts';
import { type AppointmentEvent, noticesOf, reminderOf } from './notices.ts';
import type { Times, What } from './times.ts';

/** Appointments one number may have ahead of it: more is a mistake, or somebody who takes the places from others. */
export const MOST_AHEAD = 5;
/** Drawn at once; that all of them are in use is next to impossible. */
const CODES_DRAWN = 8;

export interface HoldWish extends What {
  readonly startsAt: number;
  readonly person: Person;
  readonly customer: string | null;
  readonly language: Language;
  readonly callId: CallId | null;
  readonly key: string;
  readonly holder: string;
  /** The appointment that is to be moved here: it does not count among those ahead. */
  readonly moves: boolean;
}

/** What somebody of the office did, and why; noted in the same transaction. */
export interface Deed {
  readonly by: string;
  readonly reason: string;
}

export interface Bookings {
  /** Reserves a place for a while. full: somebody has it · not-offered: the calendar knows no such time. */
  hold(wish: HoldWish): Promise<HoldOutcome | { readonly kind: 'not-offered' }>;
  /** Makes a hold an appointment; confirmation, reminder and webhook go with it. Who it is for is known only now, so what they have ahead is counted now. */
  book(hold: AppointmentId, key: string, who: (held: Appointment) => Pick<Appointment, 'person' | 'customer'>): Promise<BookOutcome>;
  /** The hold takes the appointment's place. */
  move(from: AppointmentId, hold: AppointmentId, key: string, deed?: Deed): Promise<ChangeOutcome>;
  /** The person says that they will come; the webhook is told, and nobody else. */
  confirm(id: AppointmentId, key: string): Promise<ChangeOutcome>;
  cancel(id: AppointmentId, key: string, deed?: Deed): Promise<ChangeOutcome>;
}

export function createBookings(deps: AppointmentDeps, times: Times): Bookings {
  const { clock, ids, settings } = deps;
  const { appointments } = deps.stores;
  const notices = noticesFor(deps);
  const audited = (what: Audited, { brand, series, startsAt }: Appointment, deed: Deed | undefined, more: ValueMap = {}) => {
    if (deed === undefined) return {};
    const details = { reason: deed.reason, startsAt, ...more };
    const audit: AuditEntry = { id: ids.next('audit'), brand, at: clock.now(), actor: deed.by, via: 'api', what, subject: series, details };
    return { audit };
  };
  return {
    async hold({ moves, ...wish }) {
      const offered = await times.offered(wish, wish.startsAt);
      if (offered === undefined) return { kind: 'not-offered' };
      const now = clock.now();
      const codes = Array.from({ length: CODES_DRAWN }, () => appointmentCode(drawFrom(deps.random)));
      const mostAhead = moves ? MOST_AHEAD + 1 : MOST_AHEAD;
      return appointments.hold({
        ...wish,
        ...offered,
        id: ids.next('appointment'),
        codes,
        now,
        heldUntil: now + settings.holdMs,
        mostAhead,
      });
    },

    async book(hold, key, who) {
      const held = await appointments.get(hold);
      if (held === undefined) return { kind: 'gone' };
      const booked = { ...held, ...who(held) };
      const { person, customer } = booked;
      const messages = await notices('booked', booked);
      return appointments.book({ id: hold, key, now: clock.now(), person, customer, messages, withdraw: [], mostAhead: MOST_AHEAD });
    },

    async move(from, hold, key, deed) {
      const [old, held] = await Promise.all([appointments.get(from), appointments.get(hold)]);
      if (old === undefined || held === undefined || old.brand !== held.brand) return { kind: 'gone' };
      const { code, series, person, customer, language } = old;
      const moved = { ...held, code, series, person, customer, language, sequence: old.sequence + 1 };
      const messages = await notices('moved', moved);
      return appointments.move({
        id: hold,
        from,
        key,
        now: clock.now(),
        messages,
        withdraw: [reminderOf(old)],
        ...audited('appointment-moved', old, deed, { to: held.startsAt }),
      });
    },

    async confirm(id, key) {
      const booked = await appointments.get(id);
      if (booked === undefined) return { kind: 'gone' };
      const messages = await notices('confirmed', { ...booked, sequence: booked.sequence + 1 });
      return appointments.confirm({ id, key, now: clock.now(), messages, withdraw: [] });
    },

    async cancel(id, key, deed) {
      const booked = await appointments.get(id);
      if (booked === undefined) return { kind: 'gone' };
      const messages = await notices('cancelled', { ...booked, sequence: booked.sequence + 1 });
      return appointments.cancel({
        id,
        key,
        now: clock.now(),
        messages,
        withdraw: [reminderOf(booked)],
        ...audited('appointment-cancelled', booked, deed),
      });
    },
  };
}

function noticesFor({ stores, dealers, subscribed, clock, ids, settings: { zone } }: AppointmentDeps) {
  return async (event: AppointmentEvent, appointment: Appointment) => {
    const { brand } = appointment;
    const [services, all] = await Promise.all([stores.serviceCalendars.services(brand), dealers.all(brand)]);
    return noticesOf(event, appointment, {
      dealer: all.find(({ code }) => code === appointment.dealer),
      service: services.find(({ code }) => code === appointment.service),
      zone,
      now: clock.now(),
      ids,
      subscribed,
    });
  };
}

function drawFrom(random: AppointmentDeps['random']): () => number {
  return () => random(4).reduce((sum, byte) => sum * 256 + byte, 0);
}
