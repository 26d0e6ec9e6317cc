import type { CampaignId, ContactId } from './ids.ts';

/**
 * pending: never tried · leased: an engine is about to dial · dialing: their telephone rings, or they talk · waiting-retry:
 * called again later · done · suppressed: may not be called.
 */
export const CONTACT_STATES = ['pending', 'leased', 'dialing', 'waiting-retry', 'done', 'suppressed'] as const;
export type ContactState = (typeof CONTACT_STATES)[number];

/**
 * Why somebody leaves a campaign while it runs. excluded: another system said so · served: they have talked with an agent ·
 * appointment-confirmed: they have said that they will come. The last two where the campaign's plan names them.
 */
export const LEAVES = ['excluded', 'served', 'appointment-confirmed'] as const;
export type Leave = (typeof LEAVES)[number];
export const CHOSEN_LEAVES = ['served', 'appointment-confirmed'] as const satisfies readonly Leave[];

export interface Leaving {
  readonly reason: Leave;
  readonly at: number;
}

/** What may not be: who never wants to be contacted, who refused, who did not agree; and what need not be any more. */
export const SUPPRESSIONS = ['do-not-contact', 'refused', 'no-consent', ...LEAVES] as const;
export type Suppression = (typeof SUPPRESSIONS)[number];

/** How a contact ended in a campaign; each ends in exactly one of them. The suppressions stand beside. */
export const ENDS = [
  'delivered',
  'hung-up-early',
  'machine',
  'no-answer',
  'busy',
  'rejected',
  'invalid-number',
  'congestion',
  'failed',
  'unknown',
  'dropped',
  /** The campaign was over before they were reached. */
  'expired',
  'cancelled',
] as const;
export type ContactEnd = (typeof ENDS)[number];
export type ContactOutcome = ContactEnd | Suppression;

/** Why a contact waits: to be tried again, or because the number was called often enough lately. */
export const WAIT_REASONS = ['retry', 'cap'] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

/** A contact's place in a campaign. */
export interface CampaignContact {
  readonly campaign: CampaignId;
  readonly contact: ContactId;
  /** Place in the order of the lists. */
  readonly seq: number;
  readonly state: ContactState;
  readonly outcome: ContactOutcome | null;
  /** Counted ones. */
  readonly attempts: number;
  readonly dueAt: number;
  readonly waitReason: WaitReason | null;
  readonly callerId: string | null;
  /** Goes up with every change. */
  readonly version: number;
}
