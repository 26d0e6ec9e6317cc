import type { DialOutcome } from '../../domain/dial-outcome.ts';
import type { TelephonyEvent } from '../../ports/telephony.ts';
import { AgentLeg, type AgentLegHost, type AgentWords, NO_EARS } from './agent-leg.ts';
import type { HuntLine, HuntRounds } from './hunt-lines.ts';

/** One of both is told, once. */
export interface HuntListener {
  /** Taken by a person who heard the whisper; all others have stopped ringing. The leg is the listener's from now on. */
  answered(leg: AgentLeg, line: HuntLine, at: number): void;
  failed(outcome: DialOutcome, at: number): void;
}

export interface HuntOrder {
  readonly rounds: HuntRounds;
  readonly callerId: string | null;
  words(line: HuntLine): AgentWords;
}

/** Rings telephones in rounds until somebody takes the call. */
export class Hunt {
  readonly #host: AgentLegHost;
  readonly #order: HuntOrder;
  readonly #listener: HuntListener;
  readonly #outcomes: DialOutcome[] = [];
  #ringing = new Set<AgentLeg>();
  #round = -1;
  #over = false;

  private constructor(host: AgentLegHost, order: HuntOrder, listener: HuntListener) {
    this.#host = host;
    this.#order = order;
    this.#listener = listener;
  }

  static begin(host: AgentLegHost, order: HuntOrder, listener: HuntListener): Hunt {
    const hunt = new Hunt(host, order, listener);
    hunt.#nextRound(host.deps.clock.now());
    return hunt;
  }

  onEvent(channelId: string, event: TelephonyEvent): boolean {
    const leg = [...this.#ringing].find((one) => one.channelId === channelId);
    leg?.onEvent(event);
    return leg !== undefined;
  }

  /** Nobody is told of it any more; who rings stops. */
  cancel(): void {
    this.#over = true;
    this.#stop();
  }

  /** There is no line: what rings is seen when there is one again. */
  forget(): void {
    this.#over = true;
    for (const leg of this.#ringing) leg.forget();
    this.#ringing.clear();
  }

  #nextRound(at: number): void {
    this.#round += 1;
    const lines = this.#order.rounds[this.#round];
    if (lines === undefined) {
      this.#over = true;
      this.#host.post(() => this.#listener.failed(together(this.#outcomes), at));
      return;
    }
    if (lines.length === 0) return this.#nextRound(at);
    for (const line of lines) this.#ring(line);
  }

  #ring(line: HuntLine): void {
    const { endpoint, shown, ringMs, name } = line;
    const ring = { role: 'target', agent: null, endpoint, shown, ringMs, note: { to: name, round: this.#round + 1 } } as const;
    const leg: AgentLeg = AgentLeg.ring(this.#host, ring, this.#order.callerId, this.#order.words(line), {
      ...NO_EARS,
      ready: (at) => this.#taken(leg, line, at),
      over: (_how, at, outcome) => this.#lost(leg, outcome, at),
    });
    this.#ringing.add(leg);
  }

  #taken(leg: AgentLeg, line: HuntLine, at: number): void {
    if (this.#over) return leg.cancel();
    this.#over = true;
    this.#ringing.delete(leg);
    this.#stop();
    this.#listener.answered(leg, line, at);
  }

  #lost(leg: AgentLeg, outcome: DialOutcome, at: number): void {
    this.#ringing.delete(leg);
    if (this.#over) return;
    this.#outcomes.push(outcome);
    void this.#host.record.save();
    if (this.#ringing.size === 0) this.#nextRound(at);
  }

  #stop(): void {
    for (const leg of this.#ringing) leg.cancel();
    this.#ringing.clear();
  }
}

/** What became of all telephones together: the same of each, or nobody answered. */
function together(outcomes: readonly DialOutcome[]): DialOutcome {
  const [first = 'no-answer', ...others] = outcomes;
  return others.every((one) => one === first) ? first : 'no-answer';
}
