import type { Consent } from '../domain/consent.ts';
import type { ConsentRow } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** A consent as it stands. Whom it is about is sealed, and found by its token. */
export function toConsentRow(consent: Consent, seal: SessionSeal, { at, by }: { readonly at: number; readonly by: string }): ConsentRow {
  return {
    brand: consent.brand,
    recipient_token: tokenFor(seal, consent.recipient),
    recipient_type: consent.recipientType,
    type: consent.type,
    recipient: seal.seal(consent.recipient),
    status: consent.status,
    source: consent.source,
    consent_date: consent.consentDate,
    evidence: consent.evidence,
    recorded_at: at,
    recorded_by: by,
  };
}

/** However somebody writes an e-mail address, it is the same person's. */
export function tokenFor(seal: SessionSeal, recipient: string): string {
  return seal.token('recipient', recipient.trim().toLowerCase());
}
