import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeTones, signatureOf } from '../../src/speech/tones.ts';
import { writeWav } from '../../src/speech/wav.ts';
import { startTestAsterisk, type TestAsterisk } from '../kit/asterisk.ts';
import type { Ear } from '../kit/ear.ts';
import { openPhoneHouse, type PhoneHouse } from '../kit/phone-house.ts';

/** What Asterisk says by itself, each in Turkish and then in English. */
const UNAVAILABLE = { tr: 'Şu anda yanıt veremiyoruz.', en: 'We cannot take your call.' };
const DEMO = { tr: 'Santral deneme hattına bağlandınız.', en: 'You have reached the demonstration line.' };
const NORMAL_CLEARING = 16;
/** 450 Hz at 8000 samples a second. */
const NETWORK_TONE = 450 / 8000;

let asterisk: TestAsterisk;
let house: PhoneHouse;
beforeAll(async () => {
  asterisk = await startTestAsterisk({ env: { SANTRAL_HOLD_SECONDS: '2' } });
  house = await openPhoneHouse({ sipPortOfEngine: () => asterisk.sipPort });
  render('unavailable', UNAVAILABLE);
  render('demo-dealer', DEMO);
});
afterAll(async () => {
  await house?.stop();
  await asterisk?.stop();
});

const fixed = (): string => path.join(asterisk.config.places.speech, 'fixed');

/** As the engine does at its start. */
function render(file: string, texts: Readonly<Record<string, string>>): void {
  mkdirSync(fixed(), { recursive: true });
  for (const [language, text] of Object.entries(texts)) {
    writeFileSync(path.join(fixed(), `${file}-${language}.wav`), writeWav(encodeTones(language, text)));
  }
}

const signatures = ({ tr, en }: { readonly tr: string; readonly en: string }) => [signatureOf('tr', tr), signatureOf('en', en)];

/** Whole prompts, in order. */
function whole(ear: Ear): (string | null)[] {
  return ear
    .heard()
    .filter(({ complete }) => complete)
    .map(({ signature }) => signature);
}

/** Dials an outside number in the demonstration's way; gives the ear of a phone that is connected to what answers there. */
async function dialOutside(): Promise<{ readonly ear: Ear; readonly gone: () => Promise<void> }> {
  house.expect('7000', { kind: 'answer', afterMs: 0 });
  const endpoint = `PJSIP/anonymous/sip:7000@${house.sip}`;
  const query = new URLSearchParams({ endpoint, context: 'demo-trunk', extension: '02125550000', priority: '1' });
  const authorization = `Basic ${Buffer.from(`${asterisk.ariUser}:${asterisk.ariPassword}`).toString('base64')}`;
  const answer = await fetch(`${asterisk.ariUrl}/ari/channels?${query}`, { method: 'POST', headers: { authorization } });
  expect(answer.status).toBe(200);
  return house.visitor('7000');
}

it('a caller whom the engine does not come back for hears why, in Turkish and in English, and the call ends', async () => {
  const began = Date.now();
  const phone = await house.call('1000');
  await phone.answered();
  expect(Date.now() - began).toBeGreaterThan(1000);
  const { cause } = await phone.ended();
  expect(whole(phone.ear)).toEqual(signatures(UNAVAILABLE));
  expect(cause).toBe(NORMAL_CLEARING);
});

it('an outside number without a trunk is answered by the demonstration line in both languages', async () => {
  const { ear, gone } = await dialOutside();
  await gone();
  expect(whole(ear)).toEqual(signatures(DEMO));
});

it('where an announcement is missing a tone is heard, not silence', async () => {
  rmSync(fixed(), { recursive: true });
  const { ear, gone } = await dialOutside();
  const phone = await house.call('1000');
  await phone.answered();
  await Promise.all([gone(), phone.ended()]);
  expect(toneSeconds(ear.samples())).toBeGreaterThan(1);
  expect(toneSeconds(phone.ear.samples())).toBeGreaterThan(1);
});

/** How long the network's tone is heard: 20 ms pieces of which it is most. */
function toneSeconds(samples: Int16Array): number {
  const piece = 160;
  let pieces = 0;
  for (let from = 0; from + piece <= samples.length; from += piece) {
    let [energy, real, imaginary] = [0, 0, 0];
    for (let i = 0; i < piece; i += 1) {
      const sample = samples[from + i] ?? 0;
      energy += sample * sample;
      real += sample * Math.cos(2 * Math.PI * NETWORK_TONE * i);
      imaginary += sample * Math.sin(2 * Math.PI * NETWORK_TONE * i);
    }
    if (energy > 100 ** 2 * piece && (2 * (real ** 2 + imaginary ** 2)) / (piece * energy) > 0.6) pieces += 1;
  }
  return (pieces * piece) / 8000;
}
