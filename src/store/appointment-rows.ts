import type { Appointment, Person } from '../domain/appointments/appointment.ts';
import type { HoldRequest } from '../ports/appointments.ts';
import type { AppointmentRow } from './appointment-schema.ts';
import type { SessionSeal } from './session-seal.ts';

const NOBODY: Person = { caller: null, phone: null, name: '' };

/** The token by which the appointments of a number are found. */
export function callerToken(seal: SessionSeal, caller: string): string {
  return seal.token('caller', caller);
}

export function heldRow(request: HoldRequest, seal: SessionSeal, given: { readonly code: string; readonly place: number }): AppointmentRow {
  const { id, brand, dealer, service, startsAt, endsAt, customer, language, callId, key, holder, now, heldUntil } = request;
  return {
    id,
    brand,
    code: given.code,
    dealer,
    service,
    starts_at: startsAt,
    ends_at: endsAt,
    place: given.place,
    state: 'held',
    held_until: heldUntil,
    holder,
    ...personColumns(request.person, seal),
    customer,
    language,
    series: id,
    sequence: 0,
    call_id: callId,
    hold_key: key,
    change_key: null,
    created_at: now,
    updated_at: now,
    confirmed_at: null,
  };
}

/** Numbers and names lie in the row sealed, beside a token to find them by. */
export function personColumns(person: Person, seal: SessionSeal): Pick<AppointmentRow, 'caller_token' | 'person'> {
  return {
    caller_token: person.caller === null ? null : callerToken(seal, person.caller),
    person: seal.seal(JSON.stringify(person)),
  };
}

export function fromAppointmentRow(row: AppointmentRow, seal: SessionSeal): Appointment {
  return {
    id: row.id as Appointment['id'],
    brand: row.brand as Appointment['brand'],
    code: row.code,
    dealer: row.dealer,
    service: row.service,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    place: row.place,
    state: row.state as Appointment['state'],
    heldUntil: row.held_until,
    person: personOf(row.person, seal),
    customer: row.customer,
    language: row.language as Appointment['language'],
    series: row.series as Appointment['series'],
    sequence: row.sequence,
    callId: row.call_id as Appointment['callId'],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    confirmedAt: row.confirmed_at,
  };
}

/** What was sealed with another key is nobody's any more; the appointment stands all the same. */
function personOf(sealed: string, seal: SessionSeal): Person {
  const text = seal.open(sealed);
  return text === undefined ? NOBODY : (JSON.parse(text) as Person);
}
