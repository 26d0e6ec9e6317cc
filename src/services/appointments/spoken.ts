import type { Appointment } from '../../domain/appointments/appointment.ts';
import type { Service } from '../../domain/appointments/service.ts';
import type { Span } from '../../domain/appointments/slots.ts';
import type { Dealer } from '../../domain/dealer.ts';
import type { Value, ValueMap } from '../../domain/value.ts';
import { spokenDealer } from '../dealers/dealer-actions.ts';

/** What flows see: plain JSON. */

export function spokenSlot({ startsAt, endsAt }: Span): Value {
  return { startsAt, endsAt };
}

export function spokenService({ code, label }: Service): Value {
  return { code, name: { ...label } };
}

/** A dealer without a distance: it was not looked for from anywhere. */
export function knownDealer(dealer: Dealer): Value {
  return spokenDealer({ dealer, distanceKm: null });
}

/** An appointment; no number and no name of the person is in it. `sms`: whether messages go somewhere. */
export function spokenAppointment(appointment: Appointment, services: readonly Service[], dealers: readonly Dealer[]): ValueMap {
  const { id, code, startsAt, endsAt, person } = appointment;
  const service = services.find((one) => one.code === appointment.service);
  const dealer = dealers.find((one) => one.code === appointment.dealer);
  return {
    id,
    code,
    startsAt,
    endsAt,
    service: { code: appointment.service, name: { ...(service?.label ?? { tr: appointment.service, en: appointment.service }) } },
    dealer: dealer === undefined ? { code: appointment.dealer, name: appointment.dealer } : knownDealer(dealer),
    sms: person.phone !== null,
  };
}
