import { randomBytes } from 'node:crypto';
import { Client, DatabaseError } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Stores } from '../../src/ports/stores.ts';
import { openStores, storesOn } from '../../src/store/open-stores.ts';
import { createPostgresqlDatabase } from '../../src/store/postgresql/postgresql-database.ts';
import { mapPostgresqlError } from '../../src/store/postgresql/postgresql-errors.ts';
import { createDatabase, queryPostgres, startTestPostgres, type TestPostgres } from '../kit/postgres.ts';
import { TEST_SEAL } from '../kit/seal.ts';
import { listeningLog } from './engines.ts';
import { change, dealer, id, NOON, session } from './fixtures.ts';

const SHORT = { connections: 4, statementMs: 200, answerMs: 1000 };

describe('a PostgreSQL server that comes and goes', () => {
  let server: TestPostgres;
  let stores: Stores;
  const log = listeningLog();
  beforeAll(async () => {
    server = await startTestPostgres();
    stores = await openStores({ databaseUrl: await server.createDatabase('santral'), sqliteFile: '/nowhere', log, seal: TEST_SEAL });
  });
  afterAll(async () => {
    await stores.close();
    await server.stop();
  });

  test('stopped in the middle: store.unavailable without the password; started again: everything works and nothing is lost', async () => {
    await stores.calls.commit(change(1, [1, 2], { session: session(1) }));
    await server.halt();
    const attempts = [
      stores.calls.commit(change(1, [3, 4])),
      stores.ping(),
      stores.calls.open(),
      stores.dealers.upsert([dealer('B1')], NOON),
    ];
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes).toMatchObject(attempts.map(() => ({ status: 'rejected', reason: { code: 'store.unavailable' } })));
    const password = new URL(server.url).password;
    for (const outcome of outcomes) expect(String(outcome.status === 'rejected' && outcome.reason)).not.toContain(password);
    await server.resume();
    await stores.calls.commit(change(1, [3, 4]));
    await stores.ping();
    expect(await stores.calls.open()).toMatchObject([{ session: { step: 1 }, lastSeq: 4 }]);
    expect(log.lines.every((line) => !JSON.stringify(line).includes(password))).toBe(true);
  });

  test('no server at the start is store.unavailable, with the place and what to check', async () => {
    await server.halt();
    const url = new URL(server.url);
    await expect(openStores({ databaseUrl: server.url, sqliteFile: '/nowhere', log, seal: TEST_SEAL })).rejects.toMatchObject({
      code: 'store.unavailable',
      message: expect.stringMatching(new RegExp(`postgres at 127.0.0.1:${url.port}.*DATABASE_URL`, 'u')) as string,
    });
    await server.resume();
  });

  test('a wrong password or database is store.unavailable too', async () => {
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    const missing = new URL(server.url);
    missing.pathname = '/not-there';
    for (const { href } of [wrong, missing]) {
      await expect(openStores({ databaseUrl: href, sqliteFile: '/nowhere', log, seal: TEST_SEAL })).rejects.toMatchObject({
        code: 'store.unavailable',
      });
    }
  });

  test('connections killed by the administrator are replaced', async () => {
    await stores.ping();
    await queryPostgres(server.url, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'santral'");
    // A dead connection may be noticed by its first user only.
    await stores.calls.commit(change(5, [1, 1])).catch((error: unknown) => expect(error).toMatchObject({ code: 'store.unavailable' }));
    await stores.calls.commit(change(5, [1, 2]));
    expect(await stores.calls.journal(id('call', 5), 0, 10)).toHaveLength(2);
  });
});

describe('PostgreSQL in trouble', () => {
  let url: string;
  beforeAll(async () => {
    url = await createDatabase(inject('postgresUrl'), `t_${randomBytes(6).toString('hex')}`);
    await (await openStores({ databaseUrl: url, sqliteFile: '/nowhere', log: listeningLog(), seal: TEST_SEAL })).close();
  });

  test('a lock held longer than the limit is store.busy, then it works', async () => {
    const stores = storesOn(createPostgresqlDatabase(url, listeningLog(), SHORT), TEST_SEAL);
    const other = new Client({ connectionString: url });
    await other.connect();
    await other.query('begin; lock table journal in access exclusive mode');
    await expect(stores.calls.commit(change(1, [1, 2]))).rejects.toMatchObject({ code: 'store.busy' });
    await other.query('rollback');
    await other.end();
    await stores.calls.commit(change(1, [1, 2]));
    expect(await stores.calls.journal(id('call', 1), 0, 10)).toHaveLength(2);
    await stores.close();
  });

  test('a server that may only be read is store.full, then it works', async () => {
    const name = new URL(url).pathname.slice(1);
    await queryPostgres(url, `alter database "${name}" set default_transaction_read_only = on`);
    const stores = await openStoresWithoutMigration();
    await expect(stores.calls.commit(change(2, [1, 2]))).rejects.toMatchObject({ code: 'store.full' });
    await expect(stores.ping()).rejects.toMatchObject({ code: 'store.full' });
    await stores.close();
    await queryPostgres(url, `begin; set transaction read write; alter database "${name}" reset default_transaction_read_only; commit`);
    const again = await openStoresWithoutMigration();
    await again.calls.commit(change(2, [1, 2]));
    await again.close();
  });

  test('rows that a refusal quotes do not travel with the error', async () => {
    const stores = await openStoresWithoutMigration();
    const broken = { ...change(3, [1, 1]), call: { ...change(3, [1, 1]).call, flow: null as unknown as string } };
    const error: unknown = await stores.calls.commit(broken).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'internal', cause: { code: '23502' } });
    expect(JSON.stringify({ ...(error as Error), cause: { ...((error as Error).cause as object) } })).not.toContain('5550000001');
    await stores.close();
  });

  const openStoresWithoutMigration = async () => storesOn(createPostgresqlDatabase(url, listeningLog(), SHORT), TEST_SEAL);
});

function refusal(code: string): DatabaseError {
  return Object.assign(new DatabaseError('refused', 7, 'error'), { code });
}

test.each([
  [refusal('23505'), 'store.conflict'],
  [refusal('40001'), 'store.busy'],
  [refusal('40P01'), 'store.busy'],
  [refusal('57014'), 'store.busy'],
  [refusal('53100'), 'store.full'],
  [refusal('58030'), 'store.full'],
  [refusal('57P01'), 'store.unavailable'],
  [refusal('53300'), 'store.unavailable'],
  [refusal('08006'), 'store.unavailable'],
  [refusal('28P01'), 'store.unavailable'],
  [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'store.unavailable'],
  [new AggregateError([], ''), 'store.unavailable'],
  [new Error('Connection terminated unexpectedly'), 'store.unavailable'],
  [new Error('Query read timeout'), 'store.unavailable'],
  [refusal('23502'), 'internal'],
  [new TypeError('a fault of ours'), 'internal'],
] as const)('%s is %s', (error, code) => {
  expect(mapPostgresqlError(error, 'The database')).toMatchObject({ code, cause: error });
});
