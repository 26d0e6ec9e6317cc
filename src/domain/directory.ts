import type { Label } from './label.ts';
import type { Language } from './language.ts';
import type { Calendar } from './opening-hours.ts';

/** Whom the directory knows. */
export const DIRECTORY_KINDS = ['department', 'dealer', 'person'] as const;
export type DirectoryKind = (typeof DIRECTORY_KINDS)[number];

/** One of them. `id`: a name of flows/directory.yaml, a dealer's code, or the name of a person put in over the API. */
export interface DirectoryRef {
  readonly kind: DirectoryKind;
  readonly id: string;
}

/** A telephone: an extension of this house, or a number, E.164. */
export type Telephone = { readonly kind: 'extension'; readonly extension: string } | { readonly kind: 'number'; readonly number: string };

/** How a telephone is rung. key: it may be a mailbox, so who answers presses 1. */
export interface Ringing {
  readonly ringMs: number;
  readonly accept: 'answer' | 'key';
}

/** One who is tried: a telephone, a person (all their telephones), or the dealer's own number. */
export type Attempt =
  | ({ readonly kind: 'line'; readonly telephone: Telephone } & Ringing)
  | { readonly kind: 'person'; readonly person: string }
  | ({ readonly kind: 'own' } & Ringing);

/** A department, a person or a dealer, and in which order their telephones are tried. */
export interface DirectoryEntry extends DirectoryRef {
  /** null: a dealer's own name. */
  readonly label: Label | null;
  /** What who answers is spoken to in; null: the house's language. */
  readonly language: Language | null;
  /** A calendar of `flows/calendars/`; null: a dealer's own hours, anybody else always. */
  readonly calendar: string | null;
  /** Rounds one after the other; all of one round ring together, and who takes the call first has it. */
  readonly rounds: readonly (readonly Attempt[])[];
  /** Where notices go, such as of a missed call; null: nowhere. */
  readonly email: string | null;
  readonly webhook: string | null;
}

/** Somebody is away from `from` until `until` (UTC ms); `instead` is tried in their place. */
export interface Absence {
  readonly of: DirectoryRef;
  readonly from: number;
  readonly until: number;
  readonly instead: DirectoryRef | null;
}

/** What is known of a dealer besides the directory. */
export interface KnownDealer {
  readonly name: string;
  readonly phone: string;
  readonly hours: Calendar;
}

/** How a dealer without an entry of its own is rung, and any telephone whose entry does not say. */
export const USUAL_RING_MS = 25_000;
