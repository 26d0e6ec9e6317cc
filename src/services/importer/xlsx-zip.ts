import { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { SantralError } from '../../domain/errors.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import { chunksOf } from './byte-source.ts';
import type { ImportLimits } from './limits.ts';

/** Entries looked at: a workbook has some dozens, a zip bomb may have a million. */
const MOST_ENTRIES = 10_000;

/** The parts of a workbook. */
export interface Parts {
  has(name: string): boolean;
  /** The part's text in pieces, UTF-8. Rejects with `request.too-large` when it unpacks to more than the limit. */
  text(name: string): AsyncGenerator<string>;
  close(): void;
}

/** Reads the zip's list of parts; nothing is unpacked yet. Rejects with `request.invalid` what is no zip. */
export async function openParts(source: ByteSource, limits: ImportLimits): Promise<Parts> {
  const zip = await opened(source);
  const entries = await entriesOf(zip);
  return {
    has: (name) => entries.has(name),
    text: (name) => textOf(zip, entries.get(name), name, limits),
    close: () => zip.close(),
  };
}

class Reader extends yauzl.RandomAccessReader {
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(chunksOf(this.#source, start, end), { objectMode: false });
  }
}

function opened(source: ByteSource): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true, decodeStrings: true };
    yauzl.fromRandomAccessReader(new Reader(source), source.size, options, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(broken(error));
    });
  });
}

function entriesOf(zip: yauzl.ZipFile): Promise<ReadonlyMap<string, yauzl.Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, yauzl.Entry>();
    zip.once('error', (error) => reject(broken(error)));
    zip.once('end', () => resolve(entries));
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName.replace(/^\/+/, ''), entry);
      if (entries.size > MOST_ENTRIES) reject(new SantralError('request.too-large', `The workbook has more than ${MOST_ENTRIES} parts.`));
      else zip.readEntry();
    });
    zip.readEntry();
  });
}

async function* textOf(zip: yauzl.ZipFile, entry: yauzl.Entry | undefined, name: string, limits: ImportLimits): AsyncGenerator<string> {
  if (entry === undefined)
    throw new SantralError('request.invalid', `The file is no workbook that we can read: it lacks the part ${name}.`);
  if (entry.isEncrypted()) throw new SantralError('request.invalid', 'The workbook is protected. Save it without a password.');
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, opening) => (error === null ? resolve(opening) : reject(broken(error))));
  });
  const decoder = new TextDecoder('utf-8');
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      if (bytes > limits.unpackedBytes)
        throw new SantralError('request.too-large', `The workbook's part ${name} unpacks to more than ${limits.unpackedBytes} bytes.`);
      yield decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    throw error instanceof SantralError ? error : broken(error);
  } finally {
    stream.destroy();
  }
  yield decoder.decode();
}

function broken(error: unknown): SantralError {
  const why = error instanceof Error ? error.message : String(error);
  return new SantralError('request.invalid', `The workbook is damaged (${why}). Save it anew.`, { cause: error });
}
