import type { Consent, ConsentType, RecipientType } from '../domain/consent.ts';
import type { ChangeSide } from '../domain/consent-registry.ts';

/** A consent as the registry knows it: without the brand, which the connection stands for, and without our evidence. */
export type RegistryConsent = Omit<Consent, 'brand' | 'evidence'>;
export interface RegistryKey {
  readonly recipient: string;
  readonly recipientType: RecipientType;
  readonly type: ConsentType;
}

/**
 * later: another time may be better; `unsure`: it may have been carried out all the same · refused: never as it is, such as
 * wrong credentials. Reasons hold no number, address or secret.
 */
export type RegistryTrouble =
  | { readonly kind: 'later'; readonly reason: string; readonly unsure: boolean; readonly afterMs?: number }
  | { readonly kind: 'refused'; readonly reason: string };

/** What the registry said of one consent. `late`: the time within which it may be told is over. */
export type RegistryVerdict =
  | { readonly kind: 'accepted'; readonly reference: string | null }
  | { readonly kind: 'rejected'; readonly code: string; readonly reason: string; readonly late: boolean }
  | { readonly kind: 'waiting' };

/** One change, in the order in which the registry heard of it. `unread`: it cannot be understood; of whom it tells, where that can be read. */
export type RegistryChange = RegistryConsent | { readonly unread: RegistryKey | null };

/** The national registry of consents, as one brand sees it. Nothing here rejects; each call ends when its signal says so. */
export interface ConsentRegistry {
  add(consent: RegistryConsent, signal: AbortSignal): Promise<Exclude<RegistryVerdict, { kind: 'waiting' }> | RegistryTrouble>;
  /** Taken as a whole and judged later, one by one, by `poll`: `places` names them, in the order of `consents`. */
  addMany(
    consents: readonly RegistryConsent[],
    signal: AbortSignal,
  ): Promise<
    | { readonly kind: 'taken'; readonly request: string; readonly places: readonly string[] }
    /** Nothing of it was taken, because some of it is at fault: one by one the others are. */
    | { readonly kind: 'faulty' }
    | RegistryTrouble
  >;
  poll(
    request: string,
    signal: AbortSignal,
  ): Promise<{ readonly kind: 'judged'; readonly verdicts: ReadonlyMap<string, RegistryVerdict> } | RegistryTrouble>;
  /** null: there is no record. unread: the registry works, and what it says of this one cannot be understood. */
  status(
    key: RegistryKey,
    signal: AbortSignal,
  ): Promise<
    | { readonly kind: 'known'; readonly consent: RegistryConsent | null }
    | { readonly kind: 'unread'; readonly reason: string }
    | RegistryTrouble
  >;
  /** A page of changes behind a cursor; without one from a week ago on. `isLast`: there are no more at this time. */
  changes(
    side: ChangeSide,
    after: string | null,
    signal: AbortSignal,
  ): Promise<
    | { readonly kind: 'page'; readonly changes: readonly RegistryChange[]; readonly after: string | null; readonly isLast: boolean }
    | RegistryTrouble
  >;
  close(): Promise<void>;
}
