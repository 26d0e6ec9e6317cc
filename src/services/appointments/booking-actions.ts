import type { Appointment, Person } from '../../domain/appointments/appointment.ts';
import { callerOf, textableNumber } from '../../domain/appointments/caller.ts';
import { CODE_PATTERN } from '../../domain/appointments/code.ts';
import type { Value, ValueMap } from '../../domain/value.ts';
import type { ActionContext, ActionHandler } from '../../ports/actions.ts';
import type { ChangeOutcome } from '../../ports/appointments.ts';
import { appointmentParam, neededParam, numberParam, textParam } from './action-params.ts';
import { type Bookings, MOST_AHEAD } from './bookings.ts';
import type { AppointmentDeps } from './deps.ts';
import type { GuardedLookUp } from './look-up-guard.ts';
import { spokenAppointment } from './spoken.ts';

type BookingAction =
  | 'appointments.hold'
  | 'appointments.book'
  | 'appointments.by-number'
  | 'appointments.by-code'
  | 'appointments.move'
  | 'appointments.confirm'
  | 'appointments.cancel';

/** Reserving, booking, finding, moving and cancelling on the phone. */
export function bookingActions(deps: AppointmentDeps, bookings: Bookings, guarded: GuardedLookUp): Record<BookingAction, ActionHandler> {
  const { clock, stores } = deps;
  const spoken = spokenBy(deps);
  const done = async (outcome: ChangeOutcome): Promise<Value> => (outcome.kind === 'gone' ? null : spoken(outcome.appointment));
  return {
    'appointments.hold': async (params, { brand, call, idempotencyKey }) => {
      const held = await bookings.hold({
        brand,
        dealer: neededParam(params, 'dealer'),
        service: neededParam(params, 'service'),
        startsAt: numberParam(params, 'startsAt', Number.NaN, [0, Number.MAX_SAFE_INTEGER]),
        person: { caller: callerOf(call.person), phone: textableNumber(call.person), name: '' },
        customer: textParam(params, 'customer') || null,
        language: call.language,
        callId: call.id,
        key: idempotencyKey,
        holder: call.sessionId,
        moves: textParam(params, 'moves') !== '',
      });
      if (held.kind === 'too-many') return { kind: 'too-many' };
      return held.kind === 'held' ? { kind: 'held', appointment: await spoken(held.appointment) } : null;
    },

    'appointments.book': async (params, { idempotencyKey }) => {
      const keyed = textParam(params, 'phone');
      const who = ({ person, customer }: Appointment) => ({ person: personWith(person, keyed, textParam(params, 'name')), customer });
      const outcome = await bookings.book(appointmentParam(params, 'hold'), idempotencyKey, who);
      if (outcome.kind === 'too-many') return { kind: 'too-many' };
      return outcome.kind === 'gone' ? null : { ...(await spoken(outcome.appointment)), kind: 'booked' };
    },

    'appointments.by-number': async (_params, { brand, call }) => {
      const caller = callerOf(call.person);
      if (caller === null) return [];
      const found = await stores.appointments.byCaller(brand, caller, clock.now(), MOST_AHEAD);
      return Promise.all(found.map(spoken));
    },

    'appointments.by-code': async (params, context) => {
      const { brand } = context;
      const code = neededParam(params, 'code');
      const find = async () => (CODE_PATTERN.test(code) ? stores.appointments.byCode(brand, code, clock.now()) : undefined);
      const result = await guarded(whoAsks(context), find);
      return result.kind === 'found' ? { kind: 'found', appointment: await spoken(result.found) } : kindOrNothing(result.kind);
    },

    'appointments.move': async (params, { idempotencyKey }) =>
      done(await bookings.move(appointmentParam(params, 'appointment'), appointmentParam(params, 'hold'), idempotencyKey)),

    'appointments.confirm': async (params, { idempotencyKey }) =>
      done(await bookings.confirm(appointmentParam(params, 'appointment'), idempotencyKey)),

    'appointments.cancel': async (params, { idempotencyKey }) =>
      done(await bookings.cancel(appointmentParam(params, 'appointment'), idempotencyKey)),
  };
}

/** Whose guesses are counted: the number's; all that withhold theirs share one account. */
export function whoAsks({ call }: Pick<ActionContext, 'call'>): string {
  return callerOf(call.person) ?? 'withheld';
}

/** Nothing found takes the exit `none`. */
export function kindOrNothing(kind: 'none' | 'too-many'): Value {
  return kind === 'none' ? null : { kind };
}

function spokenBy({ stores, dealers }: AppointmentDeps) {
  return async (appointment: Appointment): Promise<ValueMap> => {
    const { brand } = appointment;
    const [services, all] = await Promise.all([stores.serviceCalendars.services(brand), dealers.all(brand)]);
    return spokenAppointment(appointment, services, all);
  };
}

/** A number that was keyed for messages is also the one to be known by when the caller's own was withheld. */
function personWith(person: Person, keyed: string, name: string): Person {
  const phone = keyed === '' ? person.phone : textableNumber(keyed);
  return { caller: person.caller ?? phone, phone, name: name === '' ? person.name : name };
}
