import type { NotReached } from '../../domain/termination.ts';
import { BY_HAND_FLOW } from '../../flow/by-hand-flow.ts';
import type { OriginateRequest, TelephonyEvent } from '../../ports/telephony.ts';
import type { DirectOffer } from '../floor/seat.ts';
import { AgentLeg, type AgentWords, ringOf } from './agent-leg.ts';
import { Placing, type PlacingHost, type Reaching } from './placing.ts';

/** The agent of a call made by hand, who is on the line already. */
export interface Companion {
  readonly leg: AgentLeg;
  readonly direct: DirectOffer;
}

/** What a call made by hand needs of its owner besides what every call of ours does. */
export interface ByHandHost extends PlacingHost {
  command(what: string, run: () => Promise<void>): Promise<boolean>;
  later(ms: number, fire: () => void): () => void;
  watch(channelId: string): void;
  unwatch(channelId: string): void;
  /** Both are there: the flow begins, and they talk. */
  joined(companion: Companion, at: number): void;
}

/** The call of an agent. */
export interface ByHandOrder {
  readonly direct: DirectOffer;
  readonly request: OriginateRequest;
  /** What the agent hears first where their telephone may be a mailbox. */
  readonly words: AgentWords;
  /** Nobody was reached, through no will of the agent's. */
  failed(outcome: NotReached['outcome']): void;
}

/**
 * A call that an agent makes by hand: first the agent's telephone, and once they are there the customer's, whose ringing the
 * agent hears. Until both talk nothing outlives the process: whoever is on the line then is let go.
 */
export class ByHand implements Reaching {
  readonly #host: ByHandHost;
  readonly #placing: Placing;
  #order: ByHandOrder | null = null;
  #leg: AgentLeg | null = null;
  #dialled = false;
  #over = false;

  constructor(host: ByHandHost) {
    this.#host = host;
    const { deps, record, release } = host;
    this.#placing = new Placing({
      ...{ deps, record, release },
      command: (what, run) => host.command(what, run),
      post: (run) => host.post(run),
      later: (ms, fire) => host.later(ms, fire as () => void),
      reached: (at) => this.#reached(at),
      end: (termination) => host.end(termination),
      onEvent: (event) => host.onEvent(event),
      notReached: (outcome, cause, at) => this.#end(outcome, cause, at),
    });
  }

  /** Rings the agent, then the customer. The call is on record, and the agent reserved. */
  begin(order: ByHandOrder): void {
    const { direct, request, words } = order;
    this.#order = order;
    this.#leg = AgentLeg.ring(this.#host, ringOf(direct.offer), request.callerId, words, {
      ringing: () => direct.ringing(),
      ready: () => this.#dial(),
      over: (_how, at) => void this.#end(CALLED_OFF, null, at),
      gone: (at) => this.#agentGone(at),
      key: () => undefined,
    });
  }

  onEvent(event: TelephonyEvent): Promise<void> | void {
    return this.#dialled ? this.#placing.onEvent(event) : undefined;
  }

  onLegEvent(channelId: string, event: TelephonyEvent): boolean {
    if (this.#leg?.channelId !== channelId) return false;
    this.#leg.onEvent(event);
    return true;
  }

  /** The agent takes it without the key that was asked for. */
  accept(): void {
    this.#leg?.accept();
  }

  /** The agent does not want it any more, or must not be rung: nobody is called. */
  callOff(): void {
    void this.#end(CALLED_OFF, null, this.#host.deps.clock.now());
  }

  /** The call is being ended: whoever is on the line is let go, and told to nobody. */
  leave(): void {
    this.#letGo();
  }

  /** There is no line, or the engine was started again: what nobody saw is not gone on with. */
  goOn(): Promise<void> {
    return this.lost(this.#host.deps.clock.now());
  }

  lost(at: number): Promise<void> {
    return this.#end({ outcome: 'unknown', sipCode: null }, null, at);
  }

  #dial(): void {
    const leg = this.#leg;
    if (this.#order === null || leg === null || this.#over) return;
    const { telephony } = this.#host.deps;
    this.#dialled = true;
    void this.#host.command('ring', () => telephony.ring(leg.channelId, true));
    this.#placing.originate({ ...this.#order.request, originator: leg.channelId });
  }

  #reached(at: number): void {
    const [leg, order] = [this.#leg, this.#order];
    if (this.#over || leg === null || order === null) return;
    this.#over = true;
    void this.#host.command('ring', () => this.#host.deps.telephony.ring(leg.channelId, false));
    this.#host.joined({ leg, direct: order.direct }, at);
  }

  /** Also after the customer's answer, until they talk. */
  #agentGone(at: number): void {
    if (this.#over) this.#hangUpCustomer();
    else void this.#end(CALLED_OFF, null, at);
  }

  #letGo(): void {
    if (this.#over) return;
    this.#over = true;
    this.#leg?.cancel();
    this.#order?.direct.over('rescinded', this.#host.deps.clock.now());
  }

  async #end(outcome: NotReached, cause: number | null, at: number): Promise<void> {
    if (this.#over) return;
    this.#letGo();
    this.#hangUpCustomer();
    if (outcome !== CALLED_OFF) this.#order?.failed(outcome.outcome);
    await this.#host.notReached(outcome, cause, at);
  }

  /** Harmless where there is nobody. */
  #hangUpCustomer(): void {
    const { deps, record } = this.#host;
    void this.#host.command('hangup', () => deps.telephony.hangup(record.call.channelId, 'normal'));
  }
}

/** By the agent: nobody was there, or they changed their mind. */
const CALLED_OFF: NotReached = { outcome: 'cancelled', sipCode: null };

/** How a call of ours comes to be answered. */
export function reachingOf(host: ByHandHost): Reaching {
  return host.record.call.flow === BY_HAND_FLOW ? new ByHand(host) : new Placing(host);
}
