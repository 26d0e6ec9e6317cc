import { createHash } from 'node:crypto';
import type { Voice } from '../ports/speech.ts';
import { tidyText } from './text.ts';
import { PHONE_RATE, writeWav } from './wav.ts';

/**
 * The test voice: each text is a pattern of tones that can be told from what a telephone heard. A clip is frames of
 * marker, eight data symbols and two check symbols, one tone each, and ends with the end tone:
 *
 *   start d d d d d d d d c c  again d d d d d d d d c c  again d d … end
 *
 * Neighbouring tones always differ (each symbol is a step of 1 to 15 from the one before), so a reader needs no clock:
 * a lost packet shortens a tone and joins nothing. Markers tell a clip's begin, its inner frames and its natural end
 * apart, so that one prompt played twice, and a prompt that was cut, can be told.
 */
export const TONES = {
  /** Hz, at least 100 apart and 55 away from each DTMF tone, the 1000 Hz beep and ring-back: nothing takes them for a key. */
  data: [540, 640, 1100, 1270, 1405, 1555, 1710, 1810, 1910, 2010, 2110, 2210, 2310, 2410, 2510, 2610],
  start: 2720,
  again: 2830,
  end: 2940,
  beep: 1000,
  /** Two packets: after one is lost, one is left. */
  symbolMs: 40,
  dataSymbols: 8,
  checkSymbols: 2,
} as const;

const BASE = TONES.data.length - 1;
const FRAME_SYMBOLS = 1 + TONES.dataSymbols + TONES.checkSymbols;
/** A whole frame and the end tone: what the shortest text takes. */
const MIN_SYMBOLS = FRAME_SYMBOLS + 1;
const CHARACTERS_PER_SECOND = 15;
const PACKET_MS = 20;
const MAX_SECONDS = 3600;
const AMPLITUDE = 6000;

/** Eight digits in base 15 that stand for this text in this language. */
export function signatureOf(language: string, text: string): string {
  const hash = createHash('sha256')
    .update(`${language}\0${tidyText(text)}`)
    .digest();
  return (hash.readUIntBE(0, 6) % BASE ** TONES.dataSymbols).toString(BASE).padStart(TONES.dataSymbols, '0');
}

/** Two digits in base 15 by which a reader knows that it read a signature right. */
export function checkOf(signature: string): string {
  const spread = (Number.parseInt(signature, BASE) * 7919 + 104_729) % 1_000_003;
  return (spread % BASE ** TONES.checkSymbols).toString(BASE).padStart(TONES.checkSymbols, '0');
}

/** How long the text's clip is: about 15 characters a second; a text that holds `[4s]` takes exactly 4 s. */
export function toneDurationMs(text: string): number {
  const asked = /\[(\d+(?:\.\d+)?)s\]/.exec(text)?.[1];
  const seconds = asked === undefined ? tidyText(text).length / CHARACTERS_PER_SECOND : Number(asked);
  const packets = Math.ceil((Math.min(seconds, MAX_SECONDS) * 1000) / PACKET_MS);
  return Math.max(packets * PACKET_MS, MIN_SYMBOLS * TONES.symbolMs);
}

/** The clip of a text as 8 kHz samples. */
export function encodeTones(language: string, text: string): Int16Array {
  const perSymbol = (TONES.symbolMs * PHONE_RATE) / 1000;
  const samples = new Int16Array((toneDurationMs(text) * PHONE_RATE) / 1000);
  const symbols = steps(`${signatureOf(language, text)}${checkOf(signatureOf(language, text))}`);
  const endAt = samples.length - perSymbol;
  let phase = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const symbol = Math.floor(i / perSymbol);
    const marker = symbol < FRAME_SYMBOLS ? TONES.start : TONES.again;
    const inFrame = symbol % FRAME_SYMBOLS;
    const frequency = i >= endAt ? TONES.end : inFrame === 0 ? marker : (symbols[inFrame - 1] ?? TONES.end);
    // The phase runs on over the changes: no clicks.
    phase += (2 * Math.PI * frequency) / PHONE_RATE;
    samples[i] = Math.round(AMPLITUDE * Math.sin(phase));
  }
  return samples;
}

/** Digits in base 15 to tones: the first absolute, each other a step from the one before. */
function steps(digits: string): number[] {
  let at = -1;
  return Array.from(digits, (digit) => {
    at = (at + 1 + Number.parseInt(digit, BASE)) % TONES.data.length;
    return TONES.data[at] ?? TONES.end;
  });
}

/** The test voice. Pure code: nothing to install, nothing to wait for. */
export const tonesVoice: Voice = {
  id: 'tones/1',
  render: async (text, language) => writeWav(encodeTones(language, text)),
};
