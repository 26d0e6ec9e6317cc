/**
 * Finds real clips (not the test voice) in received audio by normalised cross-correlation: which clips were heard, in
 * order, from when to when, and whether to their end. Sound is 8 kHz, 16 bit.
 */
export interface HeardClip {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Heard to its end. */
  readonly complete: boolean;
  /** Likeness of the found begin, 0 to 1. */
  readonly score: number;
}

const PER_MS = 8;
/** The begin by which a clip is found: long enough to be unlike others, short enough to be there after an early cut. */
const HEAD_MS = 500;
const MIN_SCORE = 0.6;
/** Once found, a clip is followed block by block; the line may drop or add a packet or two in between. */
const BLOCK_MS = 120;
const DRIFT_MS = 45;
/** Below this a block is no longer the clip's; pauses within speech have no likeness and count as heard. */
const BLOCK_SCORE = 0.4;
const PAUSE_RMS = 150;
/** So many blocks unlike the clip, and it was cut before them. */
const LOST_BLOCKS = 2;

/** Every place where a clip is heard, in order of time. Where clips begin alike, the one that is heard longer wins. */
export function matchClips(received: Int16Array, clips: Readonly<Record<string, Int16Array>>): HeardClip[] {
  const spectrum = spectrumOf(received, HEAD_MS * PER_MS);
  const found = Object.entries(clips).flatMap(([name, clip]) => findClip(received, spectrum, name, clip));
  const byLength = found.sort((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs) || b.score - a.score);
  const kept: HeardClip[] = [];
  for (const one of byLength) if (kept.every((other) => overlapMs(one, other) < (one.toMs - one.fromMs) / 2)) kept.push(one);
  return kept.sort((a, b) => a.fromMs - b.fromMs);
}

function overlapMs(a: HeardClip, b: HeardClip): number {
  return Math.min(a.toMs, b.toMs) - Math.max(a.fromMs, b.fromMs);
}

function findClip(received: Int16Array, spectrum: Spectrum, name: string, clip: Int16Array): HeardClip[] {
  const head = clip.subarray(0, HEAD_MS * PER_MS);
  const scores = likeness(received, head, spectrum);
  const heard: HeardClip[] = [];
  for (let at = nextPeak(scores, 0, head.length); at >= 0; at = nextPeak(scores, at + head.length, head.length)) {
    const { end, isWhole } = follow(received, clip, at);
    heard.push({ name, fromMs: at / PER_MS, toMs: end / PER_MS, complete: isWhole, score: scores[at] ?? 0 });
  }
  return heard;
}

/** The best place within one head's length of the first one that is good enough. */
function nextPeak(scores: Float64Array, from: number, reach: number): number {
  const first = scores.findIndex((score, index) => index >= from && score >= MIN_SCORE);
  if (first < 0) return -1;
  let best = first;
  for (let i = first; i < Math.min(first + reach, scores.length); i += 1) if ((scores[i] ?? 0) > (scores[best] ?? 0)) best = i;
  return best;
}

/** How far the clip that begins at `start` goes on. */
function follow(received: Int16Array, clip: Int16Array, start: number): { end: number; isWhole: boolean } {
  const block = BLOCK_MS * PER_MS;
  const drift = DRIFT_MS * PER_MS;
  let shift = 0;
  let end = start;
  let lost = 0;
  for (let at = 0; at < clip.length && lost < LOST_BLOCKS; at += block) {
    const part = clip.subarray(at, at + block);
    const expected = start + at + shift;
    if (rms(part) < PAUSE_RMS) {
      if (expected + part.length > received.length) break;
      continue;
    }
    const from = Math.max(0, expected - drift);
    const scores = likeness(received.subarray(from, expected + part.length + drift), part);
    const best = scores.indexOf(Math.max(...scores));
    if ((scores[best] ?? 0) < BLOCK_SCORE) {
      lost += 1;
      continue;
    }
    lost = 0;
    shift = from + best - start - at;
    end = from + best + part.length;
  }
  return { end, isWhole: end - start - shift >= spokenLength(clip) - block };
}

/** Length without the silence at the end. */
function spokenLength(clip: Int16Array): number {
  let length = clip.length;
  while (length > 0 && Math.abs(clip[length - 1] ?? 0) < PAUSE_RMS) length -= 1;
  return length;
}

function rms(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));
}

/** Likeness of the pattern to each place of the sound, -1 to 1: correlation over the root of both energies. */
function likeness(sound: Int16Array, pattern: Int16Array, spectrum = spectrumOf(sound, pattern.length)): Float64Array {
  const places = sound.length - pattern.length + 1;
  if (places <= 0 || pattern.length === 0) return new Float64Array(0);
  const products = correlate(spectrum, pattern).subarray(0, places);
  const patternEnergy = pattern.reduce((sum, sample) => sum + sample * sample, 0);
  const quiet = (PAUSE_RMS / 4) ** 2 * pattern.length;
  let energy = 0;
  for (let i = 0; i < pattern.length; i += 1) energy += (sound[i] ?? 0) ** 2;
  return products.map((product, place) => {
    const here = energy;
    energy += (sound[place + pattern.length] ?? 0) ** 2 - (sound[place] ?? 0) ** 2;
    return here < quiet || patternEnergy === 0 ? 0 : product / Math.sqrt(here * patternEnergy);
  });
}

interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The sound's spectrum, with room for patterns of that length. Worth keeping where many patterns are sought. */
function spectrumOf(sound: Int16Array, patternLength: number): Spectrum {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, sound.length + patternLength)));
  return transform(padded(sound, size), new Float64Array(size));
}

/** Cross-correlation by way of the frequency domain: a minute of sound in some hundred milliseconds. */
function correlate(a: Spectrum, pattern: Int16Array): Float64Array {
  const size = a.re.length;
  const b = transform(padded(pattern, size), new Float64Array(size));
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    const [ar, ai, br, bi] = [a.re[i] as number, a.im[i] as number, b.re[i] as number, b.im[i] as number];
    re[i] = ar * br + ai * bi;
    // The conjugate, so that a forward transform goes backward.
    im[i] = ar * bi - ai * br;
  }
  return transform(re, im).re.map((value) => value / size);
}

function padded(samples: Int16Array, size: number): Float64Array {
  const all = new Float64Array(size);
  all.set(samples);
  return all;
}

/** Fast Fourier transform in place, radix 2. The length is a power of two. */
function transform(re: Float64Array, im: Float64Array): Spectrum {
  const size = re.length;
  for (let i = 1, j = 0; i < size; i += 1) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j] as number, re[i] as number];
      [im[i], im[j]] = [im[j] as number, im[i] as number];
    }
  }
  for (let length = 2; length <= size; length *= 2) butterflies(re, im, length);
  return { re, im };
}

const turns = new Map<number, { readonly cosines: Float64Array; readonly sines: Float64Array }>();

function turnsOf(length: number): { readonly cosines: Float64Array; readonly sines: Float64Array } {
  const known = turns.get(length);
  if (known !== undefined) return known;
  const angle = (k: number) => (-2 * Math.PI * k) / length;
  const made = {
    cosines: Float64Array.from({ length: length / 2 }, (_, k) => Math.cos(angle(k))),
    sines: Float64Array.from({ length: length / 2 }, (_, k) => Math.sin(angle(k))),
  };
  turns.set(length, made);
  return made;
}

function butterflies(re: Float64Array, im: Float64Array, length: number): void {
  const half = length / 2;
  const { cosines, sines } = turnsOf(length);
  for (let from = 0; from < re.length; from += length) {
    for (let k = 0; k < half; k += 1) {
      const [low, high] = [from + k, from + k + half];
      const [cos, sin] = [cosines[k] as number, sines[k] as number];
      const turnedRe = (re[high] as number) * cos - (im[high] as number) * sin;
      const turnedIm = (re[high] as number) * sin + (im[high] as number) * cos;
      re[high] = (re[low] as number) - turnedRe;
      im[high] = (im[low] as number) - turnedIm;
      re[low] = (re[low] as number) + turnedRe;
      im[low] = (im[low] as number) + turnedIm;
    }
  }
}
