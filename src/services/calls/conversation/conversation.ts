import type { TalkEnd } from '../../../domain/acd-event.ts';
import type { Leg } from '../../../domain/call.ts';
import type { LegId } from '../../../domain/ids.ts';
import type { TelephonyEvent } from '../../../ports/telephony.ts';
import type { Talk, TalkControl } from '../../floor/seat.ts';
import { AgentLeg, type AgentLegHost, type AgentLegListener } from '../agent-leg.ts';

/** The talk is over and the caller is still there. */
export interface ConversationListener {
  over(talkMs: number): void;
}

/**
 * A caller and an agent in one bridge. The call's actor stays the owner: everything here runs in its mailbox. `control` is
 * what the floor may ask for in the agent's name.
 */
export class Conversation {
  readonly #host: AgentLegHost;
  readonly #listener: ConversationListener;
  readonly #leg: AgentLeg;
  readonly #bridgeId: string;
  #talk: Talk | null = null;
  #since: number;
  #over = false;

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
      hangUp: () => this.#host.post(() => this.#leg.hangUp()),
    };
  }

  get channelId(): string {
    return this.#leg.channelId;
  }

  talkIs(talk: Talk): void {
    this.#talk = talk;
    this.#since = talk.since;
    this.#host.record.note('agent-connected', { leg: this.#leg.id, agent: talk.agent, queue: talk.queue }, talk.since);
    void this.#host.record.save();
  }

  onEvent(event: TelephonyEvent): void {
    this.#leg.onEvent(event);
  }

  /** The agent hung up, or their telephone is gone: the caller goes on in the flow. */
  agentGone(at: number): void {
    this.#end('agent-hung-up', at);
  }

  /** The call is over, or being ended: only clean-up is sent. */
  end(how: TalkEnd): void {
    if (this.#over) return;
    this.#close(how, this.#host.deps.clock.now());
    this.#leg.cancel();
  }

  /** There is no line: what became of it is seen when there is one again. The talk on the floor goes on. */
  freeze(): void {
    this.#over = true;
    this.#leg.forget();
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
