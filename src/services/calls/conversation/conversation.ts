import type { TalkEnd } from '../../../domain/acd-event.ts';
import type { Leg } from '../../../domain/call.ts';
import type { LegId, UserId } from '../../../domain/ids.ts';
import type { TelephonyEvent } from '../../../ports/telephony.ts';
import type { Talk, TalkControl } from '../../floor/seat.ts';
import { AgentLeg, type AgentLegHost, type AgentLegListener } from '../agent-leg.ts';
import { CallBack } from './call-back.ts';

/** The talk is over and the caller is still there. */
export interface ConversationListener {
  over(talkMs: number): void;
  /** The agent's telephone was gone and did not come back in time: the talk is over, and the caller did not want that. */
  lost(): void;
}

/**
 * A caller and an agent in one bridge. The call's actor stays the owner: everything here runs in its mailbox. `control` is
 * what the floor may ask for in the agent's name.
 */
export class Conversation {
  readonly #host: AgentLegHost;
  readonly #listener: ConversationListener;
  #leg: AgentLeg;
  readonly #bridgeId: string;
  #talk: Talk | null = null;
  #since: number;
  #over = false;
  /** The agent asked to leave: a leg that ends then is meant to. */
  #asked = false;
  /** The agent's page is being rung again, and the caller hears music there meanwhile. */
  #away: { readonly back: CallBack; readonly musicId: string } | null = null;

  private constructor(host: AgentLegHost, leg: AgentLeg, bridgeId: string, since: number, listener: ConversationListener) {
    this.#host = host;
    this.#leg = leg;
    this.#bridgeId = bridgeId;
    this.#since = since;
    this.#listener = listener;
  }

  /** Brings both together, once `connect` has begun the talk on the floor; null where it has not: nothing is done then. */
  static begin(
    host: AgentLegHost,
    leg: AgentLeg,
    listener: ConversationListener,
    connect: (control: TalkControl) => Talk | null,
  ): Conversation | null {
    const { deps, record } = host;
    const { telephony } = deps;
    const bridgeId = deps.ids.next('bridge');
    const conversation = new Conversation(host, leg, bridgeId, deps.clock.now(), listener);
    const talk = connect(conversation.control);
    if (talk === null) return null;
    conversation.talkIs(talk);
    const channels = [record.call.channelId, leg.channelId];
    void host.command('bridge', () => telephony.createBridge(bridgeId));
    void host
      .command('bridge', () => telephony.addToBridge(bridgeId, channels))
      .then((ok) => {
        if (!ok) host.post(() => conversation.#failed());
      });
    return conversation;
  }

  /** Goes on with one that outlived the process which began it. */
  static resume(host: AgentLegHost, leg: Leg, bridgeId: string, listener: ConversationListener): Conversation {
    const ears: { conversation: Conversation | null } = { conversation: null };
    const agentLeg = AgentLeg.resume(host, leg, {
      ...NOTHING,
      gone: (at) => ears.conversation?.agentGone(at),
    });
    const conversation = new Conversation(host, agentLeg, bridgeId, leg.answeredAt ?? host.deps.clock.now(), listener);
    ears.conversation = conversation;
    return conversation;
  }

  get control(): TalkControl {
    return {
      callId: this.#host.record.call.id,
      leg: this.#leg.id as LegId,
      hangUp: () => this.#host.post(() => this.#hangUp()),
    };
  }

  get channelId(): string {
    return this.#away?.back.channelId ?? this.#leg.channelId;
  }

  talkIs(talk: Talk): void {
    this.#talk = talk;
    this.#since = talk.since;
    this.#host.record.note('agent-connected', { leg: this.#leg.id, agent: talk.agent, queue: talk.queue }, talk.since);
    void this.#host.record.save();
  }

  onEvent(event: TelephonyEvent): void {
    if (this.#away === null) this.#leg.onEvent(event);
    else this.#away.back.onEvent(event);
  }

  /** The agent hung up: the caller goes on in the flow. A page that is gone without a word was opened anew: it is rung again. */
  agentGone(at: number): void {
    if (this.#over || this.#away !== null) return;
    const agent = this.#talk?.agent;
    if (this.#asked || agent === undefined || this.#host.deps.floor.pageOf(agent) === null) return this.#end('agent-hung-up', at);
    this.#callBack(agent, at);
  }

  /** The call is over, or being ended: only clean-up is sent. */
  end(how: TalkEnd): void {
    if (this.#over) return;
    this.#close(how, this.#host.deps.clock.now());
    this.#leg.cancel();
  }

  #hangUp(): void {
    this.#asked = true;
    if (this.#away === null) this.#leg.hangUp();
    else this.#end('agent-hung-up', this.#host.deps.clock.now());
  }

  #callBack(agent: UserId, at: number): void {
    const { deps, record } = this.#host;
    const musicId = deps.ids.next('bridge');
    record.note('agent-away', { agent }, at);
    void this.#host.command('bridge', () => deps.telephony.createBridge(musicId, 'holding'));
    void this.#host.command('bridge', () => deps.telephony.addToBridge(musicId, [record.call.channelId]));
    const back = new CallBack(this.#host, agent, {
      back: (leg) => this.#agentBack(leg),
      failed: (how, failedAt) => this.#notBack(how, failedAt),
      gone: (goneAt) => this.agentGone(goneAt),
    });
    this.#away = { back, musicId };
    this.#talk?.away(back.until, at);
    void record.save();
  }

  #agentBack(leg: AgentLeg): void {
    const away = this.#away;
    if (away === null || this.#over) return leg.cancel();
    const { deps, record } = this.#host;
    this.#leg = leg;
    this.#away = null;
    record.note('agent-back', { leg: leg.id });
    void this.#host
      .command('bridge', () => deps.telephony.addToBridge(this.#bridgeId, [record.call.channelId, leg.channelId]))
      .then((ok) => (ok ? undefined : this.#host.post(() => this.#failed())));
    void this.#host.command('bridge', () => deps.telephony.destroyBridge(away.musicId));
    this.#talk?.away(null, deps.clock.now());
    void record.save();
  }

  #notBack(how: 'refused' | 'late', at: number): void {
    if (this.#over) return;
    if (how === 'refused') return this.#end('agent-hung-up', at);
    this.#close('agent-lost', at);
    this.#listener.lost();
  }

  /** There is no line: what became of it is seen when there is one again. The talk on the floor goes on. */
  freeze(): void {
    this.#over = true;
    this.#leg.forget();
    this.#away?.back.forget();
  }

  /** There is a line again, and the two are not together any more. */
  static lost(host: AgentLegHost, talk: Talk | null): void {
    talk?.released('agent-lost', host.deps.clock.now());
  }

  get talk(): Talk | null {
    return this.#talk;
  }

  #failed(): void {
    if (this.#over) return;
    this.#leg.cancel();
    this.#end('failed', this.#host.deps.clock.now());
  }

  #end(how: TalkEnd, at: number): void {
    if (this.#over) return;
    this.#close(how, at);
    this.#listener.over(Math.max(0, at - this.#since));
  }

  #close(how: TalkEnd, at: number): void {
    this.#over = true;
    const away = this.#away;
    this.#away = null;
    away?.back.cancel();
    if (away !== null) void this.#host.command('bridge', () => this.#host.deps.telephony.destroyBridge(away.musicId));
    this.#talk?.released(how, at);
    this.#host.record.note('agent-released', { leg: this.#leg.id, how, talkMs: Math.max(0, at - this.#since) }, at);
    void this.#host.command('bridge', () => this.#host.deps.telephony.destroyBridge(this.#bridgeId));
  }
}

const NOTHING: AgentLegListener = {
  ringing: () => undefined,
  ready: () => undefined,
  over: () => undefined,
  gone: () => undefined,
  key: () => undefined,
};
