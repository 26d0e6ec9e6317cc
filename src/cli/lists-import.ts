import path from 'node:path';
import { parseArgs } from 'node:util';
import { SantralError } from '../domain/errors.ts';
import type { Mapping } from '../services/importer/prepare.ts';
import { brandOf, type ImportOrder, type OpenForImport, oneFile, runImport } from './import-command.ts';
import type { CliIo } from './io.ts';

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

/** `santral lists import`; `args` is what follows those words. Gives the exit code. */
export function listsImport(args: string[], io: CliIo, open: OpenForImport): Promise<number> {
  return runImport(args, io, open, () => readOrder(args, io));
}

function readOrder(args: string[], io: CliIo): ImportOrder | string {
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
  const file = oneFile(positionals, USAGE);
  const { append, preview, json } = values;
  const name = (values.list ?? path.parse(file).name).trim();
  if (name === '') throw new SantralError('request.invalid', 'A list needs a name: --list <name>.');
  const numbers = values['one-number'] ? 'one' : 'several';
  const how = { kind: 'contacts', list: { name, append }, mapping: mappingOf(values.column), numbers } as const;
  return { file, brand: brandOf(values.brand, io), how, preview, json };
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
