import type { AuditEntry, Audited } from '../domain/audit.ts';
import type { BrandId } from '../domain/brand.ts';
import type { AuditId } from '../domain/ids.ts';

export interface AuditFilter {
  readonly brand: BrandId;
  readonly subject?: string;
  /** Entries older than this id, for paging: newest first. */
  readonly before?: AuditId;
  readonly limit: number;
}

/** Who changed what; lines are added and read, never changed. */
export interface AuditStore {
  add(entry: AuditEntry): Promise<void>;
  list(filter: AuditFilter): Promise<readonly AuditEntry[]>;
  /** The newest entry of that kind for each subject. */
  latest(brand: BrandId, what: Audited): Promise<ReadonlyMap<string, AuditEntry>>;
}
