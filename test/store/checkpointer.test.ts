import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Log } from '../../src/ports/log.ts';
import { startCheckpointer } from '../../src/store/sqlite/checkpointer.ts';

let dir: string;
const file = (): string => path.join(dir, 'santral.db');
const failures: unknown[] = [];
const complain = (what: unknown): void => void failures.push(what);
const log: Log = { debug: complain, info: complain, warn: complain, error: complain, child: () => log };

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'santral-checkpoint-'));
  failures.length = 0;
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A database whose own commits never checkpoint. */
function openWriter(): Database.Database {
  const db = new Database(file());
  db.pragma('journal_mode = wal');
  db.pragma('wal_autocheckpoint = 0');
  db.exec('create table if not exists notes (text text)');
  return db;
}

function write(db: Database.Database): number {
  const before = statSync(file()).size;
  db.prepare('insert into notes values (?)').run('x'.repeat(100_000));
  expect(statSync(file()).size).toBe(before);
  return before;
}

async function grown(before: number): Promise<void> {
  await vi.waitFor(() => expect(statSync(file()).size).toBeGreaterThan(before), { timeout: 20_000, interval: 50 });
}

test('what was written is moved into the file again and again, also when another file stands in its place', async () => {
  let db = openWriter();
  const checkpointer = startCheckpointer(file(), log);
  try {
    await grown(write(db));
    await grown(write(db));
    db.close();
    for (const end of ['', '-wal', '-shm']) rmSync(`${file()}${end}`, { force: true });
    db = openWriter();
    await grown(write(db));
  } finally {
    await checkpointer.stop();
    db.close();
  }
  expect(failures).toEqual([]);
});
