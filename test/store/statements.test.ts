import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStatements, type Statements } from '../../src/store/sqlite/statements.ts';

let db: Database.Database;
let statements: Statements;

beforeEach(() => {
  db = new Database(':memory:');
  db.exec("create table things (id integer primary key, name text); insert into things (name) values ('a'), ('b'), ('c')");
  statements = createStatements(() => db);
});
afterEach(() => db.close());

test('the same text is prepared once, and again on another connection', () => {
  const prepare = vi.spyOn(db, 'prepare');
  const sql = 'select name from things where id = ?';
  expect(statements.prepare(sql).all([1])).toEqual([{ name: 'a' }]);
  expect(statements.prepare(sql).all([2])).toEqual([{ name: 'b' }]);
  expect(prepare).toHaveBeenCalledTimes(1);
  db.close();
  db = new Database(':memory:');
  db.exec("create table things (id integer primary key, name text); insert into things (name) values ('other')");
  expect(statements.prepare(sql).all([1])).toEqual([{ name: 'other' }]);
});

test('what is walked through may be asked for meanwhile', () => {
  const sql = 'select name from things order by id';
  const seen: unknown[] = [];
  for (const row of statements.prepare(sql).iterate([])) seen.push(row, statements.prepare(sql).all([]).length);
  expect(seen).toEqual([{ name: 'a' }, 3, { name: 'b' }, 3, { name: 'c' }, 3]);
});

test('a column that is added is seen by what was prepared before', () => {
  const sql = 'select * from things where id = 1';
  statements.prepare(sql).all([]);
  statements.prepare('alter table things add column size integer default 7').run([]);
  expect(statements.prepare(sql).all([])).toEqual([{ id: 1, name: 'a', size: 7 }]);
});

test('texts without an end do not fill the memory', () => {
  const prepare = vi.spyOn(db, 'prepare');
  for (let id = 0; id < 1200; id += 1) statements.prepare(`select name from things where id = ${id}`).all([]);
  expect(statements.prepare('select name from things where id = 1').all([])).toEqual([{ name: 'a' }]);
  expect(prepare.mock.calls.length).toBe(1201);
});

test('changes are counted', () => {
  const update = statements.prepare('update things set name = ? where id < ?');
  expect(update.reader).toBe(false);
  expect(update.run(['z', 3]).changes).toBe(2);
});
