import type { CampaignFacts, CampaignVerdict, ContactFacts, ContactVerdict } from '../dialer/gate.ts';
import type { ContactNext } from '../dialer/retry.ts';
import type { Attempt, AttemptOutcome, Choice } from '../domain/attempt.ts';
import type { BrandId } from '../domain/brand.ts';
import type { Campaign, CampaignPlan, CampaignState, EmergencyStop, NumberCap } from '../domain/campaign.ts';
import type { CampaignContact, ContactOutcome, ContactState, WaitReason } from '../domain/contact.ts';
import type { AttemptId, CallId, CampaignId, ContactId, ListId } from '../domain/ids.ts';
import type { Message } from '../domain/message.ts';
import type { ContactRow } from './list-store.ts';

/** The gate: asked inside the transaction, so that nothing changes between the answer and what follows from it. Pure. */
export interface Gate {
  campaign(facts: CampaignFacts): CampaignVerdict;
  contact(facts: ContactFacts): ContactVerdict;
}

export interface LeaseOrder {
  readonly brand: BrandId;
  readonly campaign: CampaignId;
  /** Of the attempt and its call, should there be one. */
  readonly attemptId: AttemptId;
  readonly callId: CallId;
  readonly now: number;
  /** How long the contact is held for this engine before others may take the lease for dead. */
  readonly leaseMs: number;
  readonly cap: NumberCap;
  readonly gate: Gate;
  /** The number shown to a contact that was never called. */
  readonly callerIdOf: (campaign: Campaign, seq: number) => string | null;
  /** How many contacts that may not be called are passed over at once. */
  readonly look: number;
}

export type Leased =
  | { readonly kind: 'leased'; readonly attempt: Attempt; readonly campaign: Campaign }
  | { readonly kind: 'shut' }
  /** All that were looked at may not be called now; there may be more. */
  | { readonly kind: 'passed' }
  /** Nobody is due. `nextAt`: when the next one is; null: nobody waits. `busy`: so many are being called now. */
  | { readonly kind: 'none'; readonly nextAt: number | null; readonly busy: number };

/** go: it is on record that Asterisk will be asked · withdrawn: the contact is pending again, or suppressed. */
export type Confirmed = 'go' | 'withdrawn';

/** How an attempt ended. */
export interface AttemptEnd {
  readonly outcome: AttemptOutcome;
  readonly answeredAt: number | null;
  readonly endedAt: number;
  readonly sipCode: number | null;
  /** A machine answered, and all was said to it. */
  readonly messageLeft: boolean;
  readonly heardShare: number | null;
  readonly keys: number;
  /** In their order. */
  readonly choices: readonly Choice[];
}

export interface Settlement {
  readonly campaign: Campaign;
  readonly contact: CampaignContact;
  readonly attempt: Attempt;
  readonly next: ContactNext;
}

/** So many contacts are in the same place. */
export interface ContactCount {
  readonly state: ContactState;
  readonly outcome: ContactOutcome | null;
  readonly waitReason: WaitReason | null;
  readonly count: number;
  /** When the first and the last of them are due. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Sums over the attempts of a campaign. */
export interface AttemptSums {
  readonly attempts: number;
  readonly tried: number;
  readonly answered: number;
  readonly interacted: number;
  /** Mean share of the message that those who answered heard; null when nobody did. */
  readonly heardShare: number | null;
  readonly talkMs: number;
  /** From the dialling to the end, over all of them. */
  readonly lineMs: number;
  readonly byOutcome: readonly { readonly outcome: AttemptOutcome; readonly count: number }[];
}

/** Where everybody in a campaign stands, in short. */
export interface Standing {
  readonly campaign: CampaignId;
  readonly contacts: number;
  /** Wait to be called. */
  readonly waiting: number;
  /** Are being called or talked with. */
  readonly calling: number;
  readonly delivered: number;
}

/** Attempts that were made within one step of time. */
export interface MadeAttempts {
  /** When the step begins. */
  readonly at: number;
  readonly made: number;
  readonly answered: number;
  readonly delivered: number;
}

/** So many contacts made a choice. */
export interface ChoiceCount extends Choice {
  readonly count: number;
}

export interface ContactFilter {
  readonly state?: ContactState;
  readonly outcome?: ContactOutcome;
  /** Keyed token of a number. */
  readonly number?: string;
  /** Behind this place. */
  readonly after?: number;
  readonly limit: number;
}

export interface ContactHistory {
  readonly contact: CampaignContact;
  readonly attempts: readonly Attempt[];
  /** What was chosen in each of them. */
  readonly choices: readonly (Choice & { readonly attempt: AttemptId })[];
}

export interface CampaignStore {
  /** These numbers leave the campaign before they are called again. Gives how many had not left yet. */
  exclude(
    brand: BrandId,
    campaign: CampaignId,
    numbers: readonly string[],
    how: { readonly at: number; readonly by: string },
  ): Promise<number>;
  /** Forgets who was served or confirmed before. */
  forgetLeavers(before: number): Promise<number>;
  create(campaign: Campaign): Promise<void>;
  get(brand: BrandId, id: CampaignId): Promise<Campaign | undefined>;
  /** Newest first. */
  list(brand: BrandId): Promise<readonly Campaign[]>;
  /** Rejects with `store.conflict` when it is not `version` any more. */
  change(brand: BrandId, id: CampaignId, version: number, plan: CampaignPlan): Promise<Campaign>;
  /** Undefined when its state is none of `from`. `cancelled` closes contacts that are not being called, `done` lets those that are left expire. */
  move(
    brand: BrandId,
    id: CampaignId,
    order: { readonly from: readonly CampaignState[]; readonly to: CampaignState; readonly at: number },
  ): Promise<Campaign | undefined>;
  /** Up to which row the campaign has taken each of its lists. */
  filled(brand: BrandId, id: CampaignId): Promise<readonly { readonly list: ListId; readonly upTo: number }[]>;
  /**
   * Takes the next rows of a list. A number that the campaign has is left out. False, and nothing was taken, when the list
   * is not at `after` any more.
   */
  fill(
    brand: BrandId,
    id: CampaignId,
    list: ListId,
    after: number,
    rows: readonly Pick<ContactRow, 'id' | 'rowNo' | 'numberToken'>[],
  ): Promise<boolean>;

  /** Takes the next contact that may be called, in one transaction with the gate and with the attempt's row. */
  lease(order: LeaseOrder): Promise<Leased>;
  /**
   * The last look before Asterisk is asked, when the call is on record: the campaign is what it was, and the person may be
   * called still. Only then the attempt is `dialing`.
   */
  confirm(order: { readonly brand: BrandId; readonly attempt: AttemptId; readonly now: number; readonly gate: Gate }): Promise<Confirmed>;
  /** Takes a lease back: nobody is dialled. `outcome`: the contact is done with it; else it is as before. */
  withdraw(brand: BrandId, attempt: AttemptId, outcome?: ContactOutcome): Promise<void>;
  /** The attempt's one end, with what becomes of the contact and what is told about it. Undefined when it had ended before. */
  settle(
    brand: BrandId,
    attempt: AttemptId,
    end: AttemptEnd,
    decide: (
      campaign: Campaign,
      contact: CampaignContact,
      former: readonly Attempt[],
    ) => { readonly next: ContactNext; readonly counted: boolean },
    tell: (settlement: Settlement) => readonly Message[],
  ): Promise<Settlement | undefined>;
  /** Leases that ran out before they were confirmed: nobody was dialled, the contact is as before. Tells how many. */
  releaseStale(brand: BrandId, now: number): Promise<number>;
  /** Attempts that may have been dialled and have no end. */
  openAttempts(brand: BrandId): Promise<readonly Attempt[]>;

  counts(brand: BrandId, id: CampaignId): Promise<readonly ContactCount[]>;
  sums(brand: BrandId, id: CampaignId): Promise<AttemptSums>;
  /** Of these campaigns; one without contacts is not among them. */
  standings(brand: BrandId, ids: readonly CampaignId[]): Promise<readonly Standing[]>;
  /** When the first and the last attempt were made; null: none was. */
  madeBetween(brand: BrandId, id: CampaignId): Promise<{ readonly first: number; readonly last: number } | null>;
  /** Attempts by steps of `stepMs`, in their order; steps without any are left out. */
  madeBy(brand: BrandId, id: CampaignId, stepMs: number): Promise<readonly MadeAttempts[]>;
  /** Attempts that were made from then on. */
  madeSince(brand: BrandId, id: CampaignId, since: number): Promise<number>;
  /** Each attempt counts once for each choice. */
  choices(brand: BrandId, id: CampaignId): Promise<readonly ChoiceCount[]>;
  /** In the order of the lists, each with its attempts. */
  contacts(brand: BrandId, id: CampaignId, filter: ContactFilter): Promise<readonly ContactHistory[]>;
  /** Everything that campaigns did with a number, newest first. */
  history(brand: BrandId, number: string, limit: number): Promise<readonly ContactHistory[]>;
  contact(brand: BrandId, campaign: CampaignId, contact: ContactId): Promise<CampaignContact | undefined>;

  emergency(brand: BrandId): Promise<EmergencyStop | null>;
  /** The first one stands. */
  setEmergency(stop: EmergencyStop): Promise<void>;
  /** False when there was none. */
  liftEmergency(brand: BrandId): Promise<boolean>;
  /** One engine of those on this database dials: true while `holder` is the one, until `until`. */
  lead(brand: BrandId, holder: string, now: number, until: number): Promise<boolean>;
}

/** When numbers were called, whoever called them: what the cap counts. */
export interface NumberCallStore {
  /** Since then, oldest first. */
  since(brand: BrandId, number: string, since: number): Promise<readonly number[]>;
  /** `id` makes it one call, however often it is noted. */
  note(brand: BrandId, number: string, id: string, at: number): Promise<void>;
  forgetBefore(at: number): Promise<number>;
}
