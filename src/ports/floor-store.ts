import type { AcdEvent, AcdFact } from '../domain/acd-event.ts';
import type { AgentOnFloor, AgentProfile } from '../domain/agent.ts';
import type { BrandId } from '../domain/brand.ts';
import type { Call } from '../domain/call.ts';
import type { CallbackContact, CallbackFinding } from '../domain/callback.ts';
import type { AcdEventId, CallId, UserId } from '../domain/ids.ts';
import type { SkillLevels } from '../domain/queue.ts';

/** An agent's state as it is kept; skills and queues are the profile's. */
export type StoredAgentState = Omit<AgentOnFloor, 'skills' | 'queues'> & { readonly brand: BrandId };

/** A caller who waits, as much as is needed to go on waiting after a restart. Times are UTC ms. */
export interface StoredWait {
  readonly callId: CallId;
  readonly waitId: AcdEventId;
  readonly brand: BrandId;
  readonly queue: string;
  readonly since: number;
  readonly enteredAt: number;
  readonly class: string;
  readonly skills: SkillLevels;
  readonly lastAgent: UserId | null;
  readonly passedBy: readonly UserId[];
  /** Place in the queue at join. */
  readonly joinedAt: number;
  /** What the caller was told last; null: nothing yet. */
  readonly told: { readonly position: number; readonly estimatedWaitMs: number | null } | null;
  /** The customer's number as presented; this and the direction are read from the call, and never written here. */
  readonly caller?: string;
  readonly direction?: Call['direction'];
}

/** Who talked with a caller last; the number is kept as its token. */
export interface LastTalk {
  readonly brand: BrandId;
  /** As presented. */
  readonly caller: string;
  readonly agent: UserId;
  readonly at: number;
}

/** What happened on the floor since the last write; all of it in one transaction. */
export interface FloorChange {
  readonly events: readonly AcdEvent[];
  /** Left alone where a later version is stored. */
  readonly agents: readonly StoredAgentState[];
  readonly waits: readonly StoredWait[];
  readonly endedWaits: readonly CallId[];
  readonly lastTalks: readonly LastTalk[];
  /** In the order they happened: who hangs up and is served right after must not be called back. */
  readonly promises?: readonly FloorPromise[];
}

/** Who hung up, and is to be called back or not · a talk, for the promises that it keeps. */
export type FloorPromise =
  | { readonly kind: 'found'; readonly finding: CallbackFinding }
  | { readonly kind: 'served'; readonly contact: CallbackContact };

export interface AcdEventFilter {
  readonly brand: BrandId;
  /** UTC ms, inclusive. */
  readonly from: number;
  /** UTC ms, exclusive. */
  readonly to: number;
  /** Events after this id, for paging: oldest first. */
  readonly after?: AcdEventId;
  readonly kinds?: readonly AcdFact['kind'][];
  readonly limit: number;
  /** Where there are more than `limit`: the latest of them, and not the first ones. */
  readonly newest?: boolean;
}

export interface FloorStore {
  /**
   * Everything open: states of agents, callers who wait, and when the last fact was written (null: none yet). Those who wait at
   * another engine on the database are not among them.
   */
  open(brand: BrandId): Promise<{
    readonly agents: readonly StoredAgentState[];
    readonly waits: readonly StoredWait[];
    readonly lastEventAt: number | null;
  }>;
  /** Who waits in one of these calls, at whichever engine. */
  waitsOf(calls: readonly CallId[]): Promise<readonly StoredWait[]>;
  /** Writing an event again is a no-op, so a change may be retried whole. */
  write(change: FloorChange): Promise<void>;
  /**
   * Reserves an agent: stores the state only where the one before it (`version` less one, or none) still stands. False:
   * somebody else changed the agent meanwhile, and nothing is stored.
   */
  claim(agent: StoredAgentState): Promise<boolean>;
  stateOf(agent: UserId): Promise<StoredAgentState | undefined>;
  /** Who talked with this caller last, not before `since`. */
  lastAgentOf(brand: BrandId, caller: string, since: number): Promise<UserId | undefined>;
  /** In the order they happened. */
  events(filter: AcdEventFilter): Promise<readonly AcdEvent[]>;
  eventsOfCall(callId: CallId): Promise<readonly AcdEvent[]>;
}

/** A desk phone's account; its password is known to the phone alone. */
export interface SipPhone {
  readonly name: string;
  readonly userId: UserId;
  readonly realm: string;
  /** MD5 of `name:realm:password`; stored sealed. */
  readonly ha1: string;
  readonly madeAt: number;
}

export interface AgentStore {
  list(brand: BrandId): Promise<readonly AgentProfile[]>;
  get(userId: UserId): Promise<AgentProfile | undefined>;
  put(profile: AgentProfile): Promise<void>;
  phones(): Promise<readonly SipPhone[]>;
  /** One per agent: the former one is replaced. */
  putPhone(phone: SipPhone): Promise<void>;
  removePhone(userId: UserId): Promise<void>;
}
