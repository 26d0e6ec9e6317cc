import type { Asked, AskRefusal } from '../../floor/seat.ts';

export const done: Asked = { kind: 'done' };
export const refused = (reason: AskRefusal): Asked => ({ kind: 'refused', reason });

/** Wishes that wait for their turn in the call's mailbox. A call that ends before has said no to all of them. */
export class Asks {
  readonly #host: { post(run: () => void | Promise<void>): void };
  readonly #open = new Set<(answer: Asked) => void>();

  constructor(host: { post(run: () => void | Promise<void>): void }) {
    this.#host = host;
  }

  ask(run: () => Asked | Promise<Asked>): Promise<Asked> {
    return new Promise((resolve) => {
      this.#open.add(resolve);
      this.#host.post(async () => {
        // Its turn has come: what it does may end the call, and is done all the same.
        if (this.#open.delete(resolve)) resolve(await run());
      });
    });
  }

  end(): void {
    for (const answer of this.#open) answer(refused('not-now'));
    this.#open.clear();
  }
}
