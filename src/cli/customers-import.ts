import path from 'node:path';
import { parseArgs } from 'node:util';
import type { BrandId } from '../domain/brand.ts';
import { SantralError } from '../domain/errors.ts';
import type { MatchKind } from '../ports/matching.ts';
import { brandOf, bytesOf, type OpenForImport, printPreview, printReport } from './import-command.ts';
import { type CliIo, EXIT } from './io.ts';

const USAGE = `santral customers import <file> [--brand <brand>] [--segments] [--replace] [--preview] [--json]

Loads customers that callers are matched with, from CSV, XLSX or a JSON list: columns phone, name (or first name and last
name), customer no, city, segment, birth year, postcode, plate, id last 4, dealer, last contact, appointment; Turkish
headers are understood, too. Of the numbers only what the brand's settings say is kept. All of the file counts, or none.

  --brand <brand>  The brand the customers belong to (default: SANTRAL_BRAND).
  --segments       The file says whose number belongs to which segment of flows/segments.yaml: columns phone, segment.
  --replace        The file is the whole list: who is not in it is forgotten.
  --preview        Tell how the file is understood, and load nothing.
  --json           Print the report as JSON.

Exit: 0 when every row was taken, 1 when there were bad rows or the file cannot be read, 2 for a wrong command line.
`;

interface Order {
  readonly file: string;
  readonly brand: BrandId;
  readonly kind: MatchKind;
  readonly replace: boolean;
  readonly preview: boolean;
  readonly json: boolean;
}

/** `santral customers import`; `args` is what follows those words. Gives the exit code. */
export async function customersImport(args: string[], io: CliIo, open: OpenForImport): Promise<number> {
  try {
    const order = readOrder(args, io);
    if (typeof order === 'string') {
      io.out(order);
      return EXIT.ok;
    }
    return await carryOut(order, io, open);
  } catch (error) {
    if (!(error instanceof SantralError)) throw error;
    io.err(args.includes('--json') ? `${JSON.stringify({ code: error.code, message: error.message })}\n` : `${error.message}\n`);
    return error.code === 'config.invalid' && error.message.startsWith('Name one file') ? EXIT.usage : EXIT.problems;
  }
}

async function carryOut(order: Order, io: CliIo, open: OpenForImport): Promise<number> {
  const { file, brand, kind, replace } = order;
  const { imports, close } = await open();
  try {
    const request = { brand, kind, name: path.basename(file), by: 'command line', chunks: bytesOf(path.resolve(io.cwd, file), file) };
    if (order.preview) {
      const staged = await imports.upload(request);
      await imports.discard(brand, staged.id);
      io.out(order.json ? `${JSON.stringify(staged.preview)}\n` : printPreview(file, staged));
      return EXIT.ok;
    }
    const done = await imports.load({ ...request, replace });
    io.out(order.json ? `${JSON.stringify({ file, ...done })}\n` : printReport(file, done));
    return done.counts.bad > 0 ? EXIT.problems : EXIT.ok;
  } finally {
    await imports.close();
    await close();
  }
}

function readOrder(args: string[], io: CliIo): Order | string {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      brand: { type: 'string' },
      segments: { type: 'boolean', default: false },
      replace: { type: 'boolean', default: false },
      preview: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return USAGE;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new SantralError('config.invalid', `Name one file.\n\n${USAGE}`);
  const kind = values.segments ? 'segments' : 'customers';
  const { replace, preview, json } = values;
  return { file, brand: brandOf(values.brand, io), kind, replace, preview, json };
}
