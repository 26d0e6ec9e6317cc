import { parseArgs } from 'node:util';
import { brandOf, type ImportOrder, type OpenForImport, oneFile, runImport } from './import-command.ts';
import type { CliIo } from './io.ts';

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

/** `santral customers import`; `args` is what follows those words. Gives the exit code. */
export function customersImport(args: string[], io: CliIo, open: OpenForImport): Promise<number> {
  return runImport(args, io, open, () => readOrder(args, io));
}

function readOrder(args: string[], io: CliIo): ImportOrder | string {
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
  const file = oneFile(positionals, USAGE);
  const kind = values.segments ? 'segments' : 'customers';
  const { replace, preview, json } = values;
  return { file, brand: brandOf(values.brand, io), how: { kind, replace }, preview, json };
}
