import type { BrandId } from './brand.ts';
import type { DialOutcome } from './dial-outcome.ts';
import type { CallId, LegId, SessionId, UserId } from './ids.ts';
import type { Language } from './language.ts';
import type { Termination } from './termination.ts';

export type CallDirection = 'inbound' | 'outbound';
export type CallState = 'open' | 'ended';

/** Our record of one customer conversation: one or more legs, exactly one termination. Times are UTC ms. */
export interface Call {
  readonly id: CallId;
  readonly brand: BrandId;
  readonly direction: CallDirection;
  readonly state: CallState;
  /** The number the caller dialled, as it arrived. */
  readonly did: string;
  /** The number presented by the caller, as it arrived; empty when withheld. */
  readonly ani: string;
  readonly flow: string;
  readonly release: number;
  readonly language: Language;
  readonly sessionId: SessionId;
  /** Asterisk's id of the customer's channel. */
  readonly channelId: string;
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly termination: Termination | null;
}

export type LegRole = 'customer' | 'agent' | 'target';

/** A channel in its role. */
export interface Leg {
  readonly id: LegId;
  readonly callId: CallId;
  readonly role: LegRole;
  readonly channelId: string;
  readonly endpoint: string;
  /** Whose telephone it is; absent: nobody's of the floor. */
  readonly agent?: UserId;
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly outcome: DialOutcome | null;
  readonly hangupCause: number | null;
  readonly sipCode: number | null;
}
