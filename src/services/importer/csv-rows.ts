import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { SantralError } from '../../domain/errors.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import { encodingOf, textOf } from './decode-text.ts';
import { dialectOf } from './dialect.ts';
import type { ImportLimits } from './limits.ts';
import type { OpenTable, RawRow } from './table.ts';

const BATCH = 250;

/** Opens a text of rows and cells, whatever its letters and separator. */
export async function openCsv(source: ByteSource, limits: ImportLimits): Promise<OpenTable> {
  const encoding = await encodingOf(source);
  const pieces = textOf(source, encoding);
  const first = await firstPiece(pieces);
  const { separator, skip } = dialectOf(first);
  const rest = Readable.from(rejoined(first.slice(skip), pieces));
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: limits.cell * 4,
  });
  rest.on('error', (error) => parser.destroy(error));
  const records = (rest.pipe(parser) as AsyncIterable<string[]>)[Symbol.asyncIterator]();
  const next = async () => {
    try {
      return await records.next();
    } catch (error) {
      throw readable(error, limits);
    }
  };
  const header = await next();
  return {
    format: 'csv',
    encoding,
    separator,
    header: header.done === true ? [] : header.value,
    batches: () => batched(next),
    close: async () => {
      rest.destroy();
      parser.destroy();
    },
  };
}

async function* batched(next: () => Promise<IteratorResult<string[]>>): AsyncGenerator<readonly RawRow[]> {
  let rows: RawRow[] = [];
  let number = 1;
  for (let record = await next(); record.done !== true; record = await next()) {
    number += 1;
    rows.push({ number, cells: record.value });
    if (rows.length < BATCH) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

async function firstPiece(pieces: AsyncGenerator<string>): Promise<string> {
  const first = await pieces.next();
  return first.done === true ? '' : first.value;
}

async function* rejoined(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  // An empty text would end a stream of objects' worth of bytes no sooner, but costs nothing to leave out.
  if (first !== '') yield first;
  for await (const piece of rest) if (piece !== '') yield piece;
}

function readable(error: unknown, limits: ImportLimits): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return new SantralError(
      'request.too-large',
      `A row is longer than ${limits.cell * 4} characters. Are there too many columns, or is there a quotation mark that nobody closes?`,
    );
  // The parser's own words may quote the row: what is wrong and where is enough.
  const where = /at line \d+/.exec(error.message)?.[0] ?? '';
  const what = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quotation mark is never closed; it opens' : error.code;
  return new SantralError('request.invalid', `The table cannot be read: ${what} ${where}.`.replace(' .', '.'));
}
