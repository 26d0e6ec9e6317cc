import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportId } from '../../../src/domain/ids.ts';
import type { MatchForm } from '../../../src/domain/matching/match-mode.ts';
import { threadReader } from '../../../src/import-desk.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import type { ImportReader } from '../../../src/services/importer/import-job.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { directReader, type ImportHouse, importHouse, inPieces, MATCH_BRAND } from '../../kit/imports.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';
import { plainWorkbook } from '../../kit/workbook.ts';

let stores: Stores;
let house: ImportHouse;
beforeEach(async () => {
  stores = await openTemporaryStores();
  house = importHouse(stores.matching.imports);
});
afterEach(async () => {
  await house.close();
  await stores.close();
});

const S5 = 's5' as MatchForm;
const found = async (key: string) => (await stores.matching.find(MATCH_BRAND, [{ form: S5, key }], 100)).map(({ record }) => record);

describe('imports of customers', () => {
  it('case A1: six ways to write a number are one customer; the others name row 2, the first below the header', async () => {
    const ways = ['0532 123 45 67', '+905321234567', '905321234567', '00905321234567', '5321234567', '(0532) 123-45-67'];
    const done = await house.load(['telefon', ...ways].join('\n'));
    expect(done).toMatchObject({ state: 'live', counts: { rows: 6, added: 1, duplicates: 5, bad: 0 } });
    expect(done.rejected).toEqual([3, 4, 5, 6, 7].map((row) => ({ row, column: null, value: '', reason: 'repeats row 2' })));
    expect(await found('34567')).toHaveLength(1);
  });

  it('reads every column, in Turkish', async () => {
    const header = 'Telefon;Ad;Soyad;Müşteri No;Şehir;Segment;Doğum Tarihi;Posta Kodu;Plaka;TC Son 4;Bayi;Son İletişim;Randevu';
    await house.load(
      `\uFEFF${header}\n0532 123 45 67;Ayşe;Yılmaz;M-17;İstanbul;Altın;31.12.1984;34710;34 abc 123;1234;IST-001;26.11.2026;30.11.2026 14:30\n`,
    );
    expect(await found('34567')).toEqual([
      {
        name: 'Ayşe Yılmaz',
        city: 'İstanbul',
        customerNo: 'M-17',
        birthYear: '1984',
        postcode: '34710',
        plate: '34ABC123',
        idLast4: '1234',
        segment: 'Altın',
        dealer: 'IST-001',
        lastContactAt: Date.parse('2026-11-25T21:00:00Z'),
        appointmentAt: Date.parse('2026-11-30T11:30:00Z'),
      },
    ]);
  });

  it('case A8: bad rows are told with row, column, value and reason, masked; the sums add up', async () => {
    const good = Array.from({ length: 10 }, (_, i) => `053212345${10 + i};M${i};1984`);
    const bad = ['9,05E+11;X1;1984', '05321234599 0;X2;1984', '0532 123 45 99;X3;yok'];
    const done = await house.load(['telefon;müşteri no;doğum yılı', ...good, ...bad].join('\n'));
    expect(done.counts).toEqual({ rows: 13, added: 10, changed: 0, unchanged: 0, duplicates: 0, bad: 3 });
    expect(done.rejected).toEqual([
      { row: 12, column: 'phone', value: '9,05E+11', reason: expect.stringMatching(/^precision_lost/) },
      { row: 13, column: 'phone', value: expect.stringMatching(/^\+90 5|^0\*+/), reason: 'is too long' },
      { row: 14, column: 'birthYear', value: 'yok', reason: expect.stringMatching(/^is neither a year/) },
    ]);
    expect(JSON.stringify(done)).not.toContain('5321234599');
  });

  it('cases A12 and A13: newer ranges are taken; service, nationwide and short numbers are refused by policy', async () => {
    const done = await house.load('telefon\n+905610000000\n05160000001\n05500000002\n4440123\n08501234567\n112\n');
    expect(done.counts).toMatchObject({ added: 3, bad: 3 });
    expect(done.rejected.map(({ reason }) => reason.split(':')[0])).toEqual(['policy', 'policy', 'policy']);
  });

  it('takes several numbers of a cell as one customer, or refuses them when asked to', async () => {
    const text = 'telefon;telefon 2;ad soyad\n0532 123 45 67 / 0533 765 43 21;0212 555 00 10;Ayşe Yılmaz\n';
    expect((await house.load(text)).counts).toMatchObject({ added: 1, bad: 0 });
    expect([await found('34567'), await found('54321'), await found('50010')].map((list) => list.length)).toEqual([1, 1, 1]);
    const strict = await house.load(text, { numbers: 'one' });
    expect(strict.rejected).toEqual([
      { row: 2, column: 'phone', value: expect.stringContaining('*'), reason: 'holds several numbers; give one' },
    ]);
  });

  it('case A9: the same file again, also twice at the same moment, adds nothing', async () => {
    const text = 'telefon;müşteri no\n05321234567;1\n05331234567;2\n';
    const [first, second] = await Promise.all([house.load(text), house.load(text)]);
    // Which of the two comes first is chance; that one adds all and the other nothing is not.
    const counts = [first, second].map((one) => ({ added: one.counts.added, unchanged: one.counts.unchanged }));
    expect(counts.toSorted((one, other) => one.added - other.added)).toEqual([
      { added: 0, unchanged: 2 },
      { added: 2, unchanged: 0 },
    ]);
    expect((await house.load(text)).counts).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
    expect(await stores.matching.count(MATCH_BRAND)).toBe(2);
  });

  it('a changed row replaces what was known, its number too; with replace the others are forgotten', async () => {
    await house.load('telefon;müşteri no;ad soyad\n05321234567;1;Ayşe Yılmaz\n05331234568;2;Ali Kaya\n');
    expect((await house.load('telefon;müşteri no;ad soyad\n05321234569;1;Ayşe Yılmaz\n')).counts).toMatchObject({ added: 0, changed: 1 });
    expect([await found('34567'), await found('34568'), await found('34569')].map((list) => list.length)).toEqual([0, 1, 1]);
    const done = await house.load('telefon;müşteri no;ad soyad\n05321234569;1;Ayşe Yılmaz\n', { replace: true });
    expect(done.counts).toMatchObject({ unchanged: 1 });
    expect([await found('34568'), await found('34569')].map((list) => list.length)).toEqual([0, 1]);
    await house.imports.sweep(MATCH_BRAND);
    expect(await stores.matching.count(MATCH_BRAND)).toBe(1);
  });

  it.each([
    ['bad rows only', 'telefon;müşteri no\nyok;1\n123;2\n'],
    ['a header alone', 'telefon;müşteri no\n'],
  ])('replaces nothing by a file of %s', async (_, text) => {
    await house.load('telefon;müşteri no\n05321234567;1\n05331234568;2\n');
    await expect(house.load(text, { replace: true })).rejects.toMatchObject({
      code: 'request.invalid',
      message: expect.stringContaining('all that was there stays'),
    });
    await house.imports.sweep(MATCH_BRAND);
    expect([await stores.matching.count(MATCH_BRAND), (await found('34567')).length]).toEqual([2, 1]);
    const [failed, kept] = await house.imports.list(MATCH_BRAND, 2, ['customers']);
    expect([failed?.state, failed?.problem, kept?.state]).toEqual(['failed', expect.stringContaining('replaces nothing'), 'live']);
  });

  it('what is not replaced but added may be nothing at all', async () => {
    expect(await house.load('telefon\n')).toMatchObject({ state: 'live', counts: { rows: 0 } });
  });

  it('case A11: a file whose import broke off leaves nothing that counts, and loads whole when it is sent again', async () => {
    const text = `telefon\n${Array.from({ length: 600 }, (_, i) => `05321${String(100_000 + i)}`).join('\n')}`;
    let staged = 0;
    const reader: ImportReader = {
      ...directReader,
      async *rows(file, job) {
        for await (const batch of directReader.rows(file, job)) {
          yield batch;
          staged += batch.records.length;
          throw new Error('killed');
        }
      },
    };
    const broken = importHouse(stores.matching.imports, { reader });
    await expect(broken.load(text)).rejects.toThrow('killed');
    await broken.close();
    expect(staged).toBe(250);
    expect([await stores.matching.count(MATCH_BRAND), await found('00100')]).toEqual([0, []]);
    expect((await house.load(text, {})).counts.added).toBe(600);
  });

  it('a process that died in mid-import is told from one that lives, and makes way', async () => {
    const row = {
      id: 'imp_x' as ImportId,
      brand: MATCH_BRAND,
      kind: 'customers',
      name: 'x',
      startedAt: 1_790_000_000_000,
      startedBy: 'a',
    } as const;
    const seq = await stores.matching.imports.begin(row, 0);
    await expect(house.load('telefon\n05321234567\n')).rejects.toMatchObject({ code: 'request.conflict' });
    await stores.matching.imports.stageCustomers(MATCH_BRAND, seq as number, [], { all: false, now: 1_789_999_000_000 });
    expect((await house.load('telefon\n05321234567\n')).counts.added).toBe(1);
    expect(await stores.matching.imports.get(MATCH_BRAND, row.id)).toMatchObject({ state: 'failed' });
  });
});

describe('staged files', () => {
  const upload = (text: string | Uint8Array, name = 'liste 05321234567.csv') =>
    house.imports.upload({ brand: MATCH_BRAND, kind: 'customers', name, by: 'ayse', chunks: inPieces(text) });

  it('are looked at first: encoding, separator, meanings, the first twenty rows without numbers', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `0532123450${i % 10};Ayşe ${i}`);
    const staged = await upload(['Telefon;Ad Soyad;Not', ...rows].join('\n'));
    expect(staged.name).toBe('liste +90 5** *** ** 67.csv');
    expect(staged.preview).toMatchObject({ format: 'csv', encoding: 'utf-8', separator: ';' });
    expect(staged.preview.mapping).toEqual([
      { header: 'Telefon', column: 'phone' },
      { header: 'Ad Soyad', column: 'name' },
      { header: 'Not', column: null },
    ]);
    expect(staged.preview.sample).toHaveLength(20);
    expect(staged.preview.sample[1]).toEqual({ row: 3, cells: ['+90 5** *** ** 01', 'Ayşe 1', ''] });
    expect(await stores.matching.count(MATCH_BRAND)).toBe(0);
  });

  it('count when they are confirmed, with other meanings if need be; nothing of them stays on the disk', async () => {
    const { id } = await upload('Kontakt;Wer\n05321234567;Ayşe Yılmaz\n');
    const mapping = { Kontakt: 'phone', Wer: 'name' };
    expect((await house.imports.preview(MATCH_BRAND, id, mapping))?.preview.mapping).toEqual([
      { header: 'Kontakt', column: 'phone' },
      { header: 'Wer', column: 'name' },
    ]);
    expect(await house.imports.confirm(MATCH_BRAND, id, { mapping })).toBe(true);
    await house.imports.settled();
    expect(await house.imports.get(MATCH_BRAND, id)).toMatchObject({ state: 'live', counts: { added: 1 }, startedBy: 'ayse' });
    expect(await house.imports.confirm(MATCH_BRAND, id, {})).toBe(false);
    expect(readdirSync(house.dir)).toEqual([]);
  });

  it('go on waiting while another file of the brand is loaded, by whomever', async () => {
    const { id } = await upload('telefon\n05321234567\n');
    const row = { id: 'imp_other' as ImportId, brand: MATCH_BRAND, kind: 'customers', name: 'x', startedAt: 1_790_000_000_000 } as const;
    const seq = await stores.matching.imports.begin({ ...row, startedBy: 'another process' }, 0);
    await expect(house.imports.confirm(MATCH_BRAND, id, {})).rejects.toMatchObject({ code: 'request.conflict' });
    expect(house.imports.waiting(MATCH_BRAND).map((one) => one.id)).toEqual([id]);
    await stores.matching.imports.fail(MATCH_BRAND, seq as number, 'broken off', 1_790_000_000_001);
    expect(await house.imports.confirm(MATCH_BRAND, id, {})).toBe(true);
    // Known from the answer on, not only when it is done.
    expect(await house.imports.get(MATCH_BRAND, id)).toBeDefined();
    await house.imports.settled();
    expect(await house.imports.get(MATCH_BRAND, id)).toMatchObject({ state: 'live', counts: { added: 1 } });
  });

  it.each([
    ['csv', '05321234567;Ayşe Yılmaz\n05331234568;Ali Kaya\n'],
    ['csv with a header of data that means something', 'ad;05321234567;Yılmaz\nx;1;2\n'],
    ['json', '[{"ad": "x", "05321234567": {"Yılmaz": 1}}]'],
    ['broken json', '[{"telefon": "05321234567", Yılmaz]'],
  ])('whose first row is somebody’s data (%s) are refused without a word of it', async (_, text) => {
    const lines: string[] = [];
    const log = { ...silentLog, warn: (fields: object, message: string) => void lines.push(`${inspect(fields)} ${message}`) };
    const listening = importHouse(stores.matching.imports, { log });
    const problem = await (async () => {
      const sent = { brand: MATCH_BRAND, kind: 'customers', name: 'x', by: 'ayse', chunks: inPieces(text) } as const;
      const { id, preview } = await listening.imports.upload(sent);
      expect(JSON.stringify(preview)).not.toContain('1234567');
      await listening.imports.confirm(MATCH_BRAND, id, {});
      await listening.imports.settled();
      return (await listening.imports.get(MATCH_BRAND, id))?.problem ?? '';
    })().catch((error: unknown) => (error as Error).message);
    await listening.close();
    expect(problem).not.toBe('');
    expect(`${problem} ${lines.join()}`).not.toMatch(/1234567|Yılmaz|5321/);
  });

  it('are given meanings by the headings as they are shown', async () => {
    const { id, preview } = await upload('Kontakt 05321234567;Ad\n05331234567;Ali Kaya\n');
    const [{ header } = { header: '' }] = preview.mapping;
    expect(header).toBe('Kontakt +90 5** *** ** 67');
    await house.imports.confirm(MATCH_BRAND, id, { mapping: { [header]: 'phone' } });
    await house.imports.settled();
    expect(await house.imports.get(MATCH_BRAND, id)).toMatchObject({ state: 'live', counts: { added: 1 } });
  });

  it('lie sealed: no number can be read from the disk', async () => {
    const { id } = await upload(`telefon\n${'05321234567\n'.repeat(9000)}`);
    const [file = ''] = readdirSync(house.dir);
    const bytes = readFileSync(path.join(house.dir, file));
    expect(bytes.length).toBeGreaterThan(100_000);
    expect(bytes.includes('1234567')).toBe(false);
    expect(await house.imports.discard(MATCH_BRAND, id)).toBe(true);
    expect(readdirSync(house.dir)).toEqual([]);
  });

  it('without the needed column or of no kind are refused at once, and leave nothing', async () => {
    await expect(upload(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]))).rejects.toMatchObject({ code: 'request.invalid' });
    const { id } = await upload('ad;soyad\na;b\n');
    await house.imports.confirm(MATCH_BRAND, id, {});
    await house.imports.settled();
    expect(await house.imports.get(MATCH_BRAND, id)).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/^The table lacks the columns phone \(or telefon, gsm, cep\)/),
    });
    expect(readdirSync(house.dir)).toEqual([]);
  });

  it('are eight at most, and forgotten after half an hour', async () => {
    let now = 1_790_000_000_000;
    const short = importHouse(stores.matching.imports, { clock: { now: () => now } });
    const send = () =>
      short.imports.upload({ brand: MATCH_BRAND, kind: 'customers', name: 'a', by: 'b', chunks: inPieces('telefon\n1\n') });
    for (let i = 0; i < 8; i += 1) await send();
    await expect(send()).rejects.toMatchObject({ code: 'request.too-many' });
    now += 31 * 60_000;
    await send();
    expect(short.imports.waiting(MATCH_BRAND)).toHaveLength(1);
    await short.close();
  });
});

describe('the reading thread', () => {
  it('reads a workbook as the same thread would, and carries errors across', async () => {
    const threaded = importHouse(stores.matching.imports, { reader: threadReader() });
    const rows = Array.from({ length: 700 }, (_, i) => [`+90532${String(1_000_000 + i)}`, `Müşteri ${i}`]);
    const done = await threaded.load(plainWorkbook([['GSM', 'İsim'], ...rows, ['yok', 'x']]));
    expect(done).toMatchObject({ state: 'live', counts: { rows: 701, added: 700, bad: 1 } });
    expect(await found('00123')).toMatchObject([{ name: 'Müşteri 123' }]);
    await expect(threaded.load('ad\nx\n')).rejects.toMatchObject({
      code: 'request.invalid',
      message: expect.stringContaining('lacks the columns'),
    });
    await threaded.close();
  });
});
