import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContactId, ImportId, ListId } from '../../src/domain/ids.ts';
import type { E164 } from '../../src/domain/phone-number.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { countedIds, type ImportHouse, importHouse, MATCH_BRAND } from '../kit/imports.ts';
import { TEST_SEAL } from '../kit/seal.ts';
import { ENGINES, type Place } from './engines.ts';

const CHILD = path.resolve('test/store/lists-child.ts');
const ROWS = 700;
const FILE = `telefon\n${Array.from({ length: ROWS }, (_, i) => `05321${String(100_000 + i)}`).join('\n')}`;

describe.each(ENGINES)('lists of contacts on $name', ({ place: newPlace }) => {
  let place: Place;
  let stores: Stores;
  let house: ImportHouse;
  beforeAll(async () => {
    place = await newPlace();
    stores = await place.open();
    house = importHouse(stores.matching.imports, { lists: stores.lists.loads, clock: { now: () => Date.now() + 120_000 } });
  });
  afterAll(async () => {
    await house.close();
    await stores.close();
    await place.remove();
  });
  const into = (name: string, append = false) => ({ kind: 'contacts', list: { name, append } }) as const;
  const count = async (table: string) => Number((await place.query(`select count(*) as n from ${table}`))[0]?.['n']);

  test('case A11: of a process that is killed in mid-import nothing is there; the file sent again gives the exact set', async () => {
    const { file = '', url = '' } = place.address;
    const child = spawn(process.execPath, ['--import', 'tsx', CHILD, file, String(ROWS)], {
      env: { ...process.env, DATABASE_URL: url },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout })) if (line === '2') break;
    child.kill('SIGKILL');
    await once(child, 'exit');
    // Two batches lie there, and nobody sees them.
    expect(await count('contacts')).toBe(500);
    const [list] = await stores.lists.list(MATCH_BRAND);
    expect(list).toMatchObject({ name: 'liste', state: 'loading', contacts: 0 });
    expect(await stores.lists.rows(MATCH_BRAND, list?.id as ListId, 0, 10)).toEqual([]);
    const done = await house.load(FILE, into('liste'));
    expect([done.counts.added, done.list]).toEqual([ROWS, list?.id]);
    await house.imports.sweep(MATCH_BRAND);
    expect([await count('contacts'), await count('contact_tokens')]).toEqual([ROWS, ROWS]);
    const rows = await stores.lists.rows(MATCH_BRAND, list?.id as ListId, 0, 10_000);
    expect(new Set(rows.map(({ number }) => number)).size).toBe(ROWS);
    expect(rows.map(({ rowNo }) => rowNo)).toEqual(rows.map((_, index) => index + 1));
  }, 60_000);

  test('case A9: the same file again adds nothing; no number is in the database as it is', async () => {
    expect((await house.load(FILE, into('liste'))).counts).toMatchObject({ rows: ROWS, added: 0, unchanged: ROWS });
    expect(await count('contacts')).toBe(ROWS);
    const [row] = await place.query('select * from contacts');
    expect(JSON.stringify(row)).not.toMatch(/\d{7}/);
    const hash = createHash('sha256').update(FILE).digest('hex');
    expect((await stores.lists.withFile(MATCH_BRAND, hash)).map(({ name }) => name)).toEqual(['liste']);
    expect(await stores.lists.withFile(MATCH_BRAND, '0'.repeat(64))).toEqual([]);
  });

  test('what is appended stands behind, each number once; a contact is found by its id while its list is there', async () => {
    const [list] = await stores.lists.list(MATCH_BRAND);
    const id = list?.id as ListId;
    const ids = countedIds();
    const contact = (number: string) => ({ id: ids.next('contact'), number: number as E164, variables: { ad: 'Çağrı' } });
    const sent = [contact('+905399999991'), contact('+905321100000'), contact('+905399999991'), contact('+905399999992')];
    expect(await stores.lists.append(MATCH_BRAND, id, sent)).toEqual({ added: [sent[0]?.id, sent[3]?.id], known: 2 });
    expect((await stores.lists.rows(MATCH_BRAND, id, ROWS, 10)).map(({ rowNo, number }) => [rowNo, number])).toEqual([
      [ROWS + 1, '+905399999991'],
      [ROWS + 2, '+905399999992'],
    ]);
    expect(await stores.lists.contact(MATCH_BRAND, sent[0]?.id as ContactId)).toMatchObject({
      list: id,
      variables: { ad: 'Çağrı' },
      numberToken: TEST_SEAL.token('recipient', '+905399999991'),
    });
    await Promise.all(['1', '2', '3', '4'].map((digit) => stores.lists.append(MATCH_BRAND, id, [contact(`+90538888888${digit}`)])));
    expect((await stores.lists.rows(MATCH_BRAND, id, ROWS + 2, 10)).map(({ rowNo }) => rowNo - ROWS)).toEqual([3, 4, 5, 6]);
    expect(await stores.lists.get(MATCH_BRAND, id)).toMatchObject({ contacts: ROWS + 6 });
    expect(await stores.lists.get('another' as typeof MATCH_BRAND, id)).toBeUndefined();
  });

  test('a load that was taken for dead neither stages nor publishes any more', async () => {
    const { loads } = stores.lists;
    const ids = countedIds();
    const row = { id: ids.next('import'), brand: MATCH_BRAND, name: 'x', startedAt: 1000, startedBy: 'a' };
    const target = { list: ids.next('list'), name: 'tot', append: false, hash: 'h' };
    const begun = await loads.begin(row, target, 0);
    if (typeof begun === 'string') throw new Error(begun);
    await stores.matching.imports.sweep(MATCH_BRAND, 2000, 100);
    const load = { brand: MATCH_BRAND, seq: begun.seq, list: begun.list.id };
    const counts = { rows: 0, added: 0, changed: 0, unchanged: 0, duplicates: 0, bad: 0 };
    await expect(loads.stage(load, [], { counts, now: 3000 })).rejects.toMatchObject({ code: 'store.conflict' });
    const audit = {
      id: ids.next('audit'),
      brand: MATCH_BRAND,
      at: 1,
      actor: 'a',
      via: 'api',
      what: 'import-published',
      subject: row.id,
      details: {},
    } as const;
    await expect(loads.publish({ ...load, from: 0, counts, variables: [], finishedAt: 3000 }, audit)).rejects.toMatchObject({
      code: 'store.conflict',
    });
    expect(await stores.lists.get(MATCH_BRAND, begun.list.id)).toMatchObject({ state: 'failed', contacts: 0 });
    expect(await stores.matching.imports.get(MATCH_BRAND, row.id as ImportId)).toMatchObject({ state: 'failed' });
  });

  test('a list that is removed is gone at once, and all of it with the next sweeps', async () => {
    const bad = await house.load('telefon\nyok\n05301234567\n', into('zweite'));
    expect(await stores.lists.loads.rejected(MATCH_BRAND, bad.id, 0, 10)).toMatchObject([{ row: 2, column: 'phone', value: 'yok' }]);
    for (const list of await stores.lists.list(MATCH_BRAND)) {
      const audit = {
        id: countedIds().next('audit'),
        brand: MATCH_BRAND,
        at: 1,
        actor: 'a',
        via: 'api',
        what: 'list-removed',
        subject: list.id,
        details: {},
      } as const;
      expect(await stores.lists.remove(MATCH_BRAND, list.id, audit)).toBe(true);
    }
    expect(await stores.lists.list(MATCH_BRAND)).toEqual([]);
    await house.imports.sweep(MATCH_BRAND);
    const left = ['contacts', 'contact_tokens', 'lists', 'list_blocks', 'import_problems'].map(count);
    expect(await Promise.all(left)).toEqual([0, 0, 0, 0, 0]);
  });
});
