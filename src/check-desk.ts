import type { Worker } from 'node:worker_threads';
import type { CheckAnswer, CheckOrder } from './check-thread.ts';
import type { CheckAside, Looked } from './services/flows/check-definitions.ts';
import { startThread } from './start-thread.ts';

/** The checker's own share; beyond it the thread fails alone, and the engine goes on. */
const MOST_MEGABYTES = 512;

interface Asked {
  readonly resolve: (looked: Looked) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Checks what authors write in a thread of its own: a large flow takes a quarter of a second, which calls must not wait
 * for. The thread is started by the first check and kept; when it breaks, who waits is told, and the next check starts another.
 */
export function openCheckDesk(): { readonly check: CheckAside; close(): Promise<void> } {
  const asked = new Map<number, Asked>();
  let thread: Worker | null = null;
  let last = 0;

  function failAll(broken: Worker, message: string): void {
    if (thread !== broken) return;
    thread = null;
    for (const { reject } of asked.values()) reject(new Error(`the thread that checks flows has ended: ${message}`));
    asked.clear();
  }

  function started(): Worker {
    const worker = startThread('check-thread', { resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES } });
    worker.on('message', (answer: CheckAnswer) => {
      const one = asked.get(answer.id);
      asked.delete(answer.id);
      if (answer.kind === 'looked') one?.resolve(answer.looked);
      else one?.reject(new Error(answer.message));
    });
    worker.on('error', (error) => failAll(worker, error.message));
    worker.on('exit', (code) => failAll(worker, `code ${code}`));
    return worker;
  }

  return {
    check: (ingredients, settings, scenarios = []) =>
      new Promise((resolve, reject) => {
        thread ??= started();
        const order: CheckOrder = { id: ++last, ingredients, settings, scenarios };
        asked.set(order.id, { resolve, reject });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        thread.postMessage(order);
      }),
    async close() {
      const open = thread;
      if (open === null) return;
      failAll(open, 'the engine stops');
      await open.terminate();
    },
  };
}
