import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config/config.ts';
import { type BrandId, parseBrandId } from '../domain/brand.ts';
import { SantralError } from '../domain/errors.ts';
import type { Stores } from '../ports/stores.ts';
import { type AppointmentImportReport, importAppointments } from '../services/appointments/import-appointments.ts';
import { type CliIo, EXIT } from './io.ts';

const USAGE = `santral appointments import <file.yaml> [--brand <brand>] [--dry-run] [--json]

Loads services, calendars and customers from a YAML file; flows/demo/appointments.yaml shows one. What is there already is
replaced by its code. A file with a problem stores nothing, and every problem is told with its line and remedy.

  --brand <brand>  The brand they belong to (default: SANTRAL_BRAND). Its dealers must be there.
  --dry-run        Tell what would be done, and do nothing.
  --json           Print the report as JSON.

Exit: 0 when the file was loaded, 1 when it has problems or cannot be read, 2 for a wrong command line.
`;

/** `santral appointments import`; `args` is what follows those words. Gives the exit code. */
export async function appointmentsImport(args: string[], io: CliIo, openStores: () => Promise<Stores>): Promise<number> {
  const { values, positionals } = read(args);
  const [file, ...more] = positionals;
  if (values.help || file === undefined || more.length > 0) {
    (values.help ? io.out : io.err)(USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  try {
    const brand = brandOf(values.brand, io);
    const text = await readFile(path.resolve(io.cwd, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new SantralError('request.invalid', `${file} cannot be read (${error.code ?? error.message}).`, { cause: error });
    });
    const stores = await openStores();
    try {
      const request = { brand, file: { path: file, text }, now: Date.now(), dryRun: values['dry-run'] };
      const report = await importAppointments(stores, request);
      io.out(values.json ? `${JSON.stringify({ file, brand, ...report })}\n` : printReport(file, brand, report));
      return report.problems.length > 0 ? EXIT.problems : EXIT.ok;
    } finally {
      await stores.close();
    }
  } catch (error) {
    if (!(error instanceof SantralError)) throw error;
    io.err(values.json ? `${JSON.stringify({ code: error.code, message: error.message })}\n` : `${error.message}\n`);
    return EXIT.problems;
  }
}

function read(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      brand: { type: 'string' },
      json: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

function brandOf(given: string | undefined, io: CliIo): BrandId {
  if (given === undefined) return readConfig(io.env, io.cwd).brand;
  const brand = parseBrandId(given);
  if (brand !== undefined) return brand;
  throw new SantralError('request.invalid', `"${given}" is not a brand: 1 to 40 lower-case letters, digits and dashes.`);
}

function printReport(file: string, brand: string, report: AppointmentImportReport): string {
  const { services, calendars, customers, problems, dryRun } = report;
  const lines = problems.map(({ line, column, code, message, remedy }) => `${file}:${line}:${column} ${code}: ${message}\n    ${remedy}`);
  const stored = problems.length > 0 ? ', nothing was stored' : dryRun ? ', dry run: nothing was stored' : '';
  const counts = `${services} services, ${calendars} calendars, ${customers} customers`;
  return [...lines, `${file}: ${counts}, ${problems.length} problems; brand ${brand}${stored}`, ''].join('\n');
}
