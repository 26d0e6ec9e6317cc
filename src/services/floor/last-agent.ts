import type { UserId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FloorDeps } from './floor-shape.ts';

/** What is known of a caller is looked for so long; then they are a caller like any other. */
const BUDGET_MS = 800;

/** The agent who talked with this caller last, not longer ago than `since` (UTC ms); null: nobody, or the database took too long. */
export async function lastAgent({ store, clock, brand }: FloorDeps, caller: string, since: number): Promise<UserId | null> {
  return (await inTime(clock, store.lastAgentOf(brand, caller, since), undefined)) ?? null;
}

/** What was found within the budget; `otherwise` where it took too long, or failed. */
export async function inTime<T>(clock: Clock, found: Promise<T>, otherwise: T): Promise<T> {
  let cancel = (): void => undefined;
  const late = new Promise<T>((resolve) => {
    cancel = clock.setTimer(BUDGET_MS, () => resolve(otherwise));
  });
  const first = await Promise.race([found.catch(() => otherwise), late]);
  cancel();
  return first;
}
