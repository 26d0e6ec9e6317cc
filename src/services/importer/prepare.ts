import { maskNumbersIn } from '../../domain/mask-number.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import { type ColumnAliases, demandColumns, readHeaders, rowOf, type TableRow } from './headers.ts';
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

/** A number that is an integer and exact, or base64url of eight bytes at least. */
export type RowIdentity = number | string;

export type ReadRow<R> =
  | {
      readonly kind: 'ok';
      /** Rows of the same one are the same thing. */
      readonly identity: RowIdentity;
      /** What else of the row no other row may have. */
      readonly others?: readonly RowIdentity[];
      /** What the row says; without those of `others` that a row above has (`known`). Asked for once the row is to be taken. */
      record(known: readonly boolean[]): R;
    }
  | { readonly kind: 'bad'; readonly column: string | null; readonly value: string; readonly reason: string };

/** What one table's columns mean, and what a row of it does. */
export interface TablePlan<R> {
  /** By place; undefined where a column means nothing. */
  readonly names: readonly (string | undefined)[];
  /** Throws `request.invalid` when a column is missing that the table cannot do without. */
  demand(): void;
  read(row: TableRow<string>): ReadRow<R>;
}

/** What is imported: finds out what a table's columns mean by its header, and where need be by its first rows. */
export interface RowReader<R> {
  plan(table: Pick<OpenTable, 'header' | 'format' | 'separator'>, first: readonly RawRow[], mapping: Mapping): TablePlan<R>;
}

/** A reader of columns that are always the same. */
export function fixedColumns<C extends string, R>(fixed: {
  readonly columns: ColumnAliases<C>;
  readonly needed: readonly C[];
  read(row: TableRow<C>): ReadRow<R>;
}): RowReader<R> {
  return {
    plan({ header }, _first, mapping) {
      const headers = readHeaders(header, fixed.columns, mapping);
      return {
        names: headers.names,
        demand: () => demandColumns(headers, fixed.needed, fixed.columns),
        read: (row) => fixed.read(row as TableRow<C>),
      };
    },
  };
}

export interface PreparedBatch<R> {
  readonly records: readonly R[];
  readonly rejected: readonly RejectedRow[];
  /** Rows of this batch that are not blank: records and rejected together. */
  readonly rows: number;
  /** What the columns mean. */
  readonly columns: readonly string[];
  /** How much of the file has been read, 0 to 1. */
  readonly share: number;
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
const HALF = 2 ** 32;
const NONE: readonly boolean[] = [];

/** Reads a table row by row, each with its meaning or its fault. A row that was there before is rejected, naming the first one. */
export async function* prepareRows<R>(
  source: ByteSource,
  reader: RowReader<R>,
  { mapping, limits }: { readonly mapping: Mapping; readonly limits: ImportLimits },
): AsyncGenerator<PreparedBatch<R>> {
  const { watched, share } = watchedSource(source);
  const table = await openTable(watched, limits);
  try {
    const { first, batches } = await ahead(table);
    const plan = reader.plan(table, first, mapping);
    plan.demand();
    const seen = createSeenRows();
    const columns = plan.names.filter((name) => name !== undefined);
    if (first.length === 0) yield { records: [], rejected: [], rows: 0, columns, share: 1 };
    for await (const batch of batches) yield { ...prepareBatch(batch, plan, seen), columns, share: share() };
  } finally {
    await table.close();
  }
}

/** The source, and how far it was read last. */
function watchedSource(source: ByteSource): { readonly watched: ByteSource; share(): number } {
  let reached = 0;
  const read: ByteSource['read'] = (offset, length) => {
    reached = offset + length;
    return source.read(offset, length);
  };
  return { watched: { size: source.size, read }, share: () => Math.min(1, reached / Math.max(1, source.size)) };
}

/** The table's first rows and what its headings are taken for. Rejects with `request.invalid` what is no such table. */
export async function previewTable<R>(
  source: ByteSource,
  reader: RowReader<R>,
  { mapping, limits, rows }: { readonly mapping: Mapping; readonly limits: ImportLimits; readonly rows: number },
): Promise<TablePreview> {
  const table = await openTable(source, limits);
  try {
    const { first, batches } = await ahead(table);
    const { names } = reader.plan(table, first, mapping);
    const sample: { row: number; cells: string[] }[] = [];
    for await (const batch of batches) {
      for (const { number, cells } of batch)
        if (sample.length < rows && cells.some((cell) => cell.trim() !== ''))
          sample.push({ row: number, cells: table.header.map((_, index) => shown(cells[index] ?? '')) });
      if (sample.length >= rows) break;
    }
    const { format, encoding, separator } = table;
    const columns = table.header.map((header, i) => ({ header: shownHeading(header), column: names[i] ?? null }));
    return { format, encoding, separator, mapping: columns, sample };
  } finally {
    await table.close();
  }
}

/** The first batch before its turn, and all of them from it on. */
async function ahead(
  table: OpenTable,
): Promise<{ readonly first: readonly RawRow[]; readonly batches: AsyncGenerator<readonly RawRow[]> }> {
  const rest = table.batches()[Symbol.asyncIterator]();
  const first = await rest.next();
  async function* batches(): AsyncGenerator<readonly RawRow[]> {
    for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
  }
  return { first: first.done === true ? [] : first.value, batches: batches() };
}

function prepareBatch<R>(
  batch: readonly RawRow[],
  plan: TablePlan<R>,
  seen: ReturnType<typeof createSeenRows>,
): Omit<PreparedBatch<R>, 'columns' | 'share'> {
  const records: R[] = [];
  const rejected: RejectedRow[] = [];
  for (const { number, cells } of batch) {
    const row = rowOf(cells, number, plan.names);
    if (row === undefined) continue;
    const read: ReadRow<R> = row.surplus > 0 ? { kind: 'bad', column: null, value: '', reason: SURPLUS } : plan.read(row);
    if (read.kind === 'bad') {
      const { column, value, reason } = read;
      rejected.push({ row: number, column, value: shown(value), reason, duplicateOf: null });
      continue;
    }
    const first = firstWith(seen, read.identity, number);
    const known = read.others?.map((other) => firstWith(seen, other, number) !== undefined) ?? NONE;
    if (first !== undefined) rejected.push({ row: number, column: null, value: '', reason: `repeats row ${first}`, duplicateOf: first });
    else records.push(read.record(known));
  }
  return { records, rejected, rows: records.length + rejected.length };
}

function firstWith(seen: ReturnType<typeof createSeenRows>, identity: RowIdentity, row: number): number | undefined {
  if (typeof identity === 'number') return seen.first(Math.floor(identity / HALF), identity % HALF, row);
  const hash = Buffer.from(identity, 'base64url');
  return seen.first(hash.readUInt32BE(0), hash.readUInt32BE(4), row);
}

function shown(value: string): string {
  const masked = maskNumbersIn(value);
  return masked.length > LONGEST_VALUE ? `${masked.slice(0, LONGEST_VALUE)}…` : masked;
}
