import type { BrandId } from '../domain/brand.ts';
import type { Absence, DirectoryEntry, DirectoryKind } from '../domain/directory.ts';
import type { AbsenceId, MissedCallId } from '../domain/ids.ts';
import type { MissedCall } from '../domain/missed-call.ts';

/** An absence as it was written down. Times are UTC ms. */
export interface KeptAbsence extends Absence {
  readonly id: AbsenceId;
  readonly brand: BrandId;
  readonly createdAt: number;
  /** A user's name. */
  readonly createdBy: string;
}

/** What changes in the day: who is away, and people who were put in. */
export interface DirectoryStore {
  /** Absences that are not over at `now`, the first first. */
  absences(brand: BrandId, now: number): Promise<readonly KeptAbsence[]>;
  addAbsence(absence: KeptAbsence): Promise<void>;
  /** False when the brand has no such absence. */
  removeAbsence(brand: BrandId, id: AbsenceId): Promise<boolean>;
  /** By code. Somebody whose seal cannot be opened any more has no telephones. */
  people(brand: BrandId): Promise<readonly DirectoryEntry[]>;
  /** In the place of whoever has the code. */
  putPerson(brand: BrandId, person: DirectoryEntry, now: number): Promise<void>;
  /** False when the brand has nobody of that code. */
  removePerson(brand: BrandId, code: string): Promise<boolean>;
}

export interface MissedCallFilter {
  readonly brand: BrandId;
  readonly kind?: DirectoryKind;
  readonly ref?: string;
  /** UTC ms, inclusive. */
  readonly from?: number;
  /** UTC ms, exclusive. */
  readonly to?: number;
  /** Older than this one, for paging: newest first. */
  readonly before?: MissedCallId;
  readonly limit: number;
}

/** Missed calls. Rows come with the turn of the call that caused them (`CallChange.missedCalls`); of one call the first stands. */
export interface MissedCallStore {
  list(filter: MissedCallFilter): Promise<readonly MissedCall[]>;
  /** Takes the numbers out of those before `before` (UTC ms). How many. */
  wipe(before: number): Promise<number>;
}
