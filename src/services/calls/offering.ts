import type { OfferId } from '../../domain/ids.ts';
import type { TelephonyEvent } from '../../ports/telephony.ts';
import type { Offer, Place } from '../floor/seat.ts';
import { AgentLeg, type AgentLegHost, type AgentWords, type Ring, ringOf } from './agent-leg.ts';

interface Ringing {
  readonly offer: Offer;
  readonly leg: AgentLeg;
  readonly place: Place;
}

/** The agent who is rung for a waiting caller; one at a time. */
export class Offering {
  readonly #host: AgentLegHost;
  readonly #ready: (offer: Offer, leg: AgentLeg, at: number) => void;
  /** An offer is over, and nobody is rung. */
  readonly #nobody: () => void;
  #ringing: Ringing | null = null;

  constructor(host: AgentLegHost, ready: (offer: Offer, leg: AgentLeg, at: number) => void, nobody: () => void = () => undefined) {
    this.#host = host;
    this.#ready = ready;
    this.#nobody = nobody;
  }

  ring(place: Place, offer: Offer, words: AgentWords, callerId: string | null, role: Ring['role'] = 'agent'): void {
    this.letGo();
    const { record, deps } = this.#host;
    const leg: AgentLeg = AgentLeg.ring(this.#host, ringOf(offer, role), callerId, words, {
      ringing: () => place.ringing(offer.id),
      ready: (at) => {
        if (this.#ringing?.offer.id !== offer.id) return;
        this.#ringing = null;
        this.#ready(offer, leg, at);
      },
      over: (how, at) => {
        if (this.#ringing?.offer.id !== offer.id) return;
        this.#ringing = null;
        place.offerOver(offer.id, how, at);
        void record.save();
        this.#nobody();
      },
      // Who talks is the conversation's; it says so to the leg.
      gone: () => undefined,
      key: () => undefined,
    });
    this.#ringing = { offer, leg, place };
    deps.log.debug({ callId: record.call.id, agent: offer.agent }, 'an agent is rung');
  }

  get isRinging(): boolean {
    return this.#ringing !== null;
  }

  onEvent(channelId: string, event: TelephonyEvent): boolean {
    if (this.#ringing?.leg.channelId !== channelId) return false;
    this.#ringing.leg.onEvent(event);
    return true;
  }

  accept(id: OfferId): void {
    if (this.#ringing?.offer.id === id) this.#ringing.leg.accept();
  }

  rescind(id: OfferId): void {
    if (this.#ringing?.offer.id !== id) return;
    this.letGo();
    void this.#host.record.save();
    this.#nobody();
  }

  letGo(): void {
    this.#ringing?.leg.cancel();
    this.#ringing = null;
  }

  /** There is no line: the offer is taken back, whatever the telephone does. */
  freeze(): void {
    if (this.#ringing === null) return;
    const { offer, leg, place } = this.#ringing;
    this.#ringing = null;
    leg.forget();
    place.offerOver(offer.id, 'rescinded', this.#host.deps.clock.now());
  }
}
