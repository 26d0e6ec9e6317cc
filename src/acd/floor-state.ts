import type { AgentOnFloor } from '../domain/agent.ts';
import type { AcdEventId, CallId, UserId } from '../domain/ids.ts';
import type { Queue, SkillLevels, WaitEnd } from '../domain/queue.ts';

/** A caller who waits. Times are UTC ms. */
export interface Waiting {
  readonly callId: CallId;
  readonly waitId: AcdEventId;
  readonly queue: string;
  /** Where the wait counts from: entry, or earlier for who keeps a place. */
  readonly since: number;
  readonly class: string;
  /** Of the queue and of the flow together. */
  readonly skills: SkillLevels;
  /** Who talked with this caller last, within the queue's time for that; null: nobody. */
  readonly lastAgent: UserId | null;
  /** The agent who is being offered this caller; null: nobody yet. */
  readonly offeredTo: UserId | null;
  /** Agents who let this caller ring or refused: asked again only when nobody else can serve. */
  readonly passedBy: readonly UserId[];
  /** The caller is being told something that may not be cut (welcome, recording notice): no offer before it is over. */
  readonly busy: boolean;
}

/** All that decisions rest on; never changed in place. */
export interface FloorState {
  readonly queues: ReadonlyMap<string, Queue>;
  readonly waiting: readonly Waiting[];
  readonly agents: ReadonlyMap<UserId, AgentOnFloor>;
  /** Queues that are open at the moment (calendar); those without a calendar always are. */
  readonly open: ReadonlySet<string>;
}

export type FloorDecision =
  | { readonly kind: 'offer'; readonly callId: CallId; readonly agent: UserId }
  /** The wait ends without an agent. */
  | { readonly kind: 'leave'; readonly callId: CallId; readonly how: Extract<WaitEnd, 'overflow' | 'no-agents' | 'closed'> };

export interface Decided {
  readonly decisions: readonly FloorDecision[];
  /** When to decide again although nothing happens (widening, sticky, overflow, hard maximum); null: not before something happens. */
  readonly wakeAt: number | null;
}
