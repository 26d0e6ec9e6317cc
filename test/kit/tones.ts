import { checkOf, TONES } from '../../src/speech/tones.ts';

/**
 * One stretch of the test voice in received audio. `signature` is null when it was cut before it could be told, and
 * 'beep' for the beep. `begun`: heard from its begin; `ended`: to its natural end; `complete`: both.
 */
export interface HeardTones {
  readonly signature: string | null;
  readonly fromMs: number;
  readonly toMs: number;
  readonly begun: boolean;
  readonly ended: boolean;
  readonly complete: boolean;
}

/** Windows and hops: half a symbol, and short enough that one lies within what a lost packet leaves. */
const WINDOW_MS = 20;
const HOP_MS = 5;
/** Share of a window's energy that must lie in one tone. */
const DOMINANT = 0.6;
/** Quieter than this (of 32768), a window is silence. */
const QUIET_RMS = 120;
/** A tone interrupted for no longer is the same symbol (a lost packet); a longer pause ends a clip. */
const SAME_SYMBOL_GAP_MS = 45;
const CUT_GAP_MS = 100;
const MIN_BEEP_MS = 150;
const BASE = TONES.data.length - 1;
const FREQUENCIES = [...TONES.data, TONES.start, TONES.again, TONES.end, TONES.beep];
const [START, AGAIN, END, BEEP] = [BASE + 1, BASE + 2, BASE + 3, BASE + 4];

interface Run {
  readonly tone: number;
  readonly fromMs: number;
  toMs: number;
}

interface Clip {
  signature: string | null;
  readonly fromMs: number;
  toMs: number;
  readonly hasStart: boolean;
  /** Data tones since the last marker; null when no marker was heard. */
  frame: number[] | null;
}

/** Which prompts of the test voice are in the audio, in order, with ms from its begin. Stands noise, µ-law, lost packets and clips without a gap. */
export function decodeTones(samples: Int16Array, sampleRate = 8000): HeardTones[] {
  const heard: HeardTones[] = [];
  let clip: Clip | null = null;
  const close = (ended: boolean) => {
    if (clip !== null) {
      const { signature, fromMs, toMs, hasStart } = clip;
      heard.push({ signature, fromMs, toMs, begun: hasStart, ended, complete: ended && hasStart });
    }
    clip = null;
  };
  for (const run of tonesIn(samples, sampleRate)) {
    if (clip !== null && run.fromMs - (clip as Clip).toMs > CUT_GAP_MS) close(false);
    if (run.tone === BEEP) {
      if (run.toMs - run.fromMs < MIN_BEEP_MS) continue;
      close(false);
      heard.push({ signature: 'beep', fromMs: run.fromMs, toMs: run.toMs, begun: true, ended: true, complete: true });
    } else if (run.tone === START) {
      close(false);
      clip = { signature: null, fromMs: run.fromMs, toMs: run.toMs, hasStart: true, frame: [] };
    } else {
      clip = hear(clip, run, close);
    }
  }
  close(false);
  return heard;
}

function hear(open: Clip | null, run: Run, close: (complete: boolean) => void): Clip | null {
  if (run.tone === END) {
    if (open !== null) open.toMs = run.toMs;
    close(true);
    return null;
  }
  const clip: Clip = open ?? { signature: null, fromMs: run.fromMs, toMs: run.toMs, hasStart: false, frame: null };
  clip.toMs = run.toMs;
  if (run.tone === AGAIN) clip.frame = [];
  else if (clip.frame !== null) clip.frame.push(run.tone);
  if (clip.frame?.length === TONES.dataSymbols + TONES.checkSymbols) {
    clip.signature ??= readFrame(clip.frame);
    clip.frame = null;
  }
  return clip;
}

/** The signature in one frame's tones, or null when its check symbols do not fit. */
function readFrame(tones: readonly number[]): string | null {
  let before = -1;
  const digits = tones.map((tone) => {
    const digit = (tone - before - 1 + TONES.data.length) % TONES.data.length;
    before = tone;
    return digit;
  });
  if (digits.some((digit) => digit >= BASE)) return null;
  const text = digits.map((digit) => digit.toString(BASE)).join('');
  const signature = text.slice(0, TONES.dataSymbols);
  return text.slice(TONES.dataSymbols) === checkOf(signature) ? signature : null;
}

/** Stretches of one tone. Neighbours of one clip always differ, so the same tone again soon is the same symbol. */
function tonesIn(samples: Int16Array, sampleRate: number): Run[] {
  const runs: Run[] = [];
  const window = Math.round((sampleRate * WINDOW_MS) / 1000);
  const hop = (sampleRate * HOP_MS) / 1000;
  for (let from = 0; from + window <= samples.length; from += hop) {
    const start = Math.round(from);
    const tone = dominantTone(samples.subarray(start, start + window), sampleRate);
    if (tone === null) continue;
    const fromMs = (start * 1000) / sampleRate;
    const toMs = fromMs + WINDOW_MS;
    const last = runs.at(-1);
    if (last?.tone === tone && fromMs - last.toMs <= SAME_SYMBOL_GAP_MS - WINDOW_MS) last.toMs = toMs;
    else runs.push({ tone, fromMs, toMs });
  }
  return runs;
}

/** Index of the one tone that fills the window, or null. */
function dominantTone(window: Int16Array, sampleRate: number): number | null {
  let energy = 0;
  for (const sample of window) energy += sample * sample;
  if (energy < QUIET_RMS ** 2 * window.length) return null;
  const shares = FREQUENCIES.map((frequency) => (2 * goertzel(window, frequency / sampleRate)) / (window.length * energy));
  const best = shares.indexOf(Math.max(...shares));
  return (shares[best] ?? 0) >= DOMINANT ? best : null;
}

/** Energy of one frequency (cycles per sample). */
function goertzel(window: Int16Array, frequency: number): number {
  const factor = 2 * Math.cos(2 * Math.PI * frequency);
  let before = 0;
  let last = 0;
  for (const sample of window) [before, last] = [last, sample + factor * last - before];
  return last * last + before * before - factor * last * before;
}
