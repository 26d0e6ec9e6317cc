import { PEAK_COUNT } from '../domain/call-recording.ts';

const FRAME_BYTES = 4;
const FULL = 32_768;
/** Each step is so much louder than the one below; the lowest is 54 dB under full scale. */
const STEP_DB = 6;
const STEPS = 9;

interface Peaks {
  /** Samples in order, in pieces of any size. */
  see(piece: Buffer): void;
  /** One digit per stretch, 0 to 9: first all of the left side, then all of the right. */
  text(): string;
}

/** How loud each stretch of a recording is, on each side, while it is being written. */
export function createPeaks(frames: number): Peaks {
  const loudest = [new Float64Array(PEAK_COUNT), new Float64Array(PEAK_COUNT)] as const;
  const perStretch = Math.max(1, frames / PEAK_COUNT);
  let byte = 0;
  let low = 0;

  return {
    see(piece) {
      for (const value of piece) {
        if (byte % 2 === 0) low = value;
        else {
          const sample = ((value << 24) >> 16) | low;
          const stretch = Math.min(PEAK_COUNT - 1, Math.floor(Math.floor(byte / FRAME_BYTES) / perStretch));
          const side = loudest[byte % FRAME_BYTES === 1 ? 0 : 1];
          side[stretch] = Math.max(side[stretch] ?? 0, Math.abs(sample));
        }
        byte += 1;
      }
    },
    text: () => [...loudest[0], ...loudest[1]].map(stepOf).join(''),
  };
}

function stepOf(loudness: number): string {
  if (loudness === 0) return '0';
  const below = -20 * Math.log10(loudness / FULL);
  return String(Math.max(0, Math.min(STEPS, Math.ceil(STEPS - below / STEP_DB))));
}
