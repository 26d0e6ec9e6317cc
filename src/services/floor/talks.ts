import type { AcdEvent, AcdFact, TalkEnd } from '../../domain/acd-event.ts';
import { NOT_SET } from '../../domain/disposition.ts';
import type { AcdEventId, CallId, UserId } from '../../domain/ids.ts';
import type { WrapUpRule } from '../../domain/queue.ts';
import type { Roster } from './roster.ts';
import type { Talk, TalkControl } from './seat.ts';

/** What an agent wrote down about a talk. `disposition` is a path in the queue's tree. */
export interface TalkNote {
  readonly disposition: string | null;
  readonly note: string;
}

/** A talk that goes on, or whose wrap-up does. Times are UTC ms. */
export interface OpenTalk {
  readonly talkId: AcdEventId;
  readonly callId: CallId;
  readonly agent: UserId;
  readonly queue: string | null;
  /** Whose rules end it: the queue that led to it, or the one it was taken over from. */
  ruledBy: string | null;
  readonly waitId: AcdEventId | null;
  readonly since: number;
  /** Of the wait that led to it; null: none did. */
  readonly waitingSince: number | null;
  readonly class: string | null;
  heldSince: number | null;
  holdMs: number;
  /** null: a former process's talk that no call has taken up yet. */
  control: TalkControl | null;
  over: boolean;
  /** Since when the agent's telephone is gone, and until when it is waited for. */
  away: { readonly since: number; readonly until: number } | null;
  written: TalkNote | null;
}

export const NO_WRAP_UP: WrapUpRule = { mode: 'none', ms: 0, extensionMs: 0 };

interface TalksDeps {
  readonly roster: () => Pick<Roster, 'step' | 'agents'>;
  fact(fact: AcdFact, at?: number): AcdEventId;
  wrapUpOf(queue: string | null): WrapUpRule;
  /** False: no tree of dispositions belongs to the queue. */
  hasDispositions(queue: string | null): boolean;
  isDispositionRequired(queue: string | null): boolean;
  changed(): void;
  /** The agent's state is the same, what can be seen of the talk is not. */
  talkChanged(agent: UserId): void;
}

/** Who talks with whom, and what is kept of it until the wrap-up is over. One talk per agent. */
export class Talks {
  readonly #deps: TalksDeps;
  readonly #open = new Map<UserId, OpenTalk>();
  readonly #last = new Map<UserId, CallId>();

  constructor(deps: TalksDeps) {
    this.#deps = deps;
  }

  of(agent: UserId): OpenTalk | undefined {
    return this.#open.get(agent);
  }

  /** The call the agent talks in, or talked in last since the engine's start. */
  lastCallOf(agent: UserId): CallId | undefined {
    return this.#last.get(agent);
  }

  /** The call's side of the agent's talk; undefined when there is none that goes on. */
  handleOf(agent: UserId): Talk | undefined {
    const talk = this.#open.get(agent);
    return talk === undefined || talk.over ? undefined : this.#handle(talk);
  }

  all(): readonly OpenTalk[] {
    return [...this.#open.values()];
  }

  begin(
    fact: AcdFact & { kind: 'connected' },
    control: TalkControl,
    at: number,
    wait: { readonly since: number; readonly class: string } | null = null,
  ): Talk {
    const talkId = this.#deps.fact(fact, at);
    const { callId, agent, queue, waitId } = fact;
    const fresh = {
      waitingSince: wait?.since ?? null,
      class: wait?.class ?? null,
      heldSince: null,
      holdMs: 0,
      over: false,
      away: null,
      written: null,
    };
    return this.#put({ talkId, callId, agent, queue, ruledBy: queue, waitId, since: at, control, ...fresh });
  }

  /** A talk of a former process, as its facts tell; without a call so far. */
  restore(agent: UserId, callId: CallId, events: readonly AcdEvent[]): void {
    const connected = events.findLast((event) => event.kind === 'connected' && event.agent === agent);
    if (connected?.kind !== 'connected') return;
    const { id: talkId, queue, waitId, at: since } = connected;
    const entered = events.find((event) => event.kind === 'entered' && event.id === waitId);
    const wait = entered?.kind === 'entered' ? { waitingSince: entered.since, class: entered.class } : { waitingSince: null, class: null };
    const ruledBy = queue ?? takenFrom(events, talkId);
    const talk: OpenTalk = { talkId, callId, agent, queue, ruledBy, waitId, since, ...NOTHING_YET, ...wait };
    for (const event of events) {
      if ((event.kind === 'held' || event.kind === 'resumed') && event.talkId === talkId) turnHold(talk, event.kind === 'held', event.at);
      if (event.kind === 'released' && event.talkId === talkId) talk.over = true;
    }
    this.#put(talk);
  }

  /** The call's side of a talk that outlived the process which began it. */
  takeUp(callId: CallId, agent: UserId, control: TalkControl): Talk | null {
    const talk = this.#open.get(agent);
    if (talk === undefined || talk.callId !== callId || talk.over || talk.control !== null) return null;
    talk.control = control;
    return this.#handle(talk);
  }

  /** Talks that no call has taken up are over: the caller or the agent left meanwhile. */
  settle(at: number): void {
    for (const talk of this.all()) if (talk.control === null && !talk.over) this.#release(talk, 'failed', at);
  }

  write(agent: UserId, note: TalkNote): void {
    const talk = this.#open.get(agent);
    if (talk !== undefined) talk.written = note;
  }

  /** The wrap-up is over, or there is none (`wrapMs` 0). */
  wrappedUp(agent: UserId, wrapMs: number): void {
    const talk = this.#open.get(agent);
    if (talk === undefined || !talk.over) return;
    this.#open.delete(agent);
    const { ruledBy: queue, callId, talkId, written } = talk;
    const disposition = written?.disposition ?? (this.#deps.hasDispositions(queue) ? NOT_SET : null);
    this.#deps.fact({ kind: 'wrapped-up', queue, callId, agent, talkId, wrapMs, disposition });
  }

  /** It was closed during the talk: no time is needed for it any more. */
  #closeNow({ agent, ruledBy: queue }: OpenTalk, { disposition }: TalkNote): void {
    const rule = { wrapUp: this.#deps.wrapUpOf(queue), dispositionRequired: this.#deps.isDispositionRequired(queue) };
    this.#deps.roster().step(agent, { kind: 'wrap-up-done', ...rule, disposed: disposition !== null });
  }

  #put(talk: OpenTalk): Talk {
    this.#open.set(talk.agent, talk);
    this.#last.set(talk.agent, talk.callId);
    return this.#handle(talk);
  }

  #handle(talk: OpenTalk): Talk {
    const { talkId, agent, queue, since, waitingSince } = talk;
    return {
      get ruledBy() {
        return talk.ruledBy;
      },
      talkId,
      agent,
      queue,
      since,
      waitingSince,
      held: (on, at) => this.#hold(talk, on, at),
      transferred: (how, to, at) => {
        const { callId } = talk;
        if (!talk.over) this.#deps.fact({ kind: 'transferred', callId, agent, talkId, how, to }, at);
      },
      tookOver: (from) => {
        talk.ruledBy ??= from;
      },
      changed: () => (talk.over ? undefined : this.#deps.talkChanged(agent)),
      away: (until, at) => this.#away(talk, until, at),
      released: (how, at) => this.#release(talk, how, at),
    };
  }

  #hold(talk: OpenTalk, on: boolean, at: number): void {
    if (talk.over || (talk.heldSince !== null) === on) return;
    turnHold(talk, on, at);
    const { callId, agent, talkId } = talk;
    this.#deps.fact({ kind: on ? 'held' : 'resumed', callId, agent, talkId }, at);
    this.#deps.roster().step(agent, { kind: on ? 'hold' : 'resume', callId });
    this.#deps.changed();
  }

  #away(talk: OpenTalk, until: number | null, at: number): void {
    if (talk.over) return;
    talk.away = until === null ? null : { since: at, until };
    this.#deps.talkChanged(talk.agent);
  }

  #release(talk: OpenTalk, how: TalkEnd, at: number): void {
    if (talk.over) return;
    if (talk.heldSince !== null) turnHold(talk, false, at);
    talk.over = true;
    talk.control = null;
    const { queue, callId, agent, talkId, holdMs, since } = talk;
    const talkMs = Math.max(0, at - since - holdMs);
    this.#deps.fact({ kind: 'released', queue, callId, agent, talkId, how, talkMs, holdMs }, at);
    this.#deps.roster().step(agent, { kind: 'release', callId, wrapUp: this.#deps.wrapUpOf(talk.ruledBy) });
    // Every talk is closed by one fact, also where no time follows it: what the agent wrote stands in it.
    if (this.#deps.roster().agents.get(agent)?.state.kind !== 'wrap-up') this.wrappedUp(agent, 0);
    else if (talk.written !== null) this.#closeNow(talk, talk.written);
    this.#deps.changed();
  }
}

/** The queue of the talk that a call was passed on from to this one, as its facts tell; null: it was not, or from none. */
function takenFrom(events: readonly AcdEvent[], talkId: AcdEventId): string | null {
  const given = events.findLast((event) => event.kind === 'released' && event.how === 'transferred' && event.talkId !== talkId);
  return given?.kind === 'released' ? given.queue : null;
}

const NOTHING_YET = { heldSince: null, holdMs: 0, control: null, over: false, away: null, written: null };

function turnHold(talk: OpenTalk, on: boolean, at: number): void {
  if (on) talk.heldSince ??= at;
  else {
    talk.holdMs += talk.heldSince === null ? 0 : Math.max(0, at - talk.heldSince);
    talk.heldSince = null;
  }
}
