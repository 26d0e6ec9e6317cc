import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeTones, signatureOf, TONES, toneDurationMs, tonesVoice } from '../../src/speech/tones.ts';
import { readWav } from '../../src/speech/wav.ts';
import { joined, throughLine } from '../kit/line.ts';
import { decodeTones } from '../kit/tones.ts';

const PHRASES = ['Hoş geldiniz.', 'Türkçe için bire basın.', 'For English, press two.', 'beş', 'A very long text. '.repeat(12)];
const clipOf = (text: string, language = 'tr') => encodeTones(language, text);
const signatures = (samples: Int16Array) => decodeTones(samples).map((heard) => heard.signature);
const text = fc.string({ minLength: 1, maxLength: 80 });

const tone = (frequencies: readonly number[], ms: number) =>
  Int16Array.from({ length: ms * 8 }, (_, i) => frequencies.reduce((sum, f) => sum + 5000 * Math.sin((2 * Math.PI * f * i) / 8000), 0));

describe('the test voice', () => {
  it('takes about a second for 15 characters, and exactly what [4s] asks for', () => {
    expect(toneDurationMs('x'.repeat(150))).toBe(10_000);
    expect(toneDurationMs('a pause [4s] here')).toBe(4000);
    expect(toneDurationMs('[0.5s]')).toBe(500);
    expect(toneDurationMs('[0.1s]')).toBe(480);
    expect(toneDurationMs('a')).toBe(480);
    expect(encodeTones('tr', '[4s]').length).toBe(32_000);
  });

  it('gives a WAV of whole packets', async () => {
    const { samples, rate } = readWav(await tonesVoice.render('Merhaba', 'tr', new AbortController().signal));
    expect(rate).toBe(8000);
    expect(samples.length % 160).toBe(0);
  });

  it('keeps its tones clear of DTMF, the beep and ring-back', () => {
    const others = [697, 770, 852, 941, 1209, 1336, 1477, 1633, 1000, 425, 440, 450, 480];
    const own = [...TONES.data, TONES.start, TONES.again, TONES.end];
    for (const tone of own) for (const other of others) expect(Math.abs(tone - other)).toBeGreaterThanOrEqual(55);
    const sorted = own.sort((a, b) => a - b);
    for (const [index, tone] of sorted.slice(1).entries()) expect(tone - (sorted[index] ?? 0)).toBeGreaterThanOrEqual(95);
  });

  it('has its own signature for each text and language', () => {
    const all = Array.from({ length: 2000 }, (_, i) => signatureOf(i % 2 ? 'tr' : 'en', `text ${Math.floor(i / 2)}`));
    expect(new Set(all).size).toBe(all.length);
    expect(signatureOf('tr', ' Merhaba \n dünya')).toBe(signatureOf('tr', 'Merhaba dünya'));
  });
});

describe('hearing the test voice', () => {
  it('tells prompts without a gap between them, in order, with their times', () => {
    const clips = PHRASES.map((phrase) => clipOf(phrase));
    const heard = decodeTones(throughLine(joined(clips)));
    let at = 0;
    expect(heard.map(({ signature, complete }) => ({ signature, complete }))).toEqual(
      PHRASES.map((phrase) => ({ signature: signatureOf('tr', phrase), complete: true })),
    );
    for (const [index, clip] of clips.entries()) {
      expect(Math.abs((heard[index]?.fromMs ?? 0) - at)).toBeLessThanOrEqual(15);
      at += clip.length / 8;
      expect(Math.abs((heard[index]?.toMs ?? 0) - at)).toBeLessThanOrEqual(15);
    }
  });

  it('tells one prompt played twice from one that is long', () => {
    const clip = clipOf('Lütfen tekrar deneyin.');
    expect(signatures(throughLine(joined([clip, clip])))).toEqual([
      signatureOf('tr', 'Lütfen tekrar deneyin.'),
      signatureOf('tr', 'Lütfen tekrar deneyin.'),
    ]);
  });

  it('tells where a prompt was cut', () => {
    const cut = clipOf('[4s] long').slice(0, 8 * 1500);
    const [heard, ...rest] = decodeTones(throughLine(joined([cut, new Int16Array(8000), clipOf('next')])));
    expect(heard).toMatchObject({ signature: signatureOf('tr', '[4s] long'), complete: false });
    expect(Math.abs((heard?.toMs ?? 0) - 1500)).toBeLessThanOrEqual(20);
    expect(rest).toMatchObject([{ signature: signatureOf('tr', 'next'), complete: true }]);
  });

  it('tells a cut at which the next prompt follows at once', () => {
    const heard = decodeTones(throughLine(joined([clipOf('[4s] long').slice(0, 8 * 1500), clipOf('next')])));
    expect(heard.map((one) => [one.signature, one.complete])).toEqual([
      [signatureOf('tr', '[4s] long'), false],
      [signatureOf('tr', 'next'), true],
    ]);
  });

  it('reports a prompt cut too early to be told, and one joined in the middle', () => {
    expect(decodeTones(throughLine(clipOf('[4s]').slice(0, 8 * 200)))).toMatchObject([{ signature: null, complete: false }]);
    expect(decodeTones(throughLine(clipOf('[4s]').slice(8 * 1010)))).toMatchObject([
      { signature: signatureOf('tr', '[4s]'), complete: false },
    ]);
  });

  it('hears nothing in silence, noise, speech-like sound, ring-back or DTMF', () => {
    expect(decodeTones(throughLine(new Int16Array(16_000), { noiseDb: -30 }))).toEqual([]);
    expect(decodeTones(throughLine(tone([440, 480], 2000)))).toEqual([]);
    expect(decodeTones(throughLine(tone([425], 2000)))).toEqual([]);
    for (const low of [697, 770, 852, 941]) {
      for (const high of [1209, 1336, 1477, 1633]) expect(decodeTones(throughLine(tone([low, high], 200)))).toEqual([]);
    }
  });

  it('reads any text in any language, through µ-law', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('tr', 'en'), fc.nat(160), (words, language, offset) => {
        const line = throughLine(joined([new Int16Array(offset), clipOf(words, language)]));
        expect(decodeTones(line)).toMatchObject([{ signature: signatureOf(language, words), complete: true }]);
      }),
      { numRuns: 60 },
    );
  });

  it.each(['silence', 'skip'] as const)('stands any one lost packet (%s)', (loss) => {
    const clip = joined([clipOf('bir'), clipOf('iki')]);
    for (let packet = 0; packet < clip.length / 160; packet += 1) {
      const heard = decodeTones(throughLine(clip, { lost: new Set([packet]), loss }));
      expect(
        heard.map((one) => one.signature),
        `packet ${packet}`,
      ).toEqual([signatureOf('tr', 'bir'), signatureOf('tr', 'iki')]);
    }
  });

  it('stands a noisy, quiet line that loses a packet in each second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.nat(49), (seed, phase) => {
        const lost = new Set([phase, phase + 50, phase + 100]);
        const line = throughLine(clipOf('Size en yakın bayiyi bulalım, plaka kodunu tuşlayın.'), {
          noiseDb: -35,
          gain: 0.5,
          lost,
          seed,
          leadInMs: 333,
        });
        expect(signatures(line)).toEqual([signatureOf('tr', 'Size en yakın bayiyi bulalım, plaka kodunu tuşlayın.')]);
      }),
      { numRuns: 40 },
    );
  });

  it('hears a browser’s 48 kHz as well', () => {
    const narrow = clipOf('geniş');
    const wide = Int16Array.from({ length: narrow.length * 6 }, (_, i) => narrow[Math.floor(i / 6)] ?? 0);
    expect(decodeTones(wide, 48_000)).toMatchObject([{ signature: signatureOf('tr', 'geniş'), complete: true }]);
  });
});
