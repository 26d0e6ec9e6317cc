import type { AgentEvent } from '../../acd/agent-event.ts';
import type { OfferEnd } from '../../domain/acd-event.ts';
import type { AgentProfile } from '../../domain/agent.ts';
import type { CallId, IdSource, OfferId, UserId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FloorStore } from '../../ports/floor-store.ts';
import type { Log } from '../../ports/log.ts';
import type { FloorWriter } from './floor-writer.ts';
import type { Roster } from './roster.ts';
import type { DirectOffer, DirectSeat, Offer, OwnCall, TalkControl } from './seat.ts';
import type { Talks } from './talks.ts';

/** How long an agent's telephone rings for a colleague's transfer. */
export const DIRECT_RING_MS = 25_000;

/** An agent who is being rung for a call that no queue leads to. */
export interface OpenDirect {
  readonly id: OfferId;
  readonly agent: UserId;
  readonly callId: CallId;
  readonly at: number;
  readonly until: number;
  readonly seat: DirectSeat;
  /** The agent's own wish: they call somebody. */
  readonly own: OwnCall | null;
}

interface DirectsDeps {
  readonly roster: () => Pick<Roster, 'profile' | 'step' | 'stored' | 'lost'>;
  readonly talks: () => Pick<Talks, 'begin'>;
  readonly store: Pick<FloorStore, 'stateOf'>;
  readonly writer: Pick<FloorWriter, 'claim'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly lineOf: (profile: AgentProfile) => Pick<Offer, 'endpoint' | 'accept'> | null;
  told(agent: UserId): void;
  offerOver(offer: OpenDirect, how: OfferEnd): void;
}

/** Calls that go to one agent and nobody else: reserved as for a queue, so that no two calls ever ring one telephone. */
export class Directs {
  readonly #deps: DirectsDeps;
  readonly #open = new Map<UserId, OpenDirect>();

  constructor(deps: DirectsDeps) {
    this.#deps = deps;
  }

  of(agent: UserId): OpenDirect | undefined {
    return this.#open.get(agent);
  }

  /** own: the agent calls somebody, which may be done in a pause as well. */
  async reserve(agent: UserId, callId: CallId, seat: DirectSeat, own: OwnCall | null = null): Promise<DirectOffer | null> {
    const { clock, ids, log, store, writer } = this.#deps;
    const roster = this.#deps.roster();
    const profile = roster.profile(agent);
    const line = profile === undefined ? null : this.#deps.lineOf(profile);
    if (profile === undefined || line === null) return null;
    const queue = own?.queue ?? null;
    const step = roster.step(agent, { kind: 'reserve', callId, queue, own: own !== null }, { stored: false });
    if (step.kind === 'refused') return null;
    const at = clock.now();
    const open: OpenDirect = { id: ids.next('offer'), agent, callId, at, until: at + DIRECT_RING_MS, seat, own };
    this.#open.set(agent, open);
    if (!(await writer.claim(roster.stored(step.agent)))) {
      this.#open.delete(agent);
      const stored = await store.stateOf(agent).catch(() => undefined);
      roster.lost(step.agent, stored);
      log.warn({ agent }, 'another engine reserved this agent first');
      return null;
    }
    // Taken back, or refused, while the reservation was being stored.
    if (this.#open.get(agent) !== open) return null;
    const { displayName, language, place } = profile;
    return this.#offer(open, { id: open.id, agent, displayName, language, place, ...line, ringMs: DIRECT_RING_MS });
  }

  /** The agent is not to be rung any more; false when nothing rings. */
  takeBack(agent: UserId, how: 'rescinded' | 'refused'): boolean {
    const open = this.#open.get(agent);
    if (open === undefined) return false;
    this.#end(open, how);
    open.seat.rescind(how);
    return true;
  }

  accept(agent: UserId): boolean {
    const open = this.#open.get(agent);
    open?.seat.accept();
    return open !== undefined;
  }

  #offer(open: OpenDirect, offer: Offer): DirectOffer {
    const { agent, callId, own } = open;
    const queue = own?.queue ?? null;
    const direction = own === null ? 'inbound' : 'outbound';
    const current = (): boolean => this.#open.get(agent) === open;
    this.#deps.told(agent);
    return {
      offer,
      ringing: () => {
        if (current()) this.#deps.roster().step(agent, { kind: 'ring', callId });
      },
      connected: (control: TalkControl, at: number) => {
        if (!current()) return null;
        this.#open.delete(agent);
        if (own === null) this.#deps.offerOver(open, 'answered');
        const talk = this.#deps.talks().begin({ kind: 'connected', queue, callId, agent, waitId: null, direction }, control, at);
        this.#deps.roster().step(agent, { kind: 'answer', callId });
        return talk;
      },
      over: (how) => {
        if (current()) this.#end(open, how);
      },
    };
  }

  #end(open: OpenDirect, how: Exclude<OfferEnd, 'answered'>): void {
    const { agent, callId } = open;
    this.#open.delete(agent);
    this.#deps.roster().step(agent, { kind: AGENT_EVENTS[how], callId });
    // An agent's own call is nobody's offer: its end shows in the agent's state.
    if (open.own === null) this.#deps.offerOver(open, how);
  }
}

/** What the end of an offer is to the agent. */
export const AGENT_EVENTS = {
  'no-answer': 'no-answer',
  refused: 'refuse',
  rescinded: 'rescind',
  failed: 'failed',
} as const satisfies Record<Exclude<OfferEnd, 'answered'>, AgentEvent['kind']>;
