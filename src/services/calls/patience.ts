import type { Clock } from '../../ports/clock.ts';

/** How long somebody whom we called waits for an agent to be found; nobody else has any of it. */
export class Patience {
  readonly #later: (ms: number, fire: () => void) => () => void;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #over: () => void;
  /** UTC ms; Infinity: as long as the queue lets them wait. */
  #until = Number.POSITIVE_INFINITY;
  #cancel: () => void = () => undefined;

  constructor(later: (ms: number, fire: () => void) => () => void, clock: Pick<Clock, 'now'>, over: () => void) {
    this.#later = later;
    this.#clock = clock;
    this.#over = over;
  }

  get isOver(): boolean {
    return this.#clock.now() >= this.#until;
  }

  /** Until then (UTC ms), whichever process was there when it began. */
  begin(until: number): void {
    this.end();
    this.#until = until;
    this.#cancel = this.#later(Math.max(0, until - this.#clock.now()), this.#over);
  }

  end(): void {
    this.#cancel();
    this.#until = Number.POSITIVE_INFINITY;
  }
}
