import { describe, expect, it } from 'vitest';
import { csvOf } from '../../src/http/exports/csv.ts';
import { type Cell, type Sheet, text } from '../../src/http/exports/sheet.ts';
import { xlsxOf } from '../../src/http/exports/xlsx.ts';
import { readTable } from '../../src/services/importer/read-table.ts';

const AT = Date.parse('2026-03-02T06:15:00Z');
const ROW: readonly Cell[] = [
  { kind: 'time', value: AT },
  text('=HYPERLINK("https://example.com";"Ayşe")'),
  { kind: 'count', value: 1200 },
  { kind: 'duration', value: 184_500 },
  { kind: 'share', value: 0.7368 },
  { kind: 'share', value: null },
];
const sheet = (language: 'tr' | 'en', rows: readonly (readonly Cell[])[] = [ROW]): Sheet => ({
  ...{ name: 'santral-queues', header: ['Zaman', '-Ad', 'Gelen', 'Süre (s)', 'Düzey (%)', 'Boş'], zone: 'Europe/Istanbul', language },
  rows: (async function* () {
    yield* rows;
  })(),
});

async function whole(parts: AsyncIterable<string | Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const one of parts) all.push(Buffer.from(one));
  return Buffer.concat(all);
}

describe('CSV', () => {
  it.each([
    ['tr', '184,5;73,68;'],
    ['en', '184.5;73.68;'],
  ] as const)('in %s has a mark, semicolons, local times, and the decimal sign', async (language, numbers) => {
    const csv = (await whole(csvOf(sheet(language)))).toString();
    expect(csv).toBe(
      `\uFEFFZaman;'-Ad;Gelen;Süre (s);Düzey (%);Boş\r\n2026-03-02 09:15;"'=HYPERLINK(""https://example.com"";""Ayşe"")";1200;${numbers}\r\n`,
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('makes %j a text', async (value) => {
    const csv = (await whole(csvOf(sheet('tr', [[text(value)]])))).toString();
    expect(csv.split('\r\n').slice(1).join('\r\n')).toMatch(/^"?'/);
  });

  it('comes in pieces, whatever its length', async () => {
    const rows = Array.from({ length: 5000 }, (_, n) => [{ kind: 'count', value: n } as const]);
    let pieces = 0;
    let lines = 0;
    for await (const piece of csvOf(sheet('en', rows))) {
      pieces += 1;
      lines += piece.split('\r\n').length - 1;
    }
    expect(lines).toBe(5001);
    expect(pieces).toBeGreaterThan(20);
  });
});

describe('a workbook', () => {
  it('is one that spreadsheets read: texts as they are, numbers, lengths and times as such', async () => {
    const rows = [ROW, [text('a & b < c " d\u0000')], ...Array.from({ length: 1000 }, (_, n) => [{ kind: 'count', value: n } as const])];
    const book = await whole(xlsxOf({ ...sheet('tr', rows), header: ['Zaman', 'Ad', 'Gelen', 'Süre', 'Düzey', 'Boş'] }));
    const table = await readTable(book, { at: ['zaman'], name: ['ad'], count: ['gelen'], duration: ['sure'], share: ['duzey'] });
    expect(table.rows).toHaveLength(1002);
    expect(table.rows[0]?.cells).toMatchObject({ name: '=HYPERLINK("https://example.com";"Ayşe")', count: '1200' });
    expect(table.rows[0]?.cells['at']).toContain('2026-03-02');
    expect(table.rows[0]?.cells).toMatchObject({ share: '0.7368', duration: '0.00213541666666667' });
    expect(table.rows[1]?.cells['at']).toBe('a & b < c " d');
    expect(table.rows.at(-1)?.cells['at']).toBe('999');
  });

  it('tells a fault of its rows, and does not hang', async () => {
    const broken = async function* (): AsyncGenerator<readonly Cell[]> {
      yield ROW;
      throw new Error('the database is away');
    };
    await expect(whole(xlsxOf({ ...sheet('tr'), rows: broken() }))).rejects.toThrow('the database is away');
  });
});
