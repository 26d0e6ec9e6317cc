import { SantralError } from '../../domain/errors.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import { chunksOf } from './byte-source.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1254';

const MARKS: readonly { readonly bytes: readonly number[]; readonly encoding: TextEncoding }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];
const LONGEST_MARK = 3;

/**
 * How some spreadsheet wrote a text: by its byte order mark, else UTF-8 when it is UTF-8 throughout, else windows-1254,
 * which is what Turkish Excel means by "CSV". (Guessing libraries take it for windows-1252 and make Ð of Ğ.)
 */
export async function encodingOf(source: ByteSource): Promise<TextEncoding> {
  const start = await source.read(0, Math.min(LONGEST_MARK, source.size));
  const mark = MARKS.find((one) => one.bytes.every((byte, index) => start[index] === byte));
  if (mark !== undefined) return mark.encoding;
  return (await isUtf8(source)) ? 'utf-8' : 'windows-1254';
}

/** The text in pieces, without its byte order mark. Rejects with `request.invalid` what is no text. */
export async function* textOf(source: ByteSource, encoding: TextEncoding): AsyncGenerator<string> {
  // TextDecoder takes the mark off; Buffer.toString would leave it in the first header.
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunksOf(source)) yield checked(decoder.decode(chunk, { stream: true }));
  yield checked(decoder.decode());
}

function checked(text: string): string {
  if (text.includes('\0')) throw new SantralError('request.invalid', 'This is not a text file. Save the table as CSV and send that.');
  return text;
}

async function isUtf8(source: ByteSource): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of chunksOf(source)) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
