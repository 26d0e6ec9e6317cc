import path from 'node:path';
import { parseArgs } from 'node:util';
import type { BrandId } from '../domain/brand.ts';
import { SantralError } from '../domain/errors.ts';
import type { Mapping } from '../services/importer/prepare.ts';
import { brandOf, bytesOf, type OpenForImport, printPreview, printReport } from './import-command.ts';
import { type CliIo, EXIT } from './io.ts';

const USAGE = `santral lists import <file> [--list <name>] [--append] [--column <heading>=<meaning>]… [--one-number] [--brand <brand>]
                     [--preview] [--json]

Loads people whom campaigns call into a list, from CSV, XLSX or a JSON list. A column of numbers (phone, telefon, gsm …) is
needed; every other column is a variable that flows can say, of the type its cells have. All of the file is in the list, or
nothing; a number is in it once, so that the same file again adds nothing.

  --list <name>      The list (default: the file's name without its ending).
  --append           The list may be there already, with other files.
  --column <h>=<m>   What a heading means: phone, phone2, a variable as name:type (text, number, date, time, money), or nothing
                     at all (--column "Not="). May be given several times.
  --one-number       A cell with two numbers is a fault; otherwise the first is called.
  --brand <brand>    The brand the list belongs to (default: SANTRAL_BRAND).
  --preview          Tell how the file is understood, and load nothing.
  --json             Print the report as JSON.

Exit: 0 when every row was taken, 1 when there were bad rows or the file cannot be read, 2 for a wrong command line.
`;

interface Order {
  readonly file: string;
  readonly brand: BrandId;
  readonly list: { readonly name: string; readonly append: boolean };
  readonly mapping: Mapping;
  readonly numbers: 'several' | 'one';
  readonly preview: boolean;
  readonly json: boolean;
}

/** `santral lists import`; `args` is what follows those words. Gives the exit code. */
export async function listsImport(args: string[], io: CliIo, open: OpenForImport): Promise<number> {
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
  const { file, brand, list, mapping, numbers } = order;
  const { imports, rejected, close } = await open();
  try {
    const chunks = bytesOf(path.resolve(io.cwd, file), file);
    const request = { brand, kind: 'contacts', name: path.basename(file), by: 'command line', chunks } as const;
    if (order.preview) {
      const sent = await imports.upload(request);
      const staged = (await imports.preview(brand, sent.id, mapping)) ?? sent;
      await imports.discard(brand, sent.id);
      io.out(order.json ? `${JSON.stringify(staged.preview)}\n` : printPreview(file, staged));
      return EXIT.ok;
    }
    const done = await imports.load({ ...request, list, mapping, numbers });
    const report = { ...done, rejected: await rejected(brand, done.id) };
    io.out(order.json ? `${JSON.stringify({ file, ...report })}\n` : printReport(file, report));
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
      list: { type: 'string' },
      append: { type: 'boolean', default: false },
      column: { type: 'string', multiple: true, default: [] },
      'one-number': { type: 'boolean', default: false },
      preview: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return USAGE;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new SantralError('config.invalid', `Name one file.\n\n${USAGE}`);
  const { append, preview, json } = values;
  const name = (values.list ?? path.parse(file).name).trim();
  if (name === '') throw new SantralError('request.invalid', 'A list needs a name: --list <name>.');
  const numbers = values['one-number'] ? 'one' : 'several';
  return { file, brand: brandOf(values.brand, io), list: { name, append }, mapping: mappingOf(values.column), numbers, preview, json };
}

/** `Tutar=borc:money`; nothing behind the sign means nothing. The last = counts: a heading may hold one. */
function mappingOf(columns: readonly string[]): Mapping {
  return Object.fromEntries(
    columns.map((written) => {
      const at = written.lastIndexOf('=');
      if (at < 1) throw new SantralError('request.invalid', '--column wants a heading and its meaning, such as Tutar=borc:money.');
      return [written.slice(0, at), written.slice(at + 1) || null];
    }),
  );
}
