/**
 * Group commit: items that arrive while a batch is under way (or in the same turn of the event loop) share the next
 * transaction. One batch at a time, so the order of arrival is the order in the database. When a shared transaction
 * fails, every item is tried alone, so that a bad one cannot hurt the others; when the fault is the database's own, all that
 * wait fail with it. Unhurried items wait a moment for one that is in a hurry, and go with it.
 */
export interface GroupCommit<Item> {
  add(item: Item): Promise<void>;
  /** What waits for company waits no longer: somebody in a hurry comes behind it. */
  hurry(): void;
  /** Settles when everything added so far has been written or has failed. */
  drained(): Promise<void>;
}

interface Waiting<Item> {
  readonly item: Item;
  readonly done: () => void;
  readonly fail: (reason: unknown) => void;
}

export function createGroupCommit<Item>(options: {
  readonly write: (items: readonly Item[]) => Promise<void>;
  /** True when trying one by one is useless: the database is away, locked or full. */
  readonly concernsAll: (error: unknown) => boolean;
  readonly maxBatch: number;
  /** True of what may wait up to `patienceMs` for company. */
  readonly isUnhurried: (item: Item) => boolean;
  readonly patienceMs: number;
}): GroupCommit<Item> {
  const queue: Waiting<Item>[] = [];
  let running: Promise<void> | undefined;
  let patience: NodeJS.Timeout | undefined;

  async function writeBatch(batch: readonly Waiting<Item>[]): Promise<void> {
    try {
      await options.write(batch.map(({ item }) => item));
      for (const { done } of batch) done();
    } catch (error) {
      if (options.concernsAll(error)) {
        // Whoever waits behind would wait as long for the same answer, one batch after the other.
        for (const { fail } of [...batch, ...queue.splice(0)]) fail(error);
      } else if (batch.length === 1) for (const { fail } of batch) fail(error);
      else for (const one of batch) await writeBatch([one]);
    }
  }

  function go(): void {
    clearTimeout(patience);
    patience = undefined;
    running ??= run();
  }

  async function run(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      await writeBatch(queue.splice(0, options.maxBatch));
    }
    running = undefined;
  }

  return {
    add: (item) =>
      new Promise((done, fail) => {
        queue.push({ item, done, fail });
        if (!options.isUnhurried(item)) go();
        else if (running === undefined) patience ??= setTimeout(go, options.patienceMs);
      }),
    hurry() {
      if (queue.length > 0) go();
    },
    drained: async () => {
      if (queue.length > 0) go();
      for (let now = running; now !== undefined; now = running) await now;
    },
  };
}
