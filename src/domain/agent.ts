import type { BrandId } from './brand.ts';
import type { CallId, UserId } from './ids.ts';
import type { Language } from './language.ts';
import type { SkillLevels } from './queue.ts';

/** Where an agent's telephone is. web: the page's own · sip: a desk phone of this house · outside: a number by the trunk, accepted with 1. */
export type AgentPlace =
  | { readonly kind: 'web' }
  | { readonly kind: 'sip'; readonly extension: string }
  | { readonly kind: 'outside'; readonly number: string };

/** What is known of an agent besides the user: where calls go, what they can do, which queues they serve. */
export interface AgentProfile {
  readonly userId: UserId;
  readonly brand: BrandId;
  /** As callers and colleagues hear or read it. */
  readonly displayName: string;
  /** What the agent is spoken to in. */
  readonly language: Language;
  readonly place: AgentPlace;
  readonly skills: SkillLevels;
  /** Ids of queues. */
  readonly queues: readonly string[];
  readonly updatedAt: number;
}

export const PAUSE_REASONS = ['break', 'meal', 'training', 'meeting', 'back-office', 'no-answer', 'supervisor', 'other'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** What of an agent is not there: the page does not answer. */
export type Missing = 'heartbeat';

/**
 * What an agent does at the moment; the server alone decides. reserved: chosen for a caller whose offer is being made ·
 * ringing: the telephone rings · held: the caller waits with music · unreachable: no heartbeat.
 */
export type AgentState =
  | { readonly kind: 'offline' }
  | { readonly kind: 'available' }
  /** Queue null: a colleague's transfer, or the agent's own call. */
  | { readonly kind: 'reserved'; readonly callId: CallId; readonly queue: string | null }
  | { readonly kind: 'ringing'; readonly callId: CallId; readonly queue: string | null }
  | { readonly kind: 'talking'; readonly callId: CallId; readonly queue: string | null }
  | { readonly kind: 'held'; readonly callId: CallId; readonly queue: string | null }
  | {
      readonly kind: 'wrap-up';
      readonly callId: CallId;
      readonly queue: string | null;
      /** UTC ms; null: no end of its own. */
      readonly until: number | null;
      readonly extended: boolean;
    }
  | { readonly kind: 'paused'; readonly reason: PauseReason }
  | { readonly kind: 'unreachable'; readonly reason: Missing };
export type AgentStateKind = AgentState['kind'];

/** An agent as the floor sees them. Times are UTC ms. */
export interface AgentOnFloor {
  readonly userId: UserId;
  readonly state: AgentState;
  /** Since when in this state. */
  readonly since: number;
  /** Since when without a talk: longest first. Survives pauses; a talk or a login sets it. */
  readonly idleSince: number;
  readonly skills: SkillLevels;
  readonly queues: readonly string[];
  /** What is missing. It makes an agent unreachable; in a talk and its wrap-up only once they are over. */
  readonly missing: readonly Missing[];
  /** Asked during the talk for time afterwards (wrap-up on request). */
  readonly wrapUpAsked: boolean;
  /** What to be once the present talk and its wrap-up are over, or the agent can be reached again; null: available. */
  readonly next: { readonly kind: 'paused'; readonly reason: PauseReason } | { readonly kind: 'offline' } | null;
  /** Raised with every change; a reservation is stored against it. */
  readonly version: number;
}
