import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { SantralError } from '../../src/domain/errors.ts';
import { SQLITE_DDL } from '../../src/store/ddl.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStores, storesOn } from '../../src/store/open-stores.ts';
import { createSqliteDatabase } from '../../src/store/sqlite/sqlite-database.ts';
import { TEST_SEAL } from '../kit/seal.ts';
import { change, NOON } from './fixtures.ts';

/** Run by `sqlite-faults.test.ts` as a process of its own: what the stores say while their file is read-only. */
const [, , sqliteFile = ''] = process.argv;
const log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
const files = [sqliteFile, `${sqliteFile}-wal`, `${sqliteFile}-shm`];

async function codeOf(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await work;
    return { code: 'done', message: '' };
  } catch (error) {
    return error instanceof SantralError ? error : { code: String(error), message: '' };
  }
}

function allow(mode: { readonly file: number; readonly directory: number }): void {
  chmodSync(path.dirname(sqliteFile), mode.directory);
  for (const file of files) if (existsSync(file)) chmodSync(file, mode.file);
}

const database = createSqliteDatabase(sqliteFile, log);
await migrate(database, { ddl: SQLITE_DDL, place: sqliteFile, log, now: () => NOON });
const stores = storesOn(database, TEST_SEAL);
await stores.calls.commit(change(1, [1, 2]));
allow({ file: 0o444, directory: 0o555 });
// The open connection may still write, whatever the permissions say now; a new one may not.
database.handle.distrust();
const underway = await codeOf(stores.calls.commit(change(2, [1, 2])));
const reading = (await stores.calls.list({ limit: 10 })).length;
const opening = await codeOf(openStores({ sqliteFile, log, seal: TEST_SEAL }));
allow({ file: 0o644, directory: 0o755 });
await stores.calls.commit(change(2, [1, 2]));
const afterwards = (await stores.calls.list({ limit: 10 })).length;
await stores.close();
process.stdout.write(JSON.stringify({ underway: underway.code, reading, opening: opening.code, message: opening.message, afterwards }));
