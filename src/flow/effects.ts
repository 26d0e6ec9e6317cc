import type { Effect } from './commands.ts';
import { Fault } from './fault.ts';
import type { Machine } from './machine.ts';

/** What one call may cause altogether: a caller who goes round and round must not flood a stranger with messages. */
export const MOST_EFFECTS = 20;

/** Adds something that is stored with this turn. Faults when the call has caused too much. */
export function cause(m: Machine, effect: Effect): void {
  if (m.caused >= MOST_EFFECTS) throw new Fault('too-many-effects', `more than ${MOST_EFFECTS} messages and notes of one call`);
  m.caused += 1;
  m.effects.push(effect);
}
