import type { UserId } from '../../../domain/ids.ts';
import type { TelephonyEvent } from '../../../ports/telephony.ts';
import { AgentLeg, type AgentLegHost, ringOf } from '../agent-leg.ts';

/** A page needs a moment to register; until then it cannot be rung. */
const AGAIN_MS = 1000;
/** Asterisk may end the ringing so much early. */
const RING_SLACK_MS = 500;
/** A page rings within a moment; one that does not is the old one, whose going was not noticed. */
const RINGS_WITHIN_MS = 3000;

export interface CallBackListener {
  /** The agent's telephone is there again. */
  back(leg: AgentLeg): void;
  /** refused: the agent was rung and did not want · late: the time is over. */
  failed(how: 'refused' | 'late', at: number): void;
  gone(at: number): void;
}

/**
 * A page that is opened anew takes its telephone with it, and the agent did not mean to leave: that telephone is rung
 * until it answers, for a while. Tells one outcome, once.
 */
export class CallBack {
  readonly #host: AgentLegHost;
  readonly #agent: UserId;
  readonly #listener: CallBackListener;
  /** UTC ms. */
  readonly until: number;
  #leg: AgentLeg | null = null;
  #rang = false;
  #over = false;
  #cancelTimer: () => void = () => undefined;

  constructor(host: AgentLegHost, agent: UserId, listener: CallBackListener) {
    this.#host = host;
    this.#agent = agent;
    this.#listener = listener;
    this.until = host.deps.clock.now() + host.deps.settings.agentLostMs;
    // At once, the telephone that is gone would still be taken for registered.
    this.#later();
  }

  get channelId(): string | null {
    return this.#leg?.channelId ?? null;
  }

  onEvent(event: TelephonyEvent): void {
    this.#leg?.onEvent(event);
  }

  cancel(): void {
    this.#over = true;
    this.#cancelTimer();
    this.#leg?.cancel();
  }

  /** There is no line. */
  forget(): void {
    this.#over = true;
    this.#cancelTimer();
    this.#leg?.forget();
  }

  /** Rings as soon as the page's telephone is registered. */
  #ring(): void {
    const { deps } = this.#host;
    if (deps.clock.now() >= this.until) return this.#failed('late', deps.clock.now());
    const endpoint = deps.floor.pageOf(this.#agent);
    if (endpoint === null) return this.#later();
    void deps.telephony.isReachable(endpoint.replace(/^PJSIP\//, '')).then(
      (is) => this.#host.post(() => (this.#over ? undefined : is ? this.#originate(endpoint) : this.#later())),
      () => this.#host.post(() => this.#later()),
    );
  }

  #originate(endpoint: string): void {
    const ringMs = Math.max(1, this.until - this.#host.deps.clock.now());
    const offer = { agent: this.#agent, place: { kind: 'web' }, endpoint, ringMs } as const;
    this.#rang = false;
    this.#leg = AgentLeg.ring(this.#host, ringOf(offer), null, NO_WORDS, {
      ringing: () => {
        this.#rang = true;
      },
      ready: () => this.#ready(),
      over: (_how, at) => this.#notReached(at),
      gone: (at) => this.#listener.gone(at),
      key: () => undefined,
    });
    this.#cancelTimer = this.#host.later(RINGS_WITHIN_MS, () => {
      if (this.#rang || this.#over) return;
      this.#leg?.cancel();
      this.#leg = null;
      this.#later();
    });
  }

  #ready(): void {
    const leg = this.#leg;
    if (leg === null || this.#over) return;
    this.#over = true;
    this.#cancelTimer();
    this.#listener.back(leg);
  }

  /** Who was rung and is not any more before the time is over did not want. */
  #notReached(at: number): void {
    this.#leg = null;
    this.#cancelTimer();
    void this.#host.record.save();
    if (at >= this.until - RING_SLACK_MS) this.#failed('late', at);
    else if (this.#rang) this.#failed('refused', at);
    else this.#later();
  }

  #later(): void {
    if (this.#over) return;
    this.#cancelTimer = this.#host.later(AGAIN_MS, () => this.#ring());
  }

  #failed(how: 'refused' | 'late', at: number): void {
    if (this.#over) return;
    this.#over = true;
    this.#listener.failed(how, at);
  }
}

const NO_WORDS = { accept: [], whisper: [] } as const;
