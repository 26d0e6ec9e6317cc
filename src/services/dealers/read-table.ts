import { CsvError, parse } from 'csv-parse/sync';
import { SantralError } from '../../domain/errors.ts';
import { fold } from '../../domain/fold.ts';
import { decodeText, type TextEncoding } from './decode-text.ts';

const SEPARATORS = [';', ',', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** One row below the header. `number` is the row's number in a spreadsheet: the header is row 1, blank rows count. */
export interface TableRow<C extends string> {
  readonly number: number;
  /** Cells by column, blanks cut off; a missing cell is the empty text. */
  readonly cells: Readonly<Record<C, string>>;
  /** Cells beyond the header's width. */
  readonly surplus: number;
}

export interface Table<C extends string> {
  readonly encoding: TextEncoding;
  readonly separator: Separator;
  readonly columns: readonly C[];
  /** Headers that mean nothing to us. */
  readonly unknownHeaders: readonly string[];
  readonly rows: readonly TableRow<C>[];
}

/** Columns and the headers that mean them, folded (`fold`); the first is the one shown to people. */
export type ColumnAliases<C extends string> = Readonly<Record<C, readonly [string, ...string[]]>>;

/** Reads a CSV file of any of the usual encodings and separators. Rejects with `request.invalid` what is no such table. */
export function readTable<C extends string>(bytes: Uint8Array, aliases: ColumnAliases<C>): Table<C> {
  const { text, encoding } = decodeText(bytes);
  const declared = /^sep=([;,\t|])\r?\n/i.exec(text);
  const body = declared === null ? text : text.slice(declared[0].length);
  const separator = (declared?.[1] as Separator | undefined) ?? likeliestSeparator(body);
  const [header = [], ...records] = parseRecords(body, separator);
  if (header.every((cell) => cell.trim() === '')) {
    throw new SantralError('request.invalid', 'The file is empty. Its first row must hold the names of the columns.');
  }
  const names = header.map((cell) => columnOf(cell, aliases));
  const columns = names.filter((name): name is C => name !== undefined);
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) throw new SantralError('request.invalid', `Two columns mean "${aliases[twice][0]}". Remove one of them.`);
  const rows = records.map((record, index) => rowOf(record, index + 2, names)).filter((row) => row !== undefined);
  return { encoding, separator, columns, unknownHeaders: header.filter((cell, i) => cell.trim() !== '' && names[i] === undefined), rows };
}

function rowOf<C extends string>(record: readonly string[], number: number, names: readonly (C | undefined)[]): TableRow<C> | undefined {
  if (record.every((cell) => cell.trim() === '')) return undefined;
  const cells: Partial<Record<C, string>> = {};
  names.forEach((name, index) => {
    if (name !== undefined) cells[name] = (record[index] ?? '').trim();
  });
  const surplus = record.slice(names.length).filter((cell) => cell.trim() !== '').length;
  return { number, cells: cells as Record<C, string>, surplus };
}

function columnOf<C extends string>(header: string, aliases: ColumnAliases<C>): C | undefined {
  const folded = fold(header.replace(/[_.:*]+/g, ' '));
  return (Object.keys(aliases) as C[]).find((column) => aliases[column].includes(folded));
}

function parseRecords(text: string, separator: Separator): string[][] {
  try {
    return parse(text, { delimiter: separator, relax_column_count: true, relax_quotes: true, skip_empty_lines: false });
  } catch (error) {
    const message = error instanceof CsvError ? error.message : String(error);
    throw new SantralError('request.invalid', `The table cannot be read: ${message}`, { cause: error });
  }
}

/** The separator that cuts the first lines into the most columns, the same number in each line. Quoted text does not count. */
function likeliestSeparator(text: string): Separator {
  const lines = text
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  const scored = SEPARATORS.map((separator) => {
    const counts = lines.map((line) => line.split(separator).length);
    const first = counts[0] ?? 1;
    const alike = counts.filter((count) => count === first).length / Math.max(counts.length, 1);
    return { separator, score: first === 1 ? 0 : alike + first / 1000 };
  });
  return scored.reduce((best, one) => (one.score > best.score ? one : best), { separator: ';' as Separator, score: 0 }).separator;
}
