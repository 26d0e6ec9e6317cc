import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database as Connection } from 'better-sqlite3';
import { Kysely } from 'kysely';
import { SantralError } from '../../domain/errors.ts';
import type { Log } from '../../ports/log.ts';
import type { Database } from '../database.ts';
import type { Schema } from '../schema.ts';
import { type Checkpointer, startCheckpointer } from './checkpointer.ts';
import { createSqliteDialect } from './sqlite-dialect.ts';
import { isBusy, mapSqliteError, spoilsHandle } from './sqlite-errors.ts';
import { createSqliteHandle, type SqliteHandle } from './sqlite-handle.ts';
import { type CallWriter, prepareCallWriter } from './write-calls.ts';

/** How long a lock of another process is waited for, without blocking the event loop, before `store.busy`. */
const BUSY_PATIENCE_MS = 3000;
const BUSY_PAUSE_MS = 15;

export interface SqliteDatabase extends Database {
  readonly handle: SqliteHandle;
}

/** SQLite on a file; the file is made when it is not there. */
export function createSqliteDatabase(file: string, log: Log, patienceMs = BUSY_PATIENCE_MS): SqliteDatabase {
  makeFile(file);
  const handle = createSqliteHandle(file, log);
  const db = new Kysely<Schema>({ dialect: createSqliteDialect(handle) });
  const guarded = <T>(work: () => Promise<T>) => guard(work, { handle, file, patienceMs });
  const writer = writerOf(handle);
  let checkpointer: Checkpointer | undefined;
  return {
    engine: 'sqlite',
    handle,
    run: (work) => guarded(() => work(db)),
    write: (_lock, work) => guarded(() => db.transaction().execute(work)),
    snapshot: (work) => guarded(() => db.transaction().setAccessMode('read only').execute(work)),
    writeCalls: (rows) => {
      // Only an engine that handles calls needs the thread; a command that opens the store for a moment does not.
      checkpointer ??= startCheckpointer(file, log);
      return guarded(async () => {
        // The write is one synchronous step: only another's open transaction has to be waited for.
        if (handle.current().inTransaction) return db.connection().execute(async () => writer()(rows));
        return writer()(rows);
      });
    },
    close: async () => {
      await checkpointer?.stop();
      await db.destroy();
      handle.close();
    },
  };
}

/** The prepared statements of the connection that is open now. */
function writerOf(handle: SqliteHandle): () => CallWriter {
  let prepared: { readonly connection: Connection; readonly writer: CallWriter } | undefined;
  return () => {
    const connection = handle.current();
    if (prepared?.connection !== connection) prepared = { connection, writer: prepareCallWriter(connection) };
    return prepared.writer;
  };
}

/**
 * Waits for locks with timers, tries once more on a new connection when the old one may be spoilt, and turns what is
 * thrown into the catalogue's errors. Every failed attempt has been rolled back.
 */
async function guard<T>(
  work: () => Promise<T>,
  { handle, file, patienceMs }: { handle: SqliteHandle; file: string; patienceMs: number },
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (let renewed = false; ; ) {
    try {
      return await work();
    } catch (error) {
      const spoilt = spoilsHandle(error);
      if (spoilt) handle.distrust();
      if (isBusy(error) && performance.now() < deadline) await sleep(BUSY_PAUSE_MS);
      else if (spoilt && !renewed) renewed = true;
      else throw mapSqliteError(error, file);
    }
  }
}

/** The file holds callers' numbers: it is for the engine's own user; SQLite gives its helper files the same rights. */
function makeFile(file: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'EEXIST' && existsSync(file)) return;
    throw new SantralError(
      'store.full',
      `${file} cannot be made (${code}). Give the engine's user a directory with space that it may write to.`,
      {
        cause: error,
      },
    );
  }
}
