import { existsSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findBinaries, queryPostgres, startTestPostgres } from '../kit/postgres.ts';
import { temporaryDirectory } from './engines.ts';

test('a machine without PostgreSQL is told which package to install', () => {
  const empty = temporaryDirectory();
  expect(() => findBinaries(empty)).toThrow(/apt-get install postgresql/u);
  expect(() => findBinaries(`${empty}/nowhere`)).toThrow(/apt-get install postgresql/u);
  rmSync(empty, { recursive: true });
});

test('the tests’ server listens on loopback, asks for its password, and leaves nothing behind', async () => {
  const server = await startTestPostgres();
  try {
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(queryPostgres(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await queryPostgres(server.url, "select current_setting('fsync') as fsync")).toEqual([{ fsync: 'off' }]);
  } finally {
    await server.stop();
  }
  expect(existsSync(server.directory)).toBe(false);
  await expect(queryPostgres(server.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
