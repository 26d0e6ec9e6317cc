import type { Ear } from './ear.ts';
import { until } from './lines.ts';

const RATE = 8000;

/** Loudness of what arrives at an ear from now on for so long, 0 to 32767. */
export async function loudness(ear: Ear, ms: number): Promise<number> {
  const from = ear.samples().length;
  await until(() => ear.samples().length >= from + (ms / 1000) * RATE, ms + 5000, 'audio goes on arriving');
  return loudnessOf(ear.samples().subarray(from));
}

/** 0 where nothing arrived. */
export function loudnessOf(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / Math.max(1, samples.length));
}
