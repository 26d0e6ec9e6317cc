import type { TextEncoding } from './decode-text.ts';
import type { Separator } from './dialect.ts';

/** A row as it stands in the file. `number` is the spreadsheet's: the header is row 1, blank rows count. */
export interface RawRow {
  readonly number: number;
  readonly cells: readonly string[];
}

export type TableFormat = 'csv' | 'xlsx' | 'json';

/** A table whose header is known, and whose rows come one batch after the other, however many there are. */
export interface OpenTable {
  readonly format: TableFormat;
  /** Of text files; null for workbooks. */
  readonly encoding: TextEncoding | null;
  readonly separator: Separator | null;
  readonly header: readonly string[];
  /** Once; the rows below the header, blank ones among them. */
  batches(): AsyncIterable<readonly RawRow[]>;
  /** Lets go of the file when its rows are not read to their end. */
  close(): Promise<void>;
}
