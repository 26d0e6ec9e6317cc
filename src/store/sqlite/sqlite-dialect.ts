import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from 'kysely';
import type { SqliteHandle } from './sqlite-handle.ts';
import { createStatements } from './statements.ts';

/** Kysely on our handle: its driver lets one user at a time have the connection, which also keeps the hot path out of open transactions. */
export function createSqliteDialect(handle: SqliteHandle): Dialect {
  return {
    createDriver: () => new HandleDriver(handle),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class HandleDriver extends SqliteDriver {
  readonly #handle: SqliteHandle;

  constructor(handle: SqliteHandle) {
    const statements = createStatements(() => handle.current());
    super({ database: { prepare: (sql) => statements.prepare(sql), close: () => handle.close() } });
    this.#handle = handle;
  }

  /** A write transaction takes the write lock at once: a lock taken later, after a read, fails without waiting (SQLITE_BUSY_SNAPSHOT). */
  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(settings?.accessMode === 'read only' ? 'begin' : 'begin immediate'));
  }

  /** Some faults (full disk, I/O error) have rolled the transaction back already; a second rollback would hide the fault. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#handle.current().inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }
}
