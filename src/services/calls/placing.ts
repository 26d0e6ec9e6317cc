import type { Leg } from '../../domain/call.ts';
import type { Machines } from '../../domain/campaign.ts';
import { outcomeOfCause, outcomeOfSip } from '../../domain/dial-outcome.ts';
import { hasCode } from '../../domain/errors.ts';
import type { NotReached, Termination } from '../../domain/termination.ts';
import { flowOf } from '../../flow/engine-flow.ts';
import type { Release } from '../../flow/release.ts';
import type { OriginateRequest, TelephonyEvent } from '../../ports/telephony.ts';
import type { CallRecord } from './call-record.ts';
import type { CallDeps } from './deps.ts';
import { MachineEar } from './machine-ear.ts';

/** Nobody is rung longer, whoever asks. */
export const LONGEST_RING_MS = 60_000;
/** Between the customer's answer and the first prompt, so that nothing is clipped. */
export const PLACED_SETTLE_MS = 500;
/** How long after the ring time the end of the channel is waited for before the call counts as not answered. */
const RING_MARGIN_MS = 5000;
/** How long after an originate that Asterisk did not answer an event of the channel is waited for. */
const SETTLE_MS = 5000;

/** How long after the answer the flow begins, and which, where it is not the call's own. */
export interface Begin {
  readonly settleMs: number;
  readonly flow?: string;
}

export interface PlacingHost {
  readonly deps: CallDeps;
  readonly release: Release;
  readonly record: CallRecord;
  command(what: string, run: () => Promise<void>): Promise<unknown>;
  post(run: () => void | Promise<void>): void;
  later(ms: number, fire: () => void | Promise<void>): () => void;
  /** The customer answered: the flow begins, or another one in its place. */
  reached(at: number, begin?: Begin): void;
  /** Ends the call by the engine's will. */
  end(termination: Termination): void;
  onEvent(event: TelephonyEvent): void;
  notReached(outcome: NotReached, cause: number | null, at: number): Promise<void>;
}

/** A call of ours on its way to being answered. */
export interface Reaching {
  onEvent(event: TelephonyEvent): Promise<void> | void;
  /** True where the channel is one of its own. */
  onLegEvent(channelId: string, event: TelephonyEvent): boolean;
  goOn(): Promise<void>;
  /** Undefined: it was answered, and is to be closed as such. */
  lost(at: number): Promise<void> | undefined;
  /** The call is being ended. */
  leave(): void;
}

/**
 * The customer of a call of ours, until they answer. Asterisk is asked once: whether a request without an answer was
 * carried out, its events and its channels tell, never a second request.
 */
export class Placing implements Reaching {
  readonly #host: PlacingHost;
  #state: 'dialling' | 'over' = 'dialling';
  #machines: Machines | null = null;
  /** Of who answered, where machines are listened for. */
  #ear: MachineEar | null = null;
  #seen = false;
  #dialled = false;
  #cancelTimer: () => void = () => undefined;

  constructor(host: PlacingHost) {
    this.#host = host;
  }

  /** Dials. The call and its channel are on record. */
  originate(request: OriginateRequest, machines: Machines | null = null): void {
    const { deps } = this.#host;
    if (this.#state === 'over') return;
    this.#machines = machines;
    this.#dialled = true;
    this.#limitRinging(request.ringMs, deps.clock.now());
    void this.#host.command('originate', async () => {
      try {
        await deps.telephony.originate(request);
      } catch (error) {
        this.#host.post(() => this.#refused(error));
        throw error;
      }
    });
  }

  onEvent(event: TelephonyEvent): Promise<void> | void {
    if (this.#ear !== null) return this.#heard(this.#ear, event);
    if (this.#state === 'over') return undefined;
    this.#seen = true;
    if (event.kind === 'started') return this.#answered(event.at);
    if (event.kind !== 'destroyed') return undefined;
    const outcome = (event.sipCode === null ? undefined : outcomeOfSip(event.sipCode)) ?? outcomeOfCause(event.cause);
    // A channel that was answered and is gone before it was ours is nobody we spoke to.
    return this.#over({ outcome: outcome === 'answered' ? 'failed' : outcome, sipCode: event.sipCode }, event.cause, event.at);
  }

  /** It has no other channel. */
  onLegEvent(): boolean {
    return false;
  }

  /** Its timers end with the call's. */
  leave(): void {
    this.#state = 'over';
    this.#ear?.cancel();
  }

  /** After an outage or a restart: the channel may ring still, have been answered meanwhile, or be gone. */
  async goOn(): Promise<void> {
    if (this.#ear !== null) return this.#ear.giveUp();
    this.#limitRinging(LONGEST_RING_MS, this.#host.record.call.startedAt);
    await this.#look();
  }

  /** The channel was found to be gone: nobody knows what the customer saw of the call. */
  lost(at: number): Promise<void> | undefined {
    return this.#ear !== null ? undefined : this.#over({ outcome: 'unknown', sipCode: null }, null, at);
  }

  /** From now on an answer does not count; false: it came, or the ringing is over. `giveUp` follows. */
  shut(): boolean {
    if (this.#state === 'over') return false;
    this.#close();
    return true;
  }

  /** Ends what was shut. */
  async giveUp(outcome: NotReached['outcome']): Promise<void> {
    const { deps, record } = this.#host;
    if (this.#dialled) void this.#host.command('hangup', () => deps.telephony.hangup(record.call.channelId, 'normal'));
    await this.#report({ outcome, sipCode: null }, null, deps.clock.now());
  }

  #refused(error: unknown): Promise<void> | void {
    if (this.#state === 'over' || hasCode(error, 'telephony.conflict')) return undefined;
    // Without a line, what became of it is seen when there is one again.
    if (hasCode(error, 'telephony.disconnected')) return undefined;
    if (hasCode(error, 'telephony.timeout') && error.details['sent'] !== false) {
      this.#host.later(SETTLE_MS, () => (this.#seen ? undefined : this.#look()));
      return undefined;
    }
    return this.#over({ outcome: 'failed', sipCode: null }, null, this.#host.deps.clock.now());
  }

  /** Asks Asterisk for the channel itself. */
  async #look(): Promise<void> {
    const { deps, record } = this.#host;
    const { channelId } = record.call;
    const channels = await deps.telephony.listChannels().catch(() => undefined);
    this.#host.post(() => {
      if (this.#state === 'over' || channels === undefined) return undefined;
      if (channels.ours.some(({ id, state }) => id === channelId && state === 'up')) return this.#answered(deps.clock.now());
      if (channels.all.some(({ id }) => id === channelId)) return undefined;
      return this.#over({ outcome: 'unknown', sipCode: null }, null, deps.clock.now());
    });
  }

  #limitRinging(ringMs: number, from: number): void {
    const { deps, record } = this.#host;
    this.#cancelTimer();
    const left = from + ringMs + RING_MARGIN_MS - deps.clock.now();
    this.#cancelTimer = this.#host.later(Math.max(0, left), () => {
      void this.#host.command('hangup', () => deps.telephony.hangup(record.call.channelId, 'normal'));
      return this.#over({ outcome: 'no-answer', sipCode: null }, null, deps.clock.now());
    });
  }

  #answered(at: number): void {
    if (this.#state === 'over') return;
    this.#close();
    const { record } = this.#host;
    const machines = this.#machines;
    if (machines === null) return this.#host.reached(at);
    record.answered(at);
    void record.save();
    this.#ear = new MachineEar(this.#host, machines.flow !== null, {
      // They have fallen silent already.
      person: (now) => this.#host.reached(now, { settleMs: 0 }),
      machine: (now) => this.#toMachine(machines.flow, now),
    });
  }

  #toMachine(flow: string | null, now: number): void {
    const isThere = flow !== null && flowOf(this.#host.release, flow) !== null;
    if (isThere) this.#host.reached(now, { settleMs: 0, flow });
    else this.#host.end({ kind: 'machine-answered' });
  }

  /** Who hangs up while they are listened to has answered, and heard nothing. */
  #heard(ear: MachineEar, event: TelephonyEvent): void {
    if (ear.onEvent(event) || event.kind === 'started' || event.kind === 'state') return;
    ear.cancel();
    this.#host.reached(event.at);
    this.#host.onEvent(event);
  }

  async #over(outcome: NotReached, cause: number | null, at: number): Promise<void> {
    if (this.shut()) await this.#report(outcome, cause, at);
  }

  async #report(outcome: NotReached, cause: number | null, at: number): Promise<void> {
    const { deps, record } = this.#host;
    const { channelId } = record.call;
    // Should it ring after all, nobody would be there to talk.
    if (outcome.outcome === 'unknown') void this.#host.command('hangup', () => deps.telephony.hangup(channelId, 'normal'));
    const leg = record.legOf(channelId);
    if (leg !== undefined) record.putLeg(unreachedLeg(leg, outcome));
    await this.#host.notReached(outcome, cause, at);
  }

  #close(): void {
    this.#state = 'over';
    this.#cancelTimer();
  }
}

/** The customer's leg of a call that nobody answered. */
function unreachedLeg(leg: Leg, { outcome, sipCode }: NotReached): Leg {
  return { ...leg, outcome: outcome === 'unknown' ? 'failed' : outcome, sipCode };
}
