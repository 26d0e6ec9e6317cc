import type { UserId } from '../../../domain/ids.ts';
import type { TelephonyEvent } from '../../../ports/telephony.ts';
import { AgentLeg, type AgentLegHost, NO_EARS, ringOf } from '../agent-leg.ts';

/** How often a telephone that is gone is looked for. */
const LOOK_MS = 500;

export interface LostListener {
  back(leg: AgentLeg, at: number): void;
  /** A leg that was back is gone again. */
  gone(leg: AgentLeg, at: number): void;
  givenUp(at: number): void;
}

/** An agent whose telephone is gone in the middle of a talk: called again as soon as there is one, for a while. */
export class Lost {
  readonly until: number;
  readonly #host: AgentLegHost;
  readonly #agent: UserId;
  readonly #listener: LostListener;
  readonly #cancelLimit: () => void;
  #cancelLook: () => void = () => undefined;
  #leg: AgentLeg | null = null;
  #over = false;

  private constructor(host: AgentLegHost, agent: UserId, listener: LostListener) {
    const { clock, settings } = host.deps;
    this.#host = host;
    this.#agent = agent;
    this.#listener = listener;
    this.until = clock.now() + settings.agentLostMs;
    this.#cancelLimit = host.later(settings.agentLostMs, () => this.#giveUp());
  }

  static begin(host: AgentLegHost, agent: UserId, listener: LostListener): Lost {
    const lost = new Lost(host, agent, listener);
    lost.#lookLater();
    return lost;
  }

  onEvent(channelId: string, event: TelephonyEvent): boolean {
    if (this.#leg?.channelId !== channelId) return false;
    this.#leg.onEvent(event);
    return true;
  }

  cancel(): void {
    this.#end();
    this.#leg?.cancel();
  }

  /** There is no line to ring anybody by. */
  freeze(): void {
    this.#end();
    this.#leg?.forget();
  }

  #lookLater(): void {
    this.#cancelLook = this.#host.later(LOOK_MS, () => this.#look());
  }

  #look(): void {
    const { telephony, floor } = this.#host.deps;
    const offer = floor.lineOf(this.#agent);
    const name = offer === null ? undefined : /^PJSIP\/([^@/]+)$/.exec(offer.endpoint)?.[1];
    if (offer === null || name === undefined) return this.#lookLater();
    void telephony
      .isReachable(name)
      .catch(() => false)
      .then((there) =>
        this.#host.post(() => {
          if (this.#over) return;
          if (!there) return this.#lookLater();
          const ringMs = Math.max(1000, this.until - this.#host.deps.clock.now());
          this.#ring({ ...ringOf({ ...offer, ringMs }) });
        }),
      );
  }

  #ring(ring: ReturnType<typeof ringOf>): void {
    const leg: AgentLeg = AgentLeg.ring(
      this.#host,
      ring,
      null,
      { accept: [], whisper: [] },
      {
        ...NO_EARS,
        ready: (at) => {
          this.#end();
          this.#listener.back(leg, at);
        },
        over: () => {
          this.#leg = null;
          if (!this.#over) this.#lookLater();
        },
        gone: (at) => this.#listener.gone(leg, at),
      },
    );
    this.#leg = leg;
  }

  #giveUp(): void {
    if (this.#over) return;
    this.cancel();
    this.#listener.givenUp(this.#host.deps.clock.now());
  }

  #end(): void {
    this.#over = true;
    this.#cancelLimit();
    this.#cancelLook();
  }
}
