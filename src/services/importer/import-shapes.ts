import type { BrandId } from '../../domain/brand.ts';
import type { IdSource, ImportId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ContactLoads } from '../../ports/contact-lists.ts';
import type { ImportSpool, SpooledFile } from '../../ports/import-spool.ts';
import type { Log } from '../../ports/log.ts';
import type { ImportKind, ImportStore } from '../../ports/matching.ts';
import type { ImportJob, ImportReader } from './import-job.ts';
import type { Mapping, TablePreview } from './prepare.ts';
import type { TargetList } from './sinks.ts';

/** A file that was sent and waits to be confirmed. */
export interface StagedFile {
  readonly id: ImportId;
  readonly kind: ImportKind;
  readonly name: string;
  readonly bytes: number;
  readonly expiresAt: number;
  readonly preview: TablePreview;
  /** SHA-256 of the file, hex. */
  readonly hash: string;
}

export interface UploadRequest {
  readonly brand: BrandId;
  readonly kind: ImportKind;
  readonly name: string;
  readonly by: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface ConfirmRequest {
  readonly mapping?: Mapping;
  /** Customers that the file does not have are forgotten, and so are those whose row is bad. */
  readonly replace?: boolean;
  readonly numbers?: 'several' | 'one';
  /** For contacts. */
  readonly list?: TargetList;
}

export interface ImportsDeps {
  readonly store: ImportStore;
  readonly lists: ContactLoads;
  readonly spool: ImportSpool;
  readonly reader: ImportReader;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
  readonly log: Log;
  readonly maxBytes: number;
  /** The brand's part of a job: form of keys, rules, limits. */
  jobFor(brand: BrandId, kind: ImportKind): Promise<Omit<ImportJob, 'kind' | 'brand' | 'mapping' | 'numbers' | 'variables'>>;
  /** Something was published: what is kept in memory is old. */
  changed(brand: BrandId, kind: ImportKind): void;
}

export interface Waiting extends StagedFile {
  readonly brand: BrandId;
  readonly by: string;
  readonly file: SpooledFile;
}
