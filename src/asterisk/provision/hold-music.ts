import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const RATE = 8_000;
const NOTE_SECONDS = 0.6;
/** A quiet broken chord, up and down (Hz). */
const NOTES = [261.6, 329.6, 392, 523.3, 392, 329.6, 293.7, 349.2, 440, 587.3, 440, 349.2];
const LOUDNESS = 3_000;

/** The folder of the music for waiting callers: `<sounds>/music` where it holds any, else one with a melody made here. */
export function holdMusic(soundsDir: string, own: string): string {
  const given = path.join(soundsDir, 'music');
  if (existsSync(given) && readdirSync(given).some((name) => /\.(wav|sln|ulaw|alaw)$/.test(name))) return given;
  const file = path.join(own, 'chords.wav');
  if (!existsSync(file)) {
    mkdirSync(own, { recursive: true });
    writeFileSync(file, melody());
  }
  return own;
}

/** 8 kHz mono 16-bit WAV. */
export function melody(): Buffer {
  const perNote = Math.round(RATE * NOTE_SECONDS);
  const samples = new Int16Array(perNote * NOTES.length);
  for (const [index, pitch] of NOTES.entries()) {
    for (let at = 0; at < perNote; at += 1) {
      const seconds = at / RATE;
      // A plucked string: quick rise, slow fall, a soft octave above.
      const shape = Math.min(1, seconds * 40) * Math.exp(-3.5 * seconds);
      const wave = Math.sin(2 * Math.PI * pitch * seconds) + 0.25 * Math.sin(4 * Math.PI * pitch * seconds);
      samples[index * perNote + at] = Math.round(LOUDNESS * shape * wave);
    }
  }
  return wav(Buffer.from(samples.buffer));
}

function wav(data: Buffer): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
