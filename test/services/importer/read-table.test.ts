import { describe, expect, it } from 'vitest';
import { readTable } from '../../../src/services/importer/read-table.ts';
import { windows1254 } from '../../kit/windows-1254.ts';

const aliases = { name: ['ad', 'isim'], phone: ['telefon', 'tel'] } as const;
const read = (text: string | Buffer) => readTable(typeof text === 'string' ? Buffer.from(text) : text, aliases);

describe('readTable', () => {
  it('case A2: reads UTF-8 with a byte order mark, and keeps the mark out of the data', async () => {
    const table = await read('\uFEFFtelefon;ad\n0212 555 00 01;Ayşe\n');
    expect(table).toMatchObject({ encoding: 'utf-8', separator: ';', columns: ['phone', 'name'] });
    expect(table.rows).toEqual([{ number: 2, cells: { phone: '0212 555 00 01', name: 'Ayşe' }, surplus: 0 }]);
    expect(JSON.stringify(table)).not.toContain('\uFEFF');
  });

  it('case A3: reads windows-1254, letter for letter', async () => {
    const table = await read(windows1254('AD;TELEFON\nĞ İ Ş ğ ı ş ç;1\n'));
    expect(table.encoding).toBe('windows-1254');
    expect(table.rows[0]?.cells.name).toBe('Ğ İ Ş ğ ı ş ç');
  });

  it.each(['utf-16le', 'utf-16be'])('reads %s by its mark', async (encoding) => {
    const little = Buffer.from('\uFEFFad;tel\nÇağrı;1\n', 'utf16le');
    const table = await read(encoding === 'utf-16le' ? little : Buffer.from(little).swap16());
    expect(table.encoding).toBe(encoding);
    expect(table.rows[0]?.cells.name).toBe('Çağrı');
  });

  it.each([';', ',', '\t', '|'])('finds the separator %j, though the texts hold the others', async (separator) => {
    const text = `ad${separator}tel\n"a;b,c|d\te"${separator}1\n"x ; y"${separator}2\n`;
    const table = await read(text);
    expect(table.separator).toBe(separator);
    expect(table.rows.map((row) => row.cells.name)).toEqual(['a;b,c|d\te', 'x ; y']);
  });

  it('obeys a sep= line and does not count it as a row', async () => {
    const table = await read('sep=|\r\nad|tel\r\na|1\r\n');
    expect(table.separator).toBe('|');
    expect(table.rows[0]?.number).toBe(2);
  });

  it.each(['İSİM', 'ISIM', 'isim', ' İsim ', 'isim:', 'AD'])('knows the header %j by Turkish folding', async (header) => {
    expect((await read(`${header};Tel.\na;1\n`)).columns).toEqual(['name', 'phone']);
  });

  it('numbers rows as the spreadsheet does: blank rows count, quoted line ends do not', async () => {
    const table = await read('ad;tel\na;1\n;\n\n"b\nb";2\nc;3\n');
    expect(table.rows.map((row) => [row.number, row.cells.phone])).toEqual([
      [2, '1'],
      [5, '2'],
      [6, '3'],
    ]);
  });

  it('tells missing and surplus cells, and headers that mean nothing', async () => {
    const table = await read('ad;tel;renk\na\nb;2;mavi;çok;fazla\n');
    expect(table.unknownHeaders).toEqual(['renk']);
    expect(table.rows).toEqual([
      { number: 2, cells: { name: 'a', phone: '' }, surplus: 0 },
      { number: 3, cells: { name: 'b', phone: '2' }, surplus: 2 },
    ]);
  });

  it.each([
    ['an empty file', Buffer.from(''), 'The file is empty. Its first row must hold the names of the columns.'],
    [
      'an old Excel file',
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]),
      'This is an old or a protected Excel file. Save it as .xlsx without a password, or as CSV.',
    ],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), 'This is not a text file. Save the table as CSV and send that.'],
    ['a column given twice', Buffer.from('ad;isim\na;b\n'), 'Two columns mean "ad". Remove one of them.'],
  ])('refuses %s with a sentence', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(expect.objectContaining({ code: 'request.invalid', message }));
  });

  it('refuses a quote that never ends, naming the line', async () => {
    await expect(read('ad;tel\n"a;1\nb;2\n')).rejects.toThrow(
      expect.objectContaining({ code: 'request.invalid', message: expect.stringMatching(/line \d/) }),
    );
  });

  it('has limits of its own, far below those of an import', async () => {
    const rows = Array.from({ length: 20_001 }, (_, i) => `${i};1`);
    await expect(read(['ad;tel', ...rows].join('\n'))).rejects.toMatchObject({ code: 'request.too-large' });
    await expect(read(`ad;tel\n${'x'.repeat(4001)};1\n`)).rejects.toMatchObject({ code: 'request.too-large' });
  });
});
