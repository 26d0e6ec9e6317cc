import type { AgentOnFloor } from '../domain/agent.ts';
import type { AcdEventId, CallId, UserId } from '../domain/ids.ts';
import type { Queue, SkillLevels, WaitEnd } from '../domain/queue.ts';

/** A caller who waits. Times are UTC ms. */
export interface Waiting {
  readonly callId: CallId;
  readonly waitId: AcdEventId;
  readonly queue: string;
  /** Where the wait counts from: entry, or earlier for who keeps a place. Order, widening and the hard maximum go by it. */
  readonly since: number;
  /** Entry into this queue: overflow and the time for the last agent go by it, so that who keeps an old place is not sent off at once. */
  readonly enteredAt: number;
  /** A promised return call waits here for an agent, not a caller on the line: it never leaves by a decision, and has its share only. */
  readonly callback: boolean;
  readonly class: string;
  /** Of the queue and of the flow together. */
  readonly skills: SkillLevels;
  /** Who talked with this caller last, within the queue's time for that; null: nobody. */
  readonly lastAgent: UserId | null;
  /** The agent who is being offered this caller; null: nobody yet. */
  readonly offeredTo: UserId | null;
  /** Agents who let this caller ring or refused: asked again only when nobody else who is free can serve. */
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
  /** By queue, what callbacks have in hand of their share, in percent of one turn: below 0, live callers go first. Empty at first. */
  readonly callbackCredit: ReadonlyMap<string, number>;
}

export type FloorDecision =
  | { readonly kind: 'offer'; readonly callId: CallId; readonly agent: UserId }
  /** The wait ends without an agent. */
  | { readonly kind: 'leave'; readonly callId: CallId; readonly how: Extract<WaitEnd, 'overflow' | 'no-agents' | 'closed'> };

export interface Decided {
  readonly decisions: readonly FloorDecision[];
  /** When to decide again although nothing happens (widening, sticky, overflow); null: not before something happens. */
  readonly wakeAt: number | null;
  /** The state's next `callbackCredit`, all offers of this decision counted. */
  readonly callbackCredit: ReadonlyMap<string, number>;
}
