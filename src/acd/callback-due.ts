import type { Callback } from '../domain/callback.ts';
import { isFree } from './callback-state.ts';

/** What is known beside the entry when it is asked whether it may be called now. */
export interface DueFacts {
  /** The group's own window is open. */
  readonly open: boolean;
  /** When that changes, UTC ms; null: never. */
  readonly opensAt: number | null;
  readonly doNotContact: boolean;
  /** Calls of ours to the number within 24 hours, and when the oldest of them was. */
  readonly calls: number;
  readonly oldestCallAt: number | null;
  readonly cap: number;
}

/** Why an entry is not called at the moment. */
export type NotDue =
  | { readonly why: 'retry' | 'window' | 'cap'; readonly until: number | null }
  | { readonly why: 'on-the-line' | 'busy' | 'closed' | 'expired' | 'do-not-contact'; readonly until: null };
export type Due = { readonly kind: 'due' } | ({ readonly kind: 'not-due' } & NotDue);

const DAY_MS = 86_400_000;

/** Whether the entry may wait for an agent at that moment; otherwise why not, and when to look again. */
export function dueOf(one: Callback, facts: DueFacts, at: number): Due {
  if (one.state === 'closed') return notDue({ why: 'closed', until: null });
  // What becomes of that call says whether it expires.
  if (one.linked !== null) return notDue({ why: 'on-the-line', until: null });
  if (at >= one.expiresAt) return notDue({ why: 'expired', until: null });
  if (one.state === 'reserved' || one.state === 'dialing') return notDue({ why: 'busy', until: null });
  if (facts.doNotContact) return notDue({ why: 'do-not-contact', until: null });
  if (!isFree(one, at)) return notDue({ why: 'retry', until: one.dueAt });
  if (!facts.open) return notDue({ why: 'window', until: facts.opensAt });
  if (facts.calls >= facts.cap) return notDue({ why: 'cap', until: facts.oldestCallAt === null ? null : facts.oldestCallAt + DAY_MS });
  return { kind: 'due' };
}

function notDue(why: NotDue): Due {
  return { kind: 'not-due', ...why };
}
