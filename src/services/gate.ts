import { SantralError } from '../domain/errors.ts';

/** Lets `width` pieces of work run at once and `queue` more wait; rejects with `request.too-many` beyond that. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/** `refusal`: what whoever is turned away reads, with what to do. */
export function createGate(width: number, queue: number, refusal: string): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= width) {
      if (waiting.length >= queue) throw new SantralError('request.too-many', refusal);
      // Whoever leaves hands the place over, so `running` stays as it is.
      await new Promise<void>((enter) => waiting.push(enter));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
