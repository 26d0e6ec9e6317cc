import type { MessagePort, Worker } from 'node:worker_threads';

/** What a thread that reads a file tells; it is never more than a few batches ahead of what has been asked for. */
export type ThreadMessage =
  | { readonly kind: 'preview' | 'batch'; readonly value: unknown }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly code: string | null; readonly message: string };

/** Batches that may be on their way: so that reading goes on while one is being stored, and memory stays small. */
const MOST_AHEAD = 4;

export interface Outlet {
  tell(message: ThreadMessage): void;
  /** Resolves once one more batch may be on its way; each message from the other side is one that has arrived. */
  room(): Promise<void>;
}

export function outletTo(port: MessagePort): Outlet {
  let free = MOST_AHEAD;
  let wake: () => void = () => undefined;
  port.on('message', () => {
    free += 1;
    wake();
  });
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    tell: (message) => port.postMessage(message),
    async room() {
      while (free === 0) await new Promise<void>((resolve) => (wake = resolve));
      free -= 1;
    },
  };
}

export interface Inbox {
  next(): Promise<ThreadMessage>;
  put(message: ThreadMessage): void;
}

/** Messages in the order they came. */
export function inboxOf(from: MessagePort | Worker): Inbox {
  const ready: ThreadMessage[] = [];
  let waiting: ((message: ThreadMessage) => void) | undefined;
  const put = (message: ThreadMessage): void => {
    if (waiting === undefined) ready.push(message);
    else waiting(message);
    waiting = undefined;
  };
  from.on('message', put);
  return {
    put,
    next() {
      const message = ready.shift();
      return message === undefined ? new Promise((resolve) => (waiting = resolve)) : Promise.resolve(message);
    },
  };
}

/** Tells the other side that one batch has arrived. */
export function arrived(port: MessagePort | Worker): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  port.postMessage('next');
}
