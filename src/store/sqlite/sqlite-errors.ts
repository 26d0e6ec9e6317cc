import Database from 'better-sqlite3';
import { SantralError } from '../../domain/errors.ts';

/** SQLite's extended result code (`SQLITE_IOERR_WRITE` …), or undefined when the error is not SQLite's. */
function sqliteCode(error: unknown): string | undefined {
  return error instanceof Database.SqliteError ? error.code : undefined;
}

/** True when another process holds the lock: worth waiting for. */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== undefined && (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'));
}

/** True when the handle itself may be spoilt (file made read-only, moved, damaged, disk gone): it is opened anew before the next use. */
export function spoilsHandle(error: unknown): boolean {
  return /^SQLITE_(READONLY|IOERR|CANTOPEN|CORRUPT|NOTADB|PERM|NOLFS|PROTOCOL)/.test(sqliteCode(error) ?? '');
}

/** The catalogue's error for whatever a statement threw; errors of the catalogue pass unchanged. */
export function mapSqliteError(error: unknown, file: string): SantralError {
  if (error instanceof SantralError) return error;
  const code = sqliteCode(error);
  const cause = { cause: error, details: { sqlite: code ?? null } };
  if (code === undefined)
    return new SantralError('internal', `The store failed: ${error instanceof Error ? error.message : String(error)}`, cause);
  if (isBusy(error)) {
    return new SantralError(
      'store.busy',
      `${file} stayed locked by another process. Close the program that is writing to it, and try again.`,
      cause,
    );
  }
  if (code === 'SQLITE_FULL')
    return new SantralError('store.full', `The disk of ${file} is full. Free some space; writing goes on by itself.`, cause);
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM') {
    return new SantralError(
      'store.full',
      `${file} is read-only. Give the engine's user the right to write the file and its directory.`,
      cause,
    );
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return new SantralError(
      'store.full',
      `The disk of ${file} refuses to read or write (${code}). Check its space and the system log.`,
      cause,
    );
  }
  if (code.startsWith('SQLITE_CANTOPEN')) {
    return new SantralError('store.unavailable', `${file} cannot be opened. Check that its directory exists and may be entered.`, cause);
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new SantralError(
      'store.unavailable',
      `${file} is damaged or no SQLite database (${code}). Restore a backup, or move the file away.`,
      cause,
    );
  }
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return new SantralError('store.conflict', 'There is such a row already.', cause);
  }
  return new SantralError('internal', `The store refused a statement: ${error instanceof Error ? error.message : code}.`, cause);
}
