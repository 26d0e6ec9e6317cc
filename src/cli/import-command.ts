import { createReadStream } from 'node:fs';
import path from 'node:path';
import { readConfig } from '../config/config.ts';
import { type BrandId, parseBrandId } from '../domain/brand.ts';
import { SantralError } from '../domain/errors.ts';
import type { RejectedLine, StoredImport } from '../ports/matching.ts';
import type { ConfirmRequest, StagedFile, UploadRequest } from '../services/importer/import-shapes.ts';
import type { Imports } from '../services/importer/imports.ts';
import { type CliIo, EXIT } from './io.ts';

const SHOWN_LINES = 50;

/** What a command needs of the engine's parts; closed when it is done. */
export type OpenForImport = () => Promise<{
  readonly imports: Imports;
  /** The first rows of a load into a list that were not taken. */
  rejected(brand: BrandId, id: StoredImport['id']): Promise<readonly RejectedLine[]>;
  close(): Promise<void>;
}>;

/** What the command line says of a file. */
export interface ImportOrder {
  readonly file: string;
  readonly brand: BrandId;
  readonly preview: boolean;
  readonly json: boolean;
  /** How the file is loaded, beside whose it is. */
  readonly how: Pick<UploadRequest, 'kind'> & ConfirmRequest;
}

/** Carries an import out, from its command line to its exit code. `read` gives the order, or the usage where it was asked for. */
export async function runImport(args: string[], io: CliIo, open: OpenForImport, read: () => ImportOrder | string): Promise<number> {
  try {
    const order = read();
    if (typeof order !== 'string') return await carryOut(order, io, open);
    io.out(order);
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof SantralError)) throw error;
    io.err(args.includes('--json') ? `${JSON.stringify({ code: error.code, message: error.message })}\n` : `${error.message}\n`);
    return error.code === 'config.invalid' && error.message.startsWith(ONE_FILE) ? EXIT.usage : EXIT.problems;
  }
}

const ONE_FILE = 'Name one file';

/** The one file of a command line. */
export function oneFile([file, ...more]: readonly string[], usage: string): string {
  if (file === undefined || more.length > 0) throw new SantralError('config.invalid', `${ONE_FILE}.\n\n${usage}`);
  return file;
}

async function carryOut({ file, brand, how, preview, json }: ImportOrder, io: CliIo, open: OpenForImport): Promise<number> {
  const { imports, rejected, close } = await open();
  try {
    const chunks = bytesOf(path.resolve(io.cwd, file), file);
    const request = { ...how, brand, name: path.basename(file), by: 'command line', chunks };
    if (preview) {
      const sent = await imports.upload(request);
      const staged = how.mapping === undefined ? sent : ((await imports.preview(brand, sent.id, how.mapping)) ?? sent);
      await imports.discard(brand, sent.id);
      io.out(json ? `${JSON.stringify(staged.preview)}\n` : printPreview(file, staged));
      return EXIT.ok;
    }
    const done = await imports.load(request);
    // Rows that a list did not take stand with the list, others with the import.
    const report = how.kind === 'contacts' ? { ...done, rejected: await rejected(brand, done.id) } : done;
    io.out(json ? `${JSON.stringify({ file, ...report })}\n` : printReport(file, report));
    return done.counts.bad > 0 ? EXIT.problems : EXIT.ok;
  } finally {
    await imports.close();
    await close();
  }
}

/** The brand that was named, else the settings'. */
export function brandOf(given: string | undefined, io: CliIo): BrandId {
  if (given === undefined) return readConfig(io.env, io.cwd).brand;
  const brand = parseBrandId(given);
  if (brand !== undefined) return brand;
  throw new SantralError('request.invalid', `"${given}" is not a brand: 1 to 40 lower-case letters, digits and dashes.`);
}

/** A file's bytes; `shown` is what messages call it. */
async function* bytesOf(place: string, shown: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(place) as AsyncIterable<Uint8Array>;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new SantralError('request.invalid', `${shown} cannot be read (${code}).`, { cause: error });
  }
}

/** What a file did, and the first rows that were not taken. */
function printReport(
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
function printPreview(file: string, { preview }: StagedFile): string {
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
