import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROVINCES } from '../../../src/domain/provinces.ts';
import { importDealers } from '../../../src/services/dealers/import-dealers.ts';
import { BRAND, HEADER, memoryDealerStore } from './fakes.ts';

const good = (code: string) => `${code};Moda Servis;34;Kadıköy;Moda Caddesi No: 61;34710;0216 555 00 03;pzt-cum 09:00-18:00;40.987;29.027`;
const table = (...rows: string[]) => Buffer.from([HEADER, ...rows].join('\n'));
const load = (bytes: Uint8Array, store = memoryDealerStore(), dryRun = false) =>
  importDealers(store, { brand: BRAND, bytes, now: 1, dryRun });

/** A good row with one cell replaced. */
function withCell(column: string, value: string): string {
  const cells = good('X-01').split(';');
  cells[HEADER.split(';').indexOf(column)] = value;
  return cells.join(';');
}

describe('importDealers', () => {
  it('loads a dealer with every field read', async () => {
    const store = memoryDealerStore();
    await load(table(good('X-01')), store);
    expect(await store.get(BRAND, 'X-01')).toEqual({
      brand: BRAND,
      code: 'X-01',
      name: 'Moda Servis',
      province: 34,
      district: 'Kadıköy',
      address: 'Moda Caddesi No: 61',
      postcode: '34710',
      phone: '+902165550003',
      hours: [...Array.from({ length: 5 }, () => [{ from: 540, to: 1080 }]), [], []],
      latitude: 40.987,
      longitude: 29.027,
    });
  });

  it('case A8: loads the good rows of a file with bad ones, and the sums add up', async () => {
    const rows = Array.from({ length: 10 }, (_, i) => good(`X-${i}`));
    rows.splice(3, 0, withCell('phone', '123'), withCell('postcode', '99999'), withCell('hours', 'moon 9-10'));
    const store = memoryDealerStore();
    const report = await load(table(...rows), store);
    expect(report).toMatchObject({ rows: 13, added: 10, changed: 0, unchanged: 0 });
    expect(report.bad).toEqual([
      { row: 5, column: 'phone', value: '123', reason: 'is a paid or short number, which callers are not connected to' },
      { row: 6, column: 'postcode', value: '99999', reason: 'is not a postcode: five digits that begin with a plate code, 01 to 81' },
      {
        row: 7,
        column: 'hours',
        value: 'moon 9-10',
        reason: '"moon 9-10": "moon" is not a day; use mon tue wed thu fri sat sun, or pzt sal çar per cum cmt paz',
      },
    ]);
    expect(await store.count(BRAND)).toBe(10);
  });

  it('case A9: the same file again adds nothing, and a changed row changes one dealer', async () => {
    const store = memoryDealerStore();
    await load(table(good('A'), good('B')), store);
    expect(await load(table(good('A'), good('B')), store)).toMatchObject({ rows: 2, added: 0, changed: 0, unchanged: 2 });
    expect(await load(table(good('A'), good('B').replace('Moda Servis', 'Yeni Servis')), store)).toMatchObject({
      changed: 1,
      unchanged: 1,
    });
  });

  it('tells in a dry run what would be done, and does nothing', async () => {
    const store = memoryDealerStore();
    await load(table(good('A'), good('B')), store);
    const changed = table(good('A'), good('B').replace('Moda Servis', 'Yeni Servis'), good('C'), withCell('name', ''));
    expect(await load(changed, store, true)).toMatchObject({
      rows: 4,
      added: 1,
      changed: 1,
      unchanged: 1,
      bad: { length: 1 },
      dryRun: true,
    });
    expect(await store.count(BRAND)).toBe(2);
    expect((await store.get(BRAND, 'B'))?.name).toBe('Moda Servis');
  });

  it.each([
    ['code', '', 'is empty'],
    ['code', 'A B', 'must be 1 to 40 letters, digits, dots and dashes'],
    ['name', '', 'is empty'],
    ['name', 'x'.repeat(201), 'is longer than 200 characters'],
    ['province', 'Atlantis', 'is neither a plate code (1 to 81) nor the name of a province'],
    ['province', '82', 'is neither a plate code (1 to 81) nor the name of a province'],
    ['postcode', '', 'is empty'],
    ['postcode', '06570', 'belongs to Ankara (6), not to İstanbul (34)'],
    ['phone', '', 'is empty'],
    ['phone', '9,05E+11', 'has lost digits (scientific notation); format the column as text in the spreadsheet'],
    ['phone', '0532 555 00 01 / 0533 555 00 01', 'holds several numbers; give one'],
    ['phone', '0900 555 00 01', 'is a paid or short number, which callers are not connected to'],
    ['phone', '555 00 01', 'is too short; write it with its area code'],
    ['hours', '', 'no hours given; write for example "mon-fri 09:00-18:00", or "closed"'],
    ['latitude', 'kuzey', 'is not a number of degrees such as 41.0082'],
    ['latitude', '29.027', 'is outside Turkey (35 to 43); are latitude and longitude swapped?'],
    ['latitude', '', 'is empty, and its partner is not'],
  ])('refuses a row whose %s is %j', async (column, value, reason) => {
    const report = await load(table(withCell(column, value)));
    expect(report).toMatchObject({ rows: 1, added: 0, bad: [{ row: 2, column, value, reason: expect.stringContaining(reason) }] });
  });

  it.each([
    ['province', 'istanbul', { province: 34 }],
    ['province', 'İSTANBUL', { province: 34 }],
    ['province', '', { province: 34 }],
    ['phone', '444 0 123', { phone: '+904440123' }],
    ['phone', '0850 555 00 01', { phone: '+908505550001' }],
    ['hours', '24/7', { hours: Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]) }],
    ['latitude', '40,987', { latitude: 40.987 }],
  ])('takes a row whose %s is %j', async (column, value, expected) => {
    const store = memoryDealerStore();
    await load(table(withCell(column, value)), store);
    expect(await store.get(BRAND, 'X-01')).toMatchObject(expected);
  });

  it('tells every fault of a row, in one entry', async () => {
    const row = withCell('phone', 'yok').replace('34710', '1').replace('pzt-cum', 'xyz');
    const [bad, ...others] = (await load(table(row))).bad;
    expect(others).toEqual([]);
    expect(bad).toMatchObject({ row: 2, column: 'postcode', value: '1' });
    expect(bad?.reason).toMatch(/^is not a postcode.*; phone "yok" holds letters.*; hours "xyz 09:00-18:00" .* is not a day/);
  });

  it('refuses the second row of a code, naming the first', async () => {
    const report = await load(table(good('A'), good('B'), good('A')));
    expect(report).toMatchObject({ rows: 3, added: 2, bad: [{ row: 4, column: 'code', value: 'A', reason: 'is the code of row 2, too' }] });
  });

  it('refuses a row with more cells than the header', async () => {
    const report = await load(table(`${good('A')};fazla`));
    expect(report.bad).toEqual([{ row: 2, column: null, value: '', reason: expect.stringMatching(/^has more cells than the header/) }]);
  });

  it('understands Turkish headers in any order and says which columns it ignored', async () => {
    const store = memoryDealerStore();
    const text =
      'BAYİ ADI;Bayi Kodu;İl;İlçe;Adres;Posta Kodu;Telefon;Çalışma Saatleri;Müdür\nModa Servis;A;34;Kadıköy;Moda Cd.;34710;0216 555 00 03;her gün 9-18;Ayşe\n';
    expect(await load(Buffer.from(text), store)).toMatchObject({ added: 1, bad: [], ignoredColumns: ['Müdür'] });
    expect(await store.get(BRAND, 'A')).toMatchObject({ name: 'Moda Servis', latitude: null, longitude: null });
  });

  it('refuses a file without the columns it needs, naming them', async () => {
    await expect(load(Buffer.from('code;name;renk\nA;B;mavi\n'))).rejects.toMatchObject({
      code: 'request.invalid',
      message: expect.stringMatching(/lacks the columns district \(or ilce.*postcode.*phone.*hours.*Not understood: renk\./),
    });
  });
});

describe('the demo file', () => {
  const bytes = readFileSync('flows/demo/dealers.csv');

  it('has no bad row, at least 40 dealers in at least 25 provinces, and loads twice without a change', async () => {
    const store = memoryDealerStore();
    const report = await load(bytes, store);
    expect(report.bad).toEqual([]);
    expect(report.added).toBeGreaterThanOrEqual(40);
    const dealers = await store.list({ brand: BRAND, limit: 1000 });
    expect(new Set(dealers.map((dealer) => dealer.province)).size).toBeGreaterThanOrEqual(25);
    expect(await load(bytes, store)).toMatchObject({ added: 0, changed: 0, unchanged: report.added });
  });

  it('gives each dealer a number of its own, fictitious, with an area code of its province', async () => {
    const store = memoryDealerStore();
    await load(bytes, store);
    const dealers = await store.list({ brand: BRAND, limit: 1000 });
    expect(new Set(dealers.map((dealer) => dealer.phone)).size).toBe(dealers.length);
    expect(new Set(dealers.map((dealer) => dealer.name)).size).toBe(dealers.length);
    for (const dealer of dealers) {
      const areaCodes = PROVINCES[dealer.province - 1]?.areaCodes ?? [];
      expect(areaCodes.map((code) => `+90${code}55500${dealer.phone.slice(-2)}`)).toContain(dealer.phone);
    }
  });
});
