import type { IdSource } from '../../domain/ids.ts';
import type { E164, NumberRules } from '../../domain/phone-number.ts';
import type { ContactSeal, SealedContact, StagedContact } from '../../ports/contact-lists.ts';
import type { ListVariable } from '../../ports/list-store.ts';
import type { TableRow } from '../importer/headers.ts';
import { numbersOfRow } from '../importer/number-cell.ts';
import type { ReadRow, RowReader } from '../importer/prepare.ts';
import { contactColumns, variableOf } from './contact-columns.ts';
import { type DecimalSign, readVariable, VARIABLE_REASONS } from './variable-cell.ts';

export interface ContactParams {
  readonly rules: NumberRules;
  /** one: a cell with two numbers is a fault. */
  readonly numbers: 'several' | 'one';
  /** Variables that the list has. */
  readonly known: readonly ListVariable[];
}

/** A contact as it was read, on its way to be sealed: it leaves the threads that read files never. */
export interface ReadContact {
  readonly number: E164;
  /** `SealedContact` as JSON. */
  readonly person: string;
  readonly row: number;
}

/** Reads contacts. */
export function contactReader(params: ContactParams): RowReader<ReadContact> {
  return {
    plan(table, first, mapping) {
      const { names, sign, demand } = contactColumns(table, first, mapping, params.known);
      const variables = names.flatMap((column) => {
        const variable = column === undefined ? undefined : variableOf(column);
        return column === undefined || variable === undefined ? [] : [{ column, ...variable }];
      });
      return { names, demand, read: (row) => readContact(row, { params, variables, sign }) };
    },
  };
}

interface Reading {
  readonly params: ContactParams;
  readonly variables: readonly (ListVariable & { readonly column: string })[];
  readonly sign: DecimalSign;
}

function readContact(row: TableRow<string>, { params, variables: columns, sign }: Reading): ReadRow<ReadContact> {
  const numbers = numbersOfRow(row.cells, params.rules, params.numbers);
  if ('kind' in numbers) return numbers;
  const variables: Record<string, string | number | null> = {};
  for (const { column, name, type } of columns) {
    const cell = row.cells[column] ?? '';
    const value = readVariable(type, cell, sign);
    if (value === undefined) return { kind: 'bad', column: name, value: cell, reason: VARIABLE_REASONS[type] };
    variables[name] = value;
  }
  const [number, ...more] = numbers as readonly [E164, ...E164[]];
  return {
    kind: 'ok',
    identity: identityOf(number),
    others: more.map(identityOf),
    record(known) {
      const contact: SealedContact = { number, more: more.filter((_, index) => known[index] !== true), variables };
      return { number, person: JSON.stringify(contact), row: row.number };
    },
  };
}

/** The contact as it is stored: nobody can read it without the key. */
export function stagedContact(seal: ContactSeal, ids: IdSource, { number, person, row }: ReadContact): StagedContact {
  return { id: ids.next('contact'), numberToken: seal.token(number), person: seal.seal(person), row };
}

/** The number itself: fifteen digits at most, which a number holds exactly, so that no two share one. It stays where files are read. */
function identityOf(number: E164): number {
  return Number(number.slice(1));
}
