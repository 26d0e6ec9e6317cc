import { wavChunks } from '../wav.ts';

/** What an upload is, by its bytes; its name and content type are not believed. */
export type AudioKind = 'wav' | 'mp3' | 'vorbis' | 'opus';

/** Bytes looked through for the first frame of an MP3 after its tag: some writers leave room there. */
const TAG_PADDING = 8192;
const KBIT: Readonly<Record<'v1' | 'v2', readonly number[]>> = {
  v1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  v2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const RATES = [44_100, 48_000, 32_000];

/** Undefined when it is none of them. */
export function audioKind(bytes: Buffer): AudioKind | undefined {
  const begins = (at: number, text: string) => bytes.toString('latin1', at, at + text.length) === text;
  if (begins(0, 'RIFF') && begins(8, 'WAVE')) return 'wav';
  if (begins(0, 'OggS')) {
    // The first packet of the first page names the coding; it follows the page's table of segments.
    const packet = 27 + (bytes[26] ?? 0);
    if (begins(packet, 'OpusHead')) return 'opus';
    return begins(packet, '\u0001vorbis') ? 'vorbis' : undefined;
  }
  return firstMp3Frame(bytes) === undefined ? undefined : 'mp3';
}

/** Whether the end of it is missing, as far as its coding tells. Throws `speech.failed` for a WAV of thousands of parts. */
export function isCutOff(kind: AudioKind, bytes: Buffer): boolean {
  if (kind === 'wav') return isWavCutOff(bytes);
  if (kind === 'mp3') return isMp3CutOff(bytes);
  return isOggCutOff(bytes);
}

/** Programs that write to a pipe cannot know the length and put zero or a huge one. */
const UNKNOWN_LENGTH = 0x7fff_0000;

function isWavCutOff(bytes: Buffer): boolean {
  for (const { name, size, bodyAt } of wavChunks(bytes)) if (name === 'data') return size < UNKNOWN_LENGTH && bodyAt + size > bytes.length;
  return true;
}

/** The last page carries the mark of the end, and is whole. */
function isOggCutOff(bytes: Buffer): boolean {
  const at = bytes.lastIndexOf('OggS', undefined, 'latin1');
  const segments = bytes[at + 26] ?? 0;
  const table = bytes.subarray(at + 27, at + 27 + segments);
  const body = table.reduce((sum, size) => sum + size, 0);
  const isLast = ((bytes[at + 5] ?? 0) & 4) !== 0;
  return !isLast || table.length < segments || at + 27 + segments + body > bytes.length;
}

/** Most writers note the number of bytes in the first frame ("Xing" or "Info"); where they do not, nothing is known. */
function isMp3CutOff(bytes: Buffer): boolean {
  const first = firstMp3Frame(bytes) ?? 0;
  const frame = bytes.subarray(first, first + 200);
  const note = Math.max(frame.indexOf('Xing', 0, 'latin1'), frame.indexOf('Info', 0, 'latin1'));
  if (note < 0 || frame.length < note + 16) return false;
  const flags = frame.readUInt32BE(note + 4);
  if ((flags & 2) === 0) return false;
  const noted = frame.readUInt32BE(note + ((flags & 1) === 0 ? 8 : 12));
  return first + noted > bytes.length;
}

/** Where the first frame begins; another one must follow it, as two bytes alone may stand in any file. */
function firstMp3Frame(bytes: Buffer): number | undefined {
  const from = afterTag(bytes);
  for (let at = from; at < from + TAG_PADDING && at + 4 <= bytes.length; at += 1) {
    const length = frameLength(bytes, at);
    if (length === undefined) continue;
    if (at + length === bytes.length || frameLength(bytes, at + length) !== undefined) return at;
  }
  return undefined;
}

/** The length of an ID3v2 tag stands in four times seven bits. */
function afterTag(bytes: Buffer): number {
  if (bytes.length < 10 || bytes.toString('latin1', 0, 3) !== 'ID3') return 0;
  return 10 + bytes.subarray(6, 10).reduce((size, seven) => size * 128 + (seven & 127), 0);
}

/** Bytes of the layer III frame that begins here (ISO 11172-3, 2.4.1.3); undefined when none does. */
function frameLength(bytes: Buffer, at: number): number | undefined {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) return undefined;
  const [, second = 0, third = 0] = bytes.subarray(at, at + 3);
  const version = (second >> 3) & 3;
  const isLayer3 = (second & 0xe6) === 0xe2;
  const kbit = KBIT[version === 3 ? 'v1' : 'v2'][third >> 4] ?? 0;
  const full = RATES[(third >> 2) & 3];
  if (!isLayer3 || version === 1 || kbit === 0 || full === undefined) return undefined;
  const rate = version === 3 ? full : version === 2 ? full / 2 : full / 4;
  return Math.floor(((version === 3 ? 144_000 : 72_000) * kbit) / rate) + ((third >> 1) & 1);
}
