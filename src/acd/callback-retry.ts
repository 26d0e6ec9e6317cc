import type { Callback, CallbackOutcome, CallbackRules, CloseReason } from '../domain/callback.ts';

/** What follows an attempt. */
export interface AfterAttempt {
  readonly attempts: number;
  readonly faults: number;
  readonly then: { readonly kind: 'wait'; readonly dueAt: number } | { readonly kind: 'close'; readonly reason: CloseReason };
}

/** Outcomes by our own line's fault: the customer's telephone never rang. */
const FAULTS: ReadonlySet<CallbackOutcome> = new Set(['congestion', 'failed']);

/**
 * Whether and when the customer is called again. Every ring counts, also one whose end nobody knows and one that we cut
 * short: a telephone that rang is not rung again before the delay is over.
 */
export function afterAttempt(
  { attempts, faults }: Pick<Callback, 'attempts' | 'faults'>,
  outcome: CallbackOutcome,
  rules: Pick<CallbackRules, 'attempts' | 'delaysMs' | 'busyMs' | 'faultMs' | 'faults'>,
  at: number,
): AfterAttempt {
  if (FAULTS.has(outcome)) {
    const more = { attempts, faults: faults + 1 };
    if (more.faults >= rules.faults) return { ...more, then: { kind: 'close', reason: 'exhausted' } };
    return { ...more, then: { kind: 'wait', dueAt: at + rules.faultMs } };
  }
  const more = { attempts: attempts + 1, faults };
  if (outcome === 'invalid-number') return { ...more, then: { kind: 'close', reason: 'invalid-number' } };
  if (more.attempts >= rules.attempts) return { ...more, then: { kind: 'close', reason: 'exhausted' } };
  const delay = outcome === 'busy' ? rules.busyMs : (rules.delaysMs[more.attempts - 1] ?? rules.delaysMs.at(-1) ?? 0);
  return { ...more, then: { kind: 'wait', dueAt: at + delay } };
}
