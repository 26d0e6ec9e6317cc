import type { TalkEnd } from '../../../domain/acd-event.ts';
import type { Leg } from '../../../domain/call.ts';
import type { LegId, UserId } from '../../../domain/ids.ts';
import type { TelephonyEvent } from '../../../ports/telephony.ts';
import type { Asked, Place, Seat, Talk, TalkControl } from '../../floor/seat.ts';
import { AgentLeg, NO_EARS } from '../agent-leg.ts';
import { Asks, done, refused } from './asks.ts';
import { CallBack } from './call-back.ts';
import { Circle, type Party } from './circle.ts';
import { Ears } from './ears.ts';
import { Passing } from './passing.ts';
import { Rooms, type Standing } from './rooms.ts';
import type { TransferHost } from './transfer.ts';
import { viewOf } from './view.ts';

export interface ConversationHost extends TransferHost {
  /** What colleagues and outside telephones are shown. */
  readonly callerId: string | null;
}

/** What becomes of the caller; each once, and only while the caller is there. */
export interface ConversationListener {
  /** The talk is over: the caller goes on in the flow. */
  over(talkMs: number): void;
  /** Nobody is there for the caller any more, through no will of theirs: they wait again, first of all. */
  back(): void;
  /** An agent of that queue is asked for, to speak with before the caller is theirs. Null: the queue takes nobody. */
  consult(queue: string, seat: Seat): Place | null;
  /** Passed on to a queue. Null: they wait there now; otherwise why not, and nothing has changed. */
  toQueue(queue: string): string | null;
}

/** A caller and whom they talk with. The call's actor stays the owner: everything here runs in its mailbox. */
export class Conversation {
  readonly #host: ConversationHost;
  readonly #listener: ConversationListener;
  readonly #circle: Circle;
  readonly #passing: Passing;
  readonly #asks: Asks;
  readonly #ears: Ears;
  /** The agent's page is being rung again, and the caller hears music meanwhile. */
  #lost: CallBack | null = null;
  /** The agent asked to leave: a leg that ends then is meant to. */
  #asked = false;

  private constructor(host: ConversationHost, circle: Circle, listener: ConversationListener) {
    this.#host = host;
    this.#circle = circle;
    this.#listener = listener;
    this.#asks = new Asks(host);
    this.#ears = new Ears(circle, host.callerId);
    host.recording.watchedBy(() => circle.told());
    this.#passing = new Passing(circle, {
      callerId: host.callerId,
      controlOf: (party) => this.#controlOf(party),
      legGone: (leg, at) => this.#legGone(leg, at),
      consult: (queue, seat) => listener.consult(queue, seat),
      toQueue: (queue) => listener.toQueue(queue),
      passedToQueue: (at) => this.#close('transferred', at),
      forsaken: (at) => this.#leave('agent-hung-up', at, () => listener.back()),
    });
  }

  /** Brings both together, once `connect` has begun the talk on the floor; null where it has not: nothing is done then. */
  static begin(
    host: ConversationHost,
    leg: AgentLeg,
    listener: ConversationListener,
    connect: (control: TalkControl) => Talk | null,
  ): Conversation | null {
    const main: Party = { leg, talk: null, muted: false, label: null };
    const circle = new Circle(host, new Rooms(host), main);
    const conversation = new Conversation(host, circle, listener);
    main.talk = connect(conversation.#controlOf(main));
    if (main.talk === null) return null;
    leg.tell({ ...NO_EARS, gone: (at) => conversation.#legGone(leg, at) });
    circle.noteConnected(main);
    const opened = circle.rooms.open([host.record.call.channelId, leg.channelId]);
    void opened.then((ok) => (ok ? undefined : host.post(() => conversation.#failed())));
    return conversation;
  }

  /** Goes on with one that outlived the process which began it; null where nobody of ours is in it. */
  static resume(host: ConversationHost, standing: Standing, listener: ConversationListener): Conversation | null {
    const [first, second] = liveLegs(host, standing);
    if (first === undefined) return null;
    const party = (leg: Leg): Party => ({ leg: AgentLeg.resume(host, leg, NO_EARS), talk: null, muted: false, label: null });
    const main = party(first);
    const circle = new Circle(host, Rooms.found(host, standing, [first.channelId]), main);
    const conversation = new Conversation(host, circle, listener);
    circle.held = !circle.rooms.look(standing);
    Ears.drop(circle, standing);
    conversation.#takeUp(main);
    if (second !== undefined) {
      const target = party(second);
      conversation.#takeUp(target);
      conversation.#passing.resume(target);
    }
    main.talk?.held(circle.held, host.deps.clock.now());
    return conversation;
  }

  get talk(): Talk | null {
    return this.#circle.main?.talk ?? null;
  }

  onEvent(channelId: string, event: TelephonyEvent): void {
    if (this.#ears.onEvent(channelId, event)) return;
    if (this.#lost?.channelId === channelId) return this.#lost.onEvent(event);
    if (this.#circle.transfer?.onEvent(channelId, event) === true) return;
    if (this.#circle.main?.leg.channelId === channelId) this.#circle.main.leg.onEvent(event);
  }

  /** The call is over, or being ended: only clean-up is sent. */
  end(how: TalkEnd): void {
    if (!this.#circle.over) this.#close(how, this.#host.deps.clock.now());
  }

  /** There is no line: what became of it is seen when there is one again. The talk on the floor goes on. */
  freeze(): void {
    const { main, target, transfer } = this.#circle;
    this.#asks.end();
    this.#lost?.forget();
    this.#lost = null;
    if (transfer?.state === 'ringing') {
      transfer.freeze();
      this.#circle.transfer = null;
    }
    target?.leg.forget();
    main?.leg.forget();
  }

  /** There is a line again; who is in no bridge has left meanwhile. */
  thaw(standing: Standing): void {
    const circle = this.#circle;
    const at = this.#host.deps.clock.now();
    // What became of supervisors meanwhile nobody knows.
    this.#ears.close();
    const main = this.#backFrom(circle.main, standing, at);
    const target = this.#backFrom(circle.target, standing, at);
    circle.main = main;
    circle.target = target;
    circle.held = !circle.rooms.look(standing);
    if (target === null) circle.transfer = null;
    if (main === null && target === null) return this.#leave('agent-lost', at, () => this.#listener.back());
    if (main === null) {
      if (target !== null) circle.belongsTo(target, at, (when) => this.#legGone(target.leg, when));
    } else if (target === null && circle.held) circle.callerBack(at);
    else main.talk?.held(circle.held, at);
  }

  /** No more answers: the engine stops. */
  dispose(): void {
    this.#asks.end();
  }

  #backFrom(party: Party | null, standing: Standing, at: number): Party | null {
    if (party === null) return null;
    if (standing.some(({ channelIds }) => channelIds.includes(party.leg.channelId))) {
      party.leg.again();
      return party;
    }
    party.leg.lost();
    this.#circle.release(party, 'agent-lost', at);
    return null;
  }

  #controlOf(party: Party): TalkControl {
    const passing = this.#passing;
    const isIn = (): boolean => !this.#circle.over && (party === this.#circle.main || party === this.#circle.target);
    const ask = (run: () => Asked | Promise<Asked>) => this.#asks.ask(() => (isIn() ? run() : refused('not-now')));
    const asMain = (run: () => Asked | Promise<Asked>) =>
      ask(() => (party === this.#circle.main && this.#lost === null ? run() : refused('not-now')));
    return {
      callId: this.#host.record.call.id,
      leg: party.leg.id as LegId,
      hangUp: () => this.#host.post(() => this.#hangUp(party)),
      phoneGone: () => this.#host.post(() => this.#phoneGone(party)),
      hold: (on) => asMain(() => this.#hold(on)),
      mute: (on) => ask(() => this.#mute(party, on)),
      keys: (keys) => asMain(() => this.#keys(keys)),
      transfer: (how, to) => asMain(() => passing.pass(how, to)),
      complete: () => asMain(() => passing.complete()),
      cancel: () => asMain(() => passing.cancel()),
      conference: () => asMain(() => passing.conference()),
      takeBack: () => asMain(() => passing.takeBack()),
      record: (on) => ask(() => this.#record(on)),
      lendEar: (listener, how) => ask(() => this.#ears.lend(party, listener, how)),
      takeEar: (user) => ask(() => this.#ears.leave(user)),
      ears: () => this.#ears.of(party),
      view: () => viewOf(this.#circle),
    };
  }

  #hold(on: boolean): Asked {
    const { held, transfer, target } = this.#circle;
    if (held === on || transfer?.state === 'ringing' || target !== null) return refused('not-now');
    const at = this.#host.deps.clock.now();
    if (on) this.#circle.callerAway(at);
    else this.#circle.callerBack(at);
    return done;
  }

  async #mute(party: Party, on: boolean): Promise<Asked> {
    const { telephony } = this.#host.deps;
    if (!(await this.#host.command('mute', () => telephony.mute(party.leg.channelId, on)))) return refused('failed');
    party.muted = on;
    this.#circle.told();
    return done;
  }

  async #record(on: boolean): Promise<Asked> {
    const { recording } = this.#host;
    if (recording.state === 'off') return refused('not-now');
    return (await (on ? recording.resume('agent') : recording.pause('agent'))) ? done : refused('failed');
  }

  async #keys(keys: string): Promise<Asked> {
    const { deps, record } = this.#host;
    const { held, target } = this.#circle;
    if (held && target === null) return refused('not-now');
    const channel = held && target !== null ? target.leg.channelId : record.call.channelId;
    return (await this.#host.command('keys', () => deps.telephony.sendKeys(channel, keys))) ? done : refused('failed');
  }

  /** Asked for by the agent, also while their telephone is gone. */
  #hangUp(party: Party): void {
    if (party === this.#circle.main) this.#asked = true;
    if (this.#lost === null || party !== this.#circle.main) party.leg.hangUp();
    else this.#leave('agent-hung-up', this.#host.deps.clock.now(), (talkMs) => this.#listener.over(talkMs));
  }

  /** Somebody's telephone is gone: hung up, or lost. */
  #legGone(leg: AgentLeg, at: number): void {
    if (this.#circle.over) return;
    if (leg === this.#circle.main?.leg) this.#mainGone(at);
    else if (leg === this.#circle.target?.leg) this.#passing.targetGone(at);
  }

  /** A page that is gone without a word was opened anew: it is rung again, unless somebody else is there for the caller. */
  #mainGone(at: number): void {
    const { target, main } = this.#circle;
    if (this.#lost !== null) return;
    if (target !== null) return this.#passing.handOver(target, 'attended', at);
    if (this.#passing.leftRinging(at)) return;
    const agent = main?.talk?.agent;
    if (main === null || this.#asked || agent === undefined || this.#host.deps.floor.pageOf(agent) === null)
      return this.#leave('agent-hung-up', at, (talkMs) => this.#listener.over(talkMs));
    this.#callBack(main, agent, at);
  }

  #callBack(party: Party, agent: UserId, at: number): void {
    this.#lost = new CallBack(this.#host, agent, {
      back: (leg) => this.#phoneBack(party, leg),
      failed: (how, when) => {
        this.#lost = null;
        if (how === 'refused') this.#leave('agent-hung-up', when, (talkMs) => this.#listener.over(talkMs));
        else this.#leave('agent-lost', when, () => this.#listener.back());
      },
      gone: (when) => this.#legGone(party.leg, when),
    });
    this.#circle.callerKept();
    this.#host.record.note('agent-away', { agent }, at);
    party.talk?.away(this.#lost.until, at);
    void this.#host.record.save();
  }

  /** The page's line to Asterisk is cut, and its telephone with it, though Asterisk may not know yet. */
  #phoneGone(party: Party): void {
    if (!this.#circle.over && party === this.#circle.main && this.#lost === null) party.leg.hangUp();
  }

  #phoneBack(party: Party, leg: AgentLeg): void {
    const at = this.#host.deps.clock.now();
    this.#lost = null;
    if (this.#circle.over || this.#circle.main !== party) return leg.cancel();
    party.leg = leg;
    party.muted = false;
    void this.#circle.rooms.enter([leg.channelId]);
    this.#host.record.note('agent-back', { leg: leg.id }, at);
    this.#circle.callerBack(at);
    party.talk?.away(null, at);
  }

  #takeUp(party: Party): void {
    const { deps, record } = this.#host;
    const { leg } = party;
    leg.tell({ ...NO_EARS, gone: (at) => this.#legGone(leg, at) });
    // Whether they were muted is known to the process that is gone alone, and nobody is to speak into nothing: the page shows them heard.
    void this.#host.command('mute', () => deps.telephony.mute(leg.channelId, false));
    party.talk = leg.agent === null ? null : deps.floor.takeUp(record.call.id, leg.agent, this.#controlOf(party));
  }

  #failed(): void {
    if (!this.#circle.over) this.#leave('failed', this.#host.deps.clock.now(), (talkMs) => this.#listener.over(talkMs));
  }

  /** The talk is over, the caller is not. */
  #leave(how: TalkEnd, at: number, then: (talkMs: number) => void): void {
    if (this.#circle.over) return;
    const since = this.talk?.since ?? this.#circle.main?.leg.answeredAt ?? at;
    this.#close(how, at);
    then(Math.max(0, at - since));
  }

  #close(how: TalkEnd, at: number): void {
    const circle = this.#circle;
    circle.over = true;
    // What an agent paused and forgot.
    void this.#host.recording.resume('agent');
    this.#lost?.cancel();
    this.#lost = null;
    this.#ears.close();
    circle.dropTarget(how, at);
    if (circle.main !== null) {
      circle.release(circle.main, how, at);
      circle.main.leg.cancel();
    }
    circle.rooms.close();
    this.#asks.end();
  }
}

/** Legs of ours that are in a bridge, the first one first: that is whom the caller belongs to. */
function liveLegs({ record }: ConversationHost, standing: Standing): readonly Leg[] {
  const inBridges = new Set(standing.flatMap(({ channelIds }) => channelIds));
  return [...record.legs.values()]
    .filter(({ role, endedAt, channelId }) => role !== 'customer' && endedAt === null && inBridges.has(channelId))
    .sort((a, b) => a.startedAt - b.startedAt);
}
