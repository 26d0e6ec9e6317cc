import type { BrandId } from './brand.ts';
import type { DialOutcome } from './dial-outcome.ts';
import type { CallbackId, CallId, UserId } from './ids.ts';
import type { Language } from './language.ts';
import type { E164 } from './phone-number.ts';

/** abandoned: they hung up before an agent answered · requested: they asked for it and keep their place. */
export type CallbackKind = 'abandoned' | 'requested';

/**
 * Where we learnt of it. queue: they hung up while waiting · call: in a flow, before any queue · flow: they asked for it there ·
 * field: a dealer's staff and mobile both missed the call · form: a web page.
 */
export const CALLBACK_ORIGINS = ['queue', 'call', 'flow', 'form', 'field'] as const;
export type CallbackOrigin = (typeof CALLBACK_ORIGINS)[number];

/**
 * open: to be called · reserved: an agent is being asked, and nobody has been dialled · dialing: the customer's telephone
 * is rung · retry-wait: not before `dueAt` · closed: `reason` says why. All but the last keep the number's place.
 */
export const CALLBACK_STATES = ['open', 'reserved', 'dialing', 'retry-wait', 'closed'] as const;
export type CallbackState = (typeof CALLBACK_STATES)[number];

export const CLOSE_REASONS = [
  /** They called again and reached an agent of the group. */
  'served-inbound',
  /** We called, and they talked with an agent. */
  'served-outbound',
  'exhausted',
  'expired',
  'do-not-contact',
  'invalid-number',
  /** Somebody of the house closed it. */
  'by-user',
] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

/**
 * What became of one attempt. dropped: the customer answered and no agent was there · mailbox: the talk was too short to be one ·
 * unknown: the engine was away.
 */
export type CallbackOutcome = DialOutcome | 'unknown' | 'dropped' | 'mailbox';

/**
 * A promised return call. Of one number at most one is not closed per brand and group: a rule of the database. Times are
 * UTC ms.
 */
export interface Callback {
  readonly id: CallbackId;
  readonly brand: BrandId;
  /** Queues that share promises share a group. */
  readonly group: string;
  readonly kind: CallbackKind;
  readonly origin: CallbackOrigin;
  /** null: wiped. Kept sealed in the entry, and nowhere else. */
  readonly number: E164 | null;
  /** The number as people may see it, and all that is left of it after the wiping. */
  readonly shown: string;
  readonly language: Language;
  /** In a few words; may be empty. */
  readonly about: string;
  /** Whose agents call back. */
  readonly queue: string;
  /** When they abandoned, or asked, for the first and the last time, and how often. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly count: number;
  /** Where they stand in the one order with live callers: `firstAt`, unless a supervisor moved them. */
  readonly since: number;
  readonly state: CallbackState;
  /** Attempts that count, and others that were our own fault. */
  readonly attempts: number;
  readonly faults: number;
  readonly dueAt: number;
  readonly expiresAt: number;
  /** Who is asked, or called. */
  readonly agent: UserId | null;
  /** Our call for it, in `reserved` and `dialing`; afterwards the last one. */
  readonly callId: CallId | null;
  /** The customer is on the line with us by a call of their own: nobody calls them meanwhile. */
  readonly linked: CallId | null;
  readonly changedAt: number;
  readonly closedAt: number | null;
  readonly reason: CloseReason | null;
  readonly closedBy: string | null;
  /** Raised with every change; a change is stored against the one before. */
  readonly version: number;
}

/** How returned calls of one group are made. */
export interface CallbackRules {
  readonly group: string;
  /** Callers who hung up are looked for in the queues, or not at all; who asks for it is called in either case. */
  readonly find: 'queue' | 'off';
  /** Who hangs up in one of these flows before they came to a queue, and talked with nobody, is called back, too. */
  readonly flows: readonly string[];
  readonly mode: 'agent-first' | 'customer-first';
  /** Customers are called while this calendar is open; null: always. */
  readonly calendar: string | null;
  /** Who abandons while the queue is closed is left alone. */
  readonly skipWhenClosed: boolean;
  /** Attempts that count, at most. */
  readonly attempts: number;
  /** After the first attempt, the second …; the last one repeats. */
  readonly delaysMs: readonly number[];
  readonly busyMs: number;
  /** Between attempts that failed by our own line's fault, and how many of those at most. */
  readonly faultMs: number;
  readonly faults: number;
  /** Counted while `calendar` is open. */
  readonly expireMs: number;
  /** Calls of ours to one number within 24 hours, whatever for. */
  readonly cap: number;
  readonly ringMs: number;
  /** A call of ours in which the talk was shorter reached a mailbox, or nobody. */
  readonly minTalkMs: number;
  /** The number stays in a closed entry so long. */
  readonly keepMs: number;
  /** Numbers abroad are called, too. */
  readonly abroad: boolean;
  /** What the customer goes through once they answer. */
  readonly flow: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What is not written in flows/queues.yaml. */
export const CALLBACK_RULES: Omit<CallbackRules, 'group'> = {
  find: 'queue',
  flows: [],
  mode: 'agent-first',
  calendar: null,
  skipWhenClosed: false,
  attempts: 3,
  delaysMs: [15 * MINUTE, HOUR, 24 * HOUR],
  busyMs: 5 * MINUTE,
  faultMs: 2 * MINUTE,
  faults: 5,
  expireMs: 24 * HOUR,
  cap: 3,
  ringMs: 30 * SECOND,
  minTalkMs: 5 * SECOND,
  keepMs: 24 * HOUR,
  abroad: false,
  flow: 'return-call',
};

/** Somebody who is to be called back, or why not. Told under an `id` of its own, so that telling it again changes nothing. */
export interface CallbackFinding {
  /** The fact, request or call it comes from. */
  readonly id: string;
  readonly brand: BrandId;
  readonly group: string;
  readonly at: number;
  readonly kind: CallbackKind;
  readonly origin: CallbackOrigin;
  /** The customer's own call; null: there was none. */
  readonly callId: CallId | null;
  readonly queue: string;
  readonly language: Language;
  readonly about: string;
  /** Where the wait counts from. */
  readonly since: number;
  readonly expiresAt: number;
  /** They wish to be called no sooner, UTC ms; absent: as soon as may be. */
  readonly notBefore?: number;
  readonly who: { readonly kind: 'number'; readonly number: E164 } | { readonly kind: 'nobody'; readonly why: NotFound };
}

/** Why somebody who hung up is not called back. */
export const NOT_FOUND = [
  /** Hung up sooner than the threshold. */
  'short',
  'no-number',
  'internal',
  'own-number',
  /** A number that cannot be called, or may not by policy. */
  'bad-number',
  /** The queue was closed, and the policy says so. */
  'closed',
  /** They had talked with an agent already. */
  'served',
  'do-not-contact',
] as const;
export type NotFound = (typeof NOT_FOUND)[number];

/** A customer and an agent talk: promises to this customer in these groups are kept. */
export interface CallbackContact {
  readonly brand: BrandId;
  readonly groups: readonly string[];
  /** What wishes that flows took down, and nobody took over yet, may call them: the groups' names and their queues'. */
  readonly names: readonly string[];
  readonly number: E164;
  readonly callId: CallId;
  readonly how: 'served-inbound' | 'served-outbound';
  readonly agent: UserId;
  readonly at: number;
}

/** Whom an agent is to call back, and why. Times are UTC ms. */
export interface WaitingCallback {
  readonly id: CallbackId;
  readonly kind: CallbackKind;
  readonly count: number;
  readonly firstAt: number;
  readonly about: string;
  readonly attempts: number;
  /** The number, as people may see it. */
  readonly shown: string;
}
