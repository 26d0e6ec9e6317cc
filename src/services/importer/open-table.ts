import { SantralError } from '../../domain/errors.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import { openCsv } from './csv-rows.ts';
import { openJson } from './json-rows.ts';
import type { ImportLimits } from './limits.ts';
import type { OpenTable, RawRow } from './table.ts';
import { openWorkbook } from './xlsx-rows.ts';

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** What `.xls` and password-protected workbooks begin with. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * Opens a table of any kind we read: a workbook (XLSX) by its first sheet, a JSON list of objects, else CSV. Rejects with
 * `request.invalid` what is no table, and with `request.too-large` what is beyond the limits.
 */
export async function openTable(source: ByteSource, limits: ImportLimits): Promise<OpenTable> {
  if (source.size > limits.bytes) throw new SantralError('request.too-large', `The file is larger than ${limits.bytes} bytes.`);
  const start = await source.read(0, Math.min(64, source.size));
  const begins = (bytes: readonly number[]) => bytes.every((byte, index) => start[index] === byte);
  if (begins(OLE)) {
    throw new SantralError('request.invalid', 'This is an old or a protected Excel file. Save it as .xlsx without a password, or as CSV.');
  }
  const table = begins(ZIP)
    ? await openWorkbook(source, limits)
    : isJson(start)
      ? await openJson(source, limits)
      : await openCsv(source, limits);
  if (table.header.length > limits.columns) {
    await table.close();
    throw new SantralError('request.too-large', `The table has ${table.header.length} columns; ${limits.columns} are read at most.`);
  }
  return { ...table, batches: () => counted(table, limits) };
}

/** A list that begins with an object; a CSV file whose first header is in brackets is none. */
function isJson(start: Uint8Array): boolean {
  return /^\uFEFF?\s*\[\s*[{\]]/.test(new TextDecoder().decode(start));
}

/** Refuses the table as soon as it is too long: the counting is here, so that every format has it. */
async function* counted(table: OpenTable, limits: ImportLimits): AsyncGenerator<readonly RawRow[]> {
  for await (const batch of table.batches()) {
    const last = batch.at(-1);
    if (last !== undefined && last.number - 1 > limits.rows)
      throw new SantralError('request.too-large', `The table has more than ${limits.rows} rows. Divide it into several files.`);
    const long = batch.find(({ cells }) => cells.length > limits.columns || cells.some((cell) => cell.length > limits.cell));
    if (long !== undefined)
      throw new SantralError(
        'request.too-large',
        `Row ${long.number} has more than ${limits.columns} cells, or one longer than ${limits.cell} characters. Is there a quotation mark that nobody closes?`,
      );
    yield batch;
  }
}
