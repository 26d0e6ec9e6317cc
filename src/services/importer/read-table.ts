import { bytesOf } from './byte-source.ts';
import type { TextEncoding } from './decode-text.ts';
import type { Separator } from './dialect.ts';
import { type ColumnAliases, readHeaders, rowOf, type TableRow } from './headers.ts';
import { WHOLE_TABLE_LIMITS } from './limits.ts';
import { openTable } from './open-table.ts';

/** A table that is held in memory as a whole: for lists of dealers, not for a million customers. */
export interface Table<C extends string> {
  /** Of text files; null for workbooks. */
  readonly encoding: TextEncoding | null;
  readonly separator: Separator | null;
  readonly columns: readonly C[];
  /** Headers that mean nothing to us, as far as a message may quote them. */
  readonly unknownHeaders: readonly string[];
  /** For the end of a message about columns that lack. */
  readonly hint: string;
  readonly rows: readonly TableRow<C>[];
}

/** Reads a whole table of any kind that `openTable` opens, and rejects with what it rejects with. */
export async function readTable<C extends string>(bytes: Uint8Array, aliases: ColumnAliases<C>): Promise<Table<C>> {
  const open = await openTable(bytesOf(bytes), WHOLE_TABLE_LIMITS);
  try {
    const headers = readHeaders(open.header, aliases);
    const rows: TableRow<C>[] = [];
    for await (const batch of open.batches())
      for (const { number, cells } of batch) {
        const row = rowOf(cells, number, headers.names);
        if (row !== undefined) rows.push(row);
      }
    const { encoding, separator } = open;
    return { encoding, separator, columns: headers.columns, unknownHeaders: headers.unknown, hint: headers.hint, rows };
  } finally {
    await open.close();
  }
}
