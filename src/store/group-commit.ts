/**
 * Group commit: items that arrive while a batch is under way (or in the same turn of the event loop) share the next
 * transaction. One batch at a time, so the order of arrival is the order in the database. When a shared transaction
 * fails, every item is tried alone, so that a bad one cannot hurt the others, unless the fault is the database's own.
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
  let queue: Waiting<Item>[] = [];
  let running: Promise<void> | undefined;

  async function writeBatch(batch: readonly Waiting<Item>[]): Promise<void> {
    try {
      await options.write(batch.map(({ item }) => item));
      for (const { done } of batch) done();
    } catch (error) {
      if (batch.length === 1 || options.concernsAll(error)) for (const { fail } of batch) fail(error);
      else for (const one of batch) await writeBatch([one]);
    }
  }

  async function run(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      const batch = queue.slice(0, options.maxBatch);
      queue = queue.slice(batch.length);
      await writeBatch(batch);
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
      while (running !== undefined) await running;
    },
  };
}
