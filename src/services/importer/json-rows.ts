import { SantralError } from '../../domain/errors.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import { encodingOf, textOf } from './decode-text.ts';
import { shownHeading } from './headings.ts';
import type { ImportLimits } from './limits.ts';
import type { OpenTable, RawRow } from './table.ts';

const BATCH = 250;

/** Opens a list of flat objects: their keys are the columns. The n-th object is row n + 1. */
export async function openJson(source: ByteSource, limits: ImportLimits): Promise<OpenTable> {
  if (source.size > limits.jsonBytes)
    throw new SantralError('request.too-large', `A JSON file may have ${limits.jsonBytes} bytes at most. Send the table as CSV.`);
  const encoding = await encodingOf(source);
  let text = '';
  for await (const piece of textOf(source, encoding)) text += piece;
  const objects = objectsIn(text);
  const header = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return {
    format: 'json',
    encoding,
    separator: null,
    header,
    batches: async function* (): AsyncGenerator<readonly RawRow[]> {
      for (let at = 0; at < objects.length; at += BATCH)
        yield objects.slice(at, at + BATCH).map((object, index) => ({
          number: at + index + 2,
          cells: header.map((key) => cellOf(object[key], at + index + 2, key)),
        }));
    },
    close: () => Promise.resolve(),
  };
}

function objectsIn(text: string): readonly Readonly<Record<string, unknown>>[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    // What the parser quotes is somebody's data; where it stands is enough.
    const place = /position \d+(?: \(line \d+ column \d+\))?/.exec((error as Error).message)?.[0] ?? 'its end';
    throw new SantralError('request.invalid', `The file looks like JSON and is none: it breaks off at ${place}.`);
  }
  if (!Array.isArray(parsed) || !parsed.every(isObject))
    throw new SantralError('request.invalid', 'A JSON file must be a list of objects, such as [{"phone": "…", "name": "…"}].');
  return parsed;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cellOf(value: unknown, row: number, key: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number')) return value.join(' / ');
  throw new SantralError('request.invalid', `Row ${row}, "${shownHeading(key)}": is neither text nor a number. Objects must be flat.`);
}
