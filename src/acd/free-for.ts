/**
 * Whether an agent is free for one more of that queue, where those of `wanted` (queues, one for each customer) are to have one
 * each: an agent who serves several queues counts once.
 */
export function isOneFree(queue: string, wanted: readonly string[], free: readonly { readonly queues: readonly string[] }[]): boolean {
  const serving = new Map<number, string>();

  /** Gives the customer an agent, who may be taken from another customer that has somebody else. */
  function give(to: string, asked: Set<number>): boolean {
    for (const [place, { queues }] of free.entries()) {
      if (asked.has(place) || !queues.includes(to)) continue;
      asked.add(place);
      const other = serving.get(place);
      if (other !== undefined && !give(other, asked)) continue;
      serving.set(place, to);
      return true;
    }
    return false;
  }

  for (const one of wanted) give(one, new Set());
  return give(queue, new Set());
}
