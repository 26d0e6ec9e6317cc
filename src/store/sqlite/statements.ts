import type { Database, Statement } from 'better-sqlite3';
import type { SqliteStatement } from 'kysely';

/** Texts kept prepared. An engine's own queries are some hundreds; lists that are filtered by many things have more forms. */
const MOST_KEPT = 500;
/** What only reads or writes rows. Anything else (a migration's DDL) may change what a prepared statement gives. */
const ROWS_ONLY = /^(?:select|insert|update|delete|with)\b/i;
const TRANSACTION = /^(?:begin|commit|rollback|savepoint|release)\b/i;

export interface Statements {
  prepare(sql: string): SqliteStatement;
}

/** Statements by their text, prepared once for each connection: preparing costs more than most of our reads. */
export function createStatements(current: () => Database): Statements {
  const kept = new Map<string, Statement<unknown[]>>();
  let of: Database | undefined;

  function statement(db: Database, sql: string): Statement<unknown[]> {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    const fresh = db.prepare<unknown[]>(sql);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(sql, fresh);
    return fresh;
  }

  return {
    prepare(sql) {
      const db = current();
      if (of !== db) kept.clear();
      of = db;
      if (!ROWS_ONLY.test(sql)) {
        if (!TRANSACTION.test(sql)) kept.clear();
        return db.prepare<unknown[]>(sql) as SqliteStatement;
      }
      const one = statement(db, sql);
      return {
        reader: one.reader,
        all: (parameters) => one.all(parameters),
        run: (parameters) => one.run(parameters),
        // One that is being walked through cannot be used a second time meanwhile.
        iterate: (parameters) => db.prepare<unknown[]>(sql).iterate(parameters),
      } as SqliteStatement;
    },
  };
}
