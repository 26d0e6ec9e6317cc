import { isKey } from '../../domain/keys.ts';
import type { NotReached, Termination } from '../../domain/termination.ts';
import type { Input } from '../../flow/commands.ts';
import { resume, start, type Turn } from '../../flow/interpreter.ts';
import type { Release } from '../../flow/release.ts';
import { isUnbegun, type Trigger } from '../../flow/session.ts';
import type { OriginateRequest, TelephonyEvent } from '../../ports/telephony.ts';
import type { ActorHooks } from './actor-hooks.ts';
import type { ActorMessage } from './actor-message.ts';
import type { AgentFirst, AgentFirstOrder } from './agent-first.ts';
import { type ByHandHost, type Companion, reachingOf } from './by-hand.ts';
import type { CallRecord } from './call-record.ts';
import { CallRecorder } from './call-recorder.ts';
import { CommandQueue } from './command-queue.ts';
import type { Standing } from './conversation/rooms.ts';
import type { CallDeps } from './deps.ts';
import { Mailbox } from './mailbox.ts';
import { Pauses } from './pauses.ts';
import { Performer, type PerformHost } from './performer.ts';
import { type Begin, PLACED_SETTLE_MS, Placing, type PlacingHost, type Reaching } from './placing.ts';
import { cataloguePrompt } from './prompts.ts';
import { isRepeatable } from './repeatable.ts';
import { tellKey } from './shown-keys.ts';
import { worldOf } from './world.ts';

/** Steps below zero are the engine's own prompts, not the flow's. */
const FAREWELL_STEP = -1;

/** The one owner of a call: everything that happens to the call passes through its mailbox, one thing at a time. */
export class CallActor implements PerformHost, PlacingHost, ByHandHost {
  readonly deps: CallDeps;
  readonly record: CallRecord;
  readonly release: Release;
  readonly recording: CallRecorder;
  readonly #hooks: ActorHooks;
  readonly #performer: Performer;
  readonly #mailbox: Mailbox<ActorMessage>;
  readonly #pauses: Pauses;
  readonly #commands: CommandQueue;
  /** Of a call of ours that nobody has answered yet. */
  #placing: Reaching | null;
  #phase: 'open' | 'ending' | 'ended' = 'open';
  #verdict: Termination | null = null;
  #offline = false;
  /** The hang-up was decided; Asterisk may not know yet. */
  #ending = false;
  #held: Input | null = null;
  /** What the caller was recording when they hung up; that they were talking with somebody. */
  #atEnd: Pick<Input & { kind: 'hung-up' }, 'recorded' | 'talked'> = {};
  #cancelLimit: () => void = () => undefined;
  /** Q.850, as the far end gave it. */
  #hangupCause: number | null = null;

  constructor(deps: CallDeps, record: CallRecord, release: Release, hooks: ActorHooks) {
    this.deps = deps;
    this.record = record;
    this.release = release;
    this.#hooks = hooks;
    this.#pauses = new Pauses(deps.clock);
    this.#commands = new CommandQueue(deps, record.call.id);
    this.recording = new CallRecorder(this);
    this.#performer = new Performer(this);
    this.#placing = record.session === null || !isUnbegun(record.session) ? null : reachingOf(this);
    this.#mailbox = new Mailbox<ActorMessage>(
      (message) => this.#handle(message),
      (error, message) => this.#fault(error, message.kind),
    );
    this.#limitCall();
  }

  get phase(): 'open' | 'ending' | 'ended' {
    return this.#phase;
  }

  /** A new call: runs the flow from its start. */
  begin(trigger: Trigger): void {
    this.post(() => this.#begin(trigger));
  }

  /** Does something with a call of ours on its way to being answered, in the call's turn; nothing where it is not, or not of that kind. */
  reach<T extends Reaching>(kind: abstract new (...args: never[]) => T, run: (reaching: T) => void): void {
    this.post(() => (this.#placing instanceof kind ? run(this.#placing) : undefined));
  }

  /** A call of ours whose agent comes first: dials once they are there. */
  agentFirst(request: OriginateRequest, order: AgentFirstOrder): void {
    const dial = (): void => this.reach(Placing, (placing) => placing.originate(request));
    this.post(() => this.#performer.agentFirst(order, { dial, giveUp: (outcome) => void this.takeBack(outcome) }));
  }

  get firstAgent(): AgentFirst | null {
    return this.#performer.first;
  }

  /** Ends a call of ours that nobody has answered; false: somebody has, or it is over. */
  takeBack(outcome: NotReached['outcome']): boolean {
    const placing = this.#placing;
    if (this.#phase !== 'open' || !(placing instanceof Placing) || !placing.shut()) return false;
    this.post(() => placing.giveUp(outcome));
    return true;
  }

  onEvent(event: TelephonyEvent): void {
    this.#mailbox.post({ kind: 'event', event });
  }

  /** Ends the call by the engine's or a supervisor's will. */
  end(termination: Termination): void {
    this.post(() => this.#hangUp(termination, 'normal'));
  }

  /** The channel was found to be gone: closes the call without a word to Asterisk. `at` is when, if it is known. */
  lost(termination: Termination, at: number | null): void {
    const end = at ?? this.deps.clock.now();
    void this.recording.recall().then(() => this.post(() => this.#placing?.lost(end) ?? this.#gone(termination, end, null)));
  }

  /** Lets go of the call without ending it: no more events, commands or timers. */
  letGo(): CallRecord {
    this.#phase = 'ended';
    this.#mailbox.close();
    for (const part of [this.#performer, this.recording]) part.dispose();
    this.#pauses.cancelAll();
    return this.record;
  }

  /** Goes on after events may have been missed. `standing`: who is in which bridge when the caller talks; all else that waited at the phone is asked for again. */
  goOn(standing: Standing): void {
    this.post(() => this.#goOn(standing));
  }

  /** The line to Asterisk is down: nothing is said, decided or given up until `goOn` or `lost`. */
  freeze(): void {
    this.post(() => this.#freeze());
  }

  readonly watch = (channelId: string): void => this.#hooks.watch(channelId);
  readonly unwatch = (channelId: string): void => this.#hooks.unwatch(channelId);
  readonly post = (run: () => void | Promise<void>): void => this.#mailbox.post({ kind: 'run', run });

  waitingStep(): number | null {
    return this.#phase === 'open' ? (this.record.session?.waiting?.step ?? null) : null;
  }

  finished(input: Input): void {
    // The caller left while they spoke: what they said is told with the end, which may be next in the mailbox.
    if (this.#phase === 'ending' && input.kind === 'recorded') this.#atEnd = { ...this.#atEnd, recorded: input.outcome };
    this.#mailbox.post({ kind: 'input', input });
  }

  readonly command = (what: string, run: () => Promise<void>): Promise<boolean> => this.#commands.send(what, run);
  readonly later = (ms: number, fire: () => void | Promise<void>): (() => void) => this.#pauses.add(ms, () => this.post(fire));

  #handle(message: ActorMessage): Promise<void> | void {
    if (this.#phase === 'ended') return undefined;
    if (message.kind === 'event') return this.#onEvent(message.event);
    return message.kind === 'input' ? this.#turn(message.input) : message.run();
  }

  async #begin(trigger: Trigger, flow = this.record.call.flow): Promise<void> {
    if (!this.#ending) await this.#advance(start(flow, trigger, worldOf(this.deps, this.release)));
  }

  async #turn(input: Input): Promise<void> {
    if (this.#phase !== 'open' || this.record.session === null) return;
    if (this.#offline) {
      // What a request or an action brought meanwhile is taken when there is a line again.
      if (input.kind === 'result') this.#held = input;
      return;
    }
    if (input.kind === 'finished' && input.step === FAREWELL_STEP) {
      this.#hangUp(this.#verdict ?? { kind: 'flow-hung-up' }, 'normal');
      return;
    }
    const waiting = this.record.session.waiting;
    if (input.kind === 'finished' && waiting?.step === input.step && this.#performer.promptWasPart(waiting)) return;
    if (input.kind === 'dialled' || input.kind === 'queued') this.#performer.talkIsOver();
    const before = this.record.session.step;
    const turn = resume(this.record.session, input, worldOf(this.deps, this.release));
    if (turn.session.step !== before || turn.events.length > 0 || turn.session.status === 'ended') await this.#advance(turn, input);
  }

  /** Stores what the turn decided, then carries it out. The last turn is stored with the call's end, the first with what follows the answer, and a repeatable one beside its prompt. */
  async #advance(turn: Turn, input: Input | null = null): Promise<void> {
    this.record.take(turn);
    await this.recording.follow(turn.effects);
    if (turn.command?.kind === 'answer' && this.record.isNew) this.record.saveSoon();
    else if (isRepeatable(turn, input)) void this.record.save(true);
    else if (turn.command?.kind !== 'hangup') await this.record.save();
    if (turn.command === null || this.#phase !== 'open') return;
    if (turn.command.kind === 'hangup') this.#hangUp({ kind: 'flow-hung-up', ...this.record.lastNode() }, turn.command.cause);
    else await this.#performer.perform(turn.command);
  }

  #onEvent(event: TelephonyEvent): Promise<void> | void {
    const channelId = event.kind === 'started' ? event.channel.id : event.channelId;
    if (channelId !== this.record.call.channelId)
      return this.#placing?.onLegEvent(channelId, event) === true ? undefined : this.#performer.onLegEvent(channelId, event);
    if (this.#placing !== null) return this.#placing.onEvent(event);
    switch (event.kind) {
      case 'key':
        return this.#key(event.key);
      case 'playback-finished':
      case 'recording-finished':
        return this.#performer.onEvent(event);
      case 'started':
      case 'state':
      case 'talk':
        return undefined;
      case 'hangup-requested':
        if (event.cause !== 0) this.#hangupCause = event.cause;
        return this.#leaving({ kind: 'caller-hung-up' }, event.at);
      // The last that Asterisk tells of a channel that came in: it is hung up by the dialplan right after.
      case 'left':
        return this.#gone({ kind: 'caller-hung-up' }, event.at, this.#hangupCause);
      case 'destroyed':
        return this.#gone({ kind: 'caller-hung-up' }, event.at, event.cause);
    }
  }

  reached(at: number, { settleMs, flow }: Begin = { settleMs: this.#performer.first === null ? PLACED_SETTLE_MS : 0 }): void {
    const { session } = this.record;
    this.#placing = null;
    if (session === null || this.#phase !== 'open') return;
    this.record.answered(at);
    this.recording.answered();
    void this.record.save();
    this.later(settleMs, () => this.#begin(session.trigger, flow));
  }

  joined(companion: Companion, at: number): void {
    this.#performer.accompany(companion);
    this.reached(at, { settleMs: 0 });
  }

  notReached(outcome: NotReached, cause: number | null, at: number): Promise<void> {
    this.#placing = null;
    return this.#gone({ kind: 'not-reached', ...outcome }, at, cause);
  }

  #key(key: string): void {
    if (this.#phase !== 'open' || !isKey(key)) return;
    const told = tellKey(this.record, key);
    this.#commands.keyArrived(this.deps.clock.now());
    if (this.#performer.key(key)) return;
    this.#commands.keyIgnored();
    // The next turn may be far off; who watches the call sees the key now.
    if (told) void this.record.save();
  }

  /** The end is near: work stops, legs are let go. */
  #leaving(termination: Termination, at: number): void {
    if (this.#phase !== 'open') return;
    this.#phase = 'ending';
    this.#verdict ??= termination;
    this.#placing?.leave();
    if (this.record.talking) this.#atEnd = { ...this.#atEnd, talked: true };
    this.#performer.leave(this.#verdict.kind, at);
    this.#pauses.cancelAll();
    this.later(this.deps.settings.endMarginMs, () => this.#gone(termination, at, null));
  }

  /** Closes the call: exactly one termination, stored with everything that led to it. The flow learns of it once, and may go on without the caller. */
  async #gone(termination: Termination, at: number, cause: number | null): Promise<void> {
    this.#leaving(termination, at);
    if (this.#phase === 'ended') return;
    this.#phase = 'ended';
    this.#pauses.cancelAll();
    const { record } = this;
    const verdict = this.#verdict ?? termination;
    record.ended(verdict, at, cause);
    void this.recording.end(at);
    const { session } = record;
    const left = { kind: 'hung-up', how: verdict.kind, ...this.#atEnd } as const;
    if (session?.status === 'active') record.take(resume(session, left, worldOf(this.deps, this.release)));
    this.deps.meter.callEnded(verdict.kind);
    this.deps.log.info({ callId: record.call.id, termination: verdict, durationMs: at - record.call.startedAt }, 'call ended');
    const saved = record.save(record.session?.status !== 'after-call');
    this.#hooks.ended(this.#performer.lateWork(session?.waiting?.step ?? null));
    await saved;
  }

  #hangUp(termination: Termination, cause: 'normal' | 'busy' | 'congestion'): void {
    if (this.#phase !== 'open') return;
    this.#verdict ??= termination;
    this.#ending = true;
    if (this.#offline) return;
    const { deps, record } = this;
    const send = (): unknown => this.command('hangup', () => deps.telephony.hangup(record.call.channelId, cause));
    void send();
    this.later(deps.settings.endMarginMs, () => {
      void send();
      return this.#gone(termination, deps.clock.now(), null);
    });
  }

  #limitCall(): void {
    this.#cancelLimit();
    const ends = this.record.call.startedAt + this.deps.settings.maxCallMs;
    this.#cancelLimit = this.later(Math.max(0, ends - this.deps.clock.now()), () => this.#tooLong());
  }

  #freeze(): void {
    if (this.#phase !== 'open') return;
    this.#offline = true;
    // Whoever takes the call over must find it.
    this.record.hurry();
    this.#performer.freeze();
    this.recording.freeze();
    this.#pauses.cancelAll();
  }

  #tooLong(): void {
    if (this.#phase !== 'open') return;
    this.#verdict ??= { kind: 'failed', code: 'call.too-long' };
    this.#performer.farewell(FAREWELL_STEP, cataloguePrompt(this.release, 'engine.call-too-long', this.record.call.language));
  }

  async #goOn(standing: Standing): Promise<void> {
    if (this.#phase !== 'open') return;
    this.#offline = false;
    this.#limitCall();
    if (this.#placing !== null && !this.#ending) return this.#placing.goOn();
    const { session } = this.record;
    // The line dropped between the answer and the first word.
    if (session !== null && isUnbegun(session) && !this.#ending) return this.#begin(session.trigger);
    const { waiting = null, status } = session ?? {};
    if (waiting === null || this.#ending) {
      // Decided, but never carried out: the flow is over and the channel still there.
      if (this.#ending || status === 'ended') this.#hangUp(this.#verdict ?? { kind: 'flow-hung-up' }, 'normal');
      return;
    }
    await this.recording.goOn();
    this.deps.meter.callResumed();
    this.record.note('call-resumed', { waiting: waiting.kind });
    const held = this.#held;
    this.#held = null;
    if (held !== null) return this.#turn(held);
    if (this.#performer.goesOn(waiting, standing)) return this.record.save();
    return this.#turn({ kind: 'restarted' });
  }

  #fault(error: unknown, during: string): void {
    this.deps.log.error({ callId: this.record.call.id, during, err: error }, 'a fault while handling a call; the call is ended');
    this.#hangUp({ kind: 'failed', code: 'internal' }, 'normal');
  }
}
