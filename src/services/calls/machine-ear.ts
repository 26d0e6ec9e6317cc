import { type Greeting, PAUSE_MS, whoAnswers } from '../../dialer/machine.ts';
import type { TelephonyEvent } from '../../ports/telephony.ts';
import type { CallRecord } from './call-record.ts';
import type { CallDeps } from './deps.ts';

/** A greeting that is over is followed by a beep: silent for so long, that is over, too. */
const AFTER_BEEP_MS = 1500;
/** A machine that goes on for longer is spoken to all the same. */
const LONGEST_WAIT_MS = 60_000;

export interface EarHost {
  readonly deps: CallDeps;
  readonly record: CallRecord;
  command(what: string, run: () => Promise<void>): Promise<unknown>;
  later(ms: number, fire: () => void | Promise<void>): () => void;
}

/** What comes of listening; each call of ours has one verdict. */
export interface EarVerdicts {
  person(at: number): void;
  /** Its greeting and its beep are over, where that was waited for. */
  machine(at: number): void;
}

/** Listens to whom answered a call of ours, until it is known whether a person or a machine did. */
export class MachineEar {
  readonly #host: EarHost;
  readonly #verdicts: EarVerdicts;
  /** Whether a machine's greeting is heard out. */
  readonly #waits: boolean;
  #greeting: Greeting;
  #stage: 'greeting' | 'beep' | 'over' = 'greeting';
  #cancelTimer: () => void = () => undefined;

  constructor(host: EarHost, waits: boolean, verdicts: EarVerdicts) {
    this.#host = host;
    this.#waits = waits;
    this.#verdicts = verdicts;
    this.#greeting = { answeredAt: host.deps.clock.now(), since: null, isOver: false };
    this.#heed(PAUSE_MS);
    this.#judge();
  }

  /** True where the event was for the ear alone. */
  onEvent(event: TelephonyEvent): boolean {
    if (this.#stage === 'over') return false;
    const now = this.#host.deps.clock.now();
    if (event.kind === 'talk') {
      if (this.#stage === 'greeting') {
        this.#greeting = { ...this.#greeting, since: this.#greeting.since ?? now, isOver: !event.talking };
        this.#judge();
      } else if (!event.talking) this.#end(() => this.#verdicts.machine(now));
      return true;
    }
    // Machines press no keys.
    if (event.kind === 'key' && this.#stage === 'greeting') this.#end(() => this.#verdicts.person(now));
    return event.kind === 'key';
  }

  /** After an outage nobody knows what was said meanwhile. */
  giveUp(): void {
    const now = this.#host.deps.clock.now();
    if (this.#stage === 'greeting') this.#end(() => this.#verdicts.person(now));
    else if (this.#stage === 'beep') this.#end(() => this.#verdicts.machine(now));
  }

  /** The call is over. */
  cancel(): void {
    this.#end(() => undefined);
  }

  #judge(): void {
    const { clock, settings } = this.#host.deps;
    const now = clock.now();
    const who = whoAnswers(this.#greeting, settings.machineGreetingMs, now);
    this.#cancelTimer();
    if (who.kind === 'unsure') this.#cancelTimer = this.#host.later(who.until - now, () => this.#judge());
    else if (who.kind === 'person') this.#end(() => this.#verdicts.person(now));
    else this.#machine(now);
  }

  #machine(now: number): void {
    const { record } = this.#host;
    record.note('machine-answered', { afterMs: now - this.#greeting.answeredAt }, now);
    void record.save();
    if (!this.#waits) return this.#end(() => this.#verdicts.machine(now));
    this.#stage = 'beep';
    this.#heed(AFTER_BEEP_MS);
    this.#cancelTimer = this.#host.later(LONGEST_WAIT_MS, () => this.giveUp());
  }

  #heed(pauseMs: number): void {
    const { deps, record } = this.#host;
    // Where it cannot be listened to, the time alone tells: a person.
    void this.#host.command('heed talk', () => deps.telephony.heedTalk(record.call.channelId, pauseMs));
  }

  #end(tell: () => void): void {
    if (this.#stage === 'over') return;
    this.#stage = 'over';
    this.#cancelTimer();
    tell();
  }
}
