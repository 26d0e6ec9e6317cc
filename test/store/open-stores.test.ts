import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SQLITE_DDL } from '../../src/store/ddl.ts';
import { MIGRATIONS } from '../../src/store/migrations/registry.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { TEST_SEAL } from '../kit/seal.ts';
import { ENGINES, listeningLog, type Place } from './engines.ts';

/** Tables that this step of the schema and those after it make. */
function tablesSince(version: number): string[] {
  const steps = MIGRATIONS.filter((one) => one.version >= version).flatMap(({ statements }) => statements(SQLITE_DDL));
  return steps.flatMap((statement) => /^create table (\w+)/.exec(statement)?.[1] ?? []);
}

describe.each(ENGINES)('opening the stores on $name', ({ place: newPlace }) => {
  let place: Place;
  beforeEach(async () => {
    place = await newPlace();
  });
  afterEach(() => place.remove());

  test('an empty database gets every migration, once', async () => {
    const log = listeningLog();
    await (await place.open(log)).close();
    await (await place.open(log)).close();
    const rows = await place.query('select version, name from schema_version order by version');
    expect(rows.map((row) => [Number(row['version']), row['name']])).toEqual(MIGRATIONS.map(({ version, name }) => [version, name]));
    expect(log.lines.filter((line) => line.message === 'schema migrated')).toHaveLength(MIGRATIONS.length);
  });

  test('engines that start at once share the work', async () => {
    const opened = await Promise.all([place.open(), place.open(), place.open(), place.open()]);
    await Promise.all(opened.map((stores) => stores.ping()));
    await Promise.all(opened.map((stores) => stores.close()));
    expect(await place.query('select version from schema_version')).toHaveLength(MIGRATIONS.length);
  });

  test('a migration that fails leaves nothing behind, and the next start tries it again', async () => {
    await (await place.open()).close();
    await place.query('delete from schema_version where version >= 4');
    await place.query('drop table dealers');
    for (const table of tablesSince(6).toReversed()) await place.query(`drop table ${table}`);
    await place.query('alter table releases drop column texts');
    await place.query('alter table numbers drop column params');
    await place.query('alter table numbers drop column label_en');
    await place.query('alter table numbers drop column record');
    await place.query('alter table legs drop column agent');
    await place.query('alter table calls drop column asterisk');
    for (const index of ['calls_by_caller', 'calls_by_called']) await place.query(`drop index ${index}`);
    await expect(place.open()).rejects.toMatchObject({ code: 'internal' });
    expect(await place.query('select version from schema_version where version = 4')).toHaveLength(1);
    await place.query('drop table tokens');
    await expect(place.open()).rejects.toMatchObject({ code: 'internal' });
    await expect(place.query('select * from tokens')).rejects.toThrow();
    await place.query('drop table users');
    await (await place.open()).close();
    expect(await place.query('select version from schema_version')).toHaveLength(MIGRATIONS.length);
  });

  test('a database of a newer Santral is refused with both versions', async () => {
    await (await place.open()).close();
    await place.query("insert into schema_version (version, name, applied_at) values (999, 'tomorrow', 1)");
    await expect(place.open()).rejects.toMatchObject({
      code: 'store.newer-schema',
      message: expect.stringMatching(/999.*newer Santral.*restore a backup/su) as string,
      details: { version: 999 },
    });
  });

  test('the engine is named, and ping writes', async () => {
    const stores = await place.open();
    expect(stores.engine).toBe(place.engine);
    await stores.ping();
    await stores.ping();
    await stores.close();
    expect(await place.query('select id from heartbeat')).toHaveLength(1);
  });
});

test('migrations are numbered 1, 2, 3 …, each number once', () => {
  const versions = MIGRATIONS.map(({ version }) => version);
  expect(versions).toEqual(versions.map((_, index) => index + 1));
});

test.each(['mysql://127.0.0.1/x', 'santral', 'postgresql://user:geheim@[::bad/x'])(
  'the address %s is refused without its password',
  async (databaseUrl) => {
    const refusal = openStores({ databaseUrl, sqliteFile: '/nowhere', log: listeningLog(), seal: TEST_SEAL });
    await expect(refusal).rejects.toMatchObject({ code: 'config.invalid', message: expect.stringContaining('DATABASE_URL') as string });
    await expect(refusal).rejects.not.toMatchObject({ message: expect.stringContaining('geheim') as string });
  },
);
