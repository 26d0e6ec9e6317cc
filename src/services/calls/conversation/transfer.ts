import type { TransferKind } from '../../../domain/desk-view.ts';
import type { DialOutcome } from '../../../domain/dial-outcome.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { TelephonyEvent } from '../../../ports/telephony.ts';
import type { DirectOffer, TransferTarget } from '../../floor/seat.ts';
import { AgentLeg, type AgentLegHost, type AgentWords, NO_EARS, type Ring, ringOf } from '../agent-leg.ts';
import type { CallRecorder } from '../call-recorder.ts';
import type { RingReach } from './reached.ts';

export interface TransferHost extends AgentLegHost {
  readonly recording: CallRecorder;
  /** What an agent hears first where their telephone may be a mailbox. */
  acceptWords(offer: DirectOffer['offer']): AgentWords['accept'];
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
  readonly ringMs: number;
  readonly callerId: string | null;
}

/** The one a call is being passed on to: rung, answered, gone. Whose the caller is meanwhile, the conversation decides. */
export class Transfer {
  readonly kind: TransferKind;
  readonly id: string;
  readonly label: string;
  how: 'blind' | 'attended';
  state: 'ringing' | 'talking' | 'failed' = 'ringing';
  since: number;
  readonly #host: TransferHost;
  readonly #listener: TransferListener;
  #leg: AgentLeg | null = null;
  #direct: DirectOffer | null = null;
  #over = false;

  private constructor(
    host: TransferHost,
    { how, to, label }: { how: 'blind' | 'attended'; to: TransferTarget; label: string },
    listener: TransferListener,
  ) {
    this.#host = host;
    this.#listener = listener;
    this.how = how;
    this.kind = to.kind;
    this.id = to.id;
    this.label = label;
    this.since = host.deps.clock.now();
  }

  static begin(host: TransferHost, order: TransferOrder, listener: TransferListener): Transfer {
    const { how, to, reach } = order;
    const transfer = new Transfer(host, { how, to, label: reach.label }, listener);
    if (reach.kind === 'agent') void transfer.#reserve(reach.agent, order);
    else transfer.#try(reach.endpoints, order);
    return transfer;
  }

  /** A target who talked already when the process that rang them ended. */
  static resume(host: TransferHost, leg: AgentLeg, label: string, listener: TransferListener): Transfer {
    const kind = leg.agent === null ? 'number' : 'agent';
    const transfer = new Transfer(host, { how: 'attended', to: { kind, id: leg.agent ?? '' }, label }, listener);
    transfer.state = 'talking';
    transfer.#leg = leg;
    return transfer;
  }

  get leg(): AgentLeg | null {
    return this.#leg;
  }

  /** Reserved on the floor; null for numbers. */
  get direct(): DirectOffer | null {
    return this.#direct;
  }

  onEvent(channelId: string, event: TelephonyEvent): boolean {
    if (this.#leg?.channelId !== channelId) return false;
    this.#leg.onEvent(event);
    return true;
  }

  /** Nobody is told of it any more; who rings stops. */
  cancel(): void {
    if (this.#over) return;
    this.#over = true;
    this.#leg?.cancel();
    this.#direct?.over('rescinded', this.#host.deps.clock.now());
  }

  /** The target belongs to the conversation from now on. */
  letGo(): void {
    this.#over = true;
  }

  /** There is no line: who rang does not ring any more, as far as anybody knows. */
  freeze(): void {
    this.#leg?.forget();
    if (this.state !== 'ringing') return;
    this.#over = true;
    this.#direct?.over('rescinded', this.#host.deps.clock.now());
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
      const words = { accept: offer.accept === 'key' ? this.#host.acceptWords(offer) : [], whisper: [] };
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

  #try([endpoint, ...rest]: readonly string[], order: TransferOrder): void {
    if (endpoint === undefined) {
      this.#host.post(() => this.#failed('invalid-number', this.#host.deps.clock.now()));
      return;
    }
    const ring: Ring = { role: 'target', agent: null, endpoint, shown: endpoint, ringMs: order.ringMs };
    this.#ring(ring, order.callerId, { accept: [], whisper: [] }, (outcome, at) => {
      if (rest.length > 0) this.#try(rest, order);
      else this.#failed(outcome, at);
    });
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
