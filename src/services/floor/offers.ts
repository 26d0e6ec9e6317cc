import type { AcdFact, OfferEnd } from '../../domain/acd-event.ts';
import type { AgentOnFloor, AgentProfile } from '../../domain/agent.ts';
import type { AcdEventId, CallId, UserId } from '../../domain/ids.ts';
import { AGENT_EVENTS } from './direct.ts';
import type { FloorDeps, FloorListener } from './floor-shape.ts';
import type { FloorWriter } from './floor-writer.ts';
import type { Roster } from './roster.ts';
import type { Offer } from './seat.ts';
import { isCallers, type OpenOffer, storedWait, type Wait } from './waits.ts';

/** What offers need of the floor. */
export interface OfferHost {
  readonly deps: FloorDeps;
  readonly roster: Roster;
  readonly writer: FloorWriter;
  readonly waits: ReadonlyMap<CallId, Wait>;
  readonly listeners: ReadonlySet<FloorListener>;
  note(fact: AcdFact, at?: number): AcdEventId;
  /** Decides anew. */
  turn(): void;
}

export interface Offers {
  /** Reserves the agent, and rings them once the reservation stands. */
  offer(wait: Wait, agent: UserId, now: number): void;
  /** The ringing is over without a talk. The agent's state follows; nothing is decided here. */
  endOffer(wait: Wait, how: Exclude<OfferEnd, 'answered'>, at: number): void;
  /** The agent is not to be rung any more, by the floor's own will; false when they are not. */
  takeBack(callId: CallId, agent: UserId, how: 'rescinded' | 'refused'): boolean;
}

/** Callers offered to agents: reserved, rung, over. */
export function createOffers({ deps, roster, writer, waits, listeners, note, turn }: OfferHost): Offers {
  const { clock, ids, log, brand } = deps;

  function offer(wait: Wait, agent: UserId, now: number): void {
    const profile = roster.profile(agent);
    const { callId, queue } = wait;
    const step = roster.step(agent, { kind: 'reserve', callId, queue, own: false }, { stored: false });
    if (step.kind === 'refused' || profile === undefined) {
      log.error({ callId, agent, step }, 'an agent was chosen who cannot be reserved');
      return;
    }
    const open: OpenOffer = { id: ids.next('offer'), agent, at: now, state: 'claiming' };
    wait.offer = open;
    void writer.claim(roster.stored(step.agent)).then((claimed) => {
      if (wait.offer !== open) return;
      if (claimed) make(wait, open, profile);
      else void lost(wait, open, step.agent);
    });
  }

  /** The reservation stands: the agent is rung. */
  function make(wait: Wait, open: OpenOffer, profile: AgentProfile): void {
    const { callId, queue, waitId } = wait;
    const line = deps.lineOf(profile);
    note({ kind: 'offered', queue, callId, agent: open.agent, waitId });
    open.state = 'made';
    if (line === null) {
      endOffer(wait, 'failed', clock.now());
      turn();
      return;
    }
    const ringMs = deps.queues().get(queue)?.offerMs ?? 0;
    const { displayName, language, place } = profile;
    const made: Offer = { id: open.id, agent: open.agent, displayName, language, place, ...line, ringMs };
    for (const listener of listeners) listener.offerMade?.(made, wait);
    wait.seat?.offer(made);
  }

  /** Another engine has the agent. */
  async function lost(wait: Wait, open: OpenOffer, reserved: AgentOnFloor): Promise<void> {
    const stored = await deps.store.stateOf(open.agent).catch(() => undefined);
    log.warn({ agent: open.agent }, 'another engine reserved this agent first');
    if (wait.offer === open) wait.offer = null;
    roster.lost(reserved, stored);
    turn();
  }

  /** The ringing is over without a talk. The agent's state follows; nothing is decided here. */
  function endOffer(wait: Wait, how: Exclude<OfferEnd, 'answered'>, at: number): void {
    const { offer: open, callId, queue, waitId } = wait;
    if (open === null) return;
    wait.offer = null;
    const { agent, id } = open;
    if (how !== 'rescinded') {
      wait.passedBy = [...wait.passedBy.filter((one) => one !== agent), agent];
      if (isCallers(wait)) writer.wait(storedWait(wait, brand));
    }
    if (open.state === 'made') note({ kind: 'offer-ended', queue, callId, agent, waitId, how, rangMs: Math.max(0, at - open.at) }, at);
    roster.step(agent, { kind: AGENT_EVENTS[how], callId });
    for (const listener of listeners) listener.offerOver?.({ id, agent, callId }, how);
  }

  /** The agent is not to be rung any more, by the floor's own will. */
  function takeBack(callId: CallId, agent: UserId, how: 'rescinded' | 'refused'): boolean {
    const wait = waits.get(callId);
    const open = wait?.offer;
    if (wait === undefined || open?.agent !== agent) return false;
    endOffer(wait, how, clock.now());
    if (open.state === 'made') wait.seat?.rescind(open.id);
    turn();
    return true;
  }

  return { offer, endOffer, takeBack };
}
