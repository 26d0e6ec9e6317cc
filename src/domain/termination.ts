import type { DialOutcome } from './dial-outcome.ts';

/** How a call of ours came to nothing. unknown: the engine was away, or Asterisk never said whether it dialled. */
export interface NotReached {
  readonly outcome: Exclude<DialOutcome, 'answered'> | 'unknown';
  readonly sipCode: number | null;
}

/** Why a call ended. Every call has exactly one; the first verdict stands. */
export type Termination =
  | { readonly kind: 'caller-hung-up' }
  | { readonly kind: 'flow-hung-up'; readonly node?: string }
  /** A supervisor or a machine asked for the end. */
  | { readonly kind: 'ended-by-user'; readonly by: string }
  | { readonly kind: 'refused'; readonly reason: 'no-route' | 'overload' | 'shutting-down' | 'withdrawn' }
  /** A mailbox answered, and nothing was to be said to it. */
  | { readonly kind: 'machine-answered' }
  /** Somebody whom we called did not come to the telephone. */
  | ({ readonly kind: 'not-reached' } & NotReached)
  /** The engine was away when the caller left: the end was found on reconnect. */
  | { readonly kind: 'left-while-away' }
  /** Asterisk went away with the call. */
  | { readonly kind: 'asterisk-lost' }
  | { readonly kind: 'failed'; readonly code: string };

export type TerminationKind = Termination['kind'];
