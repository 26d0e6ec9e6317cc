import type { OfferEnd, TalkEnd } from './acd-event.ts';
import type { AgentOnFloor, AgentPlace, AgentState, PauseReason } from './agent.ts';
import type { WaitingCallback } from './callback.ts';
import type { CallId, LegId, UserId } from './ids.ts';
import type { Label } from './label.ts';
import type { SkillLevels, WrapUpRule } from './queue.ts';

/** What one agent did since the beginning of the day, in the brand's time zone. */
export interface AgentDay {
  readonly offered: number;
  readonly answered: number;
  readonly notAnswered: number;
  readonly outbound: number;
  readonly transferred: number;
  readonly talkMs: number;
  readonly holdMs: number;
  readonly wrapMs: number;
  readonly availableMs: number;
  readonly pausedMs: number;
  readonly loggedInMs: number;
  /** null: nothing to average, nothing to divide by. */
  readonly averageHandleMs: number | null;
  readonly occupancy: number | null;
}

/** An agent as they see themselves. An outside number is masked. */
export interface AgentView {
  readonly id: UserId;
  /** The login. */
  readonly name: string;
  readonly displayName: string;
  readonly place: AgentPlace;
  readonly state: AgentState;
  readonly since: number;
  readonly next: AgentOnFloor['next'];
  readonly skills: SkillLevels;
  readonly queues: string[];
  readonly today: AgentDay;
}

export interface QueueName {
  readonly id: string;
  readonly label: Label;
}

export type TransferKind = 'agent' | 'queue' | 'department' | 'number';

export interface TransferUnderWay {
  readonly how: 'blind' | 'attended';
  readonly to: { readonly kind: TransferKind; readonly id: string; readonly label: string };
  readonly state: 'ringing' | 'talking' | 'failed';
  readonly since: number;
}

export interface PartyView {
  readonly legId: LegId | null;
  readonly role: 'customer' | 'agent' | 'target';
  readonly label: string;
  readonly held: boolean;
  readonly muted: boolean;
}

export const CALL_PHASES = ['offered', 'connecting', 'talking', 'held', 'lost', 'over'] as const;
export type CallPhase = (typeof CALL_PHASES)[number];

/** The call on an agent's line, as the agent sees it. Numbers are masked; times are UTC ms. */
export interface CallCard {
  readonly callId: CallId;
  readonly direction: 'inbound' | 'outbound';
  readonly phase: CallPhase;
  readonly since: number;
  /** offered, lost: when it ends by itself. */
  readonly until: number | null;
  readonly queue: QueueName | null;
  readonly class: string | null;
  readonly waitingSince: number | null;
  readonly waitedMs: number | null;
  /** Empty when withheld. */
  readonly number: string;
  readonly did: string;
  /** A callback, or somebody who was to get one and called by themselves: why; null: neither. */
  readonly callback: WaitingCallback | null;
  readonly talkingSince: number | null;
  readonly muted: boolean;
  readonly recording: 'off' | 'on' | 'paused';
  readonly transfer: TransferUnderWay | null;
  readonly conference: boolean;
  readonly parties: PartyView[];
  readonly wrapUp: WrapUpRule | null;
  /** The tree it is closed with. */
  readonly dispositions: string | null;
  readonly dispositionRequired: boolean;
}

export interface VerifyField {
  readonly field: string;
  readonly label: Label;
  readonly kind: 'digits' | 'text' | 'date';
}

export interface CandidateCard {
  /** Names the candidate for this call alone. */
  readonly id: string;
  readonly name: string;
  readonly city: string | null;
  readonly segment: Label | null;
  readonly lastContactAt: number | null;
  readonly openAppointmentAt: number | null;
  readonly dealer: string | null;
  readonly sameDealer: boolean;
  /** What can be asked to verify this one. */
  readonly fields: VerifyField[];
}

export interface VerificationView {
  readonly state: 'open' | 'verified' | 'locked';
  readonly triesLeft: number;
  readonly candidate: string | null;
  /** What the caller keyed beforehand. */
  readonly keyed: VerifyField | null;
  readonly noneOfThese: boolean;
}

/** Who may be calling; nobody is chosen for the agent. */
export interface Pop {
  readonly kind: 'none' | 'one' | 'many' | 'too-many';
  readonly count: number;
  readonly candidates: CandidateCard[];
  /** too-many: what to ask first. A wrong answer costs a try. */
  readonly question: VerifyField | null;
  readonly verification: VerificationView;
}

/** Only after the verification, only during the call. */
export interface CustomerRecord {
  readonly id: string;
  readonly name: string;
  readonly customerNumber: string | null;
  readonly city: string | null;
  readonly segment: Label | null;
  readonly dealer: string | null;
  readonly lastContactAt: number | null;
  readonly openAppointmentAt: number | null;
  readonly fields: { readonly label: Label; readonly value: string }[];
}

export interface DispositionTreeView {
  readonly id: string;
  /** Depth first. */
  readonly items: { readonly path: string; readonly label: Label; readonly leaf: boolean }[];
}

/** All that an agent's page shows. */
export interface AgentSnapshot {
  readonly me: AgentView;
  readonly queues: QueueName[];
  readonly call: CallCard | null;
  readonly pop: Pop | null;
  readonly pauseReasons: PauseReason[];
  readonly dispositions: DispositionTreeView[];
}

/** What an agent's page is told, by type. Each carries the whole of what it is about, so that telling it again does no harm. */
export type DeskNews = { readonly callId: CallId | null; readonly legId: LegId | null } & (
  | { readonly type: 'state'; readonly data: AgentView }
  | { readonly type: 'offer' | 'call'; readonly data: CallCard }
  | { readonly type: 'offer-over'; readonly data: { readonly how: OfferEnd } }
  | { readonly type: 'call-over'; readonly data: { readonly how: TalkEnd } }
  | { readonly type: 'pop'; readonly data: Pop }
  | { readonly type: 'verification'; readonly data: { readonly verification: VerificationView; readonly customer: CustomerRecord | null } }
  | { readonly type: 'notice'; readonly data: { readonly code: string } }
);
