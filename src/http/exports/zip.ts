import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: AsyncIterable<string> | Iterable<string>;
}

/** Version 2.0; sizes come after the data, names are UTF-8; deflated. */
const VERSION = 20;
const FLAGS = 0x0808;
const DEFLATED = 8;
/** 1980-01-01: a file of the same content is the same file. */
const DATE = 0x0021;

interface Written {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** A zip file, made while its content is read: nothing of it is kept but the directory. Files below 4 GiB. */
export async function* zipOf(entries: Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const written: Written[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const bytes = Buffer.from(name);
    const head = headOf('PK\x03\x04', fields(VERSION, FLAGS, DEFLATED, 0, DATE), sizes(0, 0, 0), fields(bytes.length, 0), bytes);
    yield head;
    let crc = 0;
    let size = 0;
    let packed = 0;
    const measured = async function* (): AsyncGenerator<Buffer> {
      for await (const part of content) {
        const data = Buffer.from(part);
        crc = crc32(data, crc);
        size += data.length;
        yield data;
      }
    };
    const source = Readable.from(measured());
    const deflate = createDeflateRaw();
    source.on('error', (error) => deflate.destroy(error));
    for await (const chunk of source.pipe(deflate) as AsyncIterable<Buffer>) {
      packed += chunk.length;
      yield chunk;
    }
    const tail = headOf('PK\x07\x08', sizes(crc, packed, size));
    yield tail;
    written.push({ name: bytes, crc, packed, size, offset });
    offset += head.length + packed + tail.length;
  }
  const directory = Buffer.concat(written.map(directoryLine));
  yield directory;
  yield headOf('PK\x05\x06', fields(0, 0, written.length, written.length), longs(directory.length, offset), fields(0));
}

function directoryLine({ name, crc, packed, size, offset }: Written): Buffer {
  const about = [
    fields(VERSION, VERSION, FLAGS, DEFLATED, 0, DATE),
    sizes(crc, packed, size),
    fields(name.length, 0, 0, 0, 0),
    longs(0, offset),
  ];
  return headOf('PK\x01\x02', ...about, name);
}

function headOf(signature: string, ...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(signature, 'latin1'), ...parts]);
}

function fields(...values: readonly number[]): Buffer {
  const made = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) made.writeUInt16LE(value, index * 2);
  return made;
}

function longs(...values: readonly number[]): Buffer {
  const made = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) made.writeUInt32LE(value, index * 4);
  return made;
}

const sizes = longs;
