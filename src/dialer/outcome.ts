import type { AttemptOutcome } from '../domain/attempt.ts';
import type { Call } from '../domain/call.ts';
import { SHORTEST_HEARD_MS } from '../domain/campaign.ts';
import type { NotReached } from '../domain/termination.ts';

/** What a call tells of an attempt. Times in ms. */
export interface CallFacts {
  readonly call: Pick<Call, 'answeredAt' | 'endedAt' | 'termination'>;
  /** How long the prompts were that had begun, and how much of them was heard; null when nobody knows (the engine was away). */
  readonly said: { readonly ms: number; readonly heardMs: number } | null;
  readonly keys: number;
  /** Progressive: they answered and no agent was there. */
  readonly dropped: boolean;
  /** It was a machine that answered. */
  readonly machine: boolean;
}

/** How an attempt ended, once its call has. */
export function outcomeOf(facts: CallFacts, deliveredPercent: number): AttemptOutcome {
  const { call, dropped, machine } = facts;
  const { termination } = call;
  if (termination?.kind === 'not-reached') return unreached(termination);
  if (call.answeredAt === null) return unanswered(facts);
  if (machine) return 'machine';
  if (dropped) return 'dropped';
  if (isDelivered(facts, deliveredPercent)) return 'delivered';
  // They did not hang up, and what they heard before the line was cut was not enough, or nobody knows.
  return termination?.kind === 'asterisk-lost' ? 'unknown' : 'hung-up-early';
}

/** 0 to 1; null when nobody answered, or nobody knows. */
export function heardShare({ call, said }: CallFacts): number | null {
  if (call.answeredAt === null || said === null) return null;
  return said.ms === 0 ? 0 : Math.min(1, said.heardMs / said.ms);
}

function unreached({ outcome }: NotReached): AttemptOutcome {
  // The ring time was over and we gave up: that is what no answer is.
  return outcome === 'cancelled' ? 'no-answer' : outcome;
}

/** Ended by ourselves before anybody answered: nobody is to blame, unless Asterisk went away with it. */
function unanswered({ call: { termination } }: CallFacts): AttemptOutcome {
  if (termination?.kind === 'refused' || termination?.kind === 'ended-by-user') return 'withdrawn';
  return termination?.kind === 'failed' ? 'failed' : 'unknown';
}

/** The message came to its end, somebody pressed a key, or enough of it was heard. */
function isDelivered({ call, said, keys }: CallFacts, percent: number): boolean {
  if (call.termination?.kind === 'flow-hung-up' || keys > 0) return true;
  // How long a call stood whose end nobody saw tells nothing.
  if (said === null && call.termination?.kind === 'asterisk-lost') return false;
  const heardMs = said?.heardMs ?? (call.endedAt ?? 0) - (call.answeredAt ?? 0);
  return heardMs >= Math.max(SHORTEST_HEARD_MS, ((said?.ms ?? 0) * percent) / 100);
}
