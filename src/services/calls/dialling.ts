import type { Leg } from '../../domain/call.ts';
import { type DialOutcome, outcomeOfCause, outcomeOfSip } from '../../domain/dial-outcome.ts';
import type { Telephone } from '../../domain/directory.ts';
import { hasCode } from '../../domain/errors.ts';
import type { Command, Input } from '../../flow/commands.ts';
import type { TelephonyEvent } from '../../ports/telephony.ts';
import type { CallRecord } from './call-record.ts';
import type { CallDeps } from './deps.ts';

/** How long after the ring time the leg's end is waited for before the dial counts as failed. */
const RING_MARGIN_MS = 5000;

/** A transfer to one telephone. */
export type DialCommand = Command & { kind: 'dial'; target: Telephone };

/** What a dialling needs of its call. */
export interface DialHost {
  readonly deps: CallDeps;
  readonly record: CallRecord;
  /** Sends commands to Asterisk one after the other; true when it was carried out. */
  command(what: string, run: () => Promise<void>): Promise<unknown>;
  /** Runs `fire` in the call's mailbox; the returned function cancels it. */
  later(ms: number, fire: () => void): () => void;
  watch(channelId: string): void;
  unwatch(channelId: string): void;
  finished(input: Input): void;
}

/** One leg dialled for a transfer: rings, is bridged, ends. Its outcome is given to the flow exactly once. */
export class Dialling {
  readonly #host: DialHost;
  readonly #command: DialCommand;
  #leg: Leg;
  #state: 'ringing' | 'talking' | 'over' = 'ringing';
  #bridgeId: string;
  #cancelTimer: () => void = () => undefined;

  private constructor(host: DialHost, command: DialCommand, leg: Leg, bridgeId: string) {
    this.#host = host;
    this.#command = command;
    this.#leg = leg;
    this.#bridgeId = bridgeId;
  }

  /** Dials. The leg is on record before Asterisk hears of it. */
  static async begin(host: DialHost, command: DialCommand, endpoint: string): Promise<Dialling> {
    const { deps, record } = host;
    const id = deps.ids.next('leg');
    const leg: Leg = {
      id,
      callId: record.call.id,
      role: 'target',
      channelId: id,
      endpoint,
      startedAt: deps.clock.now(),
      answeredAt: null,
      endedAt: null,
      outcome: null,
      hangupCause: null,
      sipCode: null,
    };
    const dialling = new Dialling(host, command, leg, deps.ids.next('bridge'));
    host.watch(leg.channelId);
    record.putLeg(leg);
    record.note('leg-dialled', { leg: id, target: command.target.kind });
    await record.save();
    dialling.#originate(endpoint);
    return dialling;
  }

  /** Goes on with a conversation that survived the engine's restart. */
  static resume(host: DialHost, command: DialCommand, leg: Leg, bridgeId: string): Dialling {
    const dialling = new Dialling(host, command, leg, bridgeId);
    dialling.#state = 'talking';
    host.watch(leg.channelId);
    dialling.#limitTalk();
    return dialling;
  }

  get channelId(): string {
    return this.#leg.channelId;
  }

  #originate(endpoint: string): void {
    const { deps, record } = this.#host;
    const { telephony } = deps;
    void this.#host.command('ring', () => telephony.ring(record.call.channelId, true));
    const request = {
      channelId: this.#leg.channelId,
      endpoint,
      callerId: this.#command.callerId ?? record.call.ani,
      ringMs: this.#command.ringMs,
      args: ['leg', record.call.id],
      originator: record.call.channelId,
    };
    void this.#host.command('originate', async () => {
      try {
        await telephony.originate(request);
      } catch (error) {
        // Whether it rings is unknown after a time-out: the events or the timer tell.
        if (!hasCode(error, 'telephony.timeout')) this.#host.later(0, () => this.#over('failed', null, null, deps.clock.now()));
        throw error;
      }
    });
    this.#cancelTimer = this.#host.later(this.#command.ringMs + RING_MARGIN_MS, () => this.#giveUp());
  }

  onEvent(event: TelephonyEvent): void {
    if (this.#state === 'over') return;
    if (event.kind === 'started' && this.#state === 'ringing') this.#answered(event.at);
    else if (event.kind === 'destroyed') this.#ended(event.cause, event.sipCode, event.at);
    else if ((event.kind === 'left' || event.kind === 'hangup-requested') && this.#state === 'talking')
      this.#over('answered', null, null, event.at);
  }

  #answered(at: number): void {
    const { deps, record } = this.#host;
    this.#state = 'talking';
    this.#cancelTimer();
    this.#leg = { ...this.#leg, answeredAt: at, outcome: 'answered' };
    record.putLeg(this.#leg);
    record.note('leg-answered', { leg: this.#leg.id }, at);
    void record.save();
    const { telephony } = deps;
    void this.#host.command('ring', () => telephony.ring(record.call.channelId, false));
    void this.#host.command('bridge', () => telephony.createBridge(this.#bridgeId));
    void this.#host.command('bridge', () => telephony.addToBridge(this.#bridgeId, [record.call.channelId, this.#leg.channelId]));
    this.#limitTalk();
  }

  #limitTalk(): void {
    if (this.#command.maxTalkMs === null) return;
    const spent = this.#host.deps.clock.now() - (this.#leg.answeredAt ?? this.#host.deps.clock.now());
    this.#cancelTimer = this.#host.later(Math.max(0, this.#command.maxTalkMs - spent), () => this.#hangUpLeg());
  }

  #ended(cause: number, sipCode: number | null, at: number): void {
    if (this.#state === 'talking') this.#over('answered', cause, sipCode, at);
    else this.#over((sipCode === null ? undefined : outcomeOfSip(sipCode)) ?? outcomeOfCause(cause), cause, sipCode, at);
  }

  #giveUp(): void {
    if (this.#state !== 'ringing') return;
    this.#hangUpLeg();
    this.#over('no-answer', null, null, this.#host.deps.clock.now());
  }

  #hangUpLeg(): void {
    void this.#host.command('hangup', () => this.#host.deps.telephony.hangup(this.#leg.channelId, 'normal'));
  }

  /** The end of the leg, however it came; the caller goes back to the flow. */
  #over(outcome: DialOutcome, cause: number | null, sipCode: number | null, at: number): void {
    if (this.#state === 'over') return;
    const wasTalking = this.#state === 'talking';
    this.#close(outcome, cause, sipCode, at);
    const { telephony } = this.#host.deps;
    if (wasTalking) {
      void this.#host.command('bridge', () => telephony.destroyBridge(this.#bridgeId));
      this.#hangUpLeg();
    } else void this.#host.command('ring', () => telephony.ring(this.#host.record.call.channelId, false));
    const talkMs = wasTalking ? Math.max(0, at - (this.#leg.answeredAt ?? at)) : 0;
    this.#host.finished({ kind: 'dialled', step: this.#command.step, outcome, sipCode, talkMs });
  }

  /** The caller left, or the call is being closed: only clean-up is sent. */
  cancel(): void {
    if (this.#state === 'over') return;
    const wasTalking = this.#state === 'talking';
    this.#close(wasTalking ? 'answered' : 'cancelled', null, null, this.#host.deps.clock.now());
    this.#hangUpLeg();
    if (wasTalking) void this.#host.command('bridge', () => this.#host.deps.telephony.destroyBridge(this.#bridgeId));
  }

  /** There is no line: whether the leg lives is seen when there is one again. */
  forget(): void {
    this.#state = 'over';
    this.#cancelTimer();
  }

  #close(outcome: DialOutcome, cause: number | null, sipCode: number | null, at: number): void {
    this.#state = 'over';
    this.#cancelTimer();
    this.#leg = { ...this.#leg, endedAt: at, outcome, hangupCause: cause, sipCode };
    this.#host.record.putLeg(this.#leg);
    this.#host.record.note('leg-ended', { leg: this.#leg.id, outcome, cause, sipCode }, at);
    this.#host.unwatch(this.#leg.channelId);
  }
}
