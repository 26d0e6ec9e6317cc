import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogueEntry } from '../../src/flow/release.ts';
import { renderAnnouncement } from '../../src/speech/announcement.ts';
import type { Progress } from '../../src/speech/prerender.ts';
import { signatureOf } from '../../src/speech/tones.ts';
import { warmCatalogue } from '../../src/speech/warm.ts';
import { ownWavDuration, readWav } from '../../src/speech/wav.ts';
import { decodeTones } from '../kit/tones.ts';
import { fakeVoice, type House, item, openHouse, until } from './house.ts';
import { sine, wavOf } from './sounds.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const entry = (key: string, text: CatalogueEntry['text']): CatalogueEntry => ({ key, text, file: 'prompts.yaml', line: 1 });
const many = (count: number) => Array.from({ length: count }, (_, i) => entry(`k${i}`, { tr: `metin ${i}`, en: `text ${i}` }));

describe('warming a catalogue', () => {
  it('makes every text without variables in every language it has, and tells how far it is', async () => {
    const voice = fakeVoice();
    const speech = await house.speech(voice);
    await house.record('tr', 'welcome', wavOf([sine(1000, 0.3, 8000, 1)], { rate: 8000, bits: 16, coding: 1 }));
    await speech.reload();
    const catalogue = [
      entry('welcome', { tr: 'Hoş geldiniz.', en: 'Welcome.' }),
      entry('dealer', { tr: 'Bayi: {{name}}' }),
      entry('bye', { tr: 'Güle güle.' }),
    ];
    const progress: Progress[] = [];
    const report = await warmCatalogue(speech, catalogue, { onProgress: (one) => progress.push(one) });
    expect(report).toEqual({ total: 3, done: 3, failed: 0, recordings: 1, cached: 0, rendered: 2 });
    expect(progress.map(({ done, total }) => `${done}/${total}`)).toEqual(['1/3', '2/3', '3/3']);
    expect([...voice.asked].sort()).toEqual(['en: Welcome.', 'tr: Güle güle.']);
    await rm(house.dir, { recursive: true });
    expect(await speech.say(item('Güle güle.', { key: 'bye' }))).toMatchObject({ kind: 'clip' });
  });

  it('the second time finds everything on the disk', async () => {
    await warmCatalogue(await house.speech(fakeVoice()), many(10));
    const voice = fakeVoice();
    expect(await warmCatalogue(await house.speech(voice), many(10))).toMatchObject({ cached: 20, rendered: 0 });
    expect(voice.asked).toEqual([]);
  });

  it('counts what fails and goes on', async () => {
    const speech = await house.speech(fakeVoice((text) => (text.endsWith('1') ? new Error('no') : sound)));
    expect(await warmCatalogue(speech, many(5))).toMatchObject({ total: 10, done: 10, failed: 2, rendered: 8 });
  });

  it('with a voice that is down is soon over, and says so in a few lines', async () => {
    const voice = fakeVoice(() => new Error('espeak-ng is not installed'));
    const speech = await house.speech(voice);
    expect(await warmCatalogue(speech, many(100))).toMatchObject({ done: 200, failed: 200 });
    expect(voice.asked.length).toBeLessThan(10);
    expect(house.log.lines.length).toBeLessThan(12);
    expect(JSON.stringify(house.log.lines)).toContain('espeak-ng is not installed');
  });

  it('ends early when it is cancelled, and begins nothing more', async () => {
    const voice = fakeVoice();
    const speech = await house.speech(voice, { workers: 2 });
    const stop = new AbortController();
    const report = await warmCatalogue(speech, many(50), { signal: stop.signal, onProgress: ({ done }) => done === 10 && stop.abort() });
    expect(report.done).toBeLessThan(15);
    const asked = voice.asked.length;
    await until(() => voice.running === 0);
    expect(voice.asked.length).toBe(asked);
  });

  it('lets a caller pass, even for a text that stands far behind', async () => {
    const voice = fakeVoice();
    const speech = await house.speech(voice, { workers: 2 });
    const warming = warmCatalogue(speech, many(50));
    await until(() => voice.asked.length >= 3);
    await speech.say(item('metin 49', { key: 'k49' }));
    expect(voice.asked.length).toBeLessThan(15);
    await warming;
    expect(voice.asked).toHaveLength(100);
  });
});

const sound = wavOf([sine(500, 0.3, 8000, 0.2)], { rate: 8000, bits: 16, coding: 1 });

describe('an announcement for Asterisk’s own dialplan', () => {
  const both = [
    item('Şu anda hizmet veremiyoruz.', { key: 'engine.unavailable' }),
    item('We cannot serve you now.', { key: 'engine.unavailable', language: 'en' }),
  ];

  it('is one WAV at a fixed place, item after item', async () => {
    const speech = await house.speech(fakeVoice());
    const target = path.join(house.dir, 'announcements', 'unavailable.wav');
    const { durationMs } = await renderAnnouncement(speech, both, target);
    const wav = await readFile(target);
    expect(ownWavDuration(wav, wav.length)).toBe(durationMs);
    const samples = Int16Array.from(readWav(wav).samples, (sample) => sample * 32_768);
    expect(decodeTones(samples)).toMatchObject([
      { signature: signatureOf('tr', 'Şu anda hizmet veremiyoruz.'), complete: true },
      { signature: signatureOf('en', 'We cannot serve you now.'), complete: true },
    ]);
    expect(await readdir(path.dirname(target))).toEqual(['unavailable.wav']);
  });

  it('stays as it was when it cannot be spoken', async () => {
    const speech = await house.speech(fakeVoice(() => new Error('no')));
    const target = path.join(house.dir, 'unavailable.wav');
    await writeFile(target, 'the old one');
    await expect(renderAnnouncement(speech, both, target)).rejects.toMatchObject({
      code: 'speech.failed',
      message: expect.stringContaining('engine.unavailable'),
    });
    await expect(renderAnnouncement(speech, [item('')], target)).rejects.toMatchObject({ code: 'speech.failed' });
    expect(await readFile(target, 'utf8')).toBe('the old one');
  });
});

describe('fixed sounds', () => {
  it('are written at the start, with their exact durations, where Asterisk finds them', async () => {
    const speech = await house.speech(fakeVoice(), { seenAs: '/srv/speech' });
    expect(speech.beep()).toEqual({ path: '/srv/speech/fixed/beep', durationMs: 300 });
    for (const name of ['beep', 'silence'] as const) {
      const wav = await readFile(speech.fileOf(speech.fixed(name)));
      expect(ownWavDuration(wav, wav.length)).toBe(speech.fixed(name).durationMs);
    }
    expect(speech.fileOf(speech.beep())).toBe(path.join(house.dir, 'fixed', 'beep.wav'));
  });
});

describe('housekeeping', () => {
  it('runs by itself, and a clip it removed is made anew', async () => {
    const voice = fakeVoice();
    const speech = await house.speech(voice, { maxBytes: 0 });
    const clips = async () => (await readdir(house.dir, { recursive: true })).filter((name) => /\w{64}\.wav$/.test(name)).length;
    await speech.say(item('eski'));
    expect(await clips()).toBe(1);
    for (let round = 0; round < 100 && (await clips()) > 0; round += 1) await house.clock.pass(600_000);
    expect(await clips()).toBe(0);
    expect(await speech.say(item('eski'))).toMatchObject({ kind: 'clip', source: 'rendered' });
    expect(voice.asked).toHaveLength(2);
  });
});
