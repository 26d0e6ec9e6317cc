/**
 * Group commit: items that arrive while a batch is under way (or in the same turn of the event loop) share the next
 * transaction. One batch at a time, so the order of arrival is the order in the database. When a shared transaction
 * fails, every item is tried alone, so that a bad one cannot hurt the others; when the fault is the database's own, all that
 * wait fail with it.
 */
export interface GroupCommit<Item> {
  add(item: Item): Promise<void>;
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
}): GroupCommit<Item> {
  const queue: Waiting<Item>[] = [];
  let running: Promise<void> | undefined;

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
        running ??= run();
      }),
    drained: async () => {
      for (let now = running; now !== undefined; now = running) await now;
    },
  };
}
