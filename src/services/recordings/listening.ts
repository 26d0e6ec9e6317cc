import type { Clock } from '../../ports/clock.ts';

/**
 * Who listens to what, told once in a while: a browser asks for the same audio in many pieces and from wherever the listener
 * jumps to, so no piece of it can be taken for the beginning.
 */
export class Listening {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #everyMs: number;
  readonly #told = new Map<string, { readonly at: number; readonly done: Promise<void> }>();

  constructor(clock: Pick<Clock, 'now'>, everyMs: number) {
    this.#clock = clock;
    this.#everyMs = everyMs;
  }

  /** Resolves when it is told that `by` listens to `what`; rejects when it cannot be, and the next one tries again. */
  async tell(what: string, by: string, tell: () => Promise<void>): Promise<void> {
    const now = this.#clock.now();
    // Told in order of time: the oldest stand first.
    for (const [key, { at }] of this.#told) {
      if (at > now - this.#everyMs) break;
      this.#told.delete(key);
    }
    const key = JSON.stringify([what, by]);
    const known = this.#told.get(key);
    if (known !== undefined) return known.done;
    const done = tell();
    this.#told.set(key, { at: now, done });
    try {
      await done;
    } catch (error) {
      this.#told.delete(key);
      throw error;
    }
  }
}
