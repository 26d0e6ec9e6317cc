import type { Machine } from '../machine.ts';

/** A time (UTC ms) that a wait counts from; null: now. One that is yet to come would put the caller behind everybody. */
export function sinceOf(m: Machine, value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.min(value, m.world.now) : null;
}
