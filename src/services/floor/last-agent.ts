import type { UserId } from '../../domain/ids.ts';
import type { FloorDeps } from './floor-shape.ts';

/** Who talked with a caller last is looked for so long, then anybody will do. */
const BUDGET_MS = 800;

/** The agent who talked with this caller last, not longer ago than `since` (UTC ms); null: nobody, or the database took too long. */
export async function lastAgent({ store, clock, brand }: FloorDeps, caller: string, since: number): Promise<UserId | null> {
  const late = new Promise<undefined>((resolve) => void clock.setTimer(BUDGET_MS, () => resolve(undefined)));
  const found = store.lastAgentOf(brand, caller, since).catch(() => undefined);
  return (await Promise.race([found, late])) ?? null;
}
