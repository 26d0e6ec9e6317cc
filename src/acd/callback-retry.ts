import type { Callback, CallbackOutcome, CallbackRules, CloseReason } from '../domain/callback.ts';

/** What follows an attempt. */
export interface AfterAttempt {
  readonly attempts: number;
  readonly faults: number;
  readonly next: { readonly kind: 'wait'; readonly dueAt: number } | { readonly kind: 'close'; readonly reason: CloseReason };
}

const FAULTS: ReadonlySet<CallbackOutcome> = new Set(['congestion', 'failed']);

/** By our own line's fault: the customer's telephone never rang. */
export function isFault(outcome: CallbackOutcome): boolean {
  return FAULTS.has(outcome);
}

/** How long the customer is left alone after so many attempts. */
export function delayAfter(attempts: number, { delaysMs }: Pick<CallbackRules, 'delaysMs'>): number {
  return delaysMs[attempts - 1] ?? delaysMs.at(-1) ?? 0;
}

/**
 * Whether and when the customer is called again. Every ring counts, also one whose end nobody knows and one that we cut
 * short: a telephone that rang is not rung again before the delay is over. Only one that was taken back as the customer
 * called us is no attempt, and its delay is kept all the same.
 */
export function afterAttempt(
  { attempts, faults }: Pick<Callback, 'attempts' | 'faults'>,
  outcome: CallbackOutcome,
  rules: Pick<CallbackRules, 'attempts' | 'delaysMs' | 'busyMs' | 'faultMs' | 'faults'>,
  at: number,
): AfterAttempt {
  if (isFault(outcome)) {
    const more = { attempts, faults: faults + 1 };
    if (more.faults >= rules.faults) return { ...more, next: { kind: 'close', reason: 'exhausted' } };
    return { ...more, next: { kind: 'wait', dueAt: at + rules.faultMs } };
  }
  const more = { attempts: attempts + 1, faults };
  if (outcome === 'invalid-number') return { ...more, next: { kind: 'close', reason: 'invalid-number' } };
  if (more.attempts >= rules.attempts) return { ...more, next: { kind: 'close', reason: 'exhausted' } };
  const delay = outcome === 'busy' ? rules.busyMs : delayAfter(more.attempts, rules);
  return { ...more, next: { kind: 'wait', dueAt: at + delay } };
}
