import type { RegistryConsent } from '../ports/consent-registry.ts';
import type { RegistrySend } from '../ports/registry-store.ts';
import type { RegistrySendRow } from './registry-schema.ts';
import type { SessionSeal } from './session-seal.ts';

export function fromSendRow(row: RegistrySendRow, seal: Pick<SessionSeal, 'open'>): RegistrySend {
  const recipient = seal.open(row.recipient);
  const consent: RegistryConsent | null =
    recipient === undefined
      ? null
      : {
          recipient,
          recipientType: row.recipient_type as RegistryConsent['recipientType'],
          type: row.type as RegistryConsent['type'],
          status: row.status as RegistryConsent['status'],
          source: row.source as RegistryConsent['source'],
          consentDate: row.consent_date,
        };
  return {
    id: row.id as RegistrySend['id'],
    brand: row.brand as RegistrySend['brand'],
    consent,
    state: row.state as RegistrySend['state'],
    reason: row.reason,
    reference: row.reference,
    request: row.request,
    place: row.place,
    attempts: row.attempts,
    nextAt: row.next_at,
    dueAt: row.due_at,
    alarmAt: row.alarm_at,
    forced: row.forced === 1,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}
