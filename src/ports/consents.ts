import type { BrandId } from '../domain/brand.ts';
import type { Consent, ConsentStatus, ConsentType, DoNotContact, RecipientType } from '../domain/consent.ts';
import type { ConsentEntryId } from '../domain/ids.ts';

/** older: something later stands already; the line of history was written all the same. */
export type Recorded = 'stands' | 'older';

/** When, and by which user or part of the engine, something was written down. */
export interface How {
  readonly id: ConsentEntryId;
  readonly at: number;
  readonly by: string;
}

/** One line of the history of a recipient. */
export interface ConsentLine {
  readonly id: ConsentEntryId;
  readonly kind: 'consent' | 'do-not-contact';
  readonly recipientType: RecipientType | null;
  readonly type: ConsentType | null;
  readonly status: ConsentStatus | 'set' | 'lifted';
  readonly source: string;
  readonly consentDate: number;
  readonly evidence: string;
  readonly recordedAt: number;
  readonly recordedBy: string;
}

export interface RecipientStanding {
  readonly consents: readonly Consent[];
  readonly doNotContact: DoNotContact | null;
}

export interface ConsentStore {
  record(consent: Consent, how: How): Promise<Recorded>;
  /** All that stands of a recipient. */
  of(brand: BrandId, recipient: string): Promise<RecipientStanding>;
  /** Newest first. */
  history(brand: BrandId, recipient: string, limit: number): Promise<readonly ConsentLine[]>;
  /** The first entry of a recipient stays as it is. */
  setDoNotContact(entry: DoNotContact, id: ConsentEntryId): Promise<void>;
  /** False when there was none. */
  liftDoNotContact(brand: BrandId, recipient: string, how: How): Promise<boolean>;
}
