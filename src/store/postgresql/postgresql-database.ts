import { Kysely, PostgresDialect, sql } from 'kysely';
import { Client, type CustomTypesConfig, Pool, types } from 'pg';
import { SantralError } from '../../domain/errors.ts';
import type { Log } from '../../ports/log.ts';
import { type Database, LOCK_SPACE, LOCKS } from '../database.ts';
import type { Schema } from '../schema.ts';
import { mapPostgresqlError } from './postgresql-errors.ts';
import { WRITE_CALLS, writeCallsParameters } from './write-calls.ts';

const CONNECT_TIMEOUT_MS = 3000;

/** How many connections there are, and when a statement is given up: by the server, and a little later by the client. */
export interface Limits {
  readonly connections: number;
  readonly statementMs: number;
  readonly answerMs: number;
}

const SERVE: Limits = { connections: 8, statementMs: 5000, answerMs: 6000 };
/** Migrations may wait for another engine's, and take their time. */
export const MIGRATE: Limits = { connections: 1, statementMs: 600_000, answerMs: 601_000 };

/** Every 64-bit integer of ours (times, counts, ids of releases) is far below 2^53. */
const TYPES: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
};

/** PostgreSQL at `url`; `place` names it without user and password. */
export function createPostgresqlDatabase(url: string, log: Log, limits: Limits = SERVE): Database & { readonly place: string } {
  const place = placeOf(url);
  const pool = new Pool({
    connectionString: url,
    application_name: 'santral',
    max: limits.connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: limits.statementMs,
    lock_timeout: limits.statementMs,
    idle_in_transaction_session_timeout: limits.statementMs,
    query_timeout: limits.answerMs,
    keepAlive: true,
    types: TYPES,
  });
  // A connection that dies while idle is dropped by the pool; without a listener it would end the process.
  pool.on('error', (error) => log.warn({ place, reason: error.message }, 'database connection lost'));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  const guarded = <T>(work: () => Promise<T>) =>
    work().catch((error: unknown) => {
      throw mapPostgresqlError(error, place);
    });
  return {
    engine: 'postgresql',
    place,
    run: (work) => guarded(() => work(db)),
    write: (lock, work) =>
      guarded(() =>
        db.transaction().execute(async (trx) => {
          await sql`select pg_advisory_xact_lock(${sql.lit(LOCK_SPACE)}, ${sql.lit(LOCKS[lock])})`.execute(trx);
          return work(trx);
        }),
      ),
    snapshot: (work) => guarded(() => db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)),
    writeCalls: async (rows) => {
      await guarded(() => pool.query({ ...WRITE_CALLS, values: writeCallsParameters(rows) }));
    },
    close: () => db.destroy(),
  };
}

/** Where the database is, without user and password. */
function placeOf(url: string): string {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new SantralError('config.invalid', 'DATABASE_URL: must look like postgresql://user:password@host:5432/database');
  }
  try {
    const { host, port, database } = new Client({ connectionString: url });
    return `The PostgreSQL database ${database ?? ''} at ${host}:${port}`;
  } catch (error) {
    throw new SantralError(
      'config.invalid',
      'DATABASE_URL: cannot be read; it must look like postgresql://user:password@host:5432/database',
      {
        cause: error,
      },
    );
  }
}
