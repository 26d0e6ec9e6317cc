import type { AuditEntry } from '../domain/audit.ts';
import type { BrandId } from '../domain/brand.ts';
import type { ContactId, ImportId, ListId } from '../domain/ids.ts';
import type { ListRow, ListStore, ListVariable } from './list-store.ts';
import type { ImportCounts, RejectedLine, Staged, StoredImport } from './matching.ts';

/** A contact ready to be stored. The number and what is known of the person are sealed already. */
export interface StagedContact {
  readonly id: ContactId;
  readonly numberToken: string;
  /** `SealedContact` as JSON, sealed. */
  readonly person: string;
  /** Row of the file; so that a contact that is in the list already is told with it. */
  readonly row: number;
}

/** What of a contact stands sealed. */
export interface SealedContact {
  readonly number: string;
  /** Other numbers of the same person. */
  readonly more: readonly string[];
  readonly variables: Readonly<Record<string, string | number | null>>;
}

/** Seals contacts where they are read: away from the calls. */
export interface ContactSeal {
  token(number: string): string;
  seal(text: string): string;
}

/** What a file becomes part of: the list of that name. */
export interface IntoList {
  readonly list: ListId;
  readonly name: string;
  /** false: a list of the name that holds anything must be of this very file. */
  readonly append: boolean;
  /** Of the file; the same file again is known by it. */
  readonly hash: string;
}

export interface LoadProgress {
  readonly counts: ImportCounts;
  readonly now: number;
}

/** A load that was begun. */
export interface BegunLoad {
  readonly seq: number;
  readonly list: ListRow;
  /** Contacts that were ever added to the list by then. */
  readonly from: number;
}

/** Into how many parts the numbers of a load are divided when they are made findable. */
export const TOKEN_SLICES = 256;

/** Loads of contacts into lists: seen by nobody before they are published, then all of them at once. */
export interface ContactLoads {
  /** `busy`: a file of the brand is being loaded. `taken`: there is such a list, of another file. */
  begin(
    row: Pick<StoredImport, 'id' | 'brand' | 'name' | 'startedAt' | 'startedBy'>,
    into: IntoList,
    deadBefore: number,
  ): Promise<BegunLoad | 'busy' | 'taken'>;
  /**
   * Adds those whose number the list does not have; the others come back as `known`. `progress`: what was done before.
   * Rejects with `store.conflict` when the load was taken for dead.
   */
  stage(
    load: Pick<BegunLoad, 'seq'> & { readonly brand: BrandId; readonly list: ListId },
    rows: readonly StagedContact[],
    progress: LoadProgress,
  ): Promise<Staged & { readonly known: readonly StagedContact[] }>;
  /** Makes one of `TOKEN_SLICES` parts of what was staged findable by number; all of them before `publish`. */
  index(load: Pick<BegunLoad, 'seq'> & { readonly brand: BrandId; readonly list: ListId }, slice: number, now: number): Promise<void>;
  /** The load will not be published by this process. */
  abandon(brand: BrandId, seq: number): void;
  /** Keeps rows that were not taken, for the report. */
  reject(brand: BrandId, seq: number, lines: readonly RejectedLine[]): Promise<void>;
  /** From here on its contacts are in the list. Numbers that were appended meanwhile are left out: the counts that hold are in the import. */
  publish(
    done: Pick<StoredImport, 'brand' | 'counts'> &
      Pick<BegunLoad, 'seq' | 'from'> & { readonly list: ListId; readonly variables: readonly ListVariable[]; readonly finishedAt: number },
    audit: AuditEntry,
  ): Promise<void>;
  /** Rows that were not taken, by row, behind `after`. */
  rejected(brand: BrandId, id: ImportId, after: number, limit: number): Promise<readonly RejectedLine[]>;
  /** Loads of a list, newest first. */
  of(brand: BrandId, list: ListId, limit: number): Promise<readonly StoredImport[]>;
}

export interface ContactListStore extends ListStore {
  readonly loads: ContactLoads;
  /** By name; removed ones are not among them. */
  list(brand: BrandId): Promise<readonly ListRow[]>;
  /** Lists that a file with this hash is part of. */
  withFile(brand: BrandId, hash: string): Promise<readonly ListRow[]>;
  /** Seen by nobody from then on; its rows are removed by sweeps. False when there is none, or a file is being loaded into it. */
  remove(brand: BrandId, id: ListId, audit: AuditEntry): Promise<boolean>;
}
