import type { Ranked } from './order.ts';

const ALL = 100;

/** Keeps callbacks to their share of the agents while callers are on the line, in each queue for itself. */
export interface Shares {
  /** False: a live caller of the queue goes first. */
  hasTurn(next: Ranked): boolean;
  served(next: Ranked): void;
  readonly credit: ReadonlyMap<string, number>;
}

/**
 * While both kinds wait, every agent given adds the share to the queue's credit and a callback takes 100 from it; a callback's
 * turn comes at 0. So at 50 % they alternate and at 75 % three of four are callbacks. Less than one turn is saved up.
 */
export function shareOut(all: readonly Ranked[], before: ReadonlyMap<string, number>): Shares {
  const credit = new Map(before);
  const live = countOf(all.filter(({ wait }) => !wait.callback));
  const callbacks = countOf(all.filter(({ wait }) => wait.callback));
  const creditOf = (queue: string): number => credit.get(queue) ?? 0;
  return {
    credit,
    hasTurn: ({ wait, queue }) => !wait.callback || live.of(queue.id) === 0 || (queue.callbackShare > 0 && creditOf(queue.id) >= 0),
    served: ({ wait, queue: { id, callbackShare: share } }) => {
      const besideOthers = live.of(id) > 0 && callbacks.of(id) > 0;
      (wait.callback ? callbacks : live).less(id);
      if (!besideOthers) return;
      const most = Math.max(0, share - 1);
      credit.set(id, Math.min(most, creditOf(id) + share - (wait.callback ? ALL : 0)));
    },
  };
}

/** How many of each queue are left. */
function countOf(all: readonly Ranked[]): { of(queue: string): number; less(queue: string): void } {
  const counts = new Map<string, number>();
  const add = (queue: string, by: number): unknown => counts.set(queue, (counts.get(queue) ?? 0) + by);
  for (const { queue } of all) add(queue.id, 1);
  return { of: (queue) => counts.get(queue) ?? 0, less: (queue) => void add(queue, -1) };
}
