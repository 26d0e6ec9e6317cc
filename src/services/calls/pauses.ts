import type { Clock } from '../../ports/clock.ts';

/** The timers of one call, so that all of them can be cancelled together. */
export class Pauses {
  readonly #clock: Clock;
  readonly #set = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Fires once after `ms`; the returned function cancels it. */
  add(ms: number, fire: () => void): () => void {
    const stop = this.#clock.setTimer(ms, () => {
      this.#set.delete(stop);
      fire();
    });
    this.#set.add(stop);
    return () => {
      this.#set.delete(stop);
      stop();
    };
  }

  cancelAll(): void {
    for (const stop of this.#set) stop();
    this.#set.clear();
  }
}
