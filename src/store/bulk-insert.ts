import { CompiledQuery, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** Values of one row, in the order of the columns. */
type Values = readonly (string | number | null)[];

/** Writes many rows of one table. */
export interface BulkInsert {
  (db: Transaction<Schema>, rows: readonly Values[]): Promise<void>;
}

/** Texts kept; a load writes portions of one size, and a smaller one at its end. */
const MOST_TEXTS = 32;

/**
 * Inserts with one statement for all rows of a portion, whose text is made once for each number of them, and which the
 * database keeps prepared: a query builder takes longer over a portion than the database does to store it.
 */
export function bulkInsert<T extends keyof Schema>(
  engine: Database['engine'],
  table: T,
  columns: readonly (keyof Schema[T] & string)[],
): BulkInsert {
  const texts = new Map<number, string>();
  const place = engine === 'postgresql' ? (n: number) => `$${n + 1}` : () => '?';

  function textOf(rows: number): string {
    const known = texts.get(rows);
    if (known !== undefined) return known;
    const row = (n: number): string => `(${columns.map((_, i) => place(n * columns.length + i)).join(', ')})`;
    const text = `insert into ${table} (${columns.join(', ')}) values ${Array.from({ length: rows }, (_, n) => row(n)).join(', ')}`;
    if (texts.size >= MOST_TEXTS) texts.clear();
    texts.set(rows, text);
    return text;
  }

  return async (db, rows) => {
    if (rows.length > 0) await db.executeQuery(CompiledQuery.raw(textOf(rows.length), rows.flat() as unknown[]));
  };
}
