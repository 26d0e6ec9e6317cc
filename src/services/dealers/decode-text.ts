import { SantralError } from '../../domain/errors.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1254';

export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const MARKS: readonly { readonly bytes: readonly number[]; readonly encoding: TextEncoding }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

/**
 * Text of a file that some spreadsheet wrote: by its byte order mark, else UTF-8 when it is UTF-8 throughout, else
 * windows-1254, which is what Turkish Excel means by "CSV". (Guessing libraries take it for windows-1252 and make Ð of Ğ.)
 * Rejects with `request.invalid` what is no text.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (startsWith(bytes, ZIP)) {
    throw new SantralError('request.invalid', 'This is an Excel workbook (or another zip file). Save it as CSV and send that.');
  }
  const mark = MARKS.find((one) => startsWith(bytes, one.bytes));
  const encoding = mark?.encoding ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1254');
  // TextDecoder takes the mark off; Buffer.toString would leave it in the first header.
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes('\0')) throw new SantralError('request.invalid', 'This is not a text file. Save the table as CSV and send that.');
  return { text, encoding };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}
