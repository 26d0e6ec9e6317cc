import type { OfferEnd } from '../../domain/acd-event.ts';
import type { DialOutcome } from '../../domain/dial-outcome.ts';
import type { NotReached } from '../../domain/termination.ts';
import type { PromptItem } from '../../flow/commands.ts';
import type { TelephonyEvent } from '../../ports/telephony.ts';
import type { Offer, Place } from '../floor/seat.ts';
import { AgentLeg, type AgentLegHost, ringOf } from './agent-leg.ts';

/** An agent who is to be there before the customer is dialled. */
export interface AgentFirstOrder {
  readonly offer: Offer;
  readonly place: Place;
  /** Said until who answers presses a key; empty where that is not asked for. */
  readonly words: readonly PromptItem[];
  /** The number shown to the agent's telephone. */
  readonly callerId: string | null;
  /** The agent is there: whether the customer is dialled now. */
  accepted(): Promise<boolean>;
  /**
   * The agent is out of it, and no customer came. `how` is what became of the offer; `isOurFault`: it was no doing of the
   * agent's, their telephone never rang.
   */
  over(how: Exclude<OfferEnd, 'answered'>, at: number, isOurFault: boolean): void;
}

/** The customer's side of the same call. */
export interface CustomerSide {
  dial(): void;
  /** Ends the call where nobody has answered yet. */
  giveUp(outcome: NotReached['outcome']): void;
}

/** An agent who is there and hears it ring, and the place that they were offered in. */
export interface ReadyAgent {
  readonly offer: Offer;
  readonly place: Place;
  readonly leg: AgentLeg;
}

/** What never came to the agent's telephone: a line that is down or full must not send one agent after the other on a break. */
const OUR_FAULT: ReadonlySet<DialOutcome> = new Set(['congestion', 'failed']);

/** The agent of a callback, until the customer answers: rung, asked, kept with the sound of ringing. */
export class AgentFirst {
  readonly #host: AgentLegHost;
  readonly #order: AgentFirstOrder;
  readonly #customer: CustomerSide;
  readonly #leg: AgentLeg;
  #state: 'ringing' | 'asking' | 'dialling' | 'over' = 'ringing';

  constructor(host: AgentLegHost, order: AgentFirstOrder, customer: CustomerSide) {
    this.#host = host;
    this.#order = order;
    this.#customer = customer;
    // Nothing is whispered: who accepts has read the reason, and the customer's telephone is to ring at once.
    this.#leg = AgentLeg.ring(
      host,
      ringOf(order.offer),
      order.callerId,
      { accept: order.words, whisper: [] },
      {
        ringing: () => order.place.ringing(order.offer.id),
        ready: () => this.#accepted(),
        over: (how, at, outcome) => (OUR_FAULT.has(outcome) ? this.#end('rescinded', at, true) : this.#end(how, at)),
        gone: (at) => this.#end('refused', at),
        key: () => undefined,
      },
    );
  }

  get channelId(): string {
    return this.#leg.channelId;
  }

  onEvent(event: TelephonyEvent): void {
    this.#leg.onEvent(event);
  }

  /** Taken without the key: the agent said so on the page. */
  accept(): void {
    this.#leg.accept();
  }

  /** The floor takes the agent back. */
  rescind(how: Exclude<OfferEnd, 'answered'>): void {
    this.#end(how, this.#host.deps.clock.now());
  }

  /** The customer answered: the agent, while they are there. Asked once. */
  take(): ReadyAgent | null {
    if (this.#state !== 'dialling') return null;
    this.#state = 'over';
    this.#ringback(false);
    const { offer, place } = this.#order;
    return { offer, place, leg: this.#leg };
  }

  /** The call is over, and nobody talked. */
  cancel(): void {
    this.#leave('rescinded', this.#host.deps.clock.now());
  }

  /** There is no line: whatever the telephones do, they are not brought together any more. */
  freeze(): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#leg.forget();
    this.#order.over('rescinded', this.#host.deps.clock.now(), false);
  }

  #accepted(): void {
    this.#state = 'asking';
    const { deps, record } = this.#host;
    void this.#order.accepted().then(
      (yes) => this.#host.post(() => (yes ? this.#dial() : this.#end('rescinded', deps.clock.now()))),
      (err: unknown) => {
        deps.log.error({ callId: record.call.id, err }, 'it could not be stored that the customer is called back; they are not dialled');
        this.#host.post(() => this.#end('rescinded', deps.clock.now(), true));
      },
    );
  }

  #dial(): void {
    // Gone while it was being stored: nobody was dialled, and that is nobody's attempt.
    if (this.#state !== 'asking') return this.#customer.giveUp('failed');
    this.#state = 'dialling';
    this.#ringback(true);
    this.#customer.dial();
  }

  #end(how: Exclude<OfferEnd, 'answered'>, at: number, isOurFault = false): void {
    const was = this.#state;
    if (was === 'over') return;
    this.#leave(how, at, isOurFault);
    // While it is being stored whether to dial, what comes of it ends the call.
    if (was !== 'asking' || how === 'rescinded' || how === 'failed') this.#customer.giveUp(was === 'dialling' ? 'cancelled' : 'failed');
  }

  #leave(how: Exclude<OfferEnd, 'answered'>, at: number, isOurFault = false): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#leg.cancel();
    this.#order.over(how, at, isOurFault);
  }

  /** So that the agent hears that something happens. */
  #ringback(on: boolean): void {
    const { telephony } = this.#host.deps;
    void this.#host.command('ring', () => telephony.ring(this.#leg.channelId, on));
  }
}
