import type { AuditEntry } from '../domain/audit.ts';
import type { BrandId } from '../domain/brand.ts';
import type { ImportId, ListId } from '../domain/ids.ts';
import type { CustomerRecord, VerifyField } from '../domain/matching/customer-record.ts';
import type { BucketSizes } from '../domain/matching/expectation.ts';
import type { MatchForm, MatchMode } from '../domain/matching/match-mode.ts';

/** How a brand recognises callers. */
export interface MatchSettings {
  readonly mode: MatchMode;
  /** Longest list of candidates; beyond it a question comes first. */
  readonly most: number;
  /** Wrong answers until the call is locked. */
  readonly tries: number;
  readonly verify: readonly VerifyField[];
  readonly questions: readonly VerifyField[];
  /** Other systems are told the last digits or a token instead of the number. */
  readonly anonymous: boolean;
}

/** What callers are matched with. */
export const MATCH_KINDS = ['customers', 'segments'] as const;
export type MatchKind = (typeof MATCH_KINDS)[number];
/** contacts: people whom campaigns call, into lists (`contact-lists.ts`). */
export type ImportKind = MatchKind | 'contacts';

/** loading: under way · live: counts · superseded: a later file replaced it as a whole · failed: nothing of it counts. */
export type ImportState = 'loading' | 'live' | 'superseded' | 'failed';

export interface RejectedLine {
  readonly row: number;
  readonly column: string | null;
  readonly value: string;
  readonly reason: string;
}

/** What an import did. `rows` is always `added + changed + unchanged + duplicates + bad`. */
export interface ImportCounts {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly duplicates: number;
  readonly bad: number;
}

export interface StoredImport {
  readonly id: ImportId;
  readonly brand: BrandId;
  readonly kind: ImportKind;
  readonly state: ImportState;
  /** As it was given, numbers masked. */
  readonly name: string;
  readonly startedAt: number;
  readonly startedBy: string;
  readonly finishedAt: number | null;
  readonly counts: ImportCounts;
  /** The first of the rows that were not taken. */
  readonly rejected: readonly RejectedLine[];
  readonly problem: string | null;
  /** Of contacts: the list that they are loaded into. */
  readonly list: ListId | null;
}

/** A customer ready to be stored. There is no number in it any more. */
export interface StagedCustomer {
  readonly customer: string;
  readonly record: CustomerRecord;
  readonly form: MatchForm;
  readonly keys: readonly string[];
  /** Keyed fingerprint of everything above: the same for the same row. */
  readonly digest: string;
}

/** A number's token and the segment it belongs to. */
export interface StagedSegment {
  readonly token: string;
  readonly segment: string;
}

export type Staged = Pick<ImportCounts, 'added' | 'changed' | 'unchanged'>;

/** A customer whom a key leads to. */
export interface StoredCustomer {
  readonly customer: string;
  readonly record: CustomerRecord;
}

/** Rows of an import count only once it is published, all of them at the same moment. */
export interface ImportStore {
  /** Gives the import's place in the order of all; `busy` when another one of the brand is under way in a living process. */
  begin(
    row: Pick<StoredImport, 'id' | 'brand' | 'kind' | 'name' | 'startedAt' | 'startedBy'>,
    deadBefore: number,
  ): Promise<number | 'busy'>;
  /** Writes what is new or differs from what counts at the moment; with `all` everything. `now` shows that the process lives. */
  stageCustomers(
    brand: BrandId,
    seq: number,
    rows: readonly StagedCustomer[],
    how: { readonly all: boolean; readonly now: number },
  ): Promise<Staged>;
  stageSegments(
    brand: BrandId,
    seq: number,
    rows: readonly StagedSegment[],
    how: { readonly all: boolean; readonly now: number },
  ): Promise<Staged>;
  /** From here on its rows count; with `replace` those of all former imports of the kind do not any more. Noted in the same transaction. */
  publish(
    done: Pick<StoredImport, 'brand' | 'kind' | 'counts' | 'rejected'> & {
      readonly seq: number;
      readonly finishedAt: number;
      readonly replace: boolean;
    },
    audit: AuditEntry,
  ): Promise<void>;
  fail(brand: BrandId, seq: number, problem: string, now: number): Promise<void>;
  get(brand: BrandId, id: ImportId): Promise<StoredImport | undefined>;
  /** Of these kinds, newest first. */
  list(brand: BrandId, limit: number, kinds: readonly ImportKind[]): Promise<readonly StoredImport[]>;
  /** Removes up to `limit` rows that do not count any more; gives how many. Imports whose process died are failed first. */
  sweep(brand: BrandId, deadBefore: number, limit: number): Promise<number>;
}

export interface MatchStore {
  readonly imports: ImportStore;
  settings(brand: BrandId): Promise<MatchSettings | undefined>;
  /** Noted in the same transaction. */
  putSettings(brand: BrandId, settings: MatchSettings, audit: AuditEntry): Promise<void>;
  /** Forms of the keys that count. */
  forms(brand: BrandId): Promise<readonly MatchForm[]>;
  /** Customers whom one of the keys leads to, each once. */
  find(
    brand: BrandId,
    keys: readonly { readonly form: MatchForm; readonly key: string }[],
    limit: number,
  ): Promise<readonly StoredCustomer[]>;
  get(brand: BrandId, customer: string): Promise<StoredCustomer | undefined>;
  /** A key of an older form is replaced; the customer was verified on the number that makes both. */
  rekey(
    brand: BrandId,
    customer: string,
    from: { readonly form: MatchForm; readonly key: string },
    to: { readonly form: MatchForm; readonly key: string },
  ): Promise<void>;
  touched(brand: BrandId, customer: string, at: number): Promise<void>;
  count(brand: BrandId): Promise<number>;
  bucketSizes(brand: BrandId, form: MatchForm): Promise<BucketSizes>;
  /** The segment of the first token that has one. */
  segmentOf(brand: BrandId, tokens: readonly string[]): Promise<string | undefined>;
  /** How many numbers each segment has. */
  segmentSizes(brand: BrandId): Promise<ReadonlyMap<string, number>>;
}
