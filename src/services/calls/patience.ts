import type { AgentLegHost } from './agent-leg.ts';

/** How long somebody whom we called waits for an agent to be found; nobody else has any of it. */
export class Patience {
  readonly #host: AgentLegHost;
  readonly #over: () => void;
  /** UTC ms; Infinity: as long as the queue lets them wait. */
  #until = Number.POSITIVE_INFINITY;
  #cancel: () => void = () => undefined;

  constructor(host: AgentLegHost, over: () => void) {
    this.#host = host;
    this.#over = over;
  }

  get isOver(): boolean {
    return this.#host.deps.clock.now() >= this.#until;
  }

  /** From then on (UTC ms), whichever process was there; false where the flow says nothing of it. */
  begin(from: number, ms: number | undefined): boolean {
    this.end();
    if (ms === undefined) return false;
    this.#until = from + ms;
    this.#cancel = this.#host.later(Math.max(0, this.#until - this.#host.deps.clock.now()), this.#over);
    return true;
  }

  end(): void {
    this.#cancel();
    this.#until = Number.POSITIVE_INFINITY;
  }
}
