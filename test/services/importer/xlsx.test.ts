import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../src/services/importer/byte-source.ts';
import { IMPORT_LIMITS } from '../../../src/services/importer/limits.ts';
import { openTable } from '../../../src/services/importer/open-table.ts';
import { plainWorkbook, workbookOf, zipOf } from '../../kit/workbook.ts';

async function read(bytes: Uint8Array, limits = IMPORT_LIMITS) {
  const table = await openTable(bytesOf(bytes), limits);
  const rows = [];
  for await (const batch of table.batches()) rows.push(...batch);
  return { format: table.format, header: table.header, rows };
}

const STYLES = `<numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="0.0 &quot;day&quot;"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>`;

describe('workbooks', () => {
  it('case A7: a number cell keeps its digits; scientific notation as text stays what it is', async () => {
    const rows =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>telefon</t></is></c></row><row r="2"><c r="A2"><v>5321234567</v></c></row>' +
      '<row r="3"><c r="A3"><v>5.321234567E9</v></c></row><row r="4"><c r="A4" t="inlineStr"><is><t>9,05E+11</t></is></c></row>' +
      '<row r="5"><c r="A5"><v>1.2345678901234567E19</v></c></row>';
    expect((await read(workbookOf({ rows }))).rows.map(({ cells }) => cells[0])).toEqual([
      '5321234567',
      '5321234567',
      '9,05E+11',
      '1.2345678901234567E+19',
    ]);
  });

  it('reads shared texts that stand after the sheet, in runs, without the reading aids', async () => {
    const shared = '<si><t>Ad</t></si><si><r><t xml:space="preserve">Ayşe </t></r><r><t>Yılmaz</t></r><rPh><t>no</t></rPh></si>';
    const rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>';
    const table = await read(workbookOf({ rows, shared, sharedLast: true }));
    expect(table).toEqual({ format: 'xlsx', header: ['Ad'], rows: [{ number: 2, cells: ['Ayşe Yılmaz'] }] });
  });

  it.each([
    [false, ['2026-11-26', '2026-11-26', '46352', '1900-03-01']],
    [true, ['2030-11-27', '2030-11-27', '46352', '1904-03-02']],
  ])('shows days as days, by built-in and own formats; 1904: %s', async (date1904, days) => {
    const cells =
      '<c r="A1" s="1"><v>46352.75</v></c><c r="B1" s="2"><v>46352</v></c><c r="C1" s="3"><v>46352</v></c><c r="D1" s="1"><v>61</v></c>';
    expect((await read(workbookOf({ rows: `<row r="1">${cells}</row>`, styles: STYLES, date1904 }))).header).toEqual(days);
  });

  it('takes results of formulas, truth values and cut binary fractions', async () => {
    const cells =
      '<c r="A1" t="str"><f>B1&amp;"x"</f><v>5x</v></c><c r="B1"><f>2+3</f><v>5</v></c><c r="C1" t="b"><v>1</v></c><c r="D1"><v>41.008199999999996</v></c><c r="E1" t="e"><v>#N/A</v></c>';
    expect((await read(workbookOf({ rows: `<row r="1">${cells}</row>` }))).header).toEqual(['5x', '5', 'true', '41.0082', '#N/A']);
  });

  it('keeps places: gaps between cells, rows that are left out, merged and styled empty cells', async () => {
    const rows =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="C1" t="inlineStr"><is><t>c</t></is></c><c r="D1" s="1"/></row><row r="7"><c r="C7"><v>9</v></c></row>';
    expect(await read(workbookOf({ rows }))).toMatchObject({ header: ['a', '', 'c'], rows: [{ number: 7, cells: ['', '', '9'] }] });
  });

  it('reads prefixed elements, cells and rows without places, and a sheet at an absolute address', async () => {
    const rows =
      '<x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c><x:v>1</x:v></x:c></x:row><x:row><x:c><x:v>2</x:v></x:c></x:row>';
    const table = await read(workbookOf({ rows, prefix: 'x', target: '/xl/worksheets/sheet9.xml' }));
    expect(table).toMatchObject({ header: ['a', '1'], rows: [{ number: 2, cells: ['2'] }] });
  });

  it('comes in batches, so that a long sheet is never held as a whole', async () => {
    const table = await openTable(bytesOf(plainWorkbook(Array.from({ length: 1201 }, (_, i) => [String(i)]))), IMPORT_LIMITS);
    const sizes = [];
    for await (const batch of table.batches()) sizes.push(batch.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1200);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(250);
  });

  it.each([
    ['rows', { rows: 2 }, /more than 2 rows/],
    ['columns', { columns: 1 }, /1 are read at most/],
    ['unpackedBytes', { unpackedBytes: 100 }, /unpacks to more than 100 bytes/],
    ['cell', { cell: 3 }, /longer than 3 characters/],
    ['bytes', { bytes: 100 }, /larger than 100 bytes/],
  ])('refuses what is beyond the limit of %s', async (_name, limit, message) => {
    const bytes = plainWorkbook([
      ['a', 'b'],
      ['1', 'long'],
      ['2', ''],
      ['3', ''],
    ]);
    await expect(read(bytes, { ...IMPORT_LIMITS, ...limit })).rejects.toThrow(
      expect.objectContaining({ code: 'request.too-large', message: expect.stringMatching(message) }),
    );
  });

  it.each([
    ['a zip that is none', Buffer.from('PK\x03\x04 and nothing more'), /damaged/],
    ['a zip of something else', zipOf({ 'a.txt': 'x' }), /lacks the part xl\/workbook.xml/],
    ['a part cut short', zipOf({ 'xl/workbook.xml': '<workbook><sheets' }), /xl\/workbook.xml is damaged/],
    [
      'a document type with entities',
      zipOf({ 'xl/workbook.xml': '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>' }),
      /declares a document type/,
    ],
  ])('refuses %s with a sentence', async (_name, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(
      expect.objectContaining({ code: 'request.invalid', message: expect.stringMatching(message) }),
    );
  });
});

describe('JSON', () => {
  it('reads a list of flat objects, whose keys are the columns', async () => {
    const text = '\uFEFF[{"telefon": 5321234567, "ad": "Ayşe"}, {"ad": null, "tel2": ["1", "2"]}]';
    expect(await read(Buffer.from(text))).toEqual({
      format: 'json',
      header: ['telefon', 'ad', 'tel2'],
      rows: [
        { number: 2, cells: ['5321234567', 'Ayşe', ''] },
        { number: 3, cells: ['', '', '1 / 2'] },
      ],
    });
  });

  it.each([
    ['[{"a": 1}, 5]', /must be a list of objects/],
    ['[{"a": ', /looks like JSON and is none/],
    ['[{"a": {"b": 1}}]', /Row 2, "a": is neither text nor a number/],
  ])('refuses %s', async (text, message) => {
    await expect(read(Buffer.from(text))).rejects.toThrow(expect.objectContaining({ message: expect.stringMatching(message) }));
  });
});
