import type { TransferKind } from '../../../domain/desk-view.ts';
import type { DialOutcome } from '../../../domain/dial-outcome.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Language } from '../../../domain/language.ts';
import type { TelephonyEvent } from '../../../ports/telephony.ts';
import type { DirectOffer, Offer, Place, Seat, Talk, TalkControl, TransferTarget } from '../../floor/seat.ts';
import { AgentLeg, type AgentLegHost, type AgentWords, NO_EARS, type Ring, ringOf } from '../agent-leg.ts';
import type { CallRecorder } from '../call-recorder.ts';
import { Hunt } from '../hunt.ts';
import type { HuntLine, HuntRounds } from '../hunt-lines.ts';
import { Offering } from '../offering.ts';
import type { RingReach } from './reached.ts';

export interface TransferHost extends AgentLegHost {
  readonly recording: CallRecorder;
  /** What who is rung hears first where their telephone may be a mailbox. */
  acceptWords(language: Language): AgentWords['accept'];
}

/** What the conversation makes of it; each is told once, `gone` only after `answered`. */
export interface TransferListener {
  answered(at: number): void;
  failed(outcome: DialOutcome | 'not-free', at: number): void;
  gone(at: number): void;
}

export interface TransferOrder {
  readonly how: 'blind' | 'attended';
  readonly to: TransferTarget;
  readonly reach: RingReach;
  readonly callerId: string | null;
  /** The queue whose rules end the talk that is passed on; null: none's. */
  readonly from: string | null;
  /** Asks the floor for an agent of the queue; null: it takes nobody. */
  readonly consult: (seat: Seat) => Place | null;
}

/** The one a call is being passed on to: rung, answered, gone. Whose the caller is meanwhile, the conversation decides. */
export class Transfer {
  readonly kind: TransferKind;
  readonly id: string;
  readonly label: string;
  readonly from: string | null;
  how: 'blind' | 'attended';
  state: 'ringing' | 'talking' | 'failed' = 'ringing';
  since: number;
  readonly #host: TransferHost;
  readonly #listener: TransferListener;
  #leg: AgentLeg | null = null;
  #hunt: Hunt | null = null;
  #direct: DirectOffer | null = null;
  #place: Place | null = null;
  #offering: Offering | null = null;
  /** Of the queue's agent who has answered. */
  #met: Offer | null = null;
  #over = false;

  private constructor(
    host: TransferHost,
    { how, to, label, from }: { how: 'blind' | 'attended'; to: TransferTarget; label: string; from: string | null },
    listener: TransferListener,
  ) {
    this.#host = host;
    this.#listener = listener;
    this.how = how;
    this.kind = to.kind;
    this.id = to.id;
    this.label = label;
    this.from = from;
    this.since = host.deps.clock.now();
  }

  /** Null: the queue that is asked takes nobody. */
  static begin(host: TransferHost, order: TransferOrder, listener: TransferListener): Transfer | null {
    const { how, to, reach, from } = order;
    const transfer = new Transfer(host, { how, to, label: reach.label, from }, listener);
    if (reach.kind === 'queue') return transfer.#wait(order) ? transfer : null;
    if (reach.kind === 'agent') void transfer.#reserve(reach.agent, order);
    else transfer.#search(reach.rounds, order);
    return transfer;
  }

  /** A target who talked already when the process that rang them ended. */
  static resume(
    host: TransferHost,
    { leg, label, from }: { readonly leg: AgentLeg; readonly label: string; readonly from: string | null },
    listener: TransferListener,
  ): Transfer {
    const kind = leg.agent === null ? 'number' : 'agent';
    const transfer = new Transfer(host, { how: 'attended', to: { kind, id: leg.agent ?? '' }, label, from }, listener);
    transfer.state = 'talking';
    transfer.#leg = leg;
    return transfer;
  }

  get leg(): AgentLeg | null {
    return this.#leg;
  }

  /** Begins the talk of who has answered on the floor; null: they are no agent. lost: they were taken back in the same moment. */
  connect(control: TalkControl, at: number): Talk | null | 'lost' {
    if (this.#direct !== null) return this.#direct.connected(control, at) ?? 'lost';
    if (this.#place === null || this.#met === null) return null;
    const talk = this.#place.connected(this.#met.id, control, at);
    if (talk === null) return 'lost';
    // The wait is over: whatever waits for this call from now on is another one.
    this.#place = null;
    return talk;
  }

  onEvent(channelId: string, event: TelephonyEvent): boolean {
    if (this.#hunt?.onEvent(channelId, event) === true || this.#offering?.onEvent(channelId, event) === true) return true;
    if (this.#leg?.channelId !== channelId) return false;
    this.#leg.onEvent(event);
    return true;
  }

  /** Nobody is told of it any more; who rings stops. */
  cancel(): void {
    if (this.#over) return;
    this.#over = true;
    this.#hunt?.cancel();
    this.#leg?.cancel();
    this.#direct?.over('rescinded', this.#host.deps.clock.now());
    this.#offering?.letGo();
    this.#leavePlace();
  }

  /** The target belongs to the conversation from now on. */
  letGo(): void {
    this.#over = true;
  }

  /** There is no line: who rang does not ring any more, as far as anybody knows. */
  freeze(): void {
    this.#hunt?.forget();
    this.#leg?.forget();
    if (this.state !== 'ringing') return;
    this.#over = true;
    this.#direct?.over('rescinded', this.#host.deps.clock.now());
    this.#offering?.freeze();
    this.#leavePlace();
  }

  #leavePlace(): void {
    const place = this.#place;
    this.#place = null;
    place?.left('failed', this.#host.deps.clock.now());
  }

  /** For whoever of the queue is next; one after the other is rung until somebody answers. False: it takes nobody. */
  #wait({ consult, callerId }: TransferOrder): boolean {
    const inTurn = (run: (place: Place) => void): void =>
      this.#host.post(() => (this.#over || this.#place === null ? undefined : run(this.#place)));
    const offering = new Offering(this.#host, (offer, leg, at) => {
      if (this.#over) return leg.cancel();
      [this.#met, this.#leg] = [offer, leg];
      leg.tell({ ...NO_EARS, gone: (when) => this.#listener.gone(when) });
      this.#answered(at);
    });
    const words = (offer: Offer) => ({ accept: offer.accept === 'key' ? this.#host.acceptWords(offer.language) : [], whisper: [] });
    this.#offering = offering;
    this.#place = consult({
      offer: (offer) => inTurn((place) => offering.ring(place, offer, words(offer), callerId, 'target')),
      rescind: (id) => inTurn(() => offering.rescind(id)),
      accept: (id) => inTurn(() => offering.accept(id)),
      moved: () => undefined,
      leave: () => inTurn(() => this.#leaves()),
    });
    return this.#place !== null;
  }

  /** Nobody of the queue is there any more, or it took too long. */
  #leaves(): void {
    this.#place = null;
    this.#offering?.letGo();
    this.#failed('not-free', this.#host.deps.clock.now());
  }

  async #reserve(agent: UserId, order: TransferOrder): Promise<void> {
    const { deps, record } = this.#host;
    const inTurn = (run: () => void): void => this.#host.post(run);
    const direct = await deps.floor.reserve(agent, record.call.id, {
      rescind: (how) => inTurn(() => this.#rescinded(how)),
      accept: () => inTurn(() => this.#leg?.accept()),
    });
    inTurn(() => {
      if (direct === null) return this.#failed('not-free', deps.clock.now());
      if (this.#over) return direct.over('rescinded', deps.clock.now());
      this.#direct = direct;
      const { offer } = direct;
      const words = { accept: offer.accept === 'key' ? this.#host.acceptWords(offer.language) : [], whisper: [] };
      this.#ring(ringOf(offer, 'target'), order.callerId, words, (outcome, at) => {
        direct.over(outcome === 'no-answer' ? 'no-answer' : 'failed', at);
        this.#failed(outcome, at);
      });
    });
  }

  #rescinded(how: 'rescinded' | 'refused'): void {
    if (this.#over) return;
    this.#leg?.cancel();
    this.#failed(how === 'refused' ? 'rejected' : 'cancelled', this.#host.deps.clock.now());
  }

  /** Telephones of no agent: in rounds, until somebody takes the call. */
  #search(rounds: HuntRounds, { callerId }: TransferOrder): void {
    const words = ({ accept, language }: HuntLine) => ({ accept: accept === 'key' ? this.#host.acceptWords(language) : [], whisper: [] });
    this.#hunt = Hunt.begin(
      this.#host,
      { rounds, callerId, words },
      {
        answered: (leg, line, at) => {
          this.#hunt = null;
          if (this.#over) return leg.cancel();
          this.#leg = leg;
          leg.tell({ ...NO_EARS, gone: (when) => this.#listener.gone(when) });
          this.#host.record.note('reached', { leg: leg.id, by: line.name }, at);
          this.#answered(at);
        },
        failed: (outcome, at) => this.#failed(outcome, at),
      },
    );
  }

  #ring(ring: Ring, callerId: string | null, words: AgentWords, over: (outcome: DialOutcome, at: number) => void): void {
    this.#leg = AgentLeg.ring(this.#host, ring, callerId, words, {
      ...NO_EARS,
      gone: (at) => this.#listener.gone(at),
      ringing: () => this.#direct?.ringing(),
      ready: (at) => this.#answered(at),
      over: (_how, at, outcome) => (this.#over ? undefined : over(outcome, at)),
    });
  }

  #answered(at: number): void {
    if (this.#over) return;
    this.state = 'talking';
    this.since = at;
    this.#listener.answered(at);
  }

  #failed(outcome: DialOutcome | 'not-free', at: number): void {
    if (this.#over) return;
    this.#over = true;
    this.state = 'failed';
    this.since = at;
    this.#listener.failed(outcome, at);
  }
}
