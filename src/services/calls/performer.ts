import type { TalkEnd } from '../../domain/acd-event.ts';
import type { Leg } from '../../domain/call.ts';
import type { Key } from '../../domain/keys.ts';
import type { TerminationKind } from '../../domain/termination.ts';
import type { Command, Input, PromptItem } from '../../flow/commands.ts';
import type { TelephonyEvent } from '../../ports/telephony.ts';
import { actionContext, idempotencyKey } from './action-context.ts';
import type { WorkOutcome } from './after-calls.ts';
import { AgentFirst, type AgentFirstOrder, type CustomerSide } from './agent-first.ts';
import { AgentLeg, NO_EARS } from './agent-leg.ts';
import type { Companion } from './by-hand.ts';
import type { Standing } from './conversation/rooms.ts';
import { type DialCommand, type DialHost, Dialling } from './dialling.ts';
import { FlowWork, type WorkHost } from './flow-work.ts';
import { type QueueCommand, type QueueHost, Queueing } from './queueing.ts';
import { isReach, type ReachCommand, type ReachHost, Reaching } from './reaching.ts';
import { Recorder, type RecorderHost } from './recorder.ts';
import { Talk, type TalkHost } from './talk.ts';

/** What the flow asks for, but the hang-up: that one is the call's own. */
export type Performable = Exclude<Command, { readonly kind: 'hangup' }>;

export interface PerformHost extends DialHost, TalkHost, WorkHost, RecorderHost, QueueHost, ReachHost {
  command(what: string, run: () => Promise<void>): Promise<boolean>;
  post(run: () => void | Promise<void>): void;
}

/** How a talk with an agent ends where the call does. */
/** The caller left, or was cut off, while nobody saw it. */
const UNSEEN: ReadonlySet<TerminationKind> = new Set(['left-while-away', 'asterisk-lost']);
const TALK_ENDS: Partial<Record<TerminationKind, TalkEnd>> = { 'caller-hung-up': 'caller-hung-up', 'ended-by-user': 'ended-by-user' };

/** Carries out a flow's commands on the line, one at a time: prompts and keys, recordings, requests, legs. */
export class Performer {
  readonly #host: PerformHost;
  readonly #talk: Talk;
  readonly #work: FlowWork;
  readonly #recorder: Recorder;
  #dialling: Dialling | null = null;
  #reaching: Reaching | null = null;
  #queueing: Queueing | null = null;
  /** Of a call made by hand, until its talk begins. */
  #companion: Companion | null = null;
  /** Of a callback: the agent who is there before the customer. */
  #first: AgentFirst | null = null;

  constructor(host: PerformHost) {
    this.#host = host;
    this.#talk = new Talk(host);
    this.#work = new FlowWork(host, this.#talk);
    this.#recorder = new Recorder(host, this.#talk);
  }

  /** The agent who called is on the line: the queue's wait is a talk at once. */
  accompany(companion: Companion): void {
    this.#companion = companion;
  }

  /** Rings the agent first, and dials when they are there. */
  agentFirst(order: AgentFirstOrder, customer: CustomerSide): void {
    this.#first = new AgentFirst(this.#host, order, customer);
  }

  get first(): AgentFirst | null {
    return this.#first;
  }

  async perform(command: Performable): Promise<void> {
    await this.#keepSecret(command.kind === 'collect' && command.spec.secret);
    switch (command.kind) {
      case 'answer':
        return this.#answer(command);
      case 'play':
        return this.#talk.say(command.step, command.items, command.typeAhead, null);
      case 'collect':
        return this.#talk.say(command.step, command.items, command.spec.typeAhead, command.spec);
      case 'record':
        return this.#talk.say(command.step, command.items, 'flush', null);
      case 'http':
        return this.#work.request(command, idempotencyKey(this.#host.record, command));
      case 'action':
        return this.#work.act(command, actionContext(this.#host.record, command));
      case 'dial':
        return isReach(command) ? this.#reach(command) : this.#dial(command as DialCommand);
      case 'queue':
        return this.#queue(command);
    }
  }

  /** Says one thing of the engine's own, to its end. */
  farewell(step: number, item: PromptItem): void {
    this.#talk.abort();
    this.#letLegGo('failed');
    this.#talk.say(step, [item], 'flush', null);
  }

  /** True when the end of a prompt is not the end of the command: the recording begins after it, the filler comes again. */
  promptWasPart(waiting: Command): boolean {
    if (waiting.kind === 'record') this.#recorder.start(waiting);
    else if (waiting.kind === 'http') this.#work.fillerLater(waiting);
    else if (waiting.kind === 'queue') this.#queueing?.said();
    else return false;
    return true;
  }

  /** The dialled leg, or the queue, has come to its end. */
  talkIsOver(): void {
    this.#dialling = null;
    this.#reaching = null;
    this.#queueing = null;
    this.#talk.deaf(false);
  }

  /** True when the key stopped a prompt or ended an input. */
  key(key: Key): boolean {
    this.#recorder.key(key);
    if (this.#queueing?.key(key) === true) return true;
    return this.#talk.key(key);
  }

  /** Events of the caller's channel that belong to what is under way. */
  onEvent(event: TelephonyEvent): void {
    if (event.kind === 'playback-finished') this.#talk.playbackFinished(event.playbackId, event.ok);
    else if (event.kind === 'recording-finished') this.#recorder.onFinished(event);
  }

  onLegEvent(channelId: string, event: TelephonyEvent): void {
    if (this.#dialling?.channelId === channelId) this.#dialling.onEvent(event);
    else if (this.#companion?.leg.channelId === channelId) this.#companion.leg.onEvent(event);
    else if (this.#first?.channelId === channelId && this.#queueing === null) this.#first.onEvent(event);
    else if (this.#reaching !== null) this.#reaching.onEvent(channelId, event);
    else this.#queueing?.onLegEvent(channelId, event);
  }

  /** There is no line: everything waits as it is, without a word to Asterisk. Requests and actions go on. */
  freeze(): void {
    this.#talk.freeze();
    this.#recorder.forget();
    this.#letCompanionGo();
    this.#dialling?.forget();
    this.#dialling = null;
    this.#reaching?.forget();
    this.#reaching = null;
    this.#first?.freeze();
    this.#queueing?.freeze();
  }

  /** The caller is leaving: nothing is said any more, work stops, legs are let go. */
  leave(how: TerminationKind, at: number): void {
    this.#talk.dispose();
    this.#recorder.leave();
    this.#work.leave();
    this.#letLegGo(TALK_ENDS[how] ?? 'failed', UNSEEN.has(how) ? at : null);
  }

  /** The step's request, which goes on after the call; null when there is none. */
  lateWork(step: number | null): Promise<WorkOutcome> | null {
    return this.#work.late(step);
  }

  /** No more timers and effects. */
  dispose(): void {
    this.#queueing?.dispose();
    this.#talk.dispose();
    this.#recorder.forget();
  }

  /** After an outage or a restart: true when the waiting command goes on by itself, false when it has to be asked for again. */
  goesOn(waiting: Command, standing: Standing): boolean {
    if (waiting.kind === 'dial') {
      if (this.#talksOn(waiting, standing)) return true;
      this.#dropLegs((leg) => AgentLeg.drop(this.#host, leg));
    }
    if (waiting.kind === 'queue' && this.#queuesOn(waiting, standing)) return true;
    if (this.#work.runs(waiting.step)) {
      this.#work.again(waiting);
      return true;
    }
    this.#talk.abort();
    this.#talk.deaf(false);
    this.#talk.silence(waiting);
    return false;
  }

  /** What a caller says or presses while a secret is asked for is in no recording. */
  async #keepSecret(is: boolean): Promise<void> {
    if (is) await this.#host.recording.pause('secret');
    else void this.#host.recording.resume('secret');
  }

  #answer(command: Command & { kind: 'answer' }): void {
    const { deps, record } = this.#host;
    void this.#host
      .command('answer', () => deps.telephony.answer(record.call.channelId))
      .then((ok) => {
        if (!ok) return;
        const at = deps.clock.now();
        this.#host.post(() => {
          record.answered(at);
          this.#host.recording.answered();
          this.#host.later(command.settleMs, () => this.#host.finished({ kind: 'answered', step: command.step }));
        });
      });
  }

  async #dial(command: DialCommand): Promise<void> {
    const endpoint = this.#host.deps.endpointFor(command.target);
    if (endpoint === undefined) {
      const nobody: Input = { kind: 'dialled', step: command.step, outcome: 'invalid-number', sipCode: null, talkMs: 0 };
      this.#host.finished(nobody);
      return;
    }
    this.#talk.deaf(true);
    this.#dialling = await Dialling.begin(this.#host, command, endpoint);
  }

  async #reach(command: ReachCommand): Promise<void> {
    const { deps, record } = this.#host;
    const attempts = await deps.directory.attempts(command.target, record.call.brand);
    if (attempts.kind === 'rounds') {
      this.#talk.deaf(true);
      this.#reaching = Reaching.begin(this.#host, command, attempts);
      return;
    }
    const outcome = attempts.kind === 'closed' ? 'closed' : 'invalid-number';
    this.#host.finished({ kind: 'dialled', step: command.step, outcome, sipCode: null, talkMs: 0 });
  }

  #talksOn(waiting: Command & { kind: 'dial' }, standing: Standing): boolean {
    const { record } = this.#host;
    const bridge = standing.find(({ channelIds }) => channelIds.includes(record.call.channelId));
    const other = bridge?.channelIds.find((id) => id !== record.call.channelId);
    const leg = other === undefined ? undefined : record.legOf(other);
    if (bridge === undefined || leg === undefined) return false;
    if (isReach(waiting)) {
      const agentLeg = AgentLeg.resume(this.#host, leg, NO_EARS);
      this.#reaching = Reaching.resume(this.#host, waiting, agentLeg, bridge.id);
    } else this.#dialling = Dialling.resume(this.#host, waiting as DialCommand, leg, bridge.id);
    this.#talk.deaf(true);
    return true;
  }

  #queue(command: QueueCommand): void {
    const companion = this.#companion;
    this.#companion = null;
    this.#queueing = new Queueing(this.#host, this.#talk, command);
    if (companion === null) this.#queueing.begin(this.#first?.take() ?? null);
    else this.#queueing.beginWith(companion);
  }

  /** True when the wait, or the talk, goes on by itself. A place that a former process kept is asked for again. */
  #queuesOn(waiting: QueueCommand, standing: Standing): boolean {
    const living = new Set(standing.flatMap(({ channelIds }) => channelIds));
    this.#dropLegs((leg) => (living.has(leg.channelId) ? undefined : AgentLeg.drop(this.#host, leg)));
    if (this.#queueing !== null) {
      this.#talk.deaf(true);
      this.#queueing.thaw(standing);
      return true;
    }
    const queueing = new Queueing(this.#host, this.#talk, waiting);
    if (!queueing.resumeTalk(standing)) return false;
    this.#queueing = queueing;
    return true;
  }

  #dropLegs(drop: (leg: Leg) => void): void {
    for (const leg of this.#host.record.legs.values()) if (leg.role !== 'customer' && leg.endedAt === null) drop(leg);
  }

  #letCompanionGo(): void {
    const companion = this.#companion;
    this.#companion = null;
    companion?.leg.cancel();
    companion?.direct.over('rescinded', this.#host.deps.clock.now());
  }

  #letLegGo(how: TalkEnd, unseenAt: number | null = null): void {
    this.#letCompanionGo();
    this.#first?.cancel();
    this.#dialling?.cancel();
    this.#dialling = null;
    this.#reaching?.cancel();
    this.#reaching = null;
    this.#queueing?.cancel(how, unseenAt);
    this.#queueing = null;
  }
}
