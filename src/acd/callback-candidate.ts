import type { CallbackRules, NotFound } from '../domain/callback.ts';
import { type E164, parsePhoneNumber } from '../domain/phone-number.ts';

/** Digits that a number of the house has at most. */
const LONGEST_EXTENSION = 6;

/** Somebody who hung up without an agent. */
export interface Abandonment {
  /** As presented; empty or a word when withheld. */
  readonly caller: string;
  readonly waitedMs: number;
  /** The queue was open. */
  readonly open: boolean;
}

export interface CandidateRules {
  readonly shortAbandonMs: number;
  readonly rules: Pick<CallbackRules, 'skipWhenClosed' | 'abroad'>;
  /** Numbers of the house: they are nobody's to be called back. */
  readonly own: ReadonlySet<string>;
}

export type Candidate = { readonly kind: 'number'; readonly number: E164 } | { readonly kind: 'nobody'; readonly why: NotFound };

/** Whether somebody who hung up is to be called back. The first reason against it is told. */
export function candidateOf({ caller, waitedMs, open }: Abandonment, { shortAbandonMs, rules, own }: CandidateRules): Candidate {
  if (waitedMs < shortAbandonMs) return nobody('short');
  if (!open && rules.skipWhenClosed) return nobody('closed');
  return callable(caller, rules.abroad, own);
}

/** The number as one that can be called, or why it cannot. */
export function callable(caller: string, abroad: boolean, own: ReadonlySet<string> = new Set()): Candidate {
  const digits = caller.replace(/\D/g, '');
  if (digits === '') return nobody('no-number');
  const parsed = parsePhoneNumber(caller);
  if (parsed.kind === 'ok' && own.has(parsed.e164)) return nobody('own-number');
  if (own.has(caller)) return nobody('own-number');
  if (parsed.kind !== 'ok') return nobody(digits.length <= LONGEST_EXTENSION ? 'internal' : 'bad-number');
  const { e164: number, type } = parsed;
  const is = type === 'mobile' || type === 'geographic' || (abroad && type === 'foreign');
  return is ? { kind: 'number', number } : nobody('bad-number');
}

function nobody(why: NotFound): Candidate {
  return { kind: 'nobody', why };
}
