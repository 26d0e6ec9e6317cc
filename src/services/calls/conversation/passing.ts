import type { DialOutcome } from '../../../domain/dial-outcome.ts';
import type { Asked, Place, Seat, TalkControl, TransferTarget } from '../../floor/seat.ts';
import type { AgentLeg } from '../agent-leg.ts';
import { done, refused } from './asks.ts';
import type { Circle, Party } from './circle.ts';
import { Transfer, type TransferListener } from './transfer.ts';

/** What passing on needs of its conversation. */
export interface PassingHost {
  readonly callerId: string | null;
  controlOf(party: Party): TalkControl;
  legGone(leg: AgentLeg, at: number): void;
  /** Null: the queue takes nobody. */
  consult(queue: string, seat: Seat): Place | null;
  /** Null: the caller waits there now, and the talk has to be ended. */
  toQueue(queue: string): string | null;
  passedToQueue(at: number): void;
  /** Nobody is there for the caller any more. */
  forsaken(at: number): void;
}

/** Passing a caller on: blindly, or after a word with the target; the three together; called off; taken back. The caller is never without a way on. */
export class Passing {
  readonly #circle: Circle;
  readonly #host: PassingHost;

  constructor(circle: Circle, host: PassingHost) {
    this.#circle = circle;
    this.#host = host;
  }

  pass(how: 'blind' | 'attended', to: TransferTarget): Asked {
    const circle = this.#circle;
    const { deps } = circle.host;
    if (circle.transfer?.state === 'ringing' || circle.target !== null) return refused('not-now');
    const reach = deps.reach(to);
    if (reach === undefined) return refused('unknown-target');
    const at = deps.clock.now();
    if (reach.kind === 'closed') return refused('target-closed');
    if (reach.kind === 'queue' && how === 'blind') return this.#toQueue(reach.queue, at);
    if (reach.kind === 'agent' && reach.agent === circle.main?.talk?.agent) return refused('unknown-target');
    const asked = { callerId: this.#host.callerId, from: circle.main?.talk?.ruledBy ?? null };
    const order = { how, to, reach, ...asked, consult: (seat: Seat) => this.#host.consult(to.id, seat) };
    const transfer = Transfer.begin(circle.host, order, this.#ears());
    if (transfer === null) return refused('target-not-free');
    circle.callerAway(at);
    this.#note('begun', how, to.kind, at);
    circle.transfer = transfer;
    circle.told();
    return done;
  }

  /** Goes on with a target who talked already when the process that rang them ended. */
  resume(target: Party): void {
    this.#circle.target = target;
    this.#circle.transfer = Transfer.resume(
      this.#circle.host,
      { leg: target.leg, label: target.label ?? '', from: this.#circle.main?.talk?.ruledBy ?? null },
      this.#ears(),
    );
  }

  complete(): Asked {
    const { target, transfer, host } = this.#circle;
    if (target !== null) this.handOver(target, 'attended', host.deps.clock.now());
    else if (transfer?.state === 'ringing' && transfer.how === 'attended' && transfer.kind === 'queue') return this.#leaveInQueue(transfer);
    // Nobody has answered yet: from now on as if passed on blindly. The agent may leave, or take it back.
    else if (transfer?.state === 'ringing' && transfer.how === 'attended') transfer.how = 'blind';
    else return refused('not-now');
    this.#circle.told();
    return done;
  }

  cancel(): Asked {
    return this.#callOff(({ how }) => how === 'attended');
  }

  takeBack(): Asked {
    return this.#callOff(({ how, state }) => how === 'blind' && state === 'ringing');
  }

  conference(): Asked {
    const { target, held, transfer, host } = this.#circle;
    if (target === null || !held) return refused('not-now');
    const at = host.deps.clock.now();
    this.#circle.callerBack(at);
    this.#note('conference', 'attended', transfer?.kind ?? 'number', at);
    this.#circle.told();
    return done;
  }

  /** The caller is the target's: who had them goes. */
  handOver(target: Party, how: 'blind' | 'attended', at: number): void {
    const { main: before, transfer } = this.#circle;
    const kind = transfer?.kind ?? 'number';
    this.#note('done', how, kind, at);
    this.#circle.belongsTo(target, at, (when) => this.#host.legGone(target.leg, when));
    if (before === null) return;
    before.talk?.transferred(how, kind, at);
    before.leg.cancel();
    this.#circle.release(before, 'transferred', at);
  }

  /** The agent left while the target rings: who answers gets the caller. False: nobody rings. */
  leftRinging(at: number): boolean {
    const { main, transfer } = this.#circle;
    if (main === null || transfer?.state !== 'ringing') return false;
    if (transfer.kind === 'queue') {
      if (this.#leaveInQueue(transfer).kind === 'refused') this.#host.forsaken(at);
      return true;
    }
    main.talk?.transferred(transfer.how, transfer.kind, at);
    this.#circle.main = null;
    transfer.how = 'blind';
    this.#circle.release(main, 'transferred', at);
    return true;
  }

  targetGone(at: number): void {
    const { target, transfer } = this.#circle;
    if (target !== null) this.#circle.release(target, 'agent-hung-up', at);
    this.#circle.target = null;
    if (transfer === null) return;
    transfer.letGo();
    this.#failed(transfer, 'left', at);
    if (this.#circle.held) this.#circle.callerBack(at);
    this.#circle.told();
  }

  #toQueue(queue: string, at: number): Asked {
    const { main } = this.#circle;
    if (this.#host.toQueue(queue) !== null) return refused('target-not-free');
    main?.talk?.transferred('blind', 'queue', at);
    this.#note('done', 'blind', 'queue', at);
    this.#host.passedToQueue(at);
    return done;
  }

  /** The agent waits no more for somebody of the queue: the caller does. */
  #leaveInQueue(transfer: Transfer): Asked {
    const circle = this.#circle;
    const at = circle.host.deps.clock.now();
    circle.dropTarget('ended-by-user', at);
    const asked = this.#toQueue(transfer.id, at);
    if (asked.kind === 'refused') {
      this.#note('not-free', 'blind', 'queue', at);
      if (circle.held) circle.callerBack(at);
      circle.told();
    }
    return asked;
  }

  /** Whom the transfer reached, or why not. */
  #ears(): TransferListener {
    return {
      answered: (at) => this.#answered(at),
      failed: (outcome, at) => this.#notReached(outcome, at),
      gone: (at) => {
        const leg = this.#circle.transfer?.leg;
        if (leg !== undefined && leg !== null) this.#host.legGone(leg, at);
      },
    };
  }

  #answered(at: number): void {
    const circle = this.#circle;
    const { transfer } = circle;
    const leg = transfer?.leg;
    if (circle.over || transfer === null || leg === undefined || leg === null) return;
    const target: Party = { leg, talk: null, muted: false, label: transfer.label };
    circle.target = target;
    const talk = transfer.connect(this.#host.controlOf(target), at);
    if (talk === 'lost') return this.#notReached('cancelled', at);
    target.talk = talk;
    circle.noteConnected(target);
    void circle.rooms.enter([leg.channelId]);
    if (transfer.how === 'blind' || circle.main === null) this.handOver(target, transfer.how, at);
    else circle.told();
  }

  #notReached(outcome: DialOutcome | 'not-free', at: number): void {
    const circle = this.#circle;
    const { transfer } = circle;
    if (circle.over || transfer === null) return;
    circle.target = null;
    transfer.cancel();
    this.#failed(transfer, outcome, at);
    if (circle.main === null) return this.#host.forsaken(at);
    circle.callerBack(at);
    circle.told();
  }

  #callOff(allowed: (transfer: Transfer) => boolean): Asked {
    const circle = this.#circle;
    const { transfer } = circle;
    if (transfer === null || transfer.state === 'failed' || !allowed(transfer)) return refused('not-now');
    const at = circle.host.deps.clock.now();
    circle.dropTarget('ended-by-user', at);
    this.#note('cancelled', transfer.how, transfer.kind, at);
    if (circle.held) circle.callerBack(at);
    circle.told();
    return done;
  }

  #failed(transfer: Transfer, why: string, at: number): void {
    transfer.state = 'failed';
    transfer.since = at;
    this.#note(why, transfer.how, transfer.kind, at);
  }

  #note(state: string, how: 'blind' | 'attended', to: string, at: number): void {
    this.#circle.host.record.note('agent-transfer', { state, how, to }, at);
    void this.#circle.host.record.save();
  }
}
