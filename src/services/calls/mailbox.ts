/**
 * One owner per call: messages are handled one at a time, in the order they were posted. A handler that fails is
 * reported and the next message is handled; `close` drops what is still waiting.
 */
export class Mailbox<M> {
  readonly #handle: (message: M) => Promise<void> | void;
  readonly #failed: (error: unknown, message: M) => void;
  #waiting: M[] = [];
  #running = false;
  #closed = false;

  constructor(handle: (message: M) => Promise<void> | void, failed: (error: unknown, message: M) => void) {
    this.#handle = handle;
    this.#failed = failed;
  }

  post(message: M): void {
    if (this.#closed) return;
    this.#waiting.push(message);
    if (!this.#running) void this.#run();
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let message = this.#waiting.shift(); message !== undefined; message = this.#waiting.shift()) {
      try {
        const handled = this.#handle(message);
        if (handled !== undefined) await handled;
      } catch (error) {
        this.#failed(error, message);
      }
    }
    this.#running = false;
  }
}
