import { setImmediate as nextTurn } from 'node:timers/promises';
import { SantralError } from '../domain/errors.ts';
import { PHONE_RATE, type Sound } from './wav.ts';

/** Zero crossings of the sinc on each side: more is steeper. 24 keeps 3.4 kHz and puts aliases below -70 dB. */
const CROSSINGS = 24;
/** Where the low-pass begins to close, as a share of the lower rate's half. */
const PASS = 0.93;
/** Kaiser window, beta for about 80 dB. */
const BETA = 8;
/** Multiplications before other work gets its turn: some 3 ms. */
const BLOCK_WORK = 2_500_000;
/** Rows of weights. 11 025 Hz needs all of them; a rate such as 383 999 Hz would need 8000, seconds of work in one piece. */
const MAX_PHASES = 320;
/** Weights of all rows together. */
const MAX_WEIGHTS = 100_000;
/** Filters kept, one per source rate; a few rates are ever met. */
const MAX_FILTERS = 8;

interface Filter {
  /** Output samples per `down` input samples. */
  readonly up: number;
  readonly down: number;
  readonly half: number;
  /** One row of 2 * half + 1 weights per phase. */
  readonly phases: readonly Float32Array[];
}

const filters = new Map<number, Filter>();

/** Whether `toPhoneRate` takes this rate (Hz): all that programs usually record with, whose filters are made in no time. */
export function isUsualRate(rate: number): boolean {
  if (!Number.isInteger(rate) || rate < 1) return false;
  const { up, half } = shapeOf(rate);
  return up <= MAX_PHASES && up * rowLength(half) <= MAX_WEIGHTS;
}

/**
 * A usual rate to 8 kHz by a polyphase windowed-sinc low-pass. Yields to other work between blocks, so long recordings
 * stall nobody. Rejects with `speech.failed` where `isUsualRate` says no.
 */
export async function toPhoneRate(sound: Sound): Promise<Float32Array> {
  if (sound.rate === PHONE_RATE) return sound.samples;
  if (!isUsualRate(sound.rate))
    throw new SantralError('speech.failed', `the sound has the odd rate of ${sound.rate} Hz: save it with 8000, 16000, 44100 or 48000 Hz`);
  const filter = filterFor(sound.rate);
  const block = Math.ceil(BLOCK_WORK / rowLength(filter.half));
  const out = new Float32Array(Math.round((sound.samples.length * PHONE_RATE) / sound.rate));
  for (let from = 0; from < out.length; from += block) {
    if (from > 0) await nextTurn();
    convolve(sound.samples, filter, out, from, Math.min(from + block, out.length));
  }
  return out;
}

function convolve(input: Float32Array, filter: Filter, out: Float32Array, from: number, to: number): void {
  const { up, down, half, phases } = filter;
  for (let i = from; i < to; i += 1) {
    const position = i * down;
    const centre = Math.floor(position / up);
    const weights = phases[position % up] as Float32Array;
    const first = Math.max(0, half - centre);
    const last = Math.min(weights.length, input.length - centre + half);
    let sum = 0;
    for (let tap = first; tap < last; tap += 1) sum += (weights[tap] as number) * (input[centre - half + tap] as number);
    out[i] = sum;
  }
}

function filterFor(rate: number): Filter {
  const known = filters.get(rate);
  if (known !== undefined) return known;
  if (filters.size >= MAX_FILTERS) filters.clear();
  const made = makeFilter(rate);
  filters.set(rate, made);
  return made;
}

function shapeOf(rate: number): Pick<Filter, 'up' | 'down' | 'half'> & { readonly cutoff: number } {
  const divisor = greatestCommonDivisor(rate, PHONE_RATE);
  const cutoff = Math.min(1, PHONE_RATE / rate) * PASS;
  return { up: PHONE_RATE / divisor, down: rate / divisor, half: Math.ceil(CROSSINGS / cutoff), cutoff };
}

function rowLength(half: number): number {
  return 2 * half + 1;
}

function makeFilter(rate: number): Filter {
  const { up, down, half, cutoff } = shapeOf(rate);
  const phases = Array.from({ length: up }, (_, phase) => {
    const weights = new Float32Array(rowLength(half));
    let sum = 0;
    for (let tap = 0; tap < weights.length; tap += 1) {
      const distance = tap - half - phase / up;
      const weight = sinc(distance * cutoff) * kaiser(distance / (half + 1));
      weights[tap] = weight;
      sum += weight;
    }
    // Each phase passes a constant unchanged; otherwise the phases beat audibly.
    return weights.map((weight) => weight / sum);
  });
  return { up, down, half, phases };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
}

/** Modified Bessel function of the first kind, order 0. */
function bessel(x: number): number {
  let sum = 1;
  for (let k = 1, term = 1; term > sum * 1e-10; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
