import { describe, expect, test } from 'vitest';
import { DEFAULT_BRAND, parseBrandId } from '../../src/domain/brand.ts';
import { ENGINES, storesFor } from './engines.ts';
import { dealer, NOON } from './fixtures.ts';

const brand = DEFAULT_BRAND;
const acme = parseBrandId('acme') ?? DEFAULT_BRAND;

describe.each(ENGINES)('dealers on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);

  test('a dealer comes back as it was written', async () => {
    const closed = dealer('B2', { latitude: null, longitude: null, hours: [[], [], [], [], [], [], []] });
    await at.stores.dealers.upsert([dealer('B1'), closed], NOON);
    expect(await at.stores.dealers.get(brand, 'B1')).toEqual(dealer('B1'));
    expect(await at.stores.dealers.get(brand, 'B2')).toEqual(closed);
    expect(await at.stores.dealers.get(acme, 'B1')).toBeUndefined();
  });

  test('counts what was added, changed and left as it was', async () => {
    expect(await at.stores.dealers.upsert([dealer('B1'), dealer('B2'), dealer('B3')], NOON)).toEqual({
      added: 3,
      changed: 0,
      unchanged: 0,
    });
    const again = [
      dealer('B1'),
      dealer('B2', { latitude: 41.02681 }),
      dealer('B3', { hours: [[{ from: 0, to: 1440 }], [], [], [], [], [], []] }),
      dealer('B4'),
    ];
    expect(await at.stores.dealers.upsert(again, NOON + 1)).toEqual({ added: 1, changed: 2, unchanged: 1 });
    expect(await at.stores.dealers.upsert(again, NOON + 2)).toEqual({ added: 0, changed: 0, unchanged: 4 });
    expect(await at.stores.dealers.upsert([], NOON + 3)).toEqual({ added: 0, changed: 0, unchanged: 0 });
    const times = await at.place.query('select code, created_at, updated_at from dealers order by code');
    expect(times.map((row) => [row['code'], Number(row['created_at']) - NOON, Number(row['updated_at']) - NOON])).toEqual([
      ['B1', 0, 0],
      ['B2', 0, 1],
      ['B3', 0, 1],
      ['B4', 1, 1],
    ]);
  });

  test('the keys of an opening interval may come in any order', async () => {
    await at.stores.dealers.upsert([dealer('B1', { hours: [[{ from: 1, to: 2 }], [], [], [], [], [], []] })], NOON);
    const turned = dealer('B1', { hours: [[{ to: 2, from: 1 }], [], [], [], [], [], []] });
    expect(await at.stores.dealers.upsert([turned], NOON)).toMatchObject({ unchanged: 1 });
  });

  test('a code given twice counts twice, and the last one stays', async () => {
    const counts = await at.stores.dealers.upsert([dealer('B1'), dealer('B1', { name: 'Son' }), dealer('B1', { name: 'Son' })], NOON);
    expect(counts).toEqual({ added: 1, changed: 1, unchanged: 1 });
    expect(await at.stores.dealers.get(brand, 'B1')).toMatchObject({ name: 'Son' });
  });

  test('all or nothing: one bad row among many leaves no dealer', async () => {
    const bad = dealer('X', { name: null as unknown as string });
    const many = Array.from({ length: 700 }, (_, i) => dealer(`C${i}`));
    await expect(at.stores.dealers.upsert([...many, bad], NOON)).rejects.toMatchObject({ code: 'internal' });
    expect(await at.stores.dealers.count(brand)).toBe(0);
  });

  test('lists by brand and province, page by page, in the order of codes byte by byte', async () => {
    const codes = ['a2', 'A-10', 'A-2', 'b1', 'Ç9', 'Z1'];
    await at.stores.dealers.upsert(
      codes.map((code) => dealer(code)),
      NOON,
    );
    await at.stores.dealers.upsert([dealer('ANK', { province: 6 }), dealer('A-2', { brand: acme })], NOON);
    const list = async (after?: string) =>
      (await at.stores.dealers.list({ brand, province: 34, limit: 4, ...(after === undefined ? {} : { after }) })).map(({ code }) => code);
    expect(await list()).toEqual(['A-10', 'A-2', 'Z1', 'a2']);
    expect(await list('a2')).toEqual(['b1', 'Ç9']);
    expect(await at.stores.dealers.list({ brand, limit: 100 })).toHaveLength(7);
    expect(await at.stores.dealers.count(brand)).toBe(7);
    expect(await at.stores.dealers.count(acme)).toBe(1);
  });

  test('a dealer is removed once', async () => {
    await at.stores.dealers.upsert([dealer('B1')], NOON);
    expect(await at.stores.dealers.remove(acme, 'B1')).toBe(false);
    expect(await at.stores.dealers.remove(brand, 'B1')).toBe(true);
    expect(await at.stores.dealers.remove(brand, 'B1')).toBe(false);
  });

  test('imports at the same time count every dealer once', async () => {
    const many = Array.from({ length: 300 }, (_, i) => dealer(`C${i}`));
    const counts = await Promise.all([1, 2, 3].map((n) => at.stores.dealers.upsert(many, NOON + n)));
    expect(counts.map(({ added }) => added).sort((a, b) => a - b)).toEqual([0, 0, 300]);
    expect(counts.map(({ unchanged }) => unchanged).sort((a, b) => a - b)).toEqual([0, 300, 300]);
  });
});
