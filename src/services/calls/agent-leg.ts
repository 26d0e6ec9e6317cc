import type { Leg } from '../../domain/call.ts';
import { type DialOutcome, outcomeOfCause, outcomeOfSip } from '../../domain/dial-outcome.ts';
import { hasCode } from '../../domain/errors.ts';
import type { LegId, UserId } from '../../domain/ids.ts';
import type { ValueMap } from '../../domain/value.ts';
import type { PromptItem } from '../../flow/commands.ts';
import type { TelephonyEvent } from '../../ports/telephony.ts';
import type { Offer } from '../floor/seat.ts';
import type { CallRecord } from './call-record.ts';
import type { CallDeps } from './deps.ts';
import { preparePrompts } from './prompts.ts';

/** How long after the ring time the leg's end is waited for before it counts as not answered. */
const RING_MARGIN_MS = 2000;
/** Pause before the words for a telephone that may be a mailbox are said again. */
const ACCEPT_PAUSE_MS = 3000;
/** Who has not pressed the key by then is a mailbox. */
const ACCEPT_LIMIT_MS = 20_000;
const ACCEPT_KEY = '1';

export interface AgentLegHost {
  readonly deps: CallDeps;
  readonly record: CallRecord;
  command(what: string, run: () => Promise<void>): Promise<boolean>;
  post(run: () => void | Promise<void>): void;
  later(ms: number, fire: () => void): () => void;
  watch(channelId: string): void;
  unwatch(channelId: string): void;
}

/** What becomes of the leg; each is told once, `over` only where there was no `ready`, `gone` only after it. */
export interface AgentLegListener {
  ringing(): void;
  /** Answered by a person who heard the whisper: the caller may come. */
  ready(at: number): void;
  over(how: 'no-answer' | 'failed', at: number, outcome: DialOutcome): void;
  gone(at: number): void;
  key(key: string): void;
}

/** Whose telephone is rung, and how. */
export interface Ring {
  readonly role: 'agent' | 'target';
  /** null: nobody's of the floor (an outside number, a department). */
  readonly agent: UserId | null;
  readonly endpoint: string;
  /** What the leg is shown as. */
  readonly shown: string;
  readonly ringMs: number;
  /** What the journal is told of nobody's telephone; absent: a number. */
  readonly note?: ValueMap;
}

/** What is said to the agent before the caller is there. */
export interface AgentWords {
  readonly accept: readonly PromptItem[];
  readonly whisper: readonly PromptItem[];
}

type State = 'ringing' | 'accepting' | 'whispering' | 'ready' | 'over';

/** The telephone of one agent, rung for one caller: rings, is accepted, is told what comes, talks, ends. */
export class AgentLeg {
  readonly #host: AgentLegHost;
  #listener: AgentLegListener;
  #leg: Leg;
  #state: State = 'ringing';
  #words: AgentWords = { accept: [], whisper: [] };
  #playback: string | null = null;
  #playbacks = 0;
  #cancelTimer: () => void = () => undefined;
  #cancelLimit: () => void = () => undefined;

  private constructor(host: AgentLegHost, leg: Leg, listener: AgentLegListener) {
    this.#host = host;
    this.#leg = leg;
    this.#listener = listener;
  }

  /** Rings. The leg is on record before Asterisk hears of it. */
  static ring(host: AgentLegHost, ring: Ring, callerId: string | null, words: AgentWords, listener: AgentLegListener): AgentLeg {
    const { deps, record } = host;
    const { role, agent, shown } = ring;
    const id = deps.ids.next('leg');
    const open = { startedAt: deps.clock.now(), answeredAt: null, endedAt: null, outcome: null, hangupCause: null, sipCode: null };
    const leg: Leg = { id, callId: record.call.id, role, channelId: id, endpoint: shown, ...(agent === null ? {} : { agent }), ...open };
    const agentLeg = new AgentLeg(host, leg, listener);
    agentLeg.#words = words;
    host.watch(leg.channelId);
    record.putLeg(leg);
    if (agent === null) record.note('leg-dialled', { leg: id, target: 'number', ...ring.note });
    else record.note('agent-offered', { leg: id, agent });
    void record.save().then(() => host.post(() => agentLeg.#originate(ring, callerId)));
    return agentLeg;
  }

  /** A leg that talked already when the process that dialled it ended. */
  static resume(host: AgentLegHost, leg: Leg, listener: AgentLegListener): AgentLeg {
    const agentLeg = new AgentLeg(host, leg, listener);
    agentLeg.#state = 'ready';
    host.watch(leg.channelId);
    return agentLeg;
  }

  /** Ends a leg that an outage or a restart left over. */
  static drop(host: AgentLegHost, leg: Leg): void {
    new AgentLeg(host, leg, NO_EARS).cancel();
  }

  get id(): LegId {
    return this.#leg.id;
  }

  get channelId(): string {
    return this.#leg.channelId;
  }

  get agent(): UserId | null {
    return this.#leg.agent ?? null;
  }

  get answeredAt(): number | null {
    return this.#leg.answeredAt;
  }

  onEvent(event: TelephonyEvent): void {
    switch (event.kind) {
      case 'started':
        return this.#state === 'ringing' ? this.#answered(event.at) : undefined;
      case 'state':
        return this.#state === 'ringing' && event.state === 'ringing' ? this.#listener.ringing() : undefined;
      case 'key':
        return this.#key(event.key);
      // Of customers alone.
      case 'talk':
        return undefined;
      case 'playback-finished':
        return event.playbackId === this.#playback ? this.#said() : undefined;
      case 'hangup-requested':
      case 'left':
        return this.#state === 'ringing' ? undefined : this.#ended(null, null, event.at);
      case 'destroyed':
        return this.#ended(event.cause, event.sipCode, event.at);
      case 'recording-finished':
        return undefined;
    }
  }

  /** Taken without the key: the agent said so elsewhere. */
  accept(): void {
    if (this.#state === 'accepting') this.#whisper();
  }

  /** Nobody is told of it any more. */
  cancel(): void {
    if (this.#state === 'over') return;
    this.#close(this.#leg.outcome ?? 'cancelled', null, null, this.#host.deps.clock.now());
    this.#hangUp();
  }

  /** Asks the far end to go; `gone` follows. */
  hangUp(): void {
    this.#hangUp();
  }

  /** There is no line: whether the leg lives is seen when there is one again. */
  forget(): void {
    this.#state = 'over';
    this.#cancelTimers();
  }

  /** Somebody else is told from now on. */
  tell(listener: AgentLegListener): void {
    this.#listener = listener;
  }

  /** It lives: it talks as before. */
  again(): void {
    this.#state = 'ready';
  }

  /** It ended while there was no line. */
  lost(): void {
    this.#close('answered', null, null, this.#host.deps.clock.now());
  }

  #originate({ endpoint, ringMs }: Ring, callerId: string | null): void {
    if (this.#state !== 'ringing') return;
    const { deps, record } = this.#host;
    const args = ['leg', record.call.id];
    // A call made by hand rings the agent first: there is no channel of the customer's yet.
    const originator = record.call.direction === 'outbound' && record.call.answeredAt === null ? null : record.call.channelId;
    const request = { channelId: this.#leg.channelId, endpoint, callerId, ringMs, args, originator };
    void this.#host.command('originate', async () => {
      try {
        await deps.telephony.originate(request);
      } catch (error) {
        // Whether it rings is unknown after a time-out: the events or the timer tell.
        if (!hasCode(error, 'telephony.timeout')) this.#host.post(() => this.#over('failed', null, null, deps.clock.now()));
        throw error;
      }
    });
    this.#cancelTimer = this.#host.later(ringMs + RING_MARGIN_MS, () => {
      this.#hangUp();
      this.#over('no-answer', null, null, deps.clock.now());
    });
  }

  #answered(at: number): void {
    this.#cancelTimer();
    this.#leg = { ...this.#leg, answeredAt: at };
    this.#host.record.putLeg(this.#leg);
    this.#host.record.note('leg-answered', { leg: this.#leg.id }, at);
    void this.#host.record.save();
    if (this.#words.accept.length === 0) return this.#whisper();
    this.#state = 'accepting';
    this.#say(this.#words.accept);
    this.#cancelLimit = this.#host.later(ACCEPT_LIMIT_MS, () => {
      this.#hangUp();
      this.#over('no-answer', null, null, this.#host.deps.clock.now());
    });
  }

  #key(key: string): void {
    if (this.#state === 'ready') this.#listener.key(key);
    else if (this.#state === 'accepting' && key === ACCEPT_KEY) this.#whisper();
  }

  #whisper(): void {
    this.#cancelTimers();
    this.#stop();
    this.#state = 'whispering';
    if (this.#words.whisper.length === 0) this.#ready();
    else this.#say(this.#words.whisper);
  }

  #said(): void {
    this.#playback = null;
    this.#cancelTimer();
    if (this.#state === 'whispering') this.#ready();
    else if (this.#state === 'accepting') this.#cancelTimer = this.#host.later(ACCEPT_PAUSE_MS, () => this.#say(this.#words.accept));
  }

  /** A mailbox that picked up never comes here: only a leg that is ready has been answered by a person. */
  #ready(): void {
    this.#cancelTimers();
    this.#state = 'ready';
    this.#leg = { ...this.#leg, outcome: 'answered' };
    this.#host.record.putLeg(this.#leg);
    this.#listener.ready(this.#host.deps.clock.now());
  }

  /** Says it once. Words that cannot be had, or never end, keep nobody waiting. */
  #say(items: readonly PromptItem[]): void {
    const { deps } = this.#host;
    this.#playbacks += 1;
    const playback = `${this.#leg.id}.${this.#playbacks}`;
    this.#playback = playback;
    void preparePrompts(deps, items).then(({ groups }) =>
      this.#host.post(() => {
        if (this.#playback !== playback) return;
        const media = groups.flatMap((group) => group.media);
        if (media.length === 0) return this.#said();
        const ms = groups.reduce((sum, { durationMs }) => sum + durationMs, 0);
        this.#cancelTimer();
        this.#cancelTimer = this.#host.later(ms + deps.settings.playbackMarginMs, () => this.#said());
        void this.#host.command('play', () => deps.telephony.play(this.#leg.channelId, playback, media));
      }),
    );
  }

  #stop(): void {
    const playback = this.#playback;
    this.#playback = null;
    if (playback !== null) void this.#host.command('stop', () => this.#host.deps.telephony.stopPlayback(playback));
  }

  #ended(cause: number | null, sipCode: number | null, at: number): void {
    if (this.#state === 'ready') {
      this.#close('answered', cause, sipCode, at);
      // The far end asked to go; nothing else would end the channel.
      this.#hangUp();
      this.#listener.gone(at);
    } else if (this.#state !== 'over') this.#over(this.#state === 'ringing' ? unanswered(cause, sipCode) : 'no-answer', cause, sipCode, at);
  }

  #over(outcome: DialOutcome, cause: number | null, sipCode: number | null, at: number): void {
    if (this.#state === 'over') return;
    this.#close(outcome, cause, sipCode, at);
    this.#hangUp();
    this.#listener.over(outcome === 'no-answer' ? 'no-answer' : 'failed', at, outcome);
  }

  #close(outcome: DialOutcome, cause: number | null, sipCode: number | null, at: number): void {
    this.#state = 'over';
    this.#playback = null;
    this.#cancelTimers();
    // Taking stock after an outage may have closed it already.
    const known = this.#host.record.legs.get(this.#leg.id);
    if (known !== undefined && known.endedAt !== null) return;
    this.#leg = { ...this.#leg, endedAt: at, outcome, hangupCause: cause, sipCode };
    this.#host.record.putLeg(this.#leg);
    this.#host.record.note('leg-ended', { leg: this.#leg.id, outcome, cause, sipCode }, at);
    this.#host.unwatch(this.#leg.channelId);
  }

  #hangUp(): void {
    void this.#host.command('hangup', () => this.#host.deps.telephony.hangup(this.#leg.channelId, 'normal'));
  }

  #cancelTimers(): void {
    this.#cancelTimer();
    this.#cancelLimit();
  }
}

/** Hears nothing of a leg. */
export const NO_EARS: AgentLegListener = {
  ringing: () => undefined,
  ready: () => undefined,
  over: () => undefined,
  gone: () => undefined,
  key: () => undefined,
};

function unanswered(cause: number | null, sipCode: number | null): DialOutcome {
  const outcome = (sipCode === null ? undefined : outcomeOfSip(sipCode)) ?? (cause === null ? 'failed' : outcomeOfCause(cause));
  return outcome === 'answered' ? 'failed' : outcome;
}

/** Legs are shown to many; an agent's own number is not for them. */
export function ringOf(
  { agent, place, endpoint, ringMs }: Pick<Offer, 'agent' | 'place' | 'endpoint' | 'ringMs'>,
  role: Ring['role'] = 'agent',
): Ring {
  return { role, agent, endpoint, ringMs, shown: place.kind === 'outside' ? 'outside' : endpoint };
}
