import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config/config.ts';
import { type BrandId, parseBrandId } from '../domain/brand.ts';
import { SantralError } from '../domain/errors.ts';
import type { Stores } from '../ports/stores.ts';
import { type DealerImportReport, importDealers } from '../services/dealers/import-dealers.ts';
import type { CliIo } from './io.ts';

const USAGE = `santral dealers import <file> [--brand <brand>] [--dry-run] [--json]

Loads dealers from CSV, XLSX or a JSON list: columns code, name, province (plate code or name), district, address,
postcode, phone, hours (mon-fri 09:00-18:00; sat 10:00-14:00), latitude, longitude; Turkish headers are understood, too.
The good rows are loaded, the bad ones reported. The same file again changes nothing.

  --brand <brand>  The brand the dealers belong to (default: SANTRAL_BRAND).
  --dry-run        Tell what would be done, and do nothing.
  --json           Print the report as JSON.

Exit: 0 when every row was loaded, 1 when there were bad rows or the file cannot be read, 2 for a wrong command line.
`;
const SHOWN_VALUE = 60;

/** `santral dealers import`; `args` is what follows those words. Gives the exit code. */
export async function dealersImport(args: string[], io: CliIo, openStores: () => Promise<Stores>): Promise<number> {
  const options = readOptions(args);
  if (options.kind !== 'run') {
    (options.kind === 'help' ? io.out : io.err)(options.text);
    return options.kind === 'help' ? 0 : 2;
  }
  try {
    const brand = brandOf(options.brand, io);
    const bytes = await readFile(path.resolve(io.cwd, options.file)).catch((error: NodeJS.ErrnoException) => {
      throw new SantralError('request.invalid', `${options.file} cannot be read (${error.code ?? error.message}).`, { cause: error });
    });
    const report = await withStores(openStores, (stores) =>
      importDealers(stores.dealers, { brand, bytes, now: Date.now(), dryRun: options.dryRun }),
    );
    io.out(options.json ? `${JSON.stringify({ file: options.file, brand, ...report })}\n` : printReport(options.file, brand, report));
    return report.bad.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof SantralError)) throw error;
    io.err(options.json ? `${JSON.stringify({ code: error.code, message: error.message })}\n` : `${error.message}\n`);
    return 1;
  }
}

type Options =
  | { readonly kind: 'run'; readonly file: string; readonly brand: string | undefined; readonly json: boolean; readonly dryRun: boolean }
  | { readonly kind: 'help' | 'wrong'; readonly text: string };

function readOptions(args: string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        brand: { type: 'string' },
        json: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { kind: 'help', text: USAGE };
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return { kind: 'wrong', text: `Name one file.\n\n${USAGE}` };
    return { kind: 'run', file, brand: values.brand, json: values.json, dryRun: values['dry-run'] };
  } catch (error) {
    return { kind: 'wrong', text: `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}` };
  }
}

function brandOf(given: string | undefined, io: CliIo): BrandId {
  if (given === undefined) return readConfig(io.env, io.cwd).brand;
  const brand = parseBrandId(given);
  if (brand === undefined) {
    throw new SantralError('request.invalid', `"${given}" is not a brand: 1 to 40 lower-case letters, digits and dashes.`);
  }
  return brand;
}

async function withStores<T>(open: () => Promise<Stores>, use: (stores: Stores) => Promise<T>): Promise<T> {
  const stores = await open();
  try {
    return await use(stores);
  } finally {
    await stores.close();
  }
}

function printReport(file: string, brand: string, report: DealerImportReport): string {
  const { rows, added, changed, unchanged, bad, encoding, separator, ignoredColumns, dryRun } = report;
  const lines = [
    `${file}: ${rows} ${rows === 1 ? 'row' : 'rows'} (${kindOf(encoding, separator)}), brand ${brand}${dryRun ? ', dry run: nothing was stored' : ''}`,
    `  ${added} added, ${changed} changed, ${unchanged} unchanged, ${bad.length} bad`,
    ...(ignoredColumns.length > 0 ? [`  columns that mean nothing here: ${ignoredColumns.join(', ')}`] : []),
    ...bad.map(({ row, column, value, reason }) => `  row ${row}${column === null ? '' : `, ${column} "${clip(value)}"`}: ${reason}`),
  ];
  return `${lines.join('\n')}\n`;
}

function kindOf(encoding: DealerImportReport['encoding'], separator: DealerImportReport['separator']): string {
  if (encoding === null) return 'workbook';
  return separator === null ? encoding : `${encoding}, separator ${separator === '\t' ? 'tab' : separator}`;
}

function clip(value: string): string {
  return value.length > SHOWN_VALUE ? `${value.slice(0, SHOWN_VALUE)}…` : value;
}
