import type { BrandId } from './brand.ts';
import type { RecipientType } from './consent.ts';
import type { CHOSEN_LEAVES } from './contact.ts';
import type { CampaignId, ListId } from './ids.ts';
import type { Language } from './language.ts';
import type { MessageClass } from './message.ts';
import type { RetryTable } from './retry-table.ts';

/**
 * draft: not started yet · running · paused: goes on at a word · stopped: dials nobody, its contacts are kept · done: nobody
 * is left to call · cancelled: closed, with all its contacts.
 */
export const CAMPAIGN_STATES = ['draft', 'running', 'paused', 'stopped', 'done', 'cancelled'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/** agentless: as fast as its rates allow · progressive: one call for each free agent of a queue. */
export type Pacing =
  | { readonly kind: 'agentless' }
  | {
      readonly kind: 'progressive';
      readonly queue: string;
      /** Of a hundred answered calls so many may find no agent; above it the campaign slows down by itself. */
      readonly dropPercent: number;
    };

/** Mailboxes and other machines are told from people by how they greet; who is not known for one is a person. */
export interface Machines {
  /** The flow that is played once its greeting is over; null: the call is ended. */
  readonly flow: string | null;
}

/** What a campaign manager decides. Hours stand as they are written (`mon-fri 09:00-20:00; sat 10:00-18:00`). */
export interface CampaignPlan {
  readonly name: string;
  readonly flow: string;
  /** The release that calls run on; null: the newest of each moment. */
  readonly release: number | null;
  readonly language: Language;
  /** What every call's flow is given; a contact's own variables stand above them. */
  readonly params: Readonly<Record<string, string | number | boolean>>;
  readonly messageClass: MessageClass;
  /** Who the people on the lists are, where the registry of consents does not say. */
  readonly recipientType: RecipientType;
  readonly lists: readonly ListId[];
  /** Numbers shown to the called ones, each contact always the same; empty: the trunk's own. */
  readonly callerIds: readonly string[];
  readonly hours: string;
  /** IANA name. */
  readonly zone: string;
  /** A calendar of the flows whose holidays hold; null: none. */
  readonly holidays: string | null;
  readonly pacing: Pacing;
  readonly callsPerSecond: number;
  /** Calls at the same time. */
  readonly channels: number;
  /** Share of what is free beside other campaigns: one of weight 2 gets twice as much as one of weight 1. */
  readonly weight: number;
  readonly retries: RetryTable;
  /** What is done where a machine takes the call; null: nobody listens for machines, and everybody hears the flow. */
  readonly machines: Machines | null;
  /** Counted attempts for one contact. */
  readonly maxAttempts: number;
  readonly ringMs: number;
  /** Delivered: answered and this much of the message heard, in percent, and five seconds at least. */
  readonly deliveredPercent: number;
  /** What a pause does to telephones that ring: talks always end by themselves. */
  readonly ringingOnPause: 'let-ring' | 'hang-up';
  /** Goes on when nobody is left to call: other systems append contacts as they come. */
  readonly staysOpen: boolean;
  /** Who needs not be called any more, once the campaign has begun. */
  readonly leaveOn: readonly (typeof CHOSEN_LEAVES)[number][];
  /** Webhooks (`webhooks.yaml`) that hear each outcome. */
  readonly webhooks: readonly string[];
  /** UTC ms; null: at once, without end. */
  readonly startAt: number | null;
  readonly endAt: number | null;
}

export interface Campaign extends CampaignPlan {
  readonly id: CampaignId;
  readonly brand: BrandId;
  readonly state: CampaignState;
  /** Goes up with every change; what was decided under an older one is void. */
  readonly version: number;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** Nobody of the brand is called while it stands. */
export interface EmergencyStop {
  readonly brand: BrandId;
  readonly since: number;
  /** User who pressed it. */
  readonly by: string;
  readonly reason: string;
}

/** Who may not be called more than so often, over all campaigns of the brand. */
export interface NumberCap {
  readonly calls: number;
  readonly withinMs: number;
}

/** The usual hours of calls: a policy of the product, no law. */
export const USUAL_HOURS = 'mon-fri 09:00-20:00; sat 10:00-18:00';
export const SHORTEST_RING_MS = 15_000;
export const LONGEST_RING_MS = 60_000;
export const USUAL_RING_MS = 28_000;
/** Less than this was no message heard, however short the message is. */
export const SHORTEST_HEARD_MS = 5_000;

export const CAMPAIGN_DEFAULTS = {
  hours: USUAL_HOURS,
  holidays: null,
  pacing: { kind: 'agentless' },
  callsPerSecond: 5,
  channels: 20,
  weight: 1,
  maxAttempts: 3,
  ringMs: USUAL_RING_MS,
  deliveredPercent: 80,
  ringingOnPause: 'let-ring',
  staysOpen: false,
  leaveOn: [],
  machines: null,
} as const satisfies Partial<CampaignPlan>;
