import type { TalkEnd } from '../../../domain/acd-event.ts';
import type { Talk } from '../../floor/seat.ts';
import { type AgentLeg, type AgentLegListener, NO_EARS } from '../agent-leg.ts';
import type { Rooms } from './rooms.ts';
import type { Transfer, TransferHost } from './transfer.ts';

/** Somebody the caller talks with. `talk` is null for who is no agent of the floor. */
export interface Party {
  leg: AgentLeg;
  talk: Talk | null;
  muted: boolean;
  label: string | null;
}

/**
 * Who is in a talk, and where the caller is: with them, or away with music. `main` is whom the caller belongs to, null when
 * the agent has left while somebody is rung; `target` whom the caller is being passed on to and who has answered.
 */
export class Circle {
  readonly host: TransferHost;
  readonly rooms: Rooms;
  main: Party | null;
  target: Party | null = null;
  transfer: Transfer | null = null;
  held = false;
  over = false;
  /** The caller is away because the agent's telephone is, by nobody's will: no hold, so no end of one either. */
  #kept = false;

  constructor(host: TransferHost, rooms: Rooms, main: Party) {
    this.host = host;
    this.rooms = rooms;
    this.main = main;
  }

  /** Music for the caller. */
  callerAway(at: number): void {
    if (this.held) return;
    this.held = true;
    this.rooms.hold();
    this.main?.talk?.held(true, at);
    this.#noted('agent-held', at);
  }

  /** The same while the agent's telephone is gone: that is no hold of the agent's, and not counted as one. */
  callerKept(): void {
    if (this.held) return;
    this.held = true;
    this.#kept = true;
    this.rooms.hold();
  }

  callerBack(at: number): void {
    const kept = this.#kept;
    this.held = false;
    this.#kept = false;
    this.rooms.resume();
    this.main?.talk?.held(false, at);
    if (kept) this.told();
    else this.#noted('agent-resumed', at);
  }

  /** The caller is this one's from now on. */
  belongsTo(party: Party, at: number, gone: AgentLegListener['gone']): void {
    party.talk?.tookOver(this.transfer?.from ?? null);
    this.transfer?.letGo();
    this.transfer = null;
    this.target = null;
    this.main = party;
    // A leg of a transfer told the transfer, which is over.
    party.leg.tell({ ...NO_EARS, gone });
    if (this.held) this.callerBack(at);
    party.talk?.changed();
  }

  /** Nobody is being passed on to any more; who was, is let go. */
  dropTarget(how: TalkEnd, at: number): void {
    const [transfer, target] = [this.transfer, this.target];
    this.transfer = null;
    this.target = null;
    transfer?.cancel();
    if (target === null) return;
    target.leg.cancel();
    this.release(target, how, at);
  }

  release({ leg, talk }: Party, how: TalkEnd, at: number): void {
    talk?.released(how, at);
    this.host.record.note('agent-released', { leg: leg.id, how }, at);
    void this.host.record.save();
  }

  noteConnected({ leg, talk }: Party): void {
    if (talk === null) return;
    this.host.record.note('agent-connected', { leg: leg.id, agent: talk.agent, queue: talk.queue }, talk.since);
    void this.host.record.save();
  }

  /** What the agents' pages show is different. */
  told(): void {
    this.main?.talk?.changed();
    this.target?.talk?.changed();
  }

  #noted(kind: 'agent-held' | 'agent-resumed', at: number): void {
    this.host.record.note(kind, {}, at);
    void this.host.record.save();
    this.told();
  }
}
