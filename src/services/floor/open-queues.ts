import type { FloorDeps } from './floor-shape.ts';

/** The queues that are open at that moment, and until when that stays so (UTC ms). */
export function openQueues(
  deps: Pick<FloorDeps, 'queues' | 'openness'>,
  now: number,
): { readonly open: ReadonlySet<string>; readonly until: number } {
  let until = Infinity;
  const open = new Set<string>();
  for (const queue of deps.queues().values()) {
    const is = queue.calendar === null ? { open: true, until: null } : deps.openness(queue.calendar, now);
    if (is.open) open.add(queue.id);
    until = Math.min(until, is.until ?? Infinity);
  }
  return { open, until };
}
