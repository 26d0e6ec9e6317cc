import { SantralError } from '../../domain/errors.ts';
import { fold } from '../../domain/fold.ts';
import { type ListVariable, VARIABLE_TYPES, type VariableType } from '../../ports/list-store.ts';
import { notUnderstood, shownHeading } from '../importer/headings.ts';
import type { Mapping } from '../importer/prepare.ts';
import type { OpenTable, RawRow } from '../importer/table.ts';
import { CUSTOMER_COLUMNS } from '../matching/customer-row.ts';
import { type DecimalSign, guessType } from './variable-cell.ts';

/** Columns of numbers; every other one is a variable, told as `name:type`. */
const NUMBER_COLUMNS = ['phone', 'phone2'] as const;
const NAME = /^[a-z][a-z0-9_]{0,39}$/;
/** Headings with a name of their own, so that flows find the same in every list. */
const USUAL_NAMES: Readonly<Record<string, readonly string[]>> = {
  name: CUSTOMER_COLUMNS.name,
  first_name: CUSTOMER_COLUMNS.firstName,
  last_name: CUSTOMER_COLUMNS.lastName,
  customer_no: CUSTOMER_COLUMNS.customerNo,
};

export interface ContactColumns {
  /** By place: `phone`, `phone2`, or a variable's `name:type`; undefined where a column means nothing. */
  readonly names: readonly (string | undefined)[];
  readonly sign: DecimalSign;
  demand(): void;
}

type Header = Pick<OpenTable, 'header' | 'format' | 'separator'>;

/**
 * What the columns of a list are: by the mapping, else numbers by their usual headings, and variables named by their
 * headings, of the type their first cells have. `known`: variables that the list has; theirs is the type. Throws
 * `request.invalid` for an empty header, and for columns that cannot be told apart.
 */
export function contactColumns(table: Header, first: readonly RawRow[], mapping: Mapping, known: readonly ListVariable[]): ContactColumns {
  const cells = table.header.map((cell) => cell.trim());
  if (cells.every((cell) => cell === ''))
    throw new SantralError('request.invalid', 'The file is empty. Its first row must hold the names of the columns.');
  const given = givenMeanings(cells, mapping);
  // A semicolon stands between cells where the comma is the decimal sign.
  const sign = table.format === 'csv' && table.separator !== ',' ? 'comma' : 'point';
  const taken = new Set([...given.values()].map((column) => variableOf(column ?? '')?.name));
  const names = cells.map((cell, place) => {
    if (given.has(place)) return given.get(place) ?? undefined;
    if (cell === '') return undefined;
    const number = numberColumn(cell);
    if (number !== undefined && ![...given.values()].includes(number)) return number;
    const name = freeName(nameOf(cell), taken);
    taken.add(name);
    const type = known.find((one) => one.name === name)?.type;
    return `${name}:${type ?? guessType(cell, columnOf(first, place), sign)}`;
  });
  mustDiffer(names);
  mustFit(names, known);
  return { names, sign, demand: () => mustHaveNumber(cells, names) };
}

/** `borc:money` → its name and type; undefined for a number's column. */
export function variableOf(column: string): ListVariable | undefined {
  const [name = '', type] = column.split(':');
  const known = VARIABLE_TYPES.find((one) => one === type);
  return known === undefined ? undefined : { name, type: known };
}

/** The variables among a table's columns. */
export function variablesOf(columns: readonly string[]): readonly ListVariable[] {
  return columns.map(variableOf).filter((one) => one !== undefined);
}

function givenMeanings(cells: readonly string[], mapping: Mapping): ReadonlyMap<number, string | null> {
  const given = new Map<number, string | null>();
  for (const [heading, column] of Object.entries(mapping)) {
    const place = cells.findIndex((cell) => cell === heading || shownHeading(cell) === heading);
    if (place < 0) throw new SantralError('request.invalid', `The table has no column "${shownHeading(heading)}" to give a meaning to.`);
    given.set(place, column === null ? null : demandColumn(column));
  }
  return given;
}

function demandColumn(column: string): string {
  const number = NUMBER_COLUMNS.find((one) => one === column);
  const variable = variableOf(column);
  if (number !== undefined || (variable !== undefined && NAME.test(variable.name))) return column;
  throw new SantralError(
    'request.invalid',
    `"${shownHeading(column)}" is no column of a list. There are phone, phone2, and variables as name:type, such as debt:money; types are ${VARIABLE_TYPES.join(', ')}.`,
  );
}

function numberColumn(heading: string): string | undefined {
  const folded = fold(heading.replace(/[_.:*]+/g, ' '));
  return NUMBER_COLUMNS.find((column) => CUSTOMER_COLUMNS[column].includes(folded));
}

/** What flows call a column: `Borç Tutarı` is `borc_tutari`. */
function nameOf(heading: string): string {
  const folded = fold(heading.replace(/[_.:*]+/g, ' '));
  const usual = Object.entries(USUAL_NAMES).find(([, aliases]) => aliases.includes(folded))?.[0];
  const plain = folded
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 36);
  return usual ?? (/^[a-z]/.test(plain) ? plain : `column_${plain}`.replace(/_$/, ''));
}

function freeName(name: string, taken: ReadonlySet<string | undefined>): string {
  for (let n = 1; ; n += 1) {
    const tried = n === 1 ? name : `${name}_${n}`;
    if (!taken.has(tried)) return tried;
  }
}

function columnOf(rows: readonly RawRow[], place: number): readonly string[] {
  return rows.map(({ cells }) => (cells[place] ?? '').trim());
}

function mustDiffer(names: readonly (string | undefined)[]): void {
  const bare = names.map((name) => name?.split(':')[0]);
  const twice = bare.find((name, place) => name !== undefined && bare.indexOf(name) !== place);
  if (twice !== undefined)
    throw new SantralError('request.invalid', `Two columns mean "${twice}". Give one of them another meaning, or none.`);
}

function mustFit(names: readonly (string | undefined)[], known: readonly ListVariable[]): void {
  for (const { name, type } of variablesOf(names.filter((one) => one !== undefined))) {
    const own: VariableType = known.find((one) => one.name === name)?.type ?? type;
    if (own !== type)
      throw new SantralError('request.invalid', `The list's variable ${name} is of type ${own}; it cannot be ${type} in this file.`);
  }
}

function mustHaveNumber(cells: readonly string[], names: readonly (string | undefined)[]): void {
  if (names.includes('phone') || names.includes('phone2')) return;
  const aliases = CUSTOMER_COLUMNS.phone.slice(1, 4).join(', ');
  throw new SantralError('request.invalid', `The table lacks the column phone (or ${aliases}).${notUnderstood(cells, cells, 0)}`);
}
