/** A tone between -1 and 1. */
export function sine(hertz: number, amplitude: number, rate: number, seconds: number): Float32Array {
  return Float32Array.from({ length: Math.round(rate * seconds) }, (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / rate));
}

interface Shape {
  readonly rate: number;
  readonly bits: number;
  readonly coding: number;
  readonly extensible?: boolean;
  /** A block between format and data, to be skipped. */
  readonly note?: string;
  /** What the header says, when it lies. */
  readonly claimBits?: number;
}

/** A WAV of any shape, one array for each channel: what a studio, a browser or another voice might give. */
export function wavOf(channels: readonly Float32Array[], shape: Shape): Buffer {
  const { rate, bits, coding, extensible = false, note, claimBits = bits } = shape;
  const width = (bits / 8) * channels.length;
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xfffe : coding, 0);
  format.writeUInt16LE(channels.length, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * width, 8);
  format.writeUInt16LE(width, 12);
  format.writeUInt16LE(claimBits, 14);
  if (extensible) format.writeUInt16LE(coding, 24);
  const data = Buffer.alloc((channels[0]?.length ?? 0) * width);
  let at = 0;
  for (const i of channels[0]?.keys() ?? []) {
    for (const channel of channels) {
      writeSample(data, at, channel[i] ?? 0, bits, coding);
      at += bits / 8;
    }
  }
  const blocks = [block('fmt ', format), ...(note === undefined ? [] : [block('LIST', Buffer.from(note))]), block('data', data)];
  const body = Buffer.concat([Buffer.from('WAVE'), ...blocks]);
  return block('RIFF', body);
}

function writeSample(data: Buffer, at: number, sample: number, bits: number, coding: number): void {
  if (coding === 3) data.writeFloatLE(sample, at);
  else if (bits === 8) data.writeUInt8(Math.round(sample * 127) + 128, at);
  else data.writeIntLE(Math.round(sample * (2 ** (bits - 1) - 1)), at, bits / 8);
}

function block(name: string, body: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from(name, 'latin1'), size, body, Buffer.alloc(body.length % 2)]);
}
