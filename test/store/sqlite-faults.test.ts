import { execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import DatabaseConnection from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Stores } from '../../src/ports/stores.ts';
import { SQLITE_DDL } from '../../src/store/ddl.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStores, storesOn } from '../../src/store/open-stores.ts';
import { createSqliteDatabase, type SqliteDatabase } from '../../src/store/sqlite/sqlite-database.ts';
import { TEST_SEAL } from '../kit/seal.ts';
import { listeningLog, temporaryDirectory } from './engines.ts';
import { change, dealer, id, NOON, session } from './fixtures.ts';

const PATIENCE_MS = 200;

describe('SQLite in trouble', () => {
  let directory: string;
  let file: string;
  let database: SqliteDatabase;
  let stores: Stores;
  const log = listeningLog();

  beforeEach(async () => {
    directory = temporaryDirectory();
    file = path.join(directory, 'santral.db');
    database = createSqliteDatabase(file, log, PATIENCE_MS);
    await migrate(database, { ddl: SQLITE_DDL, place: file, log, now: () => NOON });
    stores = storesOn(database, TEST_SEAL);
  });
  afterEach(async () => {
    await stores.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test('the file is in WAL mode, checks foreign keys, and leaves the fsync of commits to check points', () => {
    const db = database.handle.current();
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(1);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  });

  test('a lock held longer than the patience is store.busy; the event loop stays free, and then it works again', async () => {
    const other = new DatabaseConnection(file);
    other.exec('begin immediate');
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    }, 5);
    const attempts = [stores.calls.commit(change(1, [1, 2])), stores.ping(), stores.dealers.upsert([dealer('B1')], NOON)];
    const outcomes = await Promise.allSettled(attempts);
    clearInterval(counting);
    expect(outcomes).toMatchObject(attempts.map(() => ({ status: 'rejected', reason: { code: 'store.busy' } })));
    expect(turns).toBeGreaterThan(2);
    expect(await stores.calls.list({ limit: 5 })).toEqual([]);
    other.exec('rollback');
    other.close();
    await stores.calls.commit(change(1, [1, 2]));
    await stores.ping();
    expect(await stores.calls.list({ limit: 5 })).toHaveLength(1);
  });

  test('a lock that is given back in time is only waited for', async () => {
    const other = new DatabaseConnection(file);
    other.exec('begin immediate');
    const commit = stores.calls.commit(change(1, [1, 2]));
    setTimeout(() => {
      other.exec('commit');
      other.close();
    }, PATIENCE_MS / 2);
    await commit;
    expect(await stores.calls.list({ limit: 5 })).toHaveLength(1);
  });

  test('a full disk is store.full, nothing of the change is there, and writing goes on when there is space', async () => {
    const db = database.handle.current();
    const pages = Number(db.pragma('page_count', { simple: true }));
    db.pragma(`max_page_count = ${pages}`);
    const big = change(1, [1, 2], {
      session: session(1, { stack: [{ flow: 'f', node: 'n', counters: {}, local: 'x'.repeat(60_000), vars: {} }] }),
    });
    await expect(stores.calls.commit(big)).rejects.toMatchObject({
      code: 'store.full',
      message: expect.stringContaining(file) as string,
    });
    const many = Array.from({ length: 500 }, (_, i) => dealer(`C${i}`));
    await expect(stores.dealers.upsert(many, NOON)).rejects.toMatchObject({ code: 'store.full' });
    expect(await stores.calls.get(id('call', 1))).toBeUndefined();
    db.pragma(`max_page_count = ${pages + 10_000}`);
    await stores.calls.commit(big);
    expect(await stores.dealers.upsert(many, NOON)).toMatchObject({ added: 500 });
    expect(await stores.calls.open()).toMatchObject([{ lastSeq: 2 }]);
  });

  test('a damaged file is store.unavailable, with what to do', async () => {
    const damaged = path.join(directory, 'damaged.db');
    writeFileSync(damaged, 'this is no database at all, but it is long enough to be looked at'.repeat(50));
    await expect(openStores({ sqliteFile: damaged, log, seal: TEST_SEAL })).rejects.toMatchObject({
      code: 'store.unavailable',
      message: expect.stringMatching(/damaged\.db.*Restore a backup/u) as string,
    });
  });

  test('a directory that cannot be made is named', async () => {
    writeFileSync(path.join(directory, 'taken'), '');
    await expect(openStores({ sqliteFile: path.join(directory, 'taken', 'santral.db'), log, seal: TEST_SEAL })).rejects.toMatchObject({
      code: 'store.full',
      message: expect.stringContaining(path.join(directory, 'taken')) as string,
    });
  });

  test('missing directories are made, and the file is for its owner’s eyes alone', async () => {
    const deep = path.join(directory, 'a', 'b', 'santral.db');
    const opened = await openStores({ sqliteFile: deep, log, seal: TEST_SEAL });
    for (const name of [deep, `${deep}-wal`]) expect(statSync(name).mode & 0o777).toBe(0o600);
    await opened.close();
  });

  test('a spoilt connection is replaced by a new one, which serves the same data', async () => {
    await stores.calls.commit(change(1, [1, 2]));
    const spoilt = database.handle.current();
    database.handle.distrust();
    await stores.calls.commit(change(1, [3, 4]));
    expect(database.handle.current()).not.toBe(spoilt);
    expect(spoilt.open).toBe(false);
    expect(await stores.calls.journal(id('call', 1), 0, 10)).toHaveLength(4);
    expect(log.lines.at(-1)).toMatchObject({ level: 'warn', message: 'database file opened anew after a fault' });
  });

  test('closing waits for the commits that are under way and leaves no WAL behind', async () => {
    const commits = Array.from({ length: 200 }, (_, n) => stores.calls.commit(change(n, [1, 3])));
    await stores.close();
    await Promise.all(commits);
    expect(existsSync(`${file}-wal`)).toBe(false);
    const db = new DatabaseConnection(file, { readonly: true });
    expect(db.prepare('select count(*) as n from journal').get()).toEqual({ n: 600 });
    db.close();
  });

  test('check points run beside the commits: the WAL’s pages reach the file', async () => {
    const before = statSync(file).size;
    for (let n = 0; n < 100; n += 1) await stores.calls.commit(change(n, [1, 20]));
    const grown = new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (statSync(file).size <= before) return;
        clearInterval(look);
        resolve();
      }, 20);
    });
    await grown;
  });
});

const child = (name: string) => ['--import', import.meta.resolve('tsx'), fileURLToPath(new URL(name, import.meta.url))];

test('kill -9 in the middle of commits loses none that was confirmed, and tears none', async () => {
  const directory = temporaryDirectory();
  const sqliteFile = path.join(directory, 'santral.db');
  const engine = spawn(process.execPath, [...child('commit-child.ts'), sqliteFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const text of engine.stdout.setEncoding('utf8')) {
    said += String(text);
    if (said.split('\n').length > 300) engine.kill('SIGKILL');
  }
  const confirmed = Number(said.split('\n').at(-2));
  const stores = await openStores({ sqliteFile, log: listeningLog(), seal: TEST_SEAL });
  const [open] = await stores.calls.open();
  await stores.close();
  expect(confirmed).toBeGreaterThanOrEqual(300);
  expect(open?.session?.step).toBeGreaterThanOrEqual(confirmed);
  expect(open?.lastSeq).toBe((open?.session?.step ?? 0) * 2);
  rmSync(directory, { recursive: true, force: true });
});

/**
 * Permissions mean nothing to root, so the store is opened in a child process that gave up the right to ignore them.
 * The child makes the file read-only under open stores, and writable again.
 */
test('a read-only file is store.full at open and in the middle, and writing goes on when it may be written again', async () => {
  const directory = temporaryDirectory();
  const sqliteFile = path.join(directory, 'santral.db');
  try {
    const node = [process.execPath, ...child('read-only-child.ts'), sqliteFile];
    const command = process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override', '--', ...node] : node;
    const { stdout } = await promisify(execFile)(command[0] ?? '', command.slice(1));
    expect(JSON.parse(stdout)).toEqual({
      underway: 'store.full',
      reading: 1,
      opening: 'store.full',
      message: expect.stringContaining(`${sqliteFile} is read-only`) as string,
      afterwards: 2,
    });
  } finally {
    chmodSync(directory, 0o755);
    rmSync(directory, { recursive: true, force: true });
  }
});
