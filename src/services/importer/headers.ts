import { SantralError } from '../../domain/errors.ts';
import { fold } from '../../domain/fold.ts';
import { notUnderstood, quotableHeadings, shownHeading } from './headings.ts';

/** Columns and the headers that mean them, folded (`fold`); the first is the one shown to people. */
export type ColumnAliases<C extends string> = Readonly<Record<C, readonly [string, ...string[]]>>;

/** What the first row of a table says. */
export interface Headers<C extends string> {
  /** The column each cell's place means; undefined where it means nothing to us. */
  readonly names: readonly (C | undefined)[];
  readonly columns: readonly C[];
  /** Headers that mean nothing to us, as far as a message may quote them. */
  readonly unknown: readonly string[];
  /** For the end of a message about columns that lack. */
  readonly hint: string;
}

/**
 * Reads the header. `mapping` says for headers, as they are or as they are shown, what they mean (null: nothing), and wins over the aliases. Throws
 * `request.invalid` for an empty header, two columns of one meaning, and a mapping of a header that is not there.
 */
export function readHeaders<C extends string>(
  header: readonly string[],
  aliases: ColumnAliases<C>,
  mapping: Readonly<Record<string, string | null>> = {},
): Headers<C> {
  if (header.every((cell) => cell.trim() === '')) {
    throw new SantralError('request.invalid', 'The file is empty. Its first row must hold the names of the columns.');
  }
  const cells = header.map((cell) => cell.trim());
  const known = (cell: string): string | undefined => [cell, shownHeading(cell)].find((name) => Object.hasOwn(mapping, name));
  const absent = Object.keys(mapping).find((name) => !cells.some((cell) => known(cell) === name));
  if (absent !== undefined)
    throw new SantralError('request.invalid', `The table has no column "${shownHeading(absent)}" to give a meaning to.`);
  const names = cells.map((cell) => {
    const name = known(cell);
    return name === undefined ? columnOf(cell, aliases) : mapped(mapping[name] ?? null, aliases);
  });
  const columns = names.filter((name): name is C => name !== undefined);
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) throw new SantralError('request.invalid', `Two columns mean "${aliases[twice][0]}". Remove one of them.`);
  const unknown = cells.filter((cell, i) => cell !== '' && names[i] === undefined);
  const hint = notUnderstood(cells, unknown, columns.length);
  return { names, columns, unknown: quotableHeadings(cells, unknown, columns.length), hint };
}

/** Throws `request.invalid` when a column is missing that the table cannot do without. */
export function demandColumns<C extends string>({ columns, hint }: Headers<C>, needed: readonly C[], aliases: ColumnAliases<C>): void {
  const missing = needed.filter((column) => !columns.includes(column));
  if (missing.length === 0) return;
  const names = missing.map((column) => `${aliases[column][0]} (or ${aliases[column].slice(1, 4).join(', ')})`);
  throw new SantralError('request.invalid', `The table lacks the columns ${names.join('; ')}.${hint}`);
}

/** One row below the header. `number` is the row's number in a spreadsheet: the header is row 1, blank rows count. */
export interface TableRow<C extends string> {
  readonly number: number;
  /** Cells by column, blanks cut off; a missing cell is the empty text. */
  readonly cells: Readonly<Record<C, string>>;
  /** Cells beyond the header's width. */
  readonly surplus: number;
}

/** The row's cells by what they mean; undefined for a blank row. */
export function rowOf<C extends string>(
  record: readonly string[],
  number: number,
  names: readonly (C | undefined)[],
): TableRow<C> | undefined {
  const cells: Partial<Record<C, string>> = {};
  let filled = 0;
  let surplus = 0;
  // By hand, as it is done for each of millions of rows.
  for (let index = 0; index < Math.max(record.length, names.length); index += 1) {
    const cell = (record[index] ?? '').trim();
    const name = names[index];
    if (name !== undefined) cells[name] = cell;
    if (cell === '') continue;
    filled += 1;
    if (index >= names.length) surplus += 1;
  }
  return filled === 0 ? undefined : { number, cells: cells as Record<C, string>, surplus };
}

function columnOf<C extends string>(header: string, aliases: ColumnAliases<C>): C | undefined {
  const folded = fold(header.replace(/[_.:*]+/g, ' '));
  return (Object.keys(aliases) as C[]).find((column) => aliases[column].includes(folded));
}

function mapped<C extends string>(column: string | null, aliases: ColumnAliases<C>): C | undefined {
  if (column === null) return undefined;
  if (Object.hasOwn(aliases, column)) return column as C;
  throw new SantralError(
    'request.invalid',
    `"${shownHeading(column)}" is no column of this import. There are: ${Object.keys(aliases).join(', ')}.`,
  );
}
