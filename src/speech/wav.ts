import { SantralError } from '../domain/errors.ts';

/** The telephone's rate; every file we make is 8 kHz, mono, 16 bit. */
export const PHONE_RATE = 8000;
const HEADER_BYTES = 44;
const FORMAT_PCM = 1;
const FORMAT_FLOAT = 3;
const FORMAT_EXTENSIBLE = 0xfffe;
/** Codings of plain samples. */
export const PLAIN_CODINGS: readonly number[] = [FORMAT_PCM, FORMAT_FLOAT, FORMAT_EXTENSIBLE];
/** Hz. */
export const LOWEST_RATE = 4000;
export const HIGHEST_RATE = 384_000;
const MAX_CHANNELS = 16;

/** Sound of any PCM WAV, mixed down to one channel; samples lie in -1 … 1. */
export interface Sound {
  readonly rate: number;
  readonly samples: Float32Array;
}

export interface WavFormat {
  readonly coding: number;
  readonly channels: number;
  readonly rate: number;
  readonly bits: number;
}

/** Chunks of a WAV that are looked at: real ones have a handful, and a file made of thousands of empty ones is no recording. */
const MAX_CHUNKS = 1000;

interface Chunk {
  readonly name: string;
  /** As it is written, which may be more than there is. */
  readonly size: number;
  readonly bodyAt: number;
}

/** The chunks of a RIFF file in their order. Throws `speech.failed` when there are more than 1000. */
export function* wavChunks(bytes: Buffer): Generator<Chunk> {
  let count = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    count += 1;
    if (count > MAX_CHUNKS)
      throw new SantralError('speech.failed', `the WAV file has more than ${MAX_CHUNKS} parts: save it anew, as 16-bit PCM`);
    const size = bytes.readUInt32LE(at + 4);
    yield { name: bytes.toString('latin1', at, at + 4), size, bodyAt: at + 8 };
    at += 8 + size + (size % 2);
  }
}

/** What the header says, and the bytes of sound; undefined format: there is none before the sound. Throws `speech.failed`. */
export function readWavHeader(bytes: Buffer): { readonly format: WavFormat | undefined; readonly data: Buffer } {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') {
    throw new SantralError('speech.failed', 'this is no WAV file (it does not begin with RIFF … WAVE)');
  }
  let format: WavFormat | undefined;
  for (const { name, size, bodyAt } of wavChunks(bytes)) {
    // A program that writes to a pipe (espeak-ng --stdout) cannot know the length and puts a huge one: take what is there.
    const body = bytes.subarray(bodyAt, Math.min(bodyAt + size, bytes.length));
    if (name === 'fmt ') format = readFormat(body);
    if (name === 'data') return { format, data: body };
  }
  throw new SantralError('speech.failed', 'the WAV file has no data in it');
}

/** Reads a PCM WAV (8, 16, 24, 32 bit or 32 bit float; any rate, any channels). Throws `speech.failed` with what is wrong with it. */
export function readWav(bytes: Buffer): Sound {
  const header = readWavHeader(bytes);
  const format = checked(header.format);
  return { rate: format.rate, samples: mixDown(header.data, format) };
}

function readFormat(body: Buffer): WavFormat {
  if (body.length < 16) throw new SantralError('speech.failed', 'the WAV file’s format block is cut off');
  const coding = body.readUInt16LE(0);
  return {
    // The extensible form keeps the real coding in the first two bytes of its sub-format.
    coding: coding === FORMAT_EXTENSIBLE && body.length >= 26 ? body.readUInt16LE(24) : coding,
    channels: body.readUInt16LE(2),
    rate: body.readUInt32LE(4),
    bits: body.readUInt16LE(14),
  };
}

function checked(format: WavFormat | undefined): WavFormat {
  if (format === undefined) throw new SantralError('speech.failed', 'the WAV file has no format block before its data');
  const { coding, channels, rate, bits } = format;
  const known = (coding === FORMAT_PCM && [8, 16, 24, 32].includes(bits)) || (coding === FORMAT_FLOAT && bits === 32);
  if (!known) {
    throw new SantralError('speech.failed', `the WAV file is not plain PCM (coding ${coding}, ${bits} bit): save it as 16-bit PCM`);
  }
  if (channels < 1 || channels > MAX_CHANNELS || rate < LOWEST_RATE || rate > HIGHEST_RATE) {
    throw new SantralError('speech.failed', `the WAV file has ${channels} channels at ${rate} Hz, which is no usable sound`);
  }
  return format;
}

function mixDown(body: Buffer, format: WavFormat): Float32Array {
  const bytesPerSample = format.bits / 8;
  const read = sampleReader(format);
  const frames = Math.floor(body.length / (bytesPerSample * format.channels));
  const mixed = new Float32Array(frames);
  for (let frame = 0, at = 0; frame < frames; frame += 1) {
    let sum = 0;
    for (let channel = 0; channel < format.channels; channel += 1, at += bytesPerSample) sum += read(body, at);
    mixed[frame] = sum / format.channels;
  }
  return mixed;
}

function sampleReader({ coding, bits }: WavFormat): (body: Buffer, at: number) => number {
  if (coding === FORMAT_FLOAT) return readFloat;
  if (bits === 8) return (body, at) => (body.readUInt8(at) - 128) / 128;
  // By far the most frequent, and thrice as fast as the general one.
  if (bits === 16) return (body, at) => body.readInt16LE(at) / 32_768;
  const full = 2 ** (bits - 1);
  return (body, at) => body.readIntLE(at, bits / 8) / full;
}

function readFloat(body: Buffer, at: number): number {
  const value = body.readFloatLE(at);
  return Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0;
}

/** 8 kHz mono 16-bit samples as the bytes of a WAV file. */
export function writeWav(samples: Int16Array): Buffer {
  const dataBytes = samples.length * 2;
  const bytes = Buffer.alloc(HEADER_BYTES + dataBytes);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(FORMAT_PCM, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(PHONE_RATE, 24);
  bytes.writeUInt32LE(PHONE_RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(dataBytes, 40);
  for (let i = 0; i < samples.length; i += 1) bytes.writeInt16LE(samples[i] ?? 0, HEADER_BYTES + i * 2);
  return bytes;
}

/** Milliseconds of one of our own files, told from its header and size; undefined when it is cut off or not one of ours. */
export function ownWavDuration(header: Buffer, fileBytes: number): number | undefined {
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, 4) !== 'RIFF' || header.toString('latin1', 36, 40) !== 'data') {
    return undefined;
  }
  const dataBytes = header.readUInt32LE(40);
  const isOurs = header.readUInt16LE(22) === 1 && header.readUInt32LE(24) === PHONE_RATE && header.readUInt16LE(34) === 16;
  return isOurs && dataBytes > 0 && fileBytes === HEADER_BYTES + dataBytes ? durationMs(dataBytes / 2) : undefined;
}

export const OWN_HEADER_BYTES = HEADER_BYTES;

/** Milliseconds of so many samples at the telephone's rate. */
export function durationMs(samples: number): number {
  return (samples * 1000) / PHONE_RATE;
}
