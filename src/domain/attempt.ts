import type { AttemptId, CallId, CampaignId, ContactId } from './ids.ts';

/** leased: about to be dialled · dialing: Asterisk was asked, or may have been · ended · void: never dialled, and not counted. */
export const ATTEMPT_STATES = ['leased', 'dialing', 'ended', 'void'] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

export const ATTEMPT_OUTCOMES = [
  'delivered',
  'hung-up-early',
  /** A mailbox answered, whether it was spoken to or not. */
  'machine',
  'no-answer',
  'busy',
  'rejected',
  'invalid-number',
  'congestion',
  'failed',
  'unknown',
  'dropped',
  /** Taken back by us while it rang: as if it had not been. */
  'withdrawn',
] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** More digits than this are something that was typed, not chosen: nobody counts those. */
export const MOST_CHOICE_KEYS = 2;

/** What a called one chose at a node of the flow, or answered it with. */
export interface Choice {
  readonly flow: string;
  readonly node: string;
  readonly keys: string;
}

/** One try to reach a contact. Its call's id is known before anybody is called. */
export interface Attempt {
  readonly id: AttemptId;
  readonly campaign: CampaignId;
  readonly contact: ContactId;
  /** 1, 2, 3 … of the contact. */
  readonly no: number;
  readonly callId: CallId;
  readonly callerId: string | null;
  readonly state: AttemptState;
  /** The campaign's, when the contact was taken. */
  readonly campaignVersion: number;
  readonly createdAt: number;
  readonly originatedAt: number | null;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly outcome: AttemptOutcome | null;
  readonly sipCode: number | null;
  readonly counted: boolean;
  /** Of the message, 0 to 1; null when nobody answered. */
  readonly heardShare: number | null;
  /** How many keys they pressed. */
  readonly keys: number;
}
