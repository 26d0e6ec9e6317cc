import type { BrandId } from '../../domain/brand.ts';
import type { IdSource } from '../../domain/ids.ts';
import type { MatchForm } from '../../domain/matching/match-mode.ts';
import type { NumberRules } from '../../domain/phone-number.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import type { ContactSeal, StagedContact } from '../../ports/contact-lists.ts';
import type { SpooledFile } from '../../ports/import-spool.ts';
import type { ListVariable } from '../../ports/list-store.ts';
import type { ImportKind, StagedCustomer, StagedSegment } from '../../ports/matching.ts';
import { contactReader, type ReadContact, stagedContact } from '../lists/contact-row.ts';
import { customerReader } from '../matching/customer-row.ts';
import { createNumberTokens, type TokenKeys } from '../matching/number-tokens.ts';
import { segmentReader } from '../matching/segment-row.ts';
import type { ImportLimits } from './limits.ts';
import { type Mapping, type PreparedBatch, prepareRows, previewTable, type RowReader, type TablePreview } from './prepare.ts';

/** Everything a thread needs to read a file; plain data. */
export interface ImportJob {
  readonly kind: ImportKind;
  readonly brand: BrandId;
  readonly mapping: Mapping;
  readonly limits: ImportLimits;
  readonly tokens: TokenKeys;
  readonly form: MatchForm;
  readonly rules: NumberRules;
  readonly numbers: 'several' | 'one';
  readonly zone: string;
  /** Segments that flows/segments.yaml defines. */
  readonly segments: readonly string[];
  /** For lists: variables that the list has, and the key its contacts are sealed with. */
  readonly variables: readonly ListVariable[];
  readonly sealKey: string;
}

export type StagedRow = StagedCustomer | StagedSegment | StagedContact;
/** A row that was read; what has to be sealed is not yet. */
export type UnsealedRow = StagedCustomer | StagedSegment | ReadContact;

/** What sealing needs that is no plain data. */
export interface ReaderTools {
  readonly ids: IdSource;
  sealWith(key: string): ContactSeal;
}

/** Reads files away from the calls: in threads of their own, which are never more than a few batches ahead. */
export interface ImportReader {
  preview(file: SpooledFile, job: ImportJob): Promise<TablePreview>;
  rows(file: SpooledFile, job: ImportJob): AsyncIterable<PreparedBatch<StagedRow>>;
}

export const PREVIEW_ROWS = 20;

/** What the thread does for `preview`. */
export function previewJob(source: ByteSource, job: ImportJob): Promise<TablePreview> {
  return previewTable(source, readerOf(job), { mapping: job.mapping, limits: job.limits, rows: PREVIEW_ROWS });
}

/** What the thread does for `rows`; `sealingOf` is the other half. */
export function rowsOfJob(source: ByteSource, job: ImportJob): AsyncGenerator<PreparedBatch<UnsealedRow>> {
  return prepareRows(source, readerOf(job), { mapping: job.mapping, limits: job.limits });
}

/** Sealing takes as long as reading: where there is something to seal, another thread does it. */
export function isSealed(kind: ImportKind): boolean {
  return kind === 'contacts';
}

/** Seals what a batch holds. Only what it gives leaves the threads. */
export function sealingOf(job: ImportJob, tools: ReaderTools): (batch: PreparedBatch<UnsealedRow>) => PreparedBatch<StagedRow> {
  if (!isSealed(job.kind)) return (batch) => batch as PreparedBatch<StagedRow>;
  const seal = tools.sealWith(job.sealKey);
  return (batch) => ({ ...batch, records: (batch.records as readonly ReadContact[]).map((read) => stagedContact(seal, tools.ids, read)) });
}

/** A new kind of import is a reader here, a sink in `sinks.ts`, and its name in `ports/matching.ts`. */
function readerOf(job: ImportJob): RowReader<UnsealedRow> {
  const { brand, form, rules, numbers, zone } = job;
  switch (job.kind) {
    case 'customers':
      return customerReader(createNumberTokens(job.tokens), { brand, form, rules, numbers, zone });
    case 'segments':
      return segmentReader(createNumberTokens(job.tokens), { brand, rules, known: job.segments });
    case 'contacts':
      return contactReader({ rules, numbers, known: job.variables });
  }
}
