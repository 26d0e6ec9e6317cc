/** Runs work one after the other, in the order it came; what fails does not keep the next from its turn. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * For writers that wait for the same lock: one of them waits for it on a connection of the pool, the others here. Otherwise
 * a crowd would hold every connection, and calls would wait for one in vain.
 */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
