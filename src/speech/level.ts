import { PHONE_RATE } from './wav.ts';

/** Speech is brought to this level, the usual one of telephone prompts; dB below full scale. */
const TARGET_RMS_DB = -20;
/** No sample goes above this. */
const CEILING_DB = -1;
/** Quieter than this, a stretch is silence. */
const SILENCE_DB = -50;
/** Blocks quieter than this do not count for the level: pauses must not make a text with many commas louder. */
const PAUSE_DB = -45;
const BLOCK = PHONE_RATE / 50;
/** Silence left before and after the words, so that soft consonants are not bitten off. */
const MARGIN_MS = 20;
const FULL = 32_768;

/** How a sound measures up; dB below full scale, ms. */
export interface Level {
  readonly rmsDb: number;
  readonly peakDb: number;
  readonly clippedSamples: number;
  readonly leadingSilenceMs: number;
  readonly trailingSilenceMs: number;
}

const fromDb = (db: number) => 10 ** (db / 20);
const toDb = (level: number) => (level <= 0 ? Number.NEGATIVE_INFINITY : 20 * Math.log10(level));

/** RMS (pauses left out), peak, samples at full scale, silence at both ends. Samples lie in -1 … 1. */
export function measure(samples: Float32Array): Level {
  let peak = 0;
  let clippedSamples = 0;
  for (const sample of samples) {
    const height = Math.abs(sample);
    if (height > peak) peak = height;
    if (height >= 0.9999) clippedSamples += 1;
  }
  const { first, last } = spokenPart(samples);
  return {
    rmsDb: toDb(spokenRms(samples)),
    peakDb: toDb(peak),
    clippedSamples,
    leadingSilenceMs: (first * 1000) / PHONE_RATE,
    trailingSilenceMs: ((samples.length - last) * 1000) / PHONE_RATE,
  };
}

/** Cuts silence off both ends and brings the words to the prompt level; empty when there is nothing to hear. */
export function polish(samples: Float32Array): Float32Array {
  const { first, last } = spokenPart(samples);
  if (last <= first) return new Float32Array(0);
  const margin = (MARGIN_MS * PHONE_RATE) / 1000;
  const spoken = samples.slice(Math.max(0, first - margin), Math.min(samples.length, last + margin));
  let peak = 0;
  for (const sample of spoken) peak = Math.max(peak, Math.abs(sample));
  const gain = Math.min(fromDb(TARGET_RMS_DB) / spokenRms(spoken), fromDb(CEILING_DB) / peak);
  for (let i = 0; i < spoken.length; i += 1) spoken[i] = (spoken[i] ?? 0) * gain;
  return spoken;
}

/** 16-bit samples, padded with silence to whole 20 ms packets: durations are whole, and clips join without a gap. */
export function toPcm16(samples: Float32Array): Int16Array {
  const pcm = new Int16Array(Math.ceil(samples.length / BLOCK) * BLOCK);
  for (let i = 0; i < samples.length; i += 1) pcm[i] = Math.max(-FULL, Math.min(FULL - 1, Math.round((samples[i] ?? 0) * FULL)));
  return pcm;
}

function spokenPart(samples: Float32Array): { first: number; last: number } {
  const silence = fromDb(SILENCE_DB);
  let first = 0;
  let last = samples.length;
  while (first < last && Math.abs(samples[first] ?? 0) < silence) first += 1;
  while (last > first && Math.abs(samples[last - 1] ?? 0) < silence) last -= 1;
  return { first, last };
}

function spokenRms(samples: Float32Array): number {
  const pause = fromDb(PAUSE_DB) ** 2;
  let energy = 0;
  let counted = 0;
  for (let from = 0; from < samples.length; from += BLOCK) {
    const block = samples.subarray(from, from + BLOCK);
    let sum = 0;
    for (const sample of block) sum += sample * sample;
    if (sum < pause * block.length) continue;
    energy += sum;
    counted += block.length;
  }
  return counted === 0 ? 0 : Math.sqrt(energy / counted);
}
