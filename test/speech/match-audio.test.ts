import { beforeAll, describe, expect, it } from 'vitest';
import { createEspeakVoice } from '../../src/speech/voices/espeak.ts';
import { readWav } from '../../src/speech/wav.ts';
import { joined, throughLine } from '../kit/line.ts';
import { matchClips } from '../kit/match-audio.ts';

const TEXTS: Readonly<Record<string, readonly ['tr' | 'en', string]>> = {
  welcome: ['tr', 'Hoş geldiniz. Türkçe devam etmek için bire basın.'],
  welcomeEn: ['en', 'Welcome. To continue in English, press two.'],
  menu: ['tr', 'Size en yakın bayiyi bulmak için bire, temsilci için ikiye basın.'],
  menuAgain: ['tr', 'Size en yakın bayiyi bulmak için plaka kodunu tuşlayın.'],
  one: ['tr', 'bir'],
  five: ['tr', 'beş'],
  sorry: ['tr', 'Anlayamadım, lütfen tekrar deneyin.'],
};
const clips: Record<string, Int16Array> = {};
const clip = (name: string) => clips[name] ?? new Int16Array(0);
const silence = (ms: number) => new Int16Array(ms * 8);
const names = (received: Int16Array) => matchClips(received, clips).map((heard) => heard.name);

beforeAll(async () => {
  const voice = await createEspeakVoice();
  for (const [name, [language, text]] of Object.entries(TEXTS)) {
    const { samples } = readWav(await voice.render(text, language, new AbortController().signal));
    clips[name] = Int16Array.from(samples, (sample) => Math.round(sample * 32_768));
  }
});

describe('recognising real clips in what a telephone heard', () => {
  it('tells which were heard, in order and with their times, after silence and through µ-law and noise', () => {
    const played = ['welcome', 'welcomeEn', 'menu', 'sorry', 'menu', 'five'];
    const heard = matchClips(
      throughLine(joined(played.flatMap((name) => [clip(name), silence(300)])), { leadInMs: 1234, noiseDb: -45 }),
      clips,
    );
    expect(heard.map((one) => one.name)).toEqual(played);
    expect(heard.every((one) => one.complete)).toBe(true);
    let at = 1234;
    for (const [index, name] of played.entries()) {
      expect(Math.abs((heard[index]?.fromMs ?? 0) - at)).toBeLessThan(5);
      at += clip(name).length / 8;
      expect(Math.abs((heard[index]?.toMs ?? 0) - at)).toBeLessThan(150);
      at += 300;
    }
  });

  it.each(Object.keys(TEXTS))('finds %s and nothing else in itself', (name) => {
    expect(names(throughLine(joined([silence(500), clip(name), silence(500)])))).toEqual([name]);
  });

  it('tells clips that begin alike apart', () => {
    expect(names(throughLine(joined([clip('menuAgain'), silence(200), clip('menu')])))).toEqual(['menuAgain', 'menu']);
  });

  it('tells where a clip was cut', () => {
    const cut = clip('welcome').slice(0, 8 * 2000);
    const [heard, next] = matchClips(throughLine(joined([cut, clip('sorry')])), clips);
    expect(heard).toMatchObject({ name: 'welcome', complete: false });
    expect(Math.abs((heard?.toMs ?? 0) - 2000)).toBeLessThan(200);
    expect(next).toMatchObject({ name: 'sorry', complete: true });
  });

  it.each(['silence', 'skip'] as const)('stands lost packets (%s)', (loss) => {
    const line = throughLine(joined([clip('welcome'), silence(200), clip('menu')]), {
      lost: new Set([30, 75, 120, 170, 260, 330]),
      loss,
      gain: 0.6,
    });
    expect(matchClips(line, clips)).toMatchObject([
      { name: 'welcome', complete: true },
      { name: 'menu', complete: true },
    ]);
  });

  it('hears nothing in silence, in noise and in another text', () => {
    const others = Object.fromEntries(Object.entries(clips).filter(([name]) => !name.startsWith('menu')));
    expect(matchClips(throughLine(silence(3000)), clips)).toEqual([]);
    expect(matchClips(throughLine(silence(3000), { noiseDb: -25 }), clips)).toEqual([]);
    expect(matchClips(throughLine(clip('menu')), others)).toEqual([]);
    expect(matchClips(silence(100), clips)).toEqual([]);
  });
});
