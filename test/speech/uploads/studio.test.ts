import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { measure } from '../../../src/speech/level.ts';
import { createDecoder } from '../../../src/speech/uploads/decoder.ts';
import { createStudio } from '../../../src/speech/uploads/studio.ts';
import { ownWavDuration, readWav, writeWav } from '../../../src/speech/wav.ts';
import { sine, wavOf } from '../sounds.ts';

const studio = createStudio(createDecoder());
const never = new AbortController().signal;
const prepare = (bytes: Buffer) => studio.prepare(bytes, never);
/** "Merhaba.", some 0.8 s, as four programs save it. */
const fixture = (name: string) => readFileSync(path.join('test/speech/uploads', name));
const PCM = { bits: 16, coding: 1 } as const;
const silence = (rate: number, seconds: number) => new Float32Array(Math.round(rate * seconds));
const joined = (...parts: readonly Float32Array[]) => Float32Array.from(parts.flatMap((part) => [...part]));

describe('a recording that is brought', () => {
  it.each(['merhaba.mp3', 'merhaba.ogg', 'merhaba.opus', 'merhaba-alaw.wav'])('%s is made ready for the telephone', async (name) => {
    const { wav, durationMs, remarks } = await prepare(fixture(name));
    expect(ownWavDuration(wav, wav.length)).toBe(durationMs);
    expect(durationMs).toBeGreaterThan(600);
    expect(durationMs).toBeLessThan(1000);
    const { rmsDb, peakDb } = measure(readWav(wav).samples);
    // As loud as all prompts, or as loud as its peaks allow.
    expect(Math.abs(rmsDb + 20) < 0.5 || Math.abs(peakDb + 1) < 0.2).toBe(true);
    expect(remarks).toEqual([]);
  });

  it('is told by its content: a WAV needs no program, in stereo at any rate', async () => {
    const nothingInstalled = createStudio(createDecoder({}, { sox: '/nowhere/sox', opusdec: '/nowhere/opusdec' }));
    const side = joined(silence(44_100, 0.5), sine(440, 0.3, 44_100, 1), silence(44_100, 0.7));
    const { wav, durationMs } = await nothingInstalled.prepare(wavOf([side, side], { rate: 44_100, bits: 24, coding: 1 }), never);
    expect(durationMs).toBe(1060);
    expect(measure(readWav(wav).samples).rmsDb).toBeCloseTo(-20, 0);
    await expect(nothingInstalled.prepare(fixture('merhaba.mp3'), never)).rejects.toMatchObject({
      code: 'audio.no-converter',
      message: expect.stringContaining('apt-get install sox libsox-fmt-mp3'),
    });
    await expect(nothingInstalled.prepare(fixture('merhaba.opus'), never)).rejects.toMatchObject({ code: 'audio.no-converter' });
  });

  it('that is quiet or a little distorted is taken, with a remark', async () => {
    expect((await prepare(wavOf([sine(440, 0.008, 8000, 1)], { rate: 8000, ...PCM }))).remarks).toEqual(['quiet']);
    const torn = sine(440, 0.9, 8000, 1).map((sample, i) => (i % 200 === 0 ? 1 : sample));
    expect((await prepare(wavOf([torn], { rate: 8000, ...PCM }))).remarks).toEqual(['clipped']);
  });

  it.each<[what: string, bytes: () => Buffer, code: string, words: RegExp]>([
    ['an empty file', () => Buffer.alloc(0), 'audio.not-audio', /is empty/],
    ['text', () => Buffer.from('Bu bir ses dosyası değil. '.repeat(500)), 'audio.not-audio', /no WAV, MP3 or Ogg/],
    ['a zip archive', () => Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(100_000)]), 'audio.not-audio', /no WAV, MP3 or Ogg/],
    ['a picture in a RIFF file', () => Buffer.from(`RIFF\0\0\0\0WEBP${'x'.repeat(90)}`), 'audio.not-audio', /no WAV, MP3 or Ogg/],
    [
      'an Ogg film',
      () => Buffer.concat([fixture('merhaba.ogg').subarray(0, 28), Buffer.from('\u0080theora')]),
      'audio.not-audio',
      /no WAV/,
    ],
    ['a header alone', () => Buffer.from('RIFF\0\0\0\0WAVE'), 'audio.damaged', /end of the file is missing/],
    ['half a WAV', () => half(wavOf([sine(440, 0.3, 8000, 2)], { rate: 8000, ...PCM })), 'audio.damaged', /end of the file is missing/],
    ['half an MP3', () => half(fixture('merhaba.mp3')), 'audio.damaged', /end of the file is missing/],
    ['half an Ogg Vorbis', () => half(fixture('merhaba.ogg')), 'audio.damaged', /end of the file is missing/],
    ['half an Ogg Opus', () => half(fixture('merhaba.opus')), 'audio.damaged', /end of the file is missing/],
    ['an MP3 of nothing but noise bytes', () => noiseMp3(), 'audio.damaged', /cannot be played/],
    ['a WAV without channels', () => wavOf([], { rate: 8000, ...PCM }), 'audio.damaged', /no usable sound/],
    ['a WAV of thousands of empty parts', () => manyParts(20_000), 'audio.damaged', /more than 1000 parts/],
    [
      'a WAV that hides its length behind a second format',
      () => withDecoy(wavOf([new Float32Array(8000 * 130).fill(0.5)], { rate: 8000, ...PCM })),
      'audio.too-long',
      /120 seconds at most/,
    ],
    ['ten minutes', () => writeWav(new Int16Array(8000 * 600).fill(9000)), 'audio.too-long', /120 seconds at most/],
    ['silence', () => writeWav(new Int16Array(16_000)), 'audio.silent', /nothing to hear/],
    [
      'a click',
      () => wavOf([joined(silence(8000, 1), sine(440, 0.5, 8000, 0.05), silence(8000, 1))], { rate: 8000, ...PCM }),
      'audio.too-short',
      /200 ms are the least/,
    ],
    [
      'a torn recording',
      () => wavOf([sine(440, 1, 8000, 1).map((s) => Math.sign(s))], { rate: 8000, ...PCM }),
      'audio.clipped',
      /less gain/,
    ],
  ])('%s is refused', async (_what, bytes, code, words) => {
    await expect(prepare(bytes())).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
  });
});

describe('a WAV of an odd rate', () => {
  it.each([383_999, 383_975, 12_347])('of %d Hz is converted by the decoder, which has limits, and not by the engine', async (rate) => {
    const asked: string[] = [];
    const decode = createDecoder();
    const watched = createStudio((kind, bytes, signal) => (asked.push(kind), decode(kind, bytes, signal)));
    const { durationMs } = await watched.prepare(wavOf([sine(440, 0.3, rate, 1)], { rate, ...PCM }), never);
    expect(asked).toEqual(['wav']);
    expect(durationMs).toBeGreaterThan(950);
    expect(durationMs).toBeLessThan(1050);
  });
});

it('programs that cannot be started for want of file descriptors make an error of the catalogue, and end nobody', async () => {
  const child = fileURLToPath(new URL('no-descriptors-child.ts', import.meta.url));
  const node = [process.execPath, '--import', import.meta.resolve('tsx'), child];
  const { stdout } = await promisify(execFile)('prlimit', ['--nofile=60', '--', ...node]);
  expect(stdout).toBe('audio.no-converter speech.failed');
});

describe('a file that is larger than it looks', () => {
  it('is read no further than its limit', async () => {
    const short = createStudio(createDecoder({ seconds: 0.5 }));
    const { durationMs } = await short.prepare(fixture('merhaba.mp3'), never);
    expect(durationMs).toBeLessThanOrEqual(500);
    // opusdec knows no limit of its own: it is stopped, and what it gave so far is judged.
    const whole = (await createDecoder()('opus', fixture('merhaba.opus'), never)).length;
    const cut = (await createDecoder({ seconds: -0.2 })('opus', fixture('merhaba.opus'), never)).length;
    expect(cut).toBeLessThan(whole);
  });

  it('ends with its time', async () => {
    const hasty = createStudio(createDecoder({ timeoutMs: 1 }));
    await expect(hasty.prepare(fixture('merhaba.mp3'), never)).rejects.toMatchObject({ code: 'audio.damaged' });
  });

  it('is let go when nobody waits any more', async () => {
    const stop = new AbortController();
    const asked = studio.prepare(fixture('merhaba.mp3'), stop.signal);
    stop.abort();
    await expect(asked).rejects.toMatchObject({ code: 'audio.damaged' });
  });
});

function manyParts(count: number): Buffer {
  const part = Buffer.from('junk\0\0\0\0', 'latin1');
  const wav = wavOf([sine(440, 0.3, 8000, 1)], { rate: 8000, ...PCM });
  return Buffer.concat([wav.subarray(0, 12), ...Array.from({ length: count }, () => part), wav.subarray(12)]);
}

/** Before the real format a part whose content looks like one of 16 channels at 384 kHz: two minutes seem to be none. */
function withDecoy(wav: Buffer): Buffer {
  const lie = Buffer.alloc(32);
  lie.write('junk', 0, 'latin1');
  lie.writeUInt32LE(24, 4);
  lie.write('fmt ', 8, 'latin1');
  lie.writeUInt16LE(1, 16);
  lie.writeUInt16LE(16, 18);
  lie.writeUInt32LE(384_000, 20);
  lie.writeUInt16LE(32, 30);
  return Buffer.concat([wav.subarray(0, 12), lie, wav.subarray(12)]);
}

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length / 2);
}

function noiseMp3(): Buffer {
  const frame = Buffer.alloc(417, 7);
  Buffer.from([0xff, 0xfb, 0x90, 0x00]).copy(frame);
  const broken = Buffer.alloc(417, 0x55);
  return Buffer.concat([frame, frame, broken, broken]);
}
