import type { AttemptOutcome } from '../domain/attempt.ts';
import type { ContactEnd } from '../domain/contact.ts';
import type { Calendar } from '../domain/opening-hours.ts';
import { RETRIED_OUTCOMES, type RetriedOutcome, type RetryRule, type RetryTable } from '../domain/retry-table.ts';
import { nextOpening } from './window.ts';

/** What becomes of a contact after an attempt. back: as if the attempt had not been. */
export type ContactNext =
  | { readonly kind: 'done'; readonly outcome: ContactEnd }
  | { readonly kind: 'retry'; readonly at: number }
  | { readonly kind: 'back' };

export interface RetryFacts {
  readonly outcome: AttemptOutcome;
  /** A machine was spoken to: the message is there, and nobody is called for it again. */
  readonly messageLeft: boolean;
  readonly now: number;
  readonly table: RetryTable;
  /** Outcomes of the contact's attempts so far, this one left out. */
  readonly former: readonly AttemptOutcome[];
  readonly maxAttempts: number;
  readonly calendar: Calendar;
  readonly endAt: number | null;
}

/** Retries that fall outside the window are spread over this time after the opening, in the order they were due. */
const SPREAD_MS = 600_000;

/** Whether an attempt of this outcome counts among a contact's attempts. */
export function isCounted(outcome: AttemptOutcome, table: RetryTable): boolean {
  if (outcome === 'withdrawn') return false;
  return ruleOf(outcome, table)?.counted ?? true;
}

/** When, and whether, a contact is called again. */
export function nextOf({ outcome, messageLeft, now, table, former, maxAttempts, calendar, endAt }: RetryFacts): ContactNext {
  if (outcome === 'withdrawn') return { kind: 'back' };
  const rule = messageLeft ? null : ruleOf(outcome, table);
  if (rule === null) return { kind: 'done', outcome };
  const all = [...former, outcome];
  const counted = all.filter((one) => isCounted(one, table)).length;
  const again = all.filter((one) => one === outcome).length;
  if (counted >= maxAttempts || (rule.times !== null && again > rule.times)) return { kind: 'done', outcome };
  const at = withinWindow(calendar, now, now + rule.afterMs);
  return at === null || (endAt !== null && at >= endAt) ? { kind: 'done', outcome } : { kind: 'retry', at };
}

/** The wanted time, or one soon after the next opening; null when there is none within a year. */
export function withinWindow(calendar: Calendar, now: number, wanted: number): number | null {
  const opensAt = nextOpening(calendar, wanted);
  if (opensAt === null || opensAt === wanted) return opensAt;
  // The later it was wanted, the later after the opening: of those that are moved nobody overtakes, and not all come in one second.
  const share = (wanted - now) / (opensAt - now);
  const spread = opensAt + Math.floor(share * SPREAD_MS);
  return nextOpening(calendar, spread);
}

function ruleOf(outcome: AttemptOutcome, table: RetryTable): RetryRule | null {
  return isRetried(outcome) ? table[outcome] : null;
}

function isRetried(outcome: AttemptOutcome): outcome is RetriedOutcome {
  return RETRIED_OUTCOMES.some((one) => one === outcome);
}
