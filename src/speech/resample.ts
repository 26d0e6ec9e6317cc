import { setImmediate as nextTurn } from 'node:timers/promises';
import { PHONE_RATE, type Sound } from './wav.ts';

/** Zero crossings of the sinc on each side: more is steeper. 24 keeps 3.4 kHz and puts aliases below -70 dB. */
const CROSSINGS = 24;
/** Where the low-pass begins to close, as a share of the lower rate's half. */
const PASS = 0.93;
/** Kaiser window, beta for about 80 dB. */
const BETA = 8;
/** Samples made before other work gets its turn: some 3 ms. */
const BLOCK = 8000;
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

/** Any rate to 8 kHz by a polyphase windowed-sinc low-pass. Yields to other work between blocks, so long recordings stall nobody. */
export async function toPhoneRate(sound: Sound): Promise<Float32Array> {
  if (sound.rate === PHONE_RATE) return sound.samples;
  const filter = filterFor(sound.rate);
  const out = new Float32Array(Math.round((sound.samples.length * PHONE_RATE) / sound.rate));
  for (let from = 0; from < out.length; from += BLOCK) {
    if (from > 0) await nextTurn();
    convolve(sound.samples, filter, out, from, Math.min(from + BLOCK, out.length));
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

function makeFilter(rate: number): Filter {
  const divisor = greatestCommonDivisor(rate, PHONE_RATE);
  const up = PHONE_RATE / divisor;
  const down = rate / divisor;
  const cutoff = Math.min(1, PHONE_RATE / rate) * PASS;
  const half = Math.ceil(CROSSINGS / cutoff);
  const phases = Array.from({ length: up }, (_, phase) => {
    const weights = new Float32Array(2 * half + 1);
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
