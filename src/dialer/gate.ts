import type { Campaign, EmergencyStop, NumberCap } from '../domain/campaign.ts';
import { mayReceive, type Standing } from '../domain/consent.ts';
import { LEAVES, type Leave, type Leaving, type Suppression, type WaitReason } from '../domain/contact.ts';
import type { Calendar } from '../domain/opening-hours.ts';
import { openness } from '../domain/openness.ts';

/** Why a campaign may call nobody at this moment; the first that holds is told. */
export const SHUT_REASONS = ['emergency-stop', 'not-running', 'not-begun', 'over', 'hours', 'holiday', 'consents-stale'] as const;
export type ShutReason = (typeof SHUT_REASONS)[number];

/** What is known of a campaign inside the transaction that takes a contact. */
export interface CampaignFacts {
  readonly campaign: Campaign;
  readonly emergency: EmergencyStop | null;
}

/** `wakeAt`: when that changes by itself; null: never without somebody's doing. */
export type CampaignVerdict =
  | { readonly kind: 'open'; readonly until: number | null }
  | { readonly kind: 'shut'; readonly reason: ShutReason; readonly wakeAt: number | null };

export interface CampaignMoment {
  readonly now: number;
  /** The campaign's calling window with its holidays. */
  readonly calendar: Calendar;
  /** The copy of the registry of consents is older than its limit: advertising waits. */
  readonly consentsStale: boolean;
}

/** Whether the campaign may call anybody now. */
export function campaignGate({ campaign, emergency }: CampaignFacts, { now, calendar, consentsStale }: CampaignMoment): CampaignVerdict {
  const { state, startAt, endAt, messageClass } = campaign;
  if (emergency !== null) return shut('emergency-stop', null);
  if (state !== 'running') return shut('not-running', null);
  if (endAt !== null && now >= endAt) return shut('over', null);
  if (startAt !== null && now < startAt) return shut('not-begun', startAt);
  const hours = openness(calendar, now);
  if (hours.kind === 'holiday') return shut('holiday', hours.opensAt);
  if (hours.kind === 'closed') return shut('hours', hours.opensAt);
  if (messageClass === 'commercial' && consentsStale) return shut('consents-stale', null);
  return { kind: 'open', until: endAt === null ? hours.until : Math.min(hours.until, endAt) };
}

function shut(reason: ShutReason, wakeAt: number | null): CampaignVerdict {
  return { kind: 'shut', reason, wakeAt };
}

/** What is known of a person inside that transaction. */
export interface ContactFacts {
  readonly campaign: Pick<Campaign, 'messageClass' | 'recipientType' | 'leaveOn' | 'startedAt'>;
  readonly standing: Standing;
  /** Why this number may leave the campaign. */
  readonly leavings: readonly Leaving[];
  /** When this number was called within the cap's time, over all campaigns; oldest first. */
  readonly calledAt: readonly number[];
  /** Another campaign is calling this number at the moment, or it is called back. */
  readonly isBusy: boolean;
}

/** How long a number that is being called otherwise is left alone. */
const BUSY_MS = 60_000;

export type ContactVerdict =
  | { readonly kind: 'call' }
  | { readonly kind: 'suppress'; readonly outcome: Suppression }
  | { readonly kind: 'wait'; readonly until: number; readonly reason: WaitReason };

/** Whether this person may be called now. What they said stands above the cap: who may never be called does not wait. */
export function contactGate({ campaign, standing, leavings, calledAt, isBusy }: ContactFacts, cap: NumberCap, now: number): ContactVerdict {
  const barred = barredBy(campaign, standing) ?? leaveOf(campaign, leavings);
  if (barred !== null) return { kind: 'suppress', outcome: barred };
  if (isBusy) return { kind: 'wait', until: now + BUSY_MS, reason: 'cap' };
  const counted = calledAt.filter((at) => at > now - cap.withinMs);
  const free = counted[counted.length - cap.calls];
  return free === undefined ? { kind: 'call' } : { kind: 'wait', until: free + cap.withinMs, reason: 'cap' };
}

/** A trader of whom nothing is recorded may be called; anybody else must have agreed to advertising. */
function barredBy(
  { messageClass, recipientType }: Pick<ContactFacts['campaign'], 'messageClass' | 'recipientType'>,
  standing: Standing,
): Suppression | null {
  const receipt = mayReceive(messageClass, 'ARAMA', standing);
  if (receipt.kind === 'allowed') return null;
  const unknownTrader = receipt.reason === 'no-consent' && recipientType === 'TACIR';
  return unknownTrader ? null : receipt.reason;
}

/** What happened before the campaign began was known when its list was made. */
function leaveOf({ leaveOn, startedAt }: ContactFacts['campaign'], leavings: readonly Leaving[]): Leave | null {
  const wanted = leavings.filter(({ reason, at }) =>
    reason === 'excluded' ? true : leaveOn.includes(reason) && startedAt !== null && at >= startedAt,
  );
  return LEAVES.find((one) => wanted.some(({ reason }) => reason === one)) ?? null;
}
