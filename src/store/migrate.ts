import { sql, type Transaction } from 'kysely';
import { SantralError } from '../domain/errors.ts';
import type { Log } from '../ports/log.ts';
import type { Database } from './database.ts';
import type { Ddl, Migration } from './ddl.ts';
import { MIGRATIONS } from './migrations/registry.ts';
import type { Schema } from './schema.ts';

/**
 * Brings the schema up to date, one transaction per step, each under the migration lock: two engines that start at once
 * follow each other. Rejects with `store.newer-schema` when the database is ahead of this program.
 */
export async function migrate(
  database: Pick<Database, 'write'>,
  options: { ddl: Ddl; place: string; log: Log; now: () => number; migrations?: readonly Migration[] },
): Promise<void> {
  const { ddl, place, log, now, migrations = MIGRATIONS } = options;
  const newest = migrations.at(-1)?.version ?? 0;
  for (;;) {
    const applied = await database.write('migrate', async (db) => {
      const version = await versionOf(db, ddl);
      if (version > newest) throw newerSchema(place, version, newest);
      const next = migrations.find((migration) => migration.version > version);
      if (next === undefined) return undefined;
      for (const statement of next.statements(ddl)) await sql.raw(statement).execute(db);
      await db.insertInto('schema_version').values({ version: next.version, name: next.name, applied_at: now() }).execute();
      return next;
    });
    if (applied === undefined) return;
    log.info({ version: applied.version, name: applied.name }, 'schema migrated');
  }
}

async function versionOf(db: Transaction<Schema>, ddl: Ddl): Promise<number> {
  const columns = `version ${ddl.bigint} primary key, name ${ddl.text} not null, applied_at ${ddl.bigint} not null`;
  await sql.raw(`create table if not exists schema_version (${columns}) ${ddl.table}`).execute(db);
  const row = await db
    .selectFrom('schema_version')
    .select((eb) => eb.fn.max('version').as('version'))
    .executeTakeFirst();
  return Number(row?.version ?? 0);
}

function newerSchema(place: string, version: number, newest: number): SantralError {
  return new SantralError(
    'store.newer-schema',
    `${place} has schema version ${version}, but this Santral knows versions up to ${newest} only: it was written by a newer Santral. ` +
      'Start that newer version, or restore a backup made by this one.',
    { details: { version, newest } },
  );
}
