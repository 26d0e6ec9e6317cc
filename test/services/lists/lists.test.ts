import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportId, ListId } from '../../../src/domain/ids.ts';
import { printRejected } from '../../../src/http/exports/rejected-rows.ts';
import { threadReader } from '../../../src/import-desk.ts';
import type { StoredImport } from '../../../src/ports/matching.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import type { ImportReader } from '../../../src/services/importer/import-job.ts';
import { createLists, type Lists } from '../../../src/services/lists/lists.ts';
import { countedIds, directReader, type ImportHouse, importHouse, inPieces, MATCH_BRAND } from '../../kit/imports.ts';
import { TEST_SEAL } from '../../kit/seal.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';
import { plainWorkbook, workbookOf, zipOf } from '../../kit/workbook.ts';

let stores: Stores;
let house: ImportHouse;
let lists: Lists;
beforeEach(async () => {
  stores = await openTemporaryStores();
  house = importHouse(stores.matching.imports, { lists: stores.lists.loads });
  lists = createLists({ store: stores.lists, clock: { now: () => 1_790_000_000_000 }, ids: countedIds(), rules: { region: 'TR' } });
});
afterEach(async () => {
  await house.close();
  await stores.close();
});

type How = NonNullable<Parameters<ImportHouse['load']>[1]>;
const into = (name: string, append = false): How => ({ kind: 'contacts', list: { name, append } });
const load = (text: string | Uint8Array, name = 'liste', more: How = {}) => house.load(text, { ...into(name), ...more });
const listOf = async (done: StoredImport) => {
  const list = await lists.get(MATCH_BRAND, done.list as ListId);
  if (list === undefined) throw new Error('there is no such list');
  return list;
};
const rowsOf = (done: StoredImport, after = 0, limit = 1000) => lists.rows(MATCH_BRAND, done.list as ListId, after, limit);
const sum = ({ added, changed, unchanged, duplicates, bad }: StoredImport['counts']) => added + changed + unchanged + duplicates + bad;

describe('a file of contacts', () => {
  it('case A1: six ways to write a number are one contact; the others name row 2', async () => {
    const ways = ['0532 123 45 67', '+905321234567', '905321234567', '00905321234567', '5321234567', '(0532) 123-45-67'];
    const done = await load(['telefon', ...ways].join('\n'));
    expect(done).toMatchObject({ state: 'live', counts: { rows: 6, added: 1, duplicates: 5, bad: 0 } });
    expect((await rowsOf(done)).map(({ number, rowNo }) => [number, rowNo])).toEqual([['+905321234567', 1]]);
    expect(await lists.report(MATCH_BRAND, done.id)).toEqual(
      [3, 4, 5, 6, 7].map((row) => ({ row, column: null, value: '', reason: 'repeats row 2' })),
    );
  });

  it('becomes a list with typed variables that flows can say', async () => {
    const done = await load(
      '\uFEFFGSM;Ad Soyad;Borç Tutarı;Son Ödeme;Saat;Adet;Müşteri No\n05321234567;Ayşe Yılmaz;1.234,50 TL;30.11.2026;14:30;3;0017\n05331234567;;;;;;\n',
    );
    expect((await listOf(done)).variables).toEqual([
      { name: 'name', type: 'text' },
      { name: 'borc_tutari', type: 'money' },
      { name: 'son_odeme', type: 'date' },
      { name: 'saat', type: 'time' },
      { name: 'adet', type: 'number' },
      { name: 'customer_no', type: 'text' },
    ]);
    expect((await rowsOf(done)).map(({ variables }) => variables)).toEqual([
      { name: 'Ayşe Yılmaz', borc_tutari: 1234.5, son_odeme: '2026-11-30', saat: '14:30', adet: 3, customer_no: '0017' },
      { name: '', borc_tutari: null, son_odeme: null, saat: null, adet: null, customer_no: '' },
    ]);
  });

  it('cases A3 and A7: windows-1254 letter for letter; a number cell is a number, lost digits are a fault', async () => {
    const letters = Buffer.from([0xd0, 0xdd, 0xde, 0xf0, 0xfd, 0xfe, 0xe7]);
    const done = await load(Buffer.concat([Buffer.from('telefon;ad soyad\n05321234567;'), letters, Buffer.from('\n')]), 'a');
    expect((await rowsOf(done))[0]?.variables).toEqual({ name: 'ĞİŞğışç' });
    const book = await load(
      workbookOf({
        rows: '<row><c t="str"><v>GSM</v></c></row><row><c><v>5321234567</v></c></row><row><c t="str"><v>9,05E+11</v></c></row>',
      }),
      'b',
    );
    expect(book.counts).toMatchObject({ added: 1, bad: 1 });
    expect(await lists.report(MATCH_BRAND, book.id)).toMatchObject([
      { row: 3, column: 'phone', reason: expect.stringMatching(/^precision_lost/) },
    ]);
  });

  it('case A8: 10 good and 3 bad rows; each bad one with row, column, value and reason; the sums add up', async () => {
    const good = Array.from({ length: 10 }, (_, i) => `053212345${10 + i};12,5${i}`);
    const done = await load(['telefon;tutar', ...good, '9,05E+11;1', '05321234599;çok', '112;1'].join('\n'), 'x', {
      mapping: { tutar: 'tutar:money' },
    });
    expect(done.counts).toEqual({ rows: 13, added: 10, changed: 0, unchanged: 0, duplicates: 0, bad: 3 });
    expect(await lists.report(MATCH_BRAND, done.id)).toEqual([
      { row: 12, column: 'phone', value: '9,05E+11', reason: expect.stringMatching(/^precision_lost/) },
      { row: 13, column: 'tutar', value: 'çok', reason: expect.stringMatching(/^is no amount/) },
      { row: 14, column: 'phone', value: '112', reason: expect.stringMatching(/^policy/) },
    ]);
  });

  it('cases A12 and A13: newer ranges are taken, service numbers are not; foreign ones are', async () => {
    const done = await load('telefon\n+905610000000\n05160000001\n05500000002\n+49 30 1234567\n4440123\n08501234567\n112\n');
    expect(done.counts).toMatchObject({ added: 4, bad: 3 });
  });

  it('case A9: the same file again adds nothing, also twice at the same moment, also in another order', async () => {
    const text = 'telefon;ad\n05321234567;a\n05331234567;b\n';
    const both = await Promise.all([load(text), load(text)]);
    expect(both.map(({ counts }) => counts.added).toSorted()).toEqual([0, 2]);
    const third = await load(text);
    expect(third.counts).toMatchObject({ rows: 2, added: 0, unchanged: 2 });
    expect(await lists.report(MATCH_BRAND, third.id)).toMatchObject([{ row: 2, reason: 'is in the list already' }, { row: 3 }]);
    const turned = await load('telefon;ad\n05331234567;b\n05321234567;a\n05341234567;c\n', 'liste', into('liste', true));
    expect(turned.counts).toMatchObject({ added: 1, unchanged: 2 });
    expect([new Set([...both, third, turned].map(({ list }) => list)).size, (await listOf(third)).contacts]).toEqual([1, 3]);
    expect((await rowsOf(third)).map(({ rowNo }) => rowNo)).toEqual([1, 2, 3]);
  });

  it('of another kind is not mixed into a list of the name unless it is said', async () => {
    await load('telefon\n05321234567\n');
    await expect(load('telefon\n05331234567\n')).rejects.toMatchObject({
      code: 'request.conflict',
      message: expect.stringContaining('"liste"'),
    });
    await expect(house.load('telefon\n05331234567\n', { kind: 'contacts' })).rejects.toMatchObject({ code: 'request.invalid' });
    expect((await load('telefon;ad\n05331234567;b\n', 'liste', into('liste', true))).counts).toMatchObject({ added: 1 });
    await expect(
      load('telefon;ad\n05341234567;1\n', 'liste', { ...into('liste', true), mapping: { ad: 'first_name:number' } }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('of type text'),
    });
    expect((await lists.list(MATCH_BRAND)).map(({ name, contacts }) => [name, contacts])).toEqual([['liste', 2]]);
  });

  it('has several numbers in a cell: the first is the contact, and nobody is in the list twice', async () => {
    const done = await load(
      'telefon;telefon 2;ad\n0532 123 45 67 / 0533 123 45 67;02125550010;a\n05331234567;;b\n0534 123 45 67 / 0212 555 00 10;;c\n',
    );
    expect(done.counts).toMatchObject({ rows: 3, added: 2, duplicates: 1 });
    expect((await rowsOf(done)).map(({ number }) => number)).toEqual(['+905321234567', '+905341234567']);
    const strict = await load('telefon\n0532 123 45 67 / 0533 123 45 67\n', 'eine', { numbers: 'one' });
    expect(await lists.report(MATCH_BRAND, strict.id)).toMatchObject([
      { row: 2, column: 'phone', reason: 'holds several numbers; give one' },
    ]);
  });

  it('case A11: that broke off leaves nothing to be seen, and loads whole when it is sent again', async () => {
    const text = `telefon\n${Array.from({ length: 600 }, (_, i) => `05321${String(100_000 + i)}`).join('\n')}`;
    const reader: ImportReader = {
      ...directReader,
      async *rows(file, job) {
        let batches = 0;
        for await (const batch of directReader.rows(file, job)) {
          batches += 1;
          if (batches === 3) throw new Error('killed');
          yield batch;
        }
      },
    };
    const broken = importHouse(stores.matching.imports, { reader, lists: stores.lists.loads });
    await expect(broken.load(text, into('liste'))).rejects.toThrow('killed');
    await broken.close();
    const [failed] = await lists.list(MATCH_BRAND);
    expect(failed).toMatchObject({ state: 'failed', contacts: 0 });
    expect(await lists.rows(MATCH_BRAND, failed?.id as ListId, 0, 10)).toEqual([]);
    const done = await load(text);
    expect([done.counts.added, done.list, (await rowsOf(done)).length]).toEqual([600, failed?.id, 600]);
    await house.imports.sweep(MATCH_BRAND);
    expect([(await rowsOf(done)).length, (await rowsOf(done, 590))[0]?.rowNo]).toEqual([600, 591]);
  });

  it('tells how far it is while it runs', async () => {
    const seen: [number, number | null, string | undefined][] = [];
    const reader: ImportReader = {
      ...directReader,
      async *rows(file, job) {
        for await (const batch of directReader.rows(file, job)) {
          yield batch;
          const [one] = await house.imports.list(MATCH_BRAND, 1, ['contacts']);
          seen.push([one?.counts.rows ?? -1, watched.imports.share(one?.id as ImportId), one?.state]);
        }
      },
    };
    const watched = importHouse(stores.matching.imports, { reader, lists: stores.lists.loads });
    const text = `telefon\n${Array.from({ length: 700 }, (_, i) => `05321${String(100_000 + i)}`).join('\n')}`;
    const done = await watched.load(text, into('liste'));
    expect(seen.map(([rows, share, state]) => [rows, share !== null && share > 0, state])).toEqual([
      [0, true, 'loading'],
      [250, true, 'loading'],
      [500, true, 'loading'],
    ]);
    expect([watched.imports.share(done.id), done.counts.rows]).toEqual([null, 700]);
    await watched.close();
  });

  it('is read in a thread as in any other, sealed there', async () => {
    const threaded = importHouse(stores.matching.imports, { reader: threadReader(), lists: stores.lists.loads });
    const rows = Array.from({ length: 700 }, (_, i) => [`+90532${String(1_000_000 + i)}`, `Müşteri ${i}`]);
    const done = await threaded.load(plainWorkbook([['GSM', 'İsim'], ...rows, ['yok', 'x']]), into('liste'));
    expect(done).toMatchObject({ state: 'live', counts: { rows: 701, added: 700, bad: 1 } });
    const last = (await rowsOf(done, 699))[0];
    expect(last).toMatchObject({ number: '+905321000699', variables: { name: 'Müşteri 699' } });
    expect(last?.numberToken).toBe(TEST_SEAL.token('recipient', '+905321000699'));
    expect(await stores.lists.contact(MATCH_BRAND, last?.id ?? ('' as never))).toEqual(last);
    await threaded.close();
  });
});

describe('bad input is refused with a sentence, and nothing of it is there', () => {
  const wide = Array.from({ length: 50_000 }, () => 's').join(';');
  const bomb = zipOf({ 'xl/workbook.xml': 'x', 'xl/worksheets/sheet1.xml': Buffer.alloc(40_000_000) });
  const whole = plainWorkbook([['GSM'], ...Array.from({ length: 500 }, (_, i) => [`+90532${String(1_000_000 + i)}`])]);
  it.each([
    [
      'a picture named .csv',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      'request.invalid',
      /not a text file/,
    ],
    ['50,000 columns', Buffer.from(`${wide}\n1\n`), 'request.too-large', /50000 columns/],
    ['an empty file', Buffer.from(''), 'request.invalid', /is empty/],
    ['blanks alone', Buffer.from(' \n \n'), 'request.invalid', /is empty/],
    ['a zip bomb as .xlsx', bomb, 'request.invalid', /workbook/],
    [
      'quotes never closed',
      Buffer.from(`telefon;ad\n"05321234567;a\n${'05331234567;b\n'.repeat(200)}`),
      'request.invalid',
      /quotation mark/,
    ],
    ['a cell of 10 MB', Buffer.from(`telefon;ad\n05321234567;${'x'.repeat(10_000_000)}\n`), 'request.too-large', /longer than/],
    ['a workbook cut off', whole.subarray(0, whole.length / 2), 'request.invalid', /damaged/],
    ['no number column', Buffer.from('ad;soyad\na;b\n'), 'request.invalid', /lacks the column phone/],
    ['data without a header', Buffer.from('05321234567;Ayşe Yılmaz\n'), 'request.invalid', /first row must hold the names/],
  ])('%s', async (_, bytes, code, message) => {
    const error = await load(bytes, 'liste').then(
      () => undefined,
      (thrown: Error & { code: string }) => thrown,
    );
    expect(error?.code).toBe(code);
    expect(error?.message).toMatch(message);
    expect(error?.message).not.toMatch(/Yılmaz|1234567/);
    expect((await lists.list(MATCH_BRAND)).filter(({ contacts, state }) => contacts > 0 || state !== 'failed')).toEqual([]);
    expect(readdirSync(house.dir)).toEqual([]);
  });

  it('a formula is text, and is quoted in what is exported', async () => {
    const done = await load('telefon;şehir\n05321234567;"=HYPERLINK(""x"")"\n=1+1;x\n');
    expect((await rowsOf(done))[0]?.variables).toEqual({ sehir: '=HYPERLINK("x")' });
    expect(printRejected(await lists.report(MATCH_BRAND, done.id), 'en')).toContain(`3;phone;'=1+1;`);
  });

  it('an upload that is cut off leaves nothing', async () => {
    async function* cut(): AsyncGenerator<Uint8Array> {
      yield* inPieces('telefon\n05321234567\n');
      throw new Error('the line went down');
    }
    const sent = { brand: MATCH_BRAND, kind: 'contacts', name: 'a.csv', by: 'ayse', chunks: cut() } as const;
    await expect(house.imports.upload(sent)).rejects.toThrow('went down');
    expect([readdirSync(house.dir), house.imports.waiting(MATCH_BRAND)]).toEqual([[], []]);
  });
});

describe('contacts of another system', () => {
  it('are added behind the others, each once; bad ones are told', async () => {
    const { id } = await lists.create(MATCH_BRAND, 'crm', [{ name: 'borc', type: 'money' }], 'crm');
    await expect(lists.create(MATCH_BRAND, 'crm', [], 'crm')).rejects.toMatchObject({ code: 'request.conflict' });
    const sent = [
      { number: '0532 123 45 67', variables: { borc: 12.5 } },
      { number: '+905321234567', variables: {} },
      { number: '0533 123 45 67', variables: { borc: '7.50' } },
      { number: '112', variables: {} },
      { number: '05341234567', variables: { borc: 'çok' } },
      { number: '05351234567', variables: { strange: 1 } },
    ];
    const done = await lists.append(MATCH_BRAND, id, sent);
    expect([done.added.length, done.known, done.rejected.map(({ row, column }) => [row, column])]).toEqual([
      2,
      1,
      [
        [4, 'number'],
        [5, 'borc'],
        [6, 'strange'],
      ],
    ]);
    expect(await lists.append(MATCH_BRAND, id, sent)).toMatchObject({ added: [], known: 3 });
    const rows = await lists.rows(MATCH_BRAND, id, 0, 10);
    expect(rows.map(({ rowNo, number, variables }) => [rowNo, number, variables])).toEqual([
      [1, '+905321234567', { borc: 12.5 }],
      [2, '+905331234567', { borc: 7.5 }],
    ]);
    expect(await lists.get(MATCH_BRAND, id)).toMatchObject({ contacts: 2, state: 'ready' });
    await expect(lists.append(MATCH_BRAND, 'lst_none' as ListId, sent)).rejects.toMatchObject({ code: 'request.not-found' });
  });

  it('that come while a file is loaded stay, and none is there twice; who reads on misses nobody', async () => {
    const { id } = await lists.create(MATCH_BRAND, 'liste', [], 'crm');
    await lists.append(MATCH_BRAND, id, [{ number: '05301234567', variables: {} }]);
    let appended = false;
    const reader: ImportReader = {
      ...directReader,
      async *rows(file, job) {
        for await (const batch of directReader.rows(file, job)) {
          yield batch;
          if (appended) continue;
          appended = true;
          // One that the file has, and one that it does not.
          const sent = ['05321100001', '05399999999'].map((number) => ({ number, variables: {} }));
          expect((await lists.append(MATCH_BRAND, id, sent)).added).toHaveLength(2);
          expect((await lists.rows(MATCH_BRAND, id, 0, 10)).map(({ rowNo }) => rowNo)).toEqual([1, 2, 3]);
        }
      },
    };
    const racing = importHouse(stores.matching.imports, { reader, lists: stores.lists.loads });
    const text = `telefon\n${Array.from({ length: 600 }, (_, i) => `05321${String(100_000 + i)}`).join('\n')}`;
    const done = await racing.load(text, into('liste', true));
    await racing.close();
    expect(done.counts).toMatchObject({ rows: 600, added: 599, unchanged: 1 });
    expect(sum(done.counts)).toBe(600);
    const behind = await lists.rows(MATCH_BRAND, id, 3, 1000);
    expect([behind.length, new Set(behind.map(({ number }) => number)).size, behind[0]?.rowNo]).toEqual([599, 599, 4]);
    expect(await lists.get(MATCH_BRAND, id)).toMatchObject({ contacts: 602 });
    await lists.append(MATCH_BRAND, id, [{ number: '05388888888', variables: {} }]);
    const last = (await lists.rows(MATCH_BRAND, id, behind.at(-1)?.rowNo ?? 0, 10)).map(({ number }) => number);
    expect(last).toEqual(['+905388888888']);
  });
});

describe('a list', () => {
  it('is gone at once when it is removed, its rows with the next sweeps, its name at once', async () => {
    const done = await load(`telefon\n${Array.from({ length: 300 }, (_, i) => `05321${String(100_000 + i)}`).join('\n')}\nyok\n`);
    const [first] = await rowsOf(done, 0, 1);
    await lists.remove(MATCH_BRAND, done.list as ListId, 'ayse');
    expect([
      await lists.list(MATCH_BRAND),
      await rowsOf(done),
      await stores.lists.contact(MATCH_BRAND, first?.id ?? ('' as never)),
    ]).toEqual([[], [], undefined]);
    await expect(lists.remove(MATCH_BRAND, done.list as ListId, 'ayse')).rejects.toMatchObject({ code: 'request.not-found' });
    expect((await stores.audit.list({ brand: MATCH_BRAND, subject: done.list ?? '', limit: 5 })).map(({ what }) => what)).toEqual([
      'list-removed',
    ]);
    const again = await load('telefon\n05321234567\n');
    await house.imports.sweep(MATCH_BRAND);
    expect([(await rowsOf(again)).length, await lists.report(MATCH_BRAND, done.id)]).toEqual([1, []]);
  });
});
