import { maskNumbersIn } from '../../domain/mask-number.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import { type ColumnAliases, demandColumns, type Headers, readHeaders, rowOf, type TableRow } from './headers.ts';
import { shownHeading } from './headings.ts';
import type { ImportLimits } from './limits.ts';
import { openTable } from './open-table.ts';
import { createSeenRows } from './seen-rows.ts';
import type { OpenTable, RawRow } from './table.ts';

/** A row that is not taken. The value is masked where a number stands in it. */
export interface RejectedRow {
  readonly row: number;
  /** The header's usual name; null when the row as a whole is at fault. */
  readonly column: string | null;
  readonly value: string;
  readonly reason: string;
  /** The row that this one repeats; null for every other fault. */
  readonly duplicateOf: number | null;
}

export type ReadRow<R> =
  /** `identity`: rows of the same one are the same thing; a token, so that nothing can be read of it. */
  | { readonly kind: 'ok'; readonly identity: string; readonly record: R }
  | { readonly kind: 'bad'; readonly column: string | null; readonly value: string; readonly reason: string };

/** What is imported: its columns, and what a row of them means. */
export interface RowReader<C extends string, R> {
  readonly columns: ColumnAliases<C>;
  readonly needed: readonly C[];
  read(row: TableRow<C>): ReadRow<R>;
}

export interface PreparedBatch<R> {
  readonly records: readonly R[];
  readonly rejected: readonly RejectedRow[];
  /** Rows of this batch that are not blank: records and rejected together. */
  readonly rows: number;
}

export type Mapping = Readonly<Record<string, string | null>>;

/** What is told of a table before anything is taken from it. */
export interface TablePreview {
  readonly format: OpenTable['format'];
  readonly encoding: OpenTable['encoding'];
  readonly separator: OpenTable['separator'];
  /** Each heading, numbers masked, and the column that it is taken for; null: it means nothing. */
  readonly mapping: readonly { readonly header: string; readonly column: string | null }[];
  /** The first rows as they would be read, numbers masked. */
  readonly sample: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

const SURPLUS = 'has more cells than the header; is there a separator within a text that is not quoted?';
const LONGEST_VALUE = 80;

/** Reads a table row by row, each with its meaning or its fault. A row that was there before is rejected, naming the first one. */
export async function* prepareRows<C extends string, R>(
  source: ByteSource,
  reader: RowReader<C, R>,
  { mapping, limits }: { readonly mapping: Mapping; readonly limits: ImportLimits },
): AsyncGenerator<PreparedBatch<R>> {
  const table = await openTable(source, limits);
  try {
    const headers = readHeaders(table.header, reader.columns, mapping);
    demandColumns(headers, reader.needed, reader.columns);
    const seen = createSeenRows();
    for await (const batch of table.batches()) yield prepareBatch(batch, headers, reader, seen);
  } finally {
    await table.close();
  }
}

/** The table's first rows and what its headings are taken for. Rejects with `request.invalid` what is no such table. */
export async function previewTable<C extends string, R>(
  source: ByteSource,
  reader: Pick<RowReader<C, R>, 'columns' | 'needed'>,
  { mapping, limits, rows }: { readonly mapping: Mapping; readonly limits: ImportLimits; readonly rows: number },
): Promise<TablePreview> {
  const table = await openTable(source, limits);
  try {
    const { names } = readHeaders(table.header, reader.columns, mapping);
    const sample: { row: number; cells: string[] }[] = [];
    for await (const batch of table.batches()) {
      for (const { number, cells } of batch)
        if (sample.length < rows && cells.some((cell) => cell.trim() !== ''))
          sample.push({ row: number, cells: table.header.map((_, index) => shown(cells[index] ?? '')) });
      if (sample.length >= rows) break;
    }
    const { format, encoding, separator } = table;
    return {
      format,
      encoding,
      separator,
      mapping: table.header.map((header, i) => ({ header: shownHeading(header), column: names[i] ?? null })),
      sample,
    };
  } finally {
    await table.close();
  }
}

function prepareBatch<C extends string, R>(
  batch: readonly RawRow[],
  headers: Headers<C>,
  reader: RowReader<C, R>,
  seen: ReturnType<typeof createSeenRows>,
): PreparedBatch<R> {
  const records: R[] = [];
  const rejected: RejectedRow[] = [];
  for (const { number, cells } of batch) {
    const row = rowOf(cells, number, headers.names);
    if (row === undefined) continue;
    const read: ReadRow<R> = row.surplus > 0 ? { kind: 'bad', column: null, value: '', reason: SURPLUS } : reader.read(row);
    if (read.kind === 'bad') {
      const { column, value, reason } = read;
      rejected.push({ row: number, column, value: shown(value), reason, duplicateOf: null });
      continue;
    }
    const hash = Buffer.from(read.identity, 'base64url');
    const first = seen.first(hash.readUInt32BE(0), hash.readUInt32BE(4), number);
    if (first === undefined) records.push(read.record);
    else rejected.push({ row: number, column: null, value: '', reason: `repeats row ${first}`, duplicateOf: first });
  }
  return { records, rejected, rows: records.length + rejected.length };
}

function shown(value: string): string {
  const masked = maskNumbersIn(value);
  return masked.length > LONGEST_VALUE ? `${masked.slice(0, LONGEST_VALUE)}…` : masked;
}
