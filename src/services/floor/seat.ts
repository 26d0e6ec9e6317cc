import type { OfferEnd, TalkEnd } from '../../domain/acd-event.ts';
import type { AgentPlace } from '../../domain/agent.ts';
import type { Call } from '../../domain/call.ts';
import type { CallCard, TransferKind } from '../../domain/desk-view.ts';
import type { EarHow, EarView } from '../../domain/floor-view.ts';
import type { AcdEventId, CallId, LegId, OfferId, UserId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import type { Queue, SkillLevels, WaitEnd } from '../../domain/queue.ts';

/** What a call asks for when it joins a queue. */
export interface JoinRequest {
  readonly callId: CallId;
  readonly queue: string;
  readonly class: string | null;
  readonly skills: SkillLevels;
  /** UTC ms where the wait counts from; null: now. Kept over a restart of the engine. */
  readonly since: number | null;
  /** The caller's number as presented, to find the agent who talked with them last; empty when withheld. Only its token is kept. */
  readonly caller: string;
  /** What the caller is spoken to in; absent: not known. */
  readonly language?: Language;
  /** outbound: we called them; absent: they called. */
  readonly direction?: Call['direction'];
}

/** An agent is reserved for the caller: ring them. */
export interface Offer {
  readonly id: OfferId;
  readonly agent: UserId;
  readonly displayName: string;
  /** What the agent is spoken to in. */
  readonly language: Language;
  readonly place: AgentPlace;
  /** Asterisk's endpoint of the agent's telephone. */
  readonly endpoint: string;
  readonly ringMs: number;
  /** key: the telephone may be a mailbox; who answers presses 1. */
  readonly accept: 'answer' | 'key';
}

/** The call's side of a place in a queue. The floor calls it; each call posts to its own mailbox, so nothing is waited for. */
export interface Seat {
  offer(offer: Offer): void;
  /** The agent is not to be rung any more (logged out, unreachable, taken by a supervisor). */
  rescind(offer: OfferId): void;
  /** The agent accepts without the key that was asked for. */
  accept(offer: OfferId): void;
  /** A supervisor moved the caller: the wait goes on in another queue, at this place. */
  moved(place: Place): void;
  /** The wait is over without an agent. */
  leave(how: WaitEnd): void;
}

/** The floor's side. All are synchronous; what they cause is stored in order behind them. Calls after the wait's end change nothing. */
export interface Place {
  readonly waitId: AcdEventId;
  readonly queue: Queue;
  /** UTC ms where the wait counts from, however often the engine was started again meanwhile. */
  readonly since: number;
  /** Never worse than what was told before. `estimatedWaitMs` is null while too little is known. */
  tell(): { readonly position: number; readonly estimatedWaitMs: number | null };
  /** Something is being said that may not be cut: no offers. */
  busy(on: boolean): void;
  ringing(offer: OfferId): void;
  /** The agent is there, and the caller with them: the talk begins. null: the offer was taken back in the same moment. */
  connected(offer: OfferId, control: TalkControl, at: number): Talk | null;
  offerOver(offer: OfferId, how: Exclude<OfferEnd, 'answered'>, at: number): void;
  left(how: Exclude<WaitEnd, 'answered'>, at: number): void;
}

/** Whom a call is passed on to, as the agent named them. */
export interface TransferTarget {
  readonly kind: TransferKind;
  /** Of the agent, queue or department; or the number, in any usual form. */
  readonly id: string;
}

export type { EarHow, EarView } from '../../domain/floor-view.ts';

/** Why a wish of the agent is not followed. not-now: the talk's state forbids it. */
export type AskRefusal = 'not-now' | 'unknown-target' | 'target-not-free' | 'target-closed' | 'failed';
export type Asked = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: AskRefusal };

/** What an agent's page shows of the talk itself. */
export type TalkView = Pick<CallCard, 'muted' | 'recording' | 'transfer' | 'conference' | 'parties'>;

/** A supervisor who wants to be at a talk, and where they are rung. */
export interface Listener {
  readonly user: UserId;
  readonly name: string;
  readonly endpoint: string;
}

/** What may be asked of the call while an agent talks in it. Each wish is followed in the call's own turn. */
export interface TalkControl {
  readonly callId: CallId;
  readonly leg: LegId;
  /** Lets the agent go; the caller goes on in the flow, or with whom they were passed on to. */
  hangUp(): void;
  /** The page that is the agent's telephone is gone; the talk waits a while for it to come back. */
  phoneGone(): void;
  /** The caller hears music and the agent nothing of the caller. */
  hold(on: boolean): Promise<Asked>;
  /** The others do not hear the agent. */
  mute(on: boolean): Promise<Asked>;
  /** To the caller's side; to the target's while the agent talks with the target alone. */
  keys(keys: string): Promise<Asked>;
  transfer(how: 'blind' | 'attended', to: TransferTarget): Promise<Asked>;
  complete(): Promise<Asked>;
  cancel(): Promise<Asked>;
  conference(): Promise<Asked>;
  takeBack(): Promise<Asked>;
  /** off: nothing is recorded until the agent, or a limit of time, says otherwise. */
  record(on: boolean): Promise<Asked>;
  /** Lets a supervisor be at the talk, or be at it otherwise. */
  lendEar(listener: Listener, how: EarHow): Promise<Asked>;
  takeEar(user: UserId): Promise<Asked>;
  /** Who is at it. */
  ears(): readonly EarView[];
  view(): TalkView;
}

/** A talk with an agent, however it came about. */
export interface Talk {
  readonly talkId: AcdEventId;
  readonly agent: UserId;
  readonly queue: string | null;
  /** Whose rules end it: the queue that led to it, or the one it was taken over from. */
  readonly ruledBy: string | null;
  readonly since: number;
  /** Where the wait that led to it counts from, UTC ms; null: none did. */
  readonly waitingSince: number | null;
  held(on: boolean, at: number): void;
  /** The agent passes the call on; told before `released`. */
  transferred(how: 'blind' | 'attended', to: TransferKind, at: number): void;
  /** The caller is this agent's from now on, who came to it through no queue: the one they came from says how the talk is closed. */
  tookOver(queue: string | null): void;
  /** Something else of it is different: what the page shows is told anew. */
  changed(): void;
  /** The agent's telephone is gone and is being rung again until then (UTC ms), while the caller hears music; null: it is back. */
  away(until: number | null, at: number): void;
  /** The agent is out of the talk; wrap-up begins. */
  released(how: TalkEnd, at: number): void;
}

/** An agent reserved for a call that no queue leads to (a colleague's transfer). All but the first are ignored once it is over. */
export interface DirectOffer {
  readonly offer: Offer;
  ringing(): void;
  /** null: it was taken back in the same moment. */
  connected(control: TalkControl, at: number): Talk | null;
  over(how: Exclude<OfferEnd, 'answered' | 'refused'>, at: number): void;
}

/** A call that an agent makes by hand: for which queue, whose rules end it; null: for none. */
export interface OwnCall {
  readonly queue: string | null;
}

/** The call's side of it, each called at most once. */
export interface DirectSeat {
  /** The agent is not to be rung any more. */
  rescind(how: 'rescinded' | 'refused'): void;
  /** The agent accepts without the key that was asked for. */
  accept(): void;
}

export type JoinAnswer =
  | {
      readonly kind: 'joined';
      /** Busy: nobody is offered before the call says that the caller may be talked to (`busy(false)`). */
      readonly place: Place;
      /** The caller waited here already, before the engine was started again. */
      readonly resumed: boolean;
    }
  | { readonly kind: 'refused'; readonly how: Extract<WaitEnd, 'full' | 'too-long' | 'no-agents' | 'closed' | 'failed'> };
