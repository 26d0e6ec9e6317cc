/** How one outcome of an attempt is tried again. */
export interface RetryRule {
  readonly afterMs: number;
  /** How many times after this outcome; null: as often as the contact's attempts allow. */
  readonly times: number | null;
  /** Whether the attempt counts among the contact's attempts. What the trunk is to blame for does not. */
  readonly counted: boolean;
}

/** Outcomes after which a contact may be called again. */
export const RETRIED_OUTCOMES = [
  'busy',
  'no-answer',
  'machine',
  'rejected',
  'congestion',
  'failed',
  'unknown',
  'hung-up-early',
  'dropped',
] as const;
export type RetriedOutcome = (typeof RETRIED_OUTCOMES)[number];

/** null: never again after this outcome. */
export type RetryTable = Readonly<Record<RetriedOutcome, RetryRule | null>>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const USUAL_RETRIES: RetryTable = {
  busy: { afterMs: 10 * MINUTE, times: 2, counted: true },
  'no-answer': { afterMs: 2 * HOUR, times: null, counted: true },
  // Whoever is out in the morning may be in later, and the other way round.
  machine: { afterMs: 6 * HOUR, times: null, counted: true },
  rejected: { afterMs: 4 * HOUR, times: null, counted: true },
  congestion: { afterMs: 2 * MINUTE, times: 5, counted: false },
  failed: { afterMs: 2 * MINUTE, times: 5, counted: false },
  // Their telephone may have rung: counted, and no sooner again than after no answer.
  unknown: { afterMs: 2 * HOUR, times: null, counted: true },
  'hung-up-early': null,
  dropped: null,
};
