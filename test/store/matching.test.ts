import { createHmac, randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MatchForm, MatchMode } from '../../src/domain/matching/match-mode.ts';
import { threadReader } from '../../src/import-desk.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { countedIds, importHouse, inPieces, MATCH_BRAND } from '../kit/imports.ts';
import { ENGINES, type Place } from './engines.ts';

const CUSTOMERS = 100_000;

/** Numbers that share no long run of digits with each other by plan: drawn, each once. */
function drawnNumbers(): readonly string[] {
  const drawn = new Set<string>();
  while (drawn.size < CUSTOMERS) drawn.add(`5${String(randomInt(10 ** 9)).padStart(9, '0')}`);
  return [...drawn];
}

/** Everything that stands in the database, as text. */
async function dump(place: Place): Promise<string> {
  const tables =
    place.engine === 'sqlite'
      ? await place.query(`select name from sqlite_master where type = 'table'`)
      : await place.query(`select tablename as name from pg_tables where schemaname = 'public'`);
  const texts: string[] = [];
  for (const { name } of tables) {
    for (const row of await place.query(`select * from ${String(name)}`)) texts.push(Object.values(row).join(' '));
  }
  return texts.join('\n');
}

describe.each(ENGINES)('customers for matching on $name', ({ place: newPlace }) => {
  let place: Place;
  let stores: Stores;
  beforeAll(async () => {
    place = await newPlace();
    stores = await place.open();
  });
  afterAll(async () => {
    await stores.close();
    await place.remove();
  });

  test('case D7: after 100,000 customers no number of theirs is in a dump of the database, searched for each', async () => {
    const numbers = drawnNumbers();
    const mode: MatchMode = { kind: 'suffix', digits: 7 };
    const house = importHouse(stores.matching.imports, { mode, reader: threadReader() });
    const rows = numbers.map((number, i) => `0${number};Müşteri ${i};M${i}`);
    const done = await house.load(['telefon;ad soyad;müşteri no', ...rows].join('\n'), {
      chunks: inPieces(['telefon;ad soyad;müşteri no', ...rows].join('\n')),
    });
    expect(done.counts).toMatchObject({ rows: CUSTOMERS, added: CUSTOMERS, bad: 0 });
    await house.close();

    const text = await dump(place);
    expect(text.length).toBeGreaterThan(CUSTOMERS * 50);
    // Every stretch of ten digits of the dump, looked up among the numbers: the same as searching for each of them.
    const stretches = new Set<string>();
    for (const [digits] of text.matchAll(/\d{10,}/g))
      for (let i = 0; i + 10 <= digits.length; i += 1) stretches.add(digits.slice(i, i + 10));
    expect(numbers.filter((number) => stretches.has(number))).toEqual([]);
    const [first = ''] = numbers;
    const hits = await stores.matching.find(MATCH_BRAND, [{ form: 's7' as MatchForm, key: first.slice(-7) }], 10);
    expect(hits.some(({ record }) => record.customerNo === 'M0')).toBe(true);
    expect(await stores.matching.count(MATCH_BRAND)).toBe(CUSTOMERS);
    // By several keys, to several customers: half a minute if any of these read all that the brand has.
    const began = performance.now();
    for (let i = 0; i < 500; i += 1) {
      const keys = [numbers[i] ?? '', numbers[i + 500] ?? ''].map((number) => ({ form: 's7' as MatchForm, key: number.slice(-7) }));
      expect((await stores.matching.find(MATCH_BRAND, keys, 10)).length).toBeGreaterThan(1);
    }
    expect(performance.now() - began).toBeLessThan(10_000);
    const sizes = await stores.matching.bucketSizes(MATCH_BRAND, 's7' as MatchForm);
    expect(sizes.reduce((sum, [size, keys]) => sum + size * keys, 0)).toBe(CUSTOMERS);
  }, 240_000);

  test('keys of several forms lead to their customers; a key is remade in the form of the day', async () => {
    const mode: MatchMode = { kind: 'hmac-full' };
    const house = importHouse(stores.matching.imports, { mode });
    await house.load('telefon;müşteri no;ad soyad\n05321234567;Z1;Ayşe Yılmaz\n', { replace: true });
    await house.close();
    const [form = '' as MatchForm, ...others] = await stores.matching.forms(MATCH_BRAND);
    expect([form, others.includes('s7' as MatchForm)]).toEqual(['fv1', true]);
    const brandKey = createHmac('sha256', 'the first key of the tests, long enough').update('santral brand santral').digest();
    const key = createHmac('sha256', brandKey).update('match\u0000+905321234567').digest('hex').slice(0, 32);
    const [hit] = await stores.matching.find(MATCH_BRAND, [{ form, key }], 10);
    expect(hit?.record.name).toBe('Ayşe Yılmaz');
    const to = { form: 't24v1' as MatchForm, key: 'abcdef' };
    await stores.matching.rekey(MATCH_BRAND, hit?.customer ?? '', { form, key }, to);
    expect(await stores.matching.find(MATCH_BRAND, [{ form, key }], 10)).toEqual([]);
    expect(await stores.matching.find(MATCH_BRAND, [to, { form, key }], 10)).toHaveLength(1);
    await stores.matching.touched(MATCH_BRAND, hit?.customer ?? '', 1_790_000_000_000);
    expect((await stores.matching.get(MATCH_BRAND, hit?.customer ?? ''))?.record.lastContactAt).toBe(1_790_000_000_000);
  });

  test('what a whole file replaced is removed, in steps', async () => {
    while ((await stores.matching.imports.sweep(MATCH_BRAND, 0, 20_000)) > 0);
    const left = await place.query('select count(*) as n from match_customers');
    expect(Number(left[0]?.['n'])).toBe(1);
    expect(Number((await place.query('select count(*) as n from match_keys'))[0]?.['n'])).toBe(1);
    expect(await stores.matching.count(MATCH_BRAND)).toBe(1);
  }, 120_000);

  test('segments are found by the first token that has one; a later file wins', async () => {
    const house = importHouse(stores.matching.imports, { segments: ['vip', 'gold'] });
    const load = (text: string) => house.load(text, { kind: 'segments' });
    expect((await load('telefon;segment\n05321234567;VIP\n05331234567;Gold\n05341234567;yok\n')).counts).toMatchObject({
      added: 2,
      bad: 1,
    });
    expect((await load('telefon;segment\n05321234567;gold\n05331234567;Gold\n')).counts).toMatchObject({ changed: 1, unchanged: 1 });
    expect(Object.fromEntries(await stores.matching.segmentSizes(MATCH_BRAND))).toEqual({ gold: 2 });
    while ((await stores.matching.imports.sweep(MATCH_BRAND, 0, 100)) > 0);
    expect(await place.query('select segment from segment_members order by segment')).toEqual([{ segment: 'gold' }, { segment: 'gold' }]);
    expect(Object.fromEntries(await stores.matching.segmentSizes(MATCH_BRAND))).toEqual({ gold: 2 });
    await house.close();
  });

  test('an import that was taken for dead neither stages nor publishes any more, and replaces nothing', async () => {
    const { imports } = stores.matching;
    const before = await stores.matching.count(MATCH_BRAND);
    const ids = countedIds();
    const id = ids.next('import');
    const seq = await imports.begin({ id, brand: MATCH_BRAND, kind: 'customers', name: 'x', startedAt: 1000, startedBy: 'a' }, 0);
    if (seq === 'busy') throw new Error('another import is under way');
    await imports.sweep(MATCH_BRAND, 2000, 100);
    expect(await imports.get(MATCH_BRAND, id)).toMatchObject({ state: 'failed' });
    const how = { all: true, now: 3000 };
    for (const stage of [imports.stageCustomers(MATCH_BRAND, seq, [], how), imports.stageSegments(MATCH_BRAND, seq, [], how)])
      await expect(stage).rejects.toMatchObject({ code: 'store.conflict' });
    const counts = { rows: 0, added: 0, changed: 0, unchanged: 0, duplicates: 0, bad: 0 };
    const note = { id: ids.next('audit'), brand: MATCH_BRAND, at: 1, actor: 'a', via: 'api', subject: id, details: {} } as const;
    const done = { brand: MATCH_BRAND, seq, kind: 'customers', counts, rejected: [], finishedAt: 3000, replace: true } as const;
    await expect(imports.publish(done, { ...note, what: 'import-published' })).rejects.toMatchObject({ code: 'store.conflict' });
    expect([await imports.get(MATCH_BRAND, id), await stores.matching.count(MATCH_BRAND)]).toMatchObject([{ state: 'failed' }, before]);
    expect(await stores.audit.list({ brand: MATCH_BRAND, subject: id, limit: 5 })).toEqual([]);
  });
});
