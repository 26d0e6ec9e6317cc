import type { TalkEnd } from '../../domain/acd-event.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Key } from '../../domain/keys.ts';
import type { Language } from '../../domain/language.ts';
import type { WaitEnd } from '../../domain/queue.ts';
import type { Command, Input, Queued, QueuedEnd } from '../../flow/commands.ts';
import type { Release } from '../../flow/release.ts';
import type { TelephonyEvent } from '../../ports/telephony.ts';
import type { JoinAnswer, Offer, Place, Seat } from '../floor/seat.ts';
import type { ReadyAgent } from './agent-first.ts';
import type { AgentLeg, AgentLegHost } from './agent-leg.ts';
import type { Companion } from './by-hand.ts';
import type { CallRecorder } from './call-recorder.ts';
import { Conversation, type ConversationHost, type ConversationListener } from './conversation/conversation.ts';
import { conversationHost } from './conversation/host.ts';
import type { Standing } from './conversation/rooms.ts';
import { Holding } from './holding.ts';
import { ownNumberOf } from './numbers-of.ts';
import { Offering } from './offering.ts';
import { Patience } from './patience.ts';
import { endOf, joinRequestOf, placeIn } from './queue-request.ts';
import { acceptPassedWords, acceptWords, comfortWords, welcomeWords, whisperWords } from './queue-words.ts';
import type { Talk } from './talk.ts';

export type QueueCommand = Command & { kind: 'queue' };

/** What waiting needs of its call. */
export interface QueueHost extends AgentLegHost {
  readonly recording: CallRecorder;
  readonly release: Release;
  finished(input: Input): void;
}

/** One caller in one queue: music, announcements and keys; the agent who is rung; the talk. Gives the caller back to the flow exactly once. */
export class Queueing {
  readonly #host: QueueHost;
  /** The caller's ear, which the queue borrows for its announcements. */
  readonly #voice: Talk;
  readonly #command: QueueCommand;
  /** UTC ms at which the caller came to the queue, whichever process was there then. */
  #began: number;
  /** Where the caller waits, or waited last. */
  #queue: string;
  #place: Place | null = null;
  readonly #holding: Holding;
  readonly #offering: Offering;
  #conversation: Conversation | null = null;
  #agent: UserId | null = null;
  #connectedAt: number | null = null;
  #announcing: 'welcome' | 'comfort' | null = null;
  #announced = 0;
  #cancelComfort: () => void = () => undefined;
  readonly #patience: Patience;
  #over = false;

  constructor(host: QueueHost, voice: Talk, command: QueueCommand) {
    [this.#host, this.#voice, this.#command] = [host, voice, command];
    this.#began = host.deps.clock.now();
    this.#queue = command.queue;
    const impatient = (): void => this.#impatient();
    this.#offering = new Offering(host, (offer, leg, at) => this.#connect(offer, leg, at), impatient);
    this.#holding = new Holding(host);
    this.#patience = new Patience(host, impatient);
  }

  /** Talks at once with an agent who is there already; else joins the queue, or is refused by it. */
  begin(ready: ReadyAgent | null): void {
    if (ready !== null && this.#meet(ready)) return;
    const refusal = this.#enter(this.#command.queue, this.#command.since);
    if (refusal !== null) this.#finish(refusal, null);
  }

  #meet({ offer, place, leg }: ReadyAgent): boolean {
    [this.#place, this.#queue] = [place, place.queue.id];
    this.#connect(offer, leg, this.#host.deps.clock.now());
    if (this.#conversation === null) place.left('failed', this.#host.deps.clock.now());
    return this.#conversation !== null;
  }

  /** Begins with an agent who called the customer and is on the line already. */
  beginWith({ leg, direct }: Companion): void {
    const at = this.#host.deps.clock.now();
    const host = this.#conversationHost(this.#host.record.call.ani || null);
    const conversation = Conversation.begin(host, leg, this.#listener(), (control) => direct.connected(control, at));
    if (conversation === null) {
      leg.cancel();
      return this.#finish('failed', null);
    }
    this.#voice.deaf(true);
    this.#conversation = conversation;
    this.#agent = direct.offer.agent;
    this.#connectedAt = at;
  }

  /** Goes on with a talk that outlived the process which began it; false where there is none. */
  resumeTalk(standing: Standing): boolean {
    const conversation = Conversation.resume(this.#conversationHost(null), standing, this.#listener());
    if (conversation === null) return false;
    this.#voice.deaf(true);
    this.#conversation = conversation;
    this.#agent = conversation.talk?.agent ?? null;
    this.#began = conversation.talk?.waitingSince ?? this.#began;
    this.#connectedAt = conversation.talk?.since ?? this.#began;
    this.#queue = conversation.talk?.queue ?? this.#queue;
    return true;
  }

  /** The announcement has come to its end. */
  said(): void {
    const was = this.#announcing;
    this.#announcing = null;
    if (this.#over || this.#conversation !== null) return;
    this.#comfortLater();
    const place = was === 'welcome' ? this.#place : null;
    if (place !== null) this.#host.recording.enters(place.queue);
    place?.busy(false);
  }

  /** A key of the caller; those that lead out of the queue do so at once. */
  key(key: Key): boolean {
    if (this.#conversation !== null || this.#place === null || !this.#command.keys.includes(key)) return false;
    this.#host.record.note('key', { key });
    this.#leave('key', key);
    return true;
  }

  onLegEvent(channelId: string, event: TelephonyEvent): void {
    if (!this.#offering.onEvent(channelId, event)) this.#conversation?.onEvent(channelId, event);
  }

  /** The caller left, or the call is being ended. `unseenAt`: they left then, and it is known only now. */
  cancel(how: TalkEnd, unseenAt: number | null): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelComfort();
    this.#conversation?.end(how);
    this.#offering.letGo();
    const hasLeft = how === 'caller-hung-up' || unseenAt !== null;
    this.#place?.left(hasLeft ? 'abandoned' : 'failed', unseenAt ?? this.#host.deps.clock.now());
    this.#holding.end();
  }

  /** There is no line: the caller keeps the place, and nobody is offered them. */
  freeze(): void {
    this.#cancelComfort();
    this.#announcing = null;
    this.#holding.forget();
    this.#offering.freeze();
    this.#place?.busy(true);
    this.#conversation?.freeze();
  }

  /** There is a line again. */
  thaw(standing: Standing): void {
    if (this.#conversation !== null) return this.#conversation.thaw(standing);
    this.#holding.begin();
    this.#comfortLater();
    // A welcome that was cut off by it is not said again.
    if (this.#place !== null) this.#host.recording.enters(this.#place.queue);
    this.#place?.busy(false);
  }

  /** No more answers and timers: the engine stops. */
  dispose(): void {
    this.#conversation?.dispose();
  }

  get #language(): Language {
    const { session, call } = this.#host.record;
    return session?.language ?? call.language;
  }

  get #saying() {
    const { deps, release } = this.#host;
    return { release, zone: deps.settings.zone, now: deps.clock.now() };
  }

  /** Joins a queue; null: the caller waits there, otherwise why not. */
  #enter(queue: string, since: number | null): Extract<JoinAnswer, { kind: 'refused' }>['how'] | null {
    const { record, deps } = this.#host;
    const request = joinRequestOf(record.call, this.#command, queue);
    const answer = deps.floor.join({ ...request, since, language: this.#language }, this.#seat());
    if (answer.kind === 'refused') {
      record.note('queue-left', { queue, how: answer.how });
      return answer.how;
    }
    this.#place = answer.place;
    this.#queue = answer.place.queue.id;
    if (answer.resumed) this.#began = answer.place.since;
    record.note(answer.resumed ? 'queue-resumed' : 'queue-entered', { queue: this.#queue });
    this.#holding.begin();
    this.#host.recording.leavesQueue();
    // Who comes back from a talk has heard the welcome.
    const patient = this.#connectedAt === null && this.#patience.begin(this.#began, this.#command.patienceMs);
    const hasHeard = answer.resumed || this.#connectedAt !== null || patient;
    const words = hasHeard ? [] : welcomeWords(answer.place.queue, this.#language, this.#saying);
    if (words.length === 0) {
      this.#host.recording.enters(answer.place.queue);
      this.#comfortLater();
      answer.place.busy(false);
    } else {
      this.#announcing = 'welcome';
      this.#voice.say(this.#command.step, words, 'flush', null);
    }
    return null;
  }

  /** Patience is over: an agent who is being rung is waited for, and after that the flow goes on. */
  #impatient(): void {
    if (!this.#over && this.#place !== null && this.#patience.isOver && !this.#offering.isRinging) this.#leave('overflow', null);
  }

  /** The floor's wishes, each in the call's own mailbox. */
  #seat(): Seat {
    const inTurn = (run: () => void): void => this.#host.post(() => (this.#over ? undefined : run()));
    return {
      offer: (offer) => inTurn(() => this.#offer(offer)),
      rescind: (id) => inTurn(() => this.#offering.rescind(id)),
      accept: (id) => inTurn(() => this.#offering.accept(id)),
      moved: (place) =>
        inTurn(() => {
          this.#place = place;
          this.#queue = place.queue.id;
          this.#host.recording.enters(place.queue);
          this.#host.record.note('queue-moved', { queue: place.queue.id });
          void this.#host.record.save();
        }),
      leave: (how) => inTurn(() => this.#gone(how)),
    };
  }

  #comfortLater(): void {
    const place = this.#place;
    this.#cancelComfort();
    if (place === null || place.queue.comfort.everyMs === 0) return;
    this.#cancelComfort = this.#host.later(place.queue.comfort.everyMs, () => this.#comfort());
  }

  #comfort(): void {
    const place = this.#place;
    if (this.#over || place === null || this.#conversation !== null) return;
    const words = comfortWords(place, this.#announced, this.#command.keys, this.#language, this.#saying);
    this.#announced += 1;
    if (words.length === 0) return this.#comfortLater();
    this.#announcing = 'comfort';
    this.#voice.say(this.#command.step, words, 'flush', null);
  }

  #offer(offer: Offer): void {
    const place = this.#place;
    if (place === null || this.#conversation !== null) return;
    const { queue } = place;
    const words = {
      accept: offer.accept === 'key' ? acceptWords(queue, offer.language, this.#saying) : [],
      whisper: whisperWords(queue, offer.language, this.#saying),
    };
    this.#offering.ring(place, offer, words, queue.callerId ?? ownNumberOf(this.#host.record.call));
  }

  /** The agent is there: the caller's music ends, and they talk. */
  #connect(offer: Offer, leg: AgentLeg, at: number): void {
    const place = this.#place;
    const host = this.#conversationHost(place?.queue.callerId ?? null);
    const conversation = Conversation.begin(host, leg, this.#listener(), (control) => {
      const talk = place?.connected(offer.id, control, at) ?? null;
      if (talk !== null) this.#quieten();
      return talk;
    });
    if (conversation === null) return leg.cancel();
    this.#patience.end();
    this.#conversation = conversation;
    this.#agent = offer.agent;
    this.#connectedAt = at;
    this.#place = null;
    this.#holding.end();
  }

  #listener(): ConversationListener {
    return {
      over: (talkMs) => this.#talked(talkMs),
      back: () => {
        this.#conversation = null;
        const refusal = this.#enter(this.#queue, this.#since);
        if (refusal !== null) this.#finish(refusal, null);
      },
      consult: (queue, seat) => {
        const request = joinRequestOf(this.#host.record.call, this.#command, queue);
        return placeIn(this.#host.deps.floor.consult({ ...request, since: this.#since, language: this.#language }, seat));
      },
      toQueue: (queue) => {
        const before = this.#queue;
        const refusal = this.#enter(queue, this.#since);
        this.#queue = refusal === null ? queue : before;
        if (refusal === null) this.#conversation = null;
        return refusal;
      },
    };
  }

  /** Where the caller's wait counts from, whoever they talked with meanwhile. */
  get #since(): number {
    return Math.min(this.#command.since ?? this.#began, this.#began);
  }

  #conversationHost(callerId: string | null): ConversationHost {
    return conversationHost(this.#host, callerId, (language) => acceptPassedWords(language, this.#saying));
  }

  /** Nothing may play when the caller is taken over into the talk: Asterisk would wait for its end. */
  #quieten(): void {
    this.#cancelComfort();
    this.#announcing = null;
    this.#voice.abort();
  }

  /** The agent is out of the talk, the caller is not. */
  #talked(talkMs: number): void {
    this.#conversation = null;
    this.#finish('served', null, talkMs);
  }

  /** By their own doing: the place is given up before anything else, so that no agent is rung for a caller who is gone. */
  #leave(how: 'key' | 'overflow', key: Key | null): void {
    this.#offering.letGo();
    this.#place?.left(how, this.#host.deps.clock.now());
    this.#gone(how, key);
  }

  #gone(how: WaitEnd, key: Key | null = null): void {
    this.#place = null;
    this.#offering.letGo();
    this.#cancelComfort();
    this.#voice.abort();
    this.#holding.end();
    this.#host.record.note('queue-left', { queue: this.#queue, how });
    this.#finish(endOf(how), key);
  }

  #finish(how: QueuedEnd, key: Key | null, talkMs = 0): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelComfort();
    this.#patience.end();
    this.#host.recording.leavesQueue();
    const waitedMs = Math.max(0, (this.#connectedAt ?? this.#host.deps.clock.now()) - this.#began);
    const queued: Queued = { how, key, waitedMs, talkMs, agent: this.#agent };
    this.#host.finished({ kind: 'queued', step: this.#command.step, ...queued });
  }
}
