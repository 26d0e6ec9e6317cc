import type { AgentEvent, AgentStep } from '../../acd/agent-event.ts';
import type { FloorState } from '../../acd/floor-state.ts';

import type { AcdEvent, OfferEnd } from '../../domain/acd-event.ts';
import type { AgentOnFloor, AgentProfile } from '../../domain/agent.ts';
import type { BrandId } from '../../domain/brand.ts';
import type { AcdEventId, CallId, IdSource, OfferId, UserId } from '../../domain/ids.ts';
import type { Queue } from '../../domain/queue.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AgentStore, FloorStore } from '../../ports/floor-store.ts';
import type { Log } from '../../ports/log.ts';
import type { Directs } from './direct.ts';
import type { FloorCallbacks, PromisedPlace, PromiseRequest } from './promised.ts';
import type { DirectOffer, DirectSeat, JoinAnswer, JoinRequest, Offer, OwnCall, Seat, Talk, TalkControl } from './seat.ts';
import type { Talks } from './talks.ts';
import type { OpenOffer, Wait } from './waits.ts';

export interface FloorDeps {
  readonly store: FloorStore;
  readonly agents: Pick<AgentStore, 'list'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly brand: BrandId;
  readonly queues: () => ReadonlyMap<string, Queue>;
  /** Whether a calendar is open, and until when it stays so (UTC ms; null: not known). A calendar that is gone is open. */
  readonly openness: (calendar: string, now: number) => { readonly open: boolean; readonly until: number | null };
  /** How the agent is rung; null: there is no telephone at the moment. */
  readonly lineOf: (profile: AgentProfile) => Pick<Offer, 'endpoint' | 'accept'> | null;
  /** When a call ended (UTC ms), as far as it is known; absent: never known. */
  readonly endOf?: (callId: CallId) => Promise<number | null>;
  /** Absent: nobody is called back. */
  readonly callbacks?: FloorCallbacks;
  /** The customer's number of a call that is up; absent, or empty: not known. */
  readonly callerOf?: (callId: CallId) => string;
}

/** What becomes known of the floor as it happens. */
export interface FloorListener {
  agentChanged?(agent: AgentOnFloor, before: AgentOnFloor): void;
  offerMade?(offer: Offer, wait: Wait): void;
  offerOver?(offer: { readonly id: OfferId; readonly agent: UserId; readonly callId: CallId }, how: OfferEnd): void;
  fact?(event: AcdEvent): void;
  /** What an agent's page shows of their talk or of a colleague's transfer is different. */
  talkChanged?(agent: UserId): void;
  /** Somebody joined, left, or was told something. */
  waitsChanged?(): void;
}

/** Whether an agent's wish was followed; refused: the state does not allow it. */
export type Acted = AgentStep;

export interface Floor {
  /** Takes up what a former process left. */
  start(): Promise<void>;
  /** The calls are back: who has not come back has left, at the time that is known of it. */
  settle(): Promise<void>;
  /** Calls of an engine that is gone: who waited in one has left while nobody was there to see it. Rejects where that cannot be looked up. */
  leftBehind(calls: readonly CallId[]): Promise<void>;
  join(request: JoinRequest, seat: Seat): JoinAnswer;
  /** For a caller who is on hold with an agent: an agent of the queue is asked, and the caller waits there for nobody's figures. */
  consult(request: JoinRequest, seat: Seat): JoinAnswer;
  /** A callback waits for an agent among the callers; null: no such queue, or the agent who is asked for is not free. */
  promise(request: PromiseRequest, seat: Seat): PromisedPlace | null;
  /** The agent's talk in a call that outlived the process which began it; null when there is none. */
  takeUp(callId: CallId, agent: UserId, control: TalkControl): Talk | null;
  /** Reserves this very agent for a call that no queue leads to; null: not free, or no telephone. */
  reserve(agent: UserId, callId: CallId, seat: DirectSeat, own?: OwnCall | null): Promise<DirectOffer | null>;
  directs(): Pick<Directs, 'of'>;
  /** Asterisk's endpoint of the agent's page; null: the telephone is elsewhere, or there is no page. */
  pageOf(userId: UserId): string | null;
  admit(profile: AgentProfile): void;
  profile(userId: UserId): AgentProfile | undefined;
  profiles(): readonly AgentProfile[];
  agent(userId: UserId): AgentOnFloor | undefined;
  act(userId: UserId, event: AgentEvent): Acted;
  talks(): Talks;
  /** The wait in which this agent is being rung. */
  offerOf(userId: UserId): { readonly wait: Wait; readonly offer: OpenOffer } | undefined;
  /** The agent lets this one go; false when nobody is offered. */
  refuse(userId: UserId): boolean;
  /** Takes the caller without the key that was asked for; false when nobody is offered. */
  accept(userId: UserId): boolean;
  /** False: there is no such wait, or no such queue. */
  move(waitId: AcdEventId, queue: string): boolean;
  state(): FloorState;
  waits(): readonly Wait[];
  position(callId: CallId): number | null;
  /** What a caller who joins the queue now would wait (ms); null while too little is known. */
  expectedWait(queue: string): number | null;
  /** Returns how to stop listening. */
  watch(listener: FloorListener): () => void;
  /** Settles when everything so far is stored. */
  saved(): Promise<void>;
  stop(): Promise<void>;
}
