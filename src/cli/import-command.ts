import { createReadStream } from 'node:fs';
import { readConfig } from '../config/config.ts';
import { type BrandId, parseBrandId } from '../domain/brand.ts';
import { SantralError } from '../domain/errors.ts';
import type { RejectedLine, StoredImport } from '../ports/matching.ts';
import type { StagedFile } from '../services/importer/import-shapes.ts';
import type { Imports } from '../services/importer/imports.ts';
import type { CliIo } from './io.ts';

const SHOWN_LINES = 50;

/** What a command needs of the engine's parts; closed when it is done. */
export type OpenForImport = () => Promise<{
  readonly imports: Imports;
  /** The first rows of a load into a list that were not taken. */
  rejected(brand: BrandId, id: StoredImport['id']): Promise<readonly RejectedLine[]>;
  close(): Promise<void>;
}>;

/** The brand that was named, else the settings'. */
export function brandOf(given: string | undefined, io: CliIo): BrandId {
  if (given === undefined) return readConfig(io.env, io.cwd).brand;
  const brand = parseBrandId(given);
  if (brand !== undefined) return brand;
  throw new SantralError('request.invalid', `"${given}" is not a brand: 1 to 40 lower-case letters, digits and dashes.`);
}

/** A file's bytes; `shown` is what messages call it. */
export async function* bytesOf(place: string, shown: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(place) as AsyncIterable<Uint8Array>;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new SantralError('request.invalid', `${shown} cannot be read (${code}).`, { cause: error });
  }
}

/** What a file did, and the first rows that were not taken. */
export function printReport(
  file: string,
  { kind, brand, counts, rejected }: Pick<StoredImport, 'kind' | 'brand' | 'counts' | 'rejected'>,
): string {
  const { rows, added, changed, unchanged, duplicates, bad } = counts;
  const lines = [
    `${file}: ${rows} ${rows === 1 ? 'row' : 'rows'} of ${kind}, brand ${brand}`,
    `  ${added} added, ${changed} changed, ${unchanged} unchanged, ${duplicates} repeated, ${bad} bad`,
    ...rejected
      .slice(0, SHOWN_LINES)
      .map(({ row, column, value, reason }) => `  row ${row}${column === null ? '' : `, ${column} "${value}"`}: ${reason}`),
    ...(duplicates + bad > SHOWN_LINES ? [`  … and ${duplicates + bad - SHOWN_LINES} more`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** How a file is understood, for people. */
export function printPreview(file: string, { preview }: StagedFile): string {
  const { format, encoding, separator, mapping, sample } = preview;
  const written = [format, encoding, separator === null ? null : `separator ${separator === '\t' ? 'tab' : separator}`].filter(
    (one) => one !== null,
  );
  const lines = [
    `${file} (${written.join(', ')})`,
    ...mapping.map(({ header, column }) => `  ${header}: ${column ?? '(means nothing here)'}`),
    ...sample.map(({ row, cells }) => `  row ${row}: ${cells.join(' | ')}`),
  ];
  return `${lines.join('\n')}\n`;
}
