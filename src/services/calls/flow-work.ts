import type { BrandId } from '../../domain/brand.ts';
import type { Command, Input } from '../../flow/commands.ts';
import type { WorkOutcome } from './after-calls.ts';
import type { CallDeps } from './deps.ts';
import type { Talk } from './talk.ts';
import { requestForFlow, runAction } from './work.ts';

export interface WorkHost {
  readonly deps: CallDeps;
  post(run: () => void | Promise<void>): void;
  later(ms: number, fire: () => void): () => void;
  finished(input: Input): void;
  /** The step whose result the flow awaits; null when it awaits none. */
  waitingStep(): number | null;
}

/** Requests and actions of one call: one at a time, with a filler for the ear, let go when the caller leaves. */
export class FlowWork {
  readonly #host: WorkHost;
  readonly #talk: Talk;
  #controller = new AbortController();
  #step: number | null = null;
  #running = false;
  #finishes = false;
  #request: Promise<WorkOutcome> | null = null;

  constructor(host: WorkHost, talk: Talk) {
    this.#host = host;
    this.#talk = talk;
  }

  /** True when the step's work is under way in this process. */
  runs(step: number): boolean {
    return this.#step === step;
  }

  request(command: Command & { kind: 'http' }, idempotencyKey: string): void {
    const signal = this.#begin(command.step, command.onHangup === 'finish');
    this.fillerLater(command);
    this.#request = requestForFlow(this.#host.deps, command, idempotencyKey, signal);
    void this.#request.then((outcome) => {
      this.#running = false;
      this.#host.post(() => {
        // The filler falls silent; its end must not be taken for a prompt of the flow.
        if (this.#host.waitingStep() === command.step) this.#talk.abort();
        this.#host.finished({ kind: 'result', step: command.step, outcome });
      });
    });
  }

  act(command: Command & { kind: 'action' }, brand: BrandId): void {
    const signal = this.#begin(command.step, false);
    void runAction(this.#host.deps, command, brand, signal).then((outcome) => {
      this.#running = false;
      this.#host.finished({ kind: 'result', step: command.step, outcome });
    });
  }

  /** While the answer is awaited the caller hears the filler again and again, never long silence. */
  fillerLater(command: Command & { kind: 'http' }): void {
    if (command.filler.length === 0) return;
    this.#host.later(command.fillerAfterMs, () => {
      if (this.#host.waitingStep() !== command.step) return;
      const firm = command.filler.map((item) => ({ ...item, bargeIn: false }));
      this.#talk.say(command.step, firm, 'keep', null);
    });
  }

  /** After an outage: the filler is heard again while the answer is still awaited. */
  again(command: Command): void {
    if (command.kind === 'http') this.fillerLater(command);
  }

  /** The request of this step when it goes on without the caller. */
  late(step: number | null): Promise<WorkOutcome> | null {
    return this.#finishes && this.#step === step ? this.#request : null;
  }

  /** The caller left: the work is aborted unless the flow declared that it finishes. */
  leave(): void {
    // Aborting makes an exception with a stack: not for nothing.
    if (this.#running && !this.#finishes) this.#controller.abort();
  }

  #begin(step: number, finishes: boolean): AbortSignal {
    this.#controller = new AbortController();
    this.#step = step;
    this.#running = true;
    this.#finishes = finishes;
    return this.#controller.signal;
  }
}
