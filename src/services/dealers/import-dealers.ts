import type { BrandId } from '../../domain/brand.ts';
import type { Dealer } from '../../domain/dealer.ts';
import { SantralError } from '../../domain/errors.ts';
import type { DealerStore } from '../../ports/stores.ts';
import type { TextEncoding } from '../importer/decode-text.ts';
import type { Separator } from '../importer/dialect.ts';
import { readTable } from '../importer/read-table.ts';
import { allDealers } from './all-dealers.ts';
import { type CellFault, DEALER_COLUMNS, NEEDED_COLUMNS, readDealer } from './dealer-row.ts';

/** A row that was not loaded: its number in the spreadsheet (the header is row 1), its first bad cell, and why. */
interface BadRow {
  readonly row: number;
  /** Null when the row as a whole is at fault. */
  readonly column: string | null;
  readonly value: string;
  /** Every fault of the row, the first one's first. */
  readonly reason: string;
}

/** What an import did. `rows` is always `added + changed + unchanged + bad.length`. */
export interface DealerImportReport {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly bad: readonly BadRow[];
  /** null: a workbook. */
  readonly encoding: TextEncoding | null;
  readonly separator: Separator | null;
  /** Headers that mean nothing to the import. */
  readonly ignoredColumns: readonly string[];
  readonly dryRun: boolean;
}

/**
 * Loads a file's dealers (CSV, XLSX, JSON) into a brand: all good rows in one transaction, none when that fails. The same file again
 * changes nothing. Rejects with `request.invalid` when the file is no table of dealers.
 */
export async function importDealers(
  store: DealerStore,
  request: { readonly brand: BrandId; readonly bytes: Uint8Array; readonly now: number; readonly dryRun?: boolean },
): Promise<DealerImportReport> {
  const table = await readTable(request.bytes, DEALER_COLUMNS);
  const missing = NEEDED_COLUMNS.filter((column) => !table.columns.includes(column));
  if (missing.length > 0) {
    const names = missing.map((column) => `${column} (or ${DEALER_COLUMNS[column].slice(1, 4).join(', ')})`);
    throw new SantralError('request.invalid', `The table lacks the columns ${names.join('; ')}.${table.hint}`);
  }
  const bad: BadRow[] = [];
  const good = new Map<string, { readonly dealer: Dealer; readonly row: number }>();
  for (const row of table.rows) {
    const read = readDealer(row, request.brand);
    const twin = read.kind === 'ok' ? good.get(read.dealer.code) : undefined;
    if (read.kind === 'bad') bad.push(badRow(row.number, read.faults));
    else if (twin === undefined) good.set(read.dealer.code, { dealer: read.dealer, row: row.number });
    else bad.push({ row: row.number, column: 'code', value: read.dealer.code, reason: `is the code of row ${twin.row}, too` });
  }
  const dealers = [...good.values()].map(({ dealer }) => dealer);
  const counts = request.dryRun === true ? await compare(store, request.brand, dealers) : await store.upsert(dealers, request.now);
  return {
    rows: table.rows.length,
    ...counts,
    bad,
    encoding: table.encoding,
    separator: table.separator,
    ignoredColumns: table.unknownHeaders,
    dryRun: request.dryRun === true,
  };
}

function badRow(row: number, faults: readonly [CellFault, ...CellFault[]]): BadRow {
  const [first, ...more] = faults;
  const others = more.map(({ column, value, reason }) => `${column ?? 'row'} "${value}" ${reason}`);
  return { row, column: first.column, value: first.value, reason: [first.reason, ...others].join('; ') };
}

async function compare(store: DealerStore, brand: BrandId, dealers: readonly Dealer[]) {
  const known = new Map((await allDealers(store, brand)).map((dealer) => [dealer.code, fingerprint(dealer)]));
  const added = dealers.filter((dealer) => !known.has(dealer.code)).length;
  const unchanged = dealers.filter((dealer) => known.get(dealer.code) === fingerprint(dealer)).length;
  return { added, changed: dealers.length - added - unchanged, unchanged };
}

/** Equal for dealers that are equal in every field, whatever the order of their keys. */
function fingerprint(dealer: Dealer): string {
  const { brand, code, name, province, district, address, postcode, phone, hours, latitude, longitude } = dealer;
  const times = hours.map((day) => day.map(({ from, to }) => [from, to]));
  return JSON.stringify([brand, code, name, province, district, address, postcode, phone, times, latitude, longitude]);
}
