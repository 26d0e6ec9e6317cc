import { SantralError } from '../../domain/errors.ts';
import type { WorkOutcome } from './metrics.ts';

/** Milliseconds that only ever grow; by default the process' own, finer than the clock. */
export type Stopwatch = () => number;

/** Runs one piece of work and tells how long it took and how it ended; its result, or error, comes through. */
export async function timed<T>(work: () => Promise<T>, tell: (ms: number, outcome: WorkOutcome) => void, now: Stopwatch): Promise<T> {
  const began = now();
  try {
    const result = await work();
    tell(now() - began, 'ok');
    return result;
  } catch (error) {
    tell(now() - began, error instanceof SantralError ? error.code : 'internal');
    throw error;
  }
}
