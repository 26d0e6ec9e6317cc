import Database from 'better-sqlite3';
import type { Log } from '../../ports/log.ts';

/**
 * How long SQLite itself waits for a lock. It blocks the event loop, and with it every call, so it is short: the engine
 * goes on waiting with timers (`BUSY_PATIENCE_MS`).
 */
const BUSY_TIMEOUT_MS = 5;

/** The WAL file shrinks back to this after a checkpoint. */
const WAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;

/** The checkpointer's thread keeps the WAL far shorter than this (80 MB); a commit does the work only should that thread be gone. */
const AUTO_CHECKPOINT_PAGES = 20_000;

/** The one connection of this process; opened anew after a fault that may have spoilt it. */
export interface SqliteHandle {
  /** The open connection; throws SQLite's error when it cannot be opened. */
  current(): Database.Database;
  /** Opens a new connection before the next use, outside any transaction. */
  distrust(): void;
  close(): void;
}

export function createSqliteHandle(file: string, log: Log): SqliteHandle {
  let db: Database.Database | undefined;
  let distrusted = false;

  function current(): Database.Database {
    if (db !== undefined && distrusted && !db.inTransaction) {
      close();
      log.warn({ file }, 'database file opened anew after a fault');
    }
    db ??= open(file);
    return db;
  }

  function close(): void {
    const old = db;
    db = undefined;
    distrusted = false;
    old?.close();
  }

  return {
    current,
    distrust: () => {
      distrusted = true;
    },
    close,
  };
}

function open(file: string): Database.Database {
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    // What is wiped is gone from the file as well.
    db.pragma('secure_delete = FAST');
    db.pragma(`wal_autocheckpoint = ${AUTO_CHECKPOINT_PAGES}`);
    db.pragma(`journal_size_limit = ${WAL_SIZE_LIMIT_BYTES}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
