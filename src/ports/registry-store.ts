import type { AuditEntry } from '../domain/audit.ts';
import type { BrandId } from '../domain/brand.ts';
import type { Consent } from '../domain/consent.ts';
import type { ChangeSide, Held, SendState } from '../domain/consent-registry.ts';
import type { ConsentEntryId } from '../domain/ids.ts';
import type { RegistryConsent, RegistryKey } from './consent-registry.ts';
import type { How } from './consents.ts';

/** A consent on its way to the registry: one line of the history of consents. */
export interface RegistrySend {
  readonly id: ConsentEntryId;
  readonly brand: BrandId;
  /** null: it was sealed with another key. */
  readonly consent: RegistryConsent | null;
  readonly state: SendState;
  readonly reason: string | null;
  /** The registry's own name of it. */
  readonly reference: string | null;
  /** With `sent`: the request it is part of, and its place there. */
  readonly request: string | null;
  readonly place: string | null;
  readonly attempts: number;
  readonly nextAt: number;
  /** By when the registry must have heard of it, and when that is near. */
  readonly dueAt: number;
  readonly alarmAt: number;
  /** Somebody wants it sent in spite of its date. */
  readonly forced: boolean;
  readonly createdAt: number;
  readonly endedAt: number | null;
}

/** What becomes of a consent on its way. */
export type SendChange =
  | { readonly kind: 'sent'; readonly request: string; readonly place: string; readonly nextAt: number }
  | { readonly kind: 'later'; readonly nextAt: number; readonly reason: string }
  /** The registry lost it: as if it had not been sent. */
  | { readonly kind: 'again'; readonly nextAt: number; readonly reason: string }
  | { readonly kind: 'accepted'; readonly reference: string | null }
  | { readonly kind: 'skipped' | 'rejected' | 'overdue'; readonly reason: string };

export interface PullState {
  readonly side: ChangeSide;
  readonly cursor: string | null;
  /** When everything that there was had been read; null: never. */
  readonly pulledAt: number | null;
  readonly failedAt: number | null;
  readonly error: string | null;
  readonly gap: RegistryGap | null;
}

/** Changes of this time on may be missing: the registry keeps a week of them. It was seen when consents were next read. */
export interface RegistryGap {
  readonly from: number;
  readonly seenAt: number;
}

export interface SendFigures {
  readonly byState: Readonly<Partial<Record<SendState, number>>>;
  /** Of those that wait: near their last day, or beyond it. */
  readonly alarms: number;
  readonly firstDueAt: number | null;
  /** Consents that stand here, of which nobody knows what the registry says, and changes of the last days of which nobody knows whom they are about. */
  readonly unread: number;
}

export interface SendFilter {
  readonly states?: readonly SendState[];
  readonly before?: ConsentEntryId;
  readonly limit: number;
}

/** Deadline of a consent, from its date. */
export type DueOf = (consentDate: number) => { readonly dueAt: number; readonly alarmAt: number };

export interface RegistryStore {
  /** Whether this engine is the one that talks with the registry, until then. */
  lead(brand: BrandId, holder: string, now: number, until: number): Promise<boolean>;
  /** Takes what was recorded since the last time, of `from` on at the first. Gives how many. */
  collect(brand: BrandId, from: number, now: number, dueOf: DueOf): Promise<number>;
  /** What is due: of each recipient, recipient type and type the oldest only. */
  due(brand: BrandId, now: number, limit: number): Promise<readonly RegistrySend[]>;
  /** It is on record that these are about to be sent. */
  begin(ids: readonly ConsentEntryId[], nextAt: number): Promise<void>;
  /** What becomes of them; what was accepted is from then on what the registry holds. */
  end(changes: ReadonlyMap<ConsentEntryId, SendChange>, now: number): Promise<void>;
  /** What the registry is known to hold; undefined: nobody knows. */
  held(brand: BrandId, key: RegistryKey): Promise<Held | null | undefined>;
  /** null: it has no record. */
  learn(brand: BrandId, key: RegistryKey, held: Held | null, now: number): Promise<void>;
  pulls(brand: BrandId): Promise<readonly PullState[]>;
  /** A page of changes becomes consents, with the cursor behind it; in one transaction. Gives how many changed what stands. */
  take(brand: BrandId, page: PulledPage): Promise<number>;
  /** Whose consent stands by what was heard before then only: of everybody, or of those whose consent could not be read. */
  unchecked(brand: BrandId, whose: 'all' | 'unread', before: number, limit: number): Promise<readonly Unchecked[]>;
  /** These were looked after, and what the registry says of them is not known: nobody is advertised to by them. `note` is kept of those that are new. */
  markUnread(brand: BrandId, ones: readonly Unchecked[], at: number, note: Note): Promise<void>;
  /** Nothing is missing any more. */
  closeGap(brand: BrandId): Promise<void>;
  /** One consent, as `take`. Gives whether something else stands now. */
  hear(one: Heard): Promise<boolean>;
  pullFailed(brand: BrandId, side: ChangeSide, at: number, error: string): Promise<void>;
  /** Removes up to so many that were done with before then. Gives how many. */
  sweep(before: number, limit: number): Promise<number>;
  list(brand: BrandId, filter: SendFilter): Promise<readonly RegistrySend[]>;
  figures(brand: BrandId, now: number): Promise<SendFigures>;
  /** Dead letters are sent again, in spite of their date, and a line of the audit is kept of each. Gives how many. */
  replay(brand: BrandId, id: ConsentEntryId | null, now: number, note: (id: ConsentEntryId) => AuditEntry): Promise<number>;
}

/** The line of the audit for so many consents or changes. */
export type Note = (count: number) => AuditEntry;

/** A consent that stands, found by its token. */
export interface Unchecked extends Omit<RegistryKey, 'recipient'> {
  readonly token: string;
  /** null: sealed with another key. */
  readonly recipient: string | null;
}

/** What the registry said of one person. */
export interface Heard {
  readonly consent: Consent;
  readonly how: How;
}

export interface PulledPage {
  readonly side: ChangeSide;
  readonly consents: readonly Heard[];
  /** Changed, and what the registry says of them is not known. */
  readonly unread: readonly RegistryKey[];
  /** Changes that do not even tell whom they are about. */
  readonly lost: number;
  readonly note: Note;
  readonly cursor: string | null;
  /** When the page was read. */
  readonly at: number;
  /** When the pull began, with the last page; null: there is more. */
  readonly pulledAt: number | null;
  readonly gap: RegistryGap | null;
}
