import type { Appointment } from '../../domain/appointments/appointment.ts';
import { reminderAt } from '../../domain/appointments/reminder.ts';
import type { Service } from '../../domain/appointments/service.ts';
import type { Dealer } from '../../domain/dealer.ts';
import type { IdSource } from '../../domain/ids.ts';
import type { Message, MessageDraft } from '../../domain/message.ts';
import type { ValueMap } from '../../domain/value.ts';

/** The webhook that is told of appointments; the message's template is the event. */
const WEBHOOK = 'appointments';

export type AppointmentEvent = 'booked' | 'moved' | 'confirmed' | 'cancelled';

export interface NoticeContext {
  readonly dealer: Dealer | undefined;
  readonly service: Service | undefined;
  readonly zone: string;
  readonly now: number;
  readonly ids: IdSource;
  /** Whether there is a webhook of that name. */
  readonly subscribed: (webhook: string) => boolean;
}

/**
 * What is sent because of an event: an SMS to whom it concerns, the reminder of the day before (not when it was called
 * off), and the webhook, where somebody wants to be told. The same appointment and event give the same dedupe keys.
 */
export function noticesOf(event: AppointmentEvent, appointment: Appointment, context: NoticeContext): readonly Message[] {
  const { id, brand, series, callId, person, startsAt } = appointment;
  const { now, ids, zone, subscribed } = context;
  const message = (what: string, draft: MessageDraft, rest: Pick<Message, 'orderKey' | 'notBefore'>): Message => {
    const head = { id: ids.next('message'), brand, dedupeKey: `${id}-${what}`, callId, createdAt: now };
    return { ...draft, ...head, ...rest };
  };
  const sms = (template: string, to: string): MessageDraft => {
    const { language } = appointment;
    return { channel: 'sms', to, template, language, messageClass: 'informational', data: smsData(appointment, context) };
  };
  const atOnce = { orderKey: series, notBefore: now };
  const webhook: MessageDraft = {
    channel: 'webhook',
    to: WEBHOOK,
    template: `appointment.${event}`,
    language: appointment.language,
    messageClass: 'informational',
    data: webhookData(event, appointment),
  };
  const sent = subscribed(WEBHOOK) ? [message(`${event}-webhook`, webhook, atOnce)] : [];
  // Who confirms knows it already, and the reminder that is on its way stays as it is.
  if (person.phone === null || event === 'confirmed') return sent;
  sent.push(message(`${event}-sms`, sms(`appointment.${event}`, person.phone), atOnce));
  const remindAt = event === 'cancelled' ? null : reminderAt(zone, startsAt, now);
  // It waits for days and must not hold back what follows: it is in no order.
  if (remindAt !== null) sent.push(message('reminder', sms('appointment.reminder', person.phone), { orderKey: null, notBefore: remindAt }));
  return sent;
}

/** The reminder that is wrong once this appointment is off or elsewhere. */
export function reminderOf({ id }: Pick<Appointment, 'id'>): string {
  return `${id}-reminder`;
}

function smsData({ code, startsAt, language, dealer: dealerCode, service: serviceCode }: Appointment, context: NoticeContext): ValueMap {
  const { dealer, service } = context;
  return {
    code,
    startsAt,
    service: service?.label[language] ?? serviceCode,
    dealer: dealer?.name ?? dealerCode,
    address: dealer === undefined ? '' : `${dealer.address}, ${dealer.district}`,
    phone: dealer?.phone ?? '',
  };
}

function webhookData(event: AppointmentEvent, appointment: Appointment): ValueMap {
  const { series, code, dealer, service, startsAt, endsAt, sequence, customer, person, language } = appointment;
  const who = { customer, name: person.name, phone: person.phone ?? person.caller };
  return { event: `appointment.${event}`, appointment: series, code, dealer, service, startsAt, endsAt, sequence, language, ...who };
}
