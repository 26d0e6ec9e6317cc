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

/** Reads contacts: what leaves this function is sealed. */
export function contactReader(seal: ContactSeal, ids: IdSource, params: ContactParams): RowReader<StagedContact> {
  return {
    plan(table, first, mapping) {
      const { names, sign, demand } = contactColumns(table, first, mapping, params.known);
      const variables = names.flatMap((column) => {
        const variable = column === undefined ? undefined : variableOf(column);
        return column === undefined || variable === undefined ? [] : [{ column, ...variable }];
      });
      return { names, demand, read: (row) => readContact(row, { seal, ids, params, variables, sign }) };
    },
  };
}

interface Reading {
  readonly seal: ContactSeal;
  readonly ids: IdSource;
  readonly params: ContactParams;
  readonly variables: readonly (ListVariable & { readonly column: string })[];
  readonly sign: DecimalSign;
}

function readContact(row: TableRow<string>, { seal, ids, params, variables: columns, sign }: Reading): ReadRow<StagedContact> {
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
  const staged = (others: readonly E164[]): StagedContact => stagedContact(seal, ids, { number, more: others, variables }, row.number);
  return {
    kind: 'ok',
    identity: identityOf(number),
    others: more.map(identityOf),
    // Sealing is the dear part: what is left out below is never sealed.
    get record() {
      return staged(more);
    },
    without: (known) => staged(more.filter((_, index) => known[index] !== true)),
  };
}

export function stagedContact(seal: ContactSeal, ids: IdSource, contact: SealedContact, row: number): StagedContact {
  return { id: ids.next('contact'), numberToken: seal.token(contact.number), person: seal.seal(JSON.stringify(contact)), row };
}

const HALF = 2 ** 32;

/** The number itself in eight bytes: fifteen digits at most, so that no two share one. It stays where files are read. */
function identityOf(number: E164): string {
  const value = Number(number.slice(1));
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(Math.floor(value / HALF), 0);
  bytes.writeUInt32BE(value % HALF, 4);
  return bytes.toString('base64url');
}
