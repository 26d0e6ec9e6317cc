import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure, polish, toPcm16 } from '../../src/speech/level.ts';
import { isUsualRate, toPhoneRate } from '../../src/speech/resample.ts';
import { OWN_HEADER_BYTES, ownWavDuration, readWav, writeWav } from '../../src/speech/wav.ts';
import { sine, wavOf } from './sounds.ts';

const db = (level: number) => 20 * Math.log10(level);
const rms = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

const speechLike = (gain: number) => {
  const sound = new Float32Array(16_000);
  for (const word of [2000, 6000, 10_000]) sound.set(sine(500, gain, 8000, 0.3), word);
  return sound;
};

describe('reading a WAV', () => {
  it.each([
    [8, 1, 0.01],
    [16, 1, 0.0001],
    [24, 1, 0.00001],
    [32, 1, 0.00001],
    [32, 3, 0.00001],
  ])('of %d bits, coding %d', (bits, coding, exactness) => {
    const samples = sine(440, 0.5, 8000, 0.1);
    const sound = readWav(wavOf([samples], { rate: 8000, bits, coding }));
    expect(sound.rate).toBe(8000);
    expect(sound.samples.length).toBe(samples.length);
    for (const [i, sample] of sound.samples.entries()) expect(Math.abs(sample - (samples[i] ?? 0))).toBeLessThanOrEqual(exactness);
  });

  it('mixes channels down', () => {
    const left = sine(440, 0.5, 8000, 0.05);
    const right = left.map((sample) => -sample / 2);
    const { samples } = readWav(wavOf([left, right], { rate: 8000, bits: 16, coding: 1 }));
    for (const [i, sample] of samples.entries()) expect(sample).toBeCloseTo((left[i] ?? 0) / 4, 3);
  });

  it('takes what is there when the length in the header is a guess, and skips other blocks', () => {
    const wav = wavOf([sine(440, 0.5, 8000, 0.1)], { rate: 8000, bits: 16, coding: 1, extensible: true, note: 'odd' });
    wav.writeUInt32LE(0x7ffff000, wav.indexOf('data') + 4);
    expect(readWav(wav).samples.length).toBe(800);
  });

  it.each([
    ['not a WAV at all', Buffer.from('<html>502 Bad Gateway</html>'), /no WAV file/],
    ['empty', Buffer.alloc(0), /no WAV file/],
    ['only a header', writeWav(new Int16Array(0)).subarray(0, 20), /no data|cut off/],
    ['data before its format', Buffer.concat([Buffer.from('RIFFxxxxWAVEdata'), Buffer.alloc(12)]), /no format/],
    ['µ-law', wavOf([new Float32Array(10)], { rate: 8000, bits: 8, coding: 7 }), /not plain PCM/],
    ['12 bits', wavOf([new Float32Array(10)], { rate: 8000, bits: 16, coding: 1, claimBits: 12 }), /not plain PCM/],
    ['a rate of 1 Hz', wavOf([new Float32Array(10)], { rate: 1, bits: 16, coding: 1 }), /no usable sound/],
  ])('refuses what is %s', (_name, bytes, message) => {
    expect(() => readWav(bytes)).toThrow(message);
  });

  it('never does anything but read or refuse', () => {
    const good = wavOf([sine(440, 0.5, 8000, 0.01)], { rate: 8000, bits: 16, coding: 1 });
    fc.assert(
      fc.property(fc.nat(good.length), fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { maxLength: 6 }), (length, changes) => {
        const bytes = Buffer.from(good.subarray(0, length));
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
        try {
          for (const sample of readWav(bytes).samples) expect(Math.abs(sample)).toBeLessThanOrEqual(1);
        } catch (error) {
          expect(error).toMatchObject({ code: 'speech.failed' });
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('our own files', () => {
  it('have an exact duration, told from header and size; anything else has none', () => {
    const wav = writeWav(new Int16Array(1600));
    const header = wav.subarray(0, OWN_HEADER_BYTES);
    expect(ownWavDuration(header, wav.length)).toBe(200);
    expect(ownWavDuration(header, wav.length - 1)).toBeUndefined();
    expect(ownWavDuration(header.subarray(0, 20), wav.length)).toBeUndefined();
    expect(ownWavDuration(wavOf([new Float32Array(100)], { rate: 16_000, bits: 16, coding: 1 }), 244)).toBeUndefined();
    expect(ownWavDuration(writeWav(new Int16Array(0)), 44)).toBeUndefined();
  });

  it('survive writing and reading', () => {
    const samples = Int16Array.from([0, 1, -1, 32_767, -32_768, 1234]);
    expect(Array.from(readWav(writeWav(samples)).samples, (sample) => Math.round(sample * 32_768))).toEqual([...samples]);
  });
});

describe('resampling to 8 kHz', () => {
  it.each([11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 6000])(
    'from %d Hz keeps tones of the telephone band and their length',
    async (rate) => {
      for (const hertz of [300, 1000, 2500].filter((tone) => tone < rate / 2.4)) {
        const out = await toPhoneRate({ rate, samples: sine(hertz, 0.5, rate, 1) });
        expect(out.length).toBe(8000);
        const middle = out.subarray(1000, 7000);
        const wanted = sine(hertz, 0.5, 8000, 1).subarray(1000, 7000);
        expect(db(rms(middle.map((sample, i) => sample - (wanted[i] ?? 0))))).toBeLessThan(-50);
      }
    },
  );

  it.each([
    [22_050, 5000],
    [22_050, 9000],
    [44_100, 7000],
    [48_000, 12_000],
  ])('from %d Hz does not fold %d Hz back into the band', async (rate, hertz) => {
    const out = await toPhoneRate({ rate, samples: sine(hertz, 0.5, rate, 0.5) });
    expect(db(rms(out.subarray(500, 3500)))).toBeLessThan(-60);
  });

  it('a rate that needs thousands of filters is refused at once, with what to do', async () => {
    for (const rate of [383_999, 383_975, 12_347, 44_099]) {
      expect(isUsualRate(rate)).toBe(false);
      await expect(toPhoneRate({ rate, samples: new Float32Array(rate) })).rejects.toMatchObject({
        code: 'speech.failed',
        message: expect.stringMatching(/44100 or 48000 Hz/),
      });
    }
    for (const rate of [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000, 384_000])
      expect(isUsualRate(rate)).toBe(true);
  });

  it('lets other work through while a long recording is converted', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    await toPhoneRate({ rate: 48_000, samples: new Float32Array(48_000 * 20) });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });
});

describe('levels', () => {
  it('silence is cut off at both ends, and the words come to -20 dBFS without clipping', () => {
    for (const gain of [0.01, 0.1, 0.9]) {
      const level = measure(polish(speechLike(gain)));
      expect(level.rmsDb).toBeGreaterThan(-20.5);
      expect(level.rmsDb).toBeLessThan(-19.5);
      expect(level.peakDb).toBeLessThanOrEqual(-0.99);
      expect(level.clippedSamples).toBe(0);
      expect(level.leadingSilenceMs).toBeLessThanOrEqual(21);
      expect(level.trailingSilenceMs).toBeLessThanOrEqual(21);
    }
  });

  it('a sound of a few sharp peaks is held below full scale instead of brought to the level', () => {
    const clicks = new Float32Array(8000).map((_, i) => (i % 400 === 0 ? 0.5 : 0.006 * Math.sin(i)));
    const level = measure(polish(clicks));
    expect(level.peakDb).toBeCloseTo(-1, 1);
    expect(level.clippedSamples).toBe(0);
  });

  it('nothing is left of silence', () => {
    expect(polish(new Float32Array(8000)).length).toBe(0);
    expect(polish(new Float32Array(0)).length).toBe(0);
  });

  it('16-bit samples fill whole packets and never wrap around', () => {
    const pcm = toPcm16(Float32Array.from([2, -2, 0.5]));
    expect(pcm.length).toBe(160);
    expect([...pcm.subarray(0, 4)]).toEqual([32_767, -32_768, 16_384, 0]);
  });
});
