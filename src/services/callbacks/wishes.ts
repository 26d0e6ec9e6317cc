import { type Candidate, callable } from '../../acd/callback-candidate.ts';
import type { CallbackFinding } from '../../domain/callback.ts';
import type { CallbackDeps } from './deps.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { CallbackWish, Finding } from './finding.ts';
import { openFor, queueOfGroup, rulesOf } from './rules.ts';

/** What it takes to ask for a callback without calling: a web form does. The asker stores the finding, then wakes. */
export interface CallbackWishes {
  /** The number as one that this group calls, or why it does not. */
  canCall(group: string, number: string): Candidate;
  findingOf(wish: CallbackWish): CallbackFinding;
  /** Whether the group calls people at that moment, and until when that stays so (UTC ms; null: for good). */
  openness(group: string, at: number): { readonly open: boolean; readonly until: number | null };
  /** Somebody was stored: who is to be called is looked at. */
  wake(): void;
}

export function createWishes(deps: CallbackDeps, finding: Finding, dispatcher: Pick<Dispatcher, 'wake'>): CallbackWishes {
  const rules = (group: string) => rulesOf(deps, queueOfGroup(deps, group)?.callbackGroup ?? group);
  return {
    canCall: (group, number) => callable(number, rules(group).abroad, deps.own()),
    findingOf: finding.wished,
    openness: (group, at) => openFor(deps, rules(group), at),
    wake: () => dispatcher.wake(),
  };
}
