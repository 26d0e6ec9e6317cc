import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SpeechItem } from '../../src/flow/commands.ts';
import type { CachedSpeech } from '../../src/speech/speech.ts';
import { signatureOf } from '../../src/speech/tones.ts';
import { readWav, writeWav } from '../../src/speech/wav.ts';
import { decodeTones } from '../kit/tones.ts';
import { fakeVoice, type House, item, openHouse, until } from './house.ts';
import { sine, wavOf } from './sounds.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const heardIn = async (clip: { path: string }) => {
  const { samples } = readWav(await readFile(`${clip.path}.wav`));
  return decodeTones(Int16Array.from(samples, (sample) => sample * 32_768)).map((tones) => tones.signature);
};
const studio = (hertz: number) => wavOf([sine(hertz, 0.3, 44_100, 1), sine(hertz, 0.3, 44_100, 1)], { rate: 44_100, bits: 24, coding: 1 });
const warnings = () => house.log.lines.filter((line) => line.level === 'warn');

/** Says it and lets so much time pass once the voice was asked for it. */
async function sayAndWait(speech: CachedSpeech, voice: { readonly asked: readonly string[] }, asked: SpeechItem, ms: number) {
  const before = voice.asked.length;
  const said = speech.say(asked);
  await until(() => voice.asked.length > before);
  await house.clock.pass(ms);
  return said;
}
const SOUND = writeWav(Int16Array.from({ length: 800 }, (_, i) => 5000 * Math.sin(i)));

describe('a text', () => {
  it('is rendered once, kept on disk, and known after a restart', async () => {
    const voice = fakeVoice();
    const speech = await house.speech(voice);
    const first = await speech.say(item('Hoş geldiniz.'));
    expect(first).toMatchObject({ kind: 'clip', source: 'rendered', fallback: false });
    if (first.kind !== 'clip') throw new Error('no clip');
    expect(path.isAbsolute(first.clip.path)).toBe(true);
    expect(path.extname(first.clip.path)).toBe('');
    expect(await heardIn(first.clip)).toEqual([signatureOf('tr', 'Hoş geldiniz.')]);
    expect(first.clip.durationMs).toBe(readWav(await readFile(speech.fileOf(first.clip))).samples.length / 8);
    expect(await speech.say(item('Hoş geldiniz.'))).toEqual({ ...first, source: 'cache' });
    const later = await house.speech(voice);
    expect(await later.say(item(' Hoş  geldiniz. '))).toEqual({ ...first, source: 'cache' });
    expect(voice.asked).toEqual(['tr: Hoş geldiniz.']);
  });

  it('behaviour 26: that is known, but whose file was deleted meanwhile, is rendered anew', async () => {
    const voice = fakeVoice();
    const speech = await house.speech(voice);
    const known = await speech.say(item('bilinen'));
    if (known.kind !== 'clip') throw new Error('no clip');
    await rm(speech.fileOf(known.clip));
    expect(await speech.say(item('bilinen'))).toEqual(known);
    expect(await heardIn(known.clip)).toEqual([signatureOf('tr', 'bilinen')]);
    expect(voice.asked).toHaveLength(2);
  });

  it('is another clip in another language or with another voice', async () => {
    const speech = await house.speech(fakeVoice());
    const other = await house.speech({ ...fakeVoice(), id: 'fake/2' });
    const paths = [await speech.say(item('on')), await speech.say(item('on', { language: 'en' })), await other.say(item('on'))];
    expect(new Set(paths.map((spoken) => spoken.kind === 'clip' && spoken.clip.path)).size).toBe(3);
  });

  it('that many ask for at once is rendered once, whatever the key', async () => {
    const voice = fakeVoice();
    const speech = await house.speech(voice);
    const asked = Array.from({ length: 50 }, (_, i) => speech.say(item('aynı', { key: i % 2 ? 'same' : null })));
    expect(new Set((await Promise.all(asked)).map((spoken) => spoken.kind === 'clip' && spoken.clip.path)).size).toBe(1);
    expect(voice.asked).toHaveLength(1);
  });

  it.each(['', '   ', ' … — .', '\u200b\n'])('without words is nothing: %j', async (text) => {
    const voice = fakeVoice();
    expect(await (await house.speech(voice)).say(item(text))).toEqual({ kind: 'nothing' });
    expect(voice.asked).toEqual([]);
  });

  it('is rendered within the bound, however many ask', async () => {
    const voice = fakeVoice();
    const speech = await house.speech(voice, { workers: 3, budgetMs: 1e9 });
    await Promise.all(Array.from({ length: 40 }, (_, i) => speech.say(item(`metin ${i}`))));
    expect(voice.asked).toHaveLength(40);
    expect(voice.most).toBe(3);
  });
});

describe('a recording', () => {
  it('wins over the text, in any PCM format, and is converted for the telephone', async () => {
    await house.record('tr', 'menu.welcome', studio(1000));
    const voice = fakeVoice();
    const speech = await house.speech(voice);
    const spoken = await speech.say(item('Hoş geldiniz.', { key: 'menu.welcome' }));
    expect(spoken).toMatchObject({ kind: 'clip', source: 'recording', clip: { durationMs: 1000 } });
    const { rate, samples } = readWav(await readFile(spoken.kind === 'clip' ? speech.fileOf(spoken.clip) : ''));
    expect([rate, samples.length]).toEqual([8000, 8000]);
    expect(await speech.say(item('Hoş geldiniz.', { key: 'menu.welcome' }))).toEqual(spoken);
    expect(voice.asked).toEqual([]);
  });

  it('stands for its own key and language only, and may stand in folders', async () => {
    await house.record('tr', 'bayi/selam', studio(1000));
    const speech = await house.speech(fakeVoice());
    expect(await speech.say(item('x', { key: 'bayi/selam' }))).toMatchObject({ source: 'recording' });
    expect(await speech.say(item('x', { key: 'bayi/selam', language: 'en' }))).toMatchObject({ source: 'rendered' });
    expect(await speech.say(item('y', { key: '../tr/bayi/selam' }))).toMatchObject({ source: 'rendered' });
    expect(await speech.say(item('y', { key: null }))).toMatchObject({ source: 'cache' });
  });

  it('that was changed is heard after a reload', async () => {
    await house.record('tr', 'a', studio(1000));
    const speech = await house.speech(fakeVoice());
    const before = await speech.say(item('x', { key: 'a' }));
    await house.record('tr', 'a', studio(500));
    await house.record('tr', 'b', studio(500));
    expect(await speech.say(item('x', { key: 'a' }))).toEqual(before);
    await speech.reload();
    const after = await speech.say(item('x', { key: 'a' }));
    expect(after).not.toEqual(before);
    expect(await speech.say(item('x', { key: 'b' }))).toEqual(after);
  });

  it.each([
    ['garbage', Buffer.from('no audio'), /no WAV file/],
    ['silent', wavOf([new Float32Array(8000)], { rate: 8000, bits: 16, coding: 1 }), /silent/],
  ])('that is %s gives way to its text, with one warning', async (_name, bytes, reason) => {
    await house.record('tr', 'a', bytes);
    const speech = await house.speech(fakeVoice());
    expect(await speech.say(item('x', { key: 'a' }))).toMatchObject({ kind: 'clip', source: 'rendered' });
    await speech.reload();
    expect(await speech.say(item('x', { key: 'a' }))).toMatchObject({ kind: 'clip', source: 'cache' });
    expect(warnings()).toEqual([
      expect.objectContaining({ fields: { file: expect.stringContaining('a.wav'), reason: expect.stringMatching(reason) } }),
    ]);
  });

  it('that is clipped or quiet is used, and told about', async () => {
    await house.record(
      'tr',
      'loud',
      wavOf([sine(300, 1, 8000, 1).map((s) => Math.max(-1, Math.min(1, s * 3)))], { rate: 8000, bits: 16, coding: 1 }),
    );
    await house.record('tr', 'quiet', wavOf([sine(300, 0.008, 8000, 1)], { rate: 8000, bits: 16, coding: 1 }));
    const speech = await house.speech(fakeVoice());
    for (const key of ['loud', 'quiet']) expect(await speech.say(item('x', { key }))).toMatchObject({ source: 'recording' });
    expect(JSON.stringify(warnings())).toMatch(/clipped: \d+ samples.*quiet: -4\d dBFS/);
  });
});

describe('behaviour 26: a prompt that cannot be rendered never stalls a call', () => {
  const english = { fallback: [{ language: 'en', text: 'one' }] } as const;

  it.each([
    ['an error', new Error('exit code 1')],
    ['garbage', Buffer.from('<html>')],
    ['an empty WAV', writeWav(new Int16Array(0))],
    ['silence', writeWav(new Int16Array(8000))],
  ])('a voice that gives %s: the other language is heard, and the cause is logged once', async (_name, answer) => {
    const speech = await house.speech(fakeVoice((text, language) => (language === 'tr' ? answer : SOUND)));
    for (let again = 0; again < 3; again += 1)
      expect(await speech.say(item('bir', english))).toMatchObject({ kind: 'clip', fallback: true });
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]?.fields).toMatchObject({ language: 'tr', reason: expect.any(String) });
    expect(JSON.stringify(warnings())).not.toContain('bir');
  });

  it('a recording of the other language stands in, too', async () => {
    await house.record('en', 'a', studio(1000));
    const speech = await house.speech(fakeVoice(() => new Error('no')));
    expect(await speech.say(item('bir', { ...english, key: 'a' }))).toMatchObject({ source: 'recording', fallback: true });
  });

  it('no language: the beep, which is a file that can be played', async () => {
    const speech = await house.speech(fakeVoice(() => new Error('exit code 1')));
    const spoken = await speech.say(item('bir', english));
    expect(spoken).toMatchObject({ kind: 'beep', reason: 'tr: exit code 1; en: exit code 1', clip: { durationMs: 300 } });
    if (spoken.kind !== 'beep') throw new Error('no beep');
    expect(spoken.clip).toEqual(speech.beep());
    expect(await heardIn(spoken.clip)).toEqual(['beep']);
  });

  it('a voice that hangs costs the budget, not more; the other language gets its share of it', async () => {
    const voice = fakeVoice((_text, language) => (language === 'tr' ? 'hang' : SOUND));
    const speech = await house.speech(voice);
    expect(await sayAndWait(speech, voice, item('bir', english), 2100)).toMatchObject({ kind: 'clip', fallback: true });
    expect(await sayAndWait(speech, voice, item('iki'), 3000)).toMatchObject({ kind: 'beep', reason: 'tr: it was not ready in time' });
  });

  it('a text that comes too late is there for the next caller', async () => {
    const waiting: ((wav: Buffer) => void)[] = [];
    const voice = fakeVoice(() => new Promise<Buffer>((resolve) => waiting.push(resolve)));
    const speech = await house.speech(voice, { voiceTimeoutMs: 60_000 });
    expect(await sayAndWait(speech, voice, item('geç'), 3000)).toMatchObject({ kind: 'beep' });
    const next = speech.say(item('geç'));
    waiting[0]?.(SOUND);
    expect(await next).toMatchObject({ kind: 'clip', clip: { durationMs: 100 } });
    expect(voice.asked).toHaveLength(1);
  });

  it.each(['hang', 'deaf'] as const)('a voice that stays away (%s) gives its worker back after its time-out', async (answer) => {
    const voice = fakeVoice((text) => (text === 'takılan' ? answer : SOUND));
    const speech = await house.speech(voice, { workers: 1, voiceTimeoutMs: 5000 });
    await sayAndWait(speech, voice, item('takılan'), 3000);
    const next = speech.say(item('sonraki'));
    await house.clock.pass(2000);
    expect(await next).toMatchObject({ kind: 'clip' });
    const again = await speech.say(item('takılan'));
    expect(again).toMatchObject({ kind: 'beep', reason: expect.stringMatching(/stopped|did not answer within 5000 ms/) });
  });

  it('once the voice is known to be down, callers do not wait for it at all; when it is back it is used again', async () => {
    let isDown = true;
    const voice = fakeVoice(() => (isDown ? 'hang' : SOUND));
    const speech = await house.speech(voice, { voiceTimeoutMs: 5000 });
    for (const text of ['bir', 'iki']) await sayAndWait(speech, voice, item(text), 3000);
    expect(await speech.say(item('üç'))).toMatchObject({ kind: 'beep', reason: expect.stringContaining('is down') });
    expect(voice.asked).toHaveLength(2);
    isDown = false;
    await house.clock.pass(40_000);
    for (const text of ['bir', 'üç']) expect(await speech.say(item(text))).toMatchObject({ kind: 'clip' });
  });

  it('a disk that cannot be written: the beep, and no blame on the voice', async () => {
    const speech = await house.speech(fakeVoice());
    await rm(house.dir, { recursive: true });
    await writeFile(house.dir, 'in the way');
    expect(await speech.say(item('bir'))).toMatchObject({ kind: 'beep', reason: expect.stringMatching(/ENOTDIR|EEXIST/) });
    await rm(house.dir);
    expect(await speech.say(item('bir'))).toMatchObject({ kind: 'clip' });
  });

  it('a directory that cannot be written is refused at the start, with what to do', async () => {
    await writeFile(house.dir, 'in the way');
    await expect(house.speech(fakeVoice())).rejects.toMatchObject({
      code: 'speech.failed',
      message: expect.stringMatching(/cannot be written .* SANTRAL_DATA/),
    });
  });
});

it('an ended room leaves no timer and no rendering', async () => {
  const voice = fakeVoice(() => 'hang');
  const speech = await house.speech(voice);
  const last = speech.say(item('son'));
  await until(() => voice.running === 1);
  speech.close();
  expect(await last).toMatchObject({ kind: 'beep' });
  await until(() => voice.running === 0);
  expect(await speech.say(item('daha sonra'))).toMatchObject({ kind: 'beep' });
  expect(voice.asked).toHaveLength(1);
  expect(house.clock.pending).toBe(0);
});
