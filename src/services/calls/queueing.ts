import type { TalkEnd } from '../../domain/acd-event.ts';
import type { CallId, OfferId, UserId } from '../../domain/ids.ts';
import type { Key } from '../../domain/keys.ts';
import type { Language } from '../../domain/language.ts';
import type { WaitEnd } from '../../domain/queue.ts';
import type { Command, Input, PromptItem, Queued, QueuedEnd } from '../../flow/commands.ts';
import type { Release } from '../../flow/release.ts';
import type { TelephonyEvent } from '../../ports/telephony.ts';
import type { JoinAnswer, JoinRequest, Offer, Place, Seat, Talk, TalkControl } from '../floor/seat.ts';
import { AgentLeg, type AgentLegHost } from './agent-leg.ts';
import { Conversation, type ConversationListener } from './conversation/conversation.ts';
import { acceptWords, comfortWords, welcomeWords, whisperWords } from './queue-words.ts';

export type QueueCommand = Command & { kind: 'queue' };

/** What calls need of the floor. */
export interface FloorOfCalls {
  join(request: JoinRequest, seat: Seat): JoinAnswer;
  takeUp(callId: CallId, control: TalkControl): Talk | null;
  /** Asterisk's endpoint of the agent's page; null: the telephone is elsewhere, or there is no page. */
  pageOf(agent: UserId): string | null;
}

/** What waiting needs of its call. */
export interface QueueHost extends AgentLegHost {
  readonly release: Release;
  finished(input: Input): void;
}

/** The caller's ear, which the queue borrows for its announcements. */
interface Voice {
  say(step: number, items: readonly PromptItem[], typeAhead: 'keep' | 'flush', collect: null): void;
  abort(): void;
  deaf(on: boolean): void;
}

interface Ringing {
  readonly offer: Offer;
  readonly leg: AgentLeg;
}

/** One caller in one queue: music, announcements and keys; the agent who is rung; the talk. Gives the caller back to the flow exactly once. */
export class Queueing {
  readonly #host: QueueHost;
  readonly #voice: Voice;
  readonly #command: QueueCommand;
  readonly #began: number;
  #place: Place | null = null;
  #bridgeId: string | null = null;
  #ringing: Ringing | null = null;
  #conversation: Conversation | null = null;
  #agent: UserId | null = null;
  #connectedAt: number | null = null;
  #announcing: 'welcome' | 'comfort' | null = null;
  #announced = 0;
  #cancelComfort: () => void = () => undefined;
  #over = false;

  constructor(host: QueueHost, voice: Voice, command: QueueCommand) {
    this.#host = host;
    this.#voice = voice;
    this.#command = command;
    this.#began = host.deps.clock.now();
  }

  get step(): number {
    return this.#command.step;
  }

  /** Joins the queue, or is refused by it. */
  begin(): void {
    this.#voice.deaf(true);
    this.#join(this.#command.since);
  }

  /** again: the caller has been welcomed already. */
  #join(since: number | null, again = false): void {
    const { record, deps } = this.#host;
    const { queue, class: className, skills } = this.#command;
    const request: JoinRequest = { callId: record.call.id, queue, class: className, skills, since, caller: record.call.ani };
    const answer = deps.floor.join(request, this.#seat());
    if (answer.kind === 'refused') {
      record.note('queue-left', { queue, how: answer.how });
      this.#finish(answer.how, null);
      return;
    }
    this.#place = answer.place;
    record.note(answer.resumed ? 'queue-resumed' : 'queue-entered', { queue });
    this.#hold();
    const words = answer.resumed || again ? [] : welcomeWords(answer.place.queue, this.#language, this.#saying);
    if (words.length === 0) this.#comfortLater();
    else {
      answer.place.busy(true);
      this.#announcing = 'welcome';
      this.#voice.say(this.#command.step, words, 'flush', null);
    }
  }

  /** Goes on with a talk that outlived the process which began it. */
  resumeTalk(leg: Parameters<typeof Conversation.resume>[1], bridgeId: string): void {
    this.#voice.deaf(true);
    this.#connectedAt = leg.answeredAt;
    this.#converse(Conversation.resume(this.#host, leg, bridgeId, this.#ears));
  }

  /** The announcement has come to its end. */
  said(): void {
    const was = this.#announcing;
    this.#announcing = null;
    if (this.#over || this.#conversation !== null) return;
    this.#comfortLater();
    if (was === 'welcome') this.#place?.busy(false);
  }

  /** A key of the caller; those that lead out of the queue do so at once. */
  key(key: Key): boolean {
    if (this.#conversation !== null || this.#place === null || !this.#command.keys.includes(key)) return false;
    this.#host.record.note('key', { key });
    this.#leave('key', key);
    return true;
  }

  onLegEvent(channelId: string, event: TelephonyEvent): void {
    if (this.#ringing?.leg.channelId === channelId) this.#ringing.leg.onEvent(event);
    else if (this.#conversation?.channelId === channelId) this.#conversation.onEvent(event);
  }

  /** The caller left, or the call is being ended. */
  cancel(how: TalkEnd): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelComfort();
    this.#conversation?.end(how);
    this.#letRingingGo();
    this.#place?.left(how === 'caller-hung-up' ? 'abandoned' : 'failed', this.#host.deps.clock.now());
    this.#letGo();
  }

  /** There is no line: the caller keeps the place, and nobody is offered them. */
  freeze(): void {
    this.#cancelComfort();
    this.#announcing = null;
    this.#bridgeId = null;
    if (this.#ringing !== null) {
      const { offer, leg } = this.#ringing;
      this.#ringing = null;
      leg.forget();
      this.#place?.offerOver(offer.id, 'rescinded', this.#host.deps.clock.now());
    }
    this.#place?.busy(true);
    this.#conversation?.freeze();
  }

  /** There is a line again. `talk`: the agent's leg, and where both are. */
  thaw(talk: { readonly leg: Parameters<typeof Conversation.resume>[1]; readonly bridgeId: string } | null): void {
    const before = this.#conversation;
    if (before === null) {
      this.#hold();
      this.#comfortLater();
      this.#place?.busy(false);
    } else if (talk !== null) {
      const again = Conversation.resume(this.#host, talk.leg, talk.bridgeId, this.#ears);
      if (before.talk !== null) again.talkIs(before.talk);
      this.#conversation = again;
    } else {
      Conversation.lost(this.#host, before.talk);
      this.#talked(Math.max(0, this.#host.deps.clock.now() - (this.#connectedAt ?? this.#began)));
    }
  }

  get #language(): Language {
    const { session, call } = this.#host.record;
    return session?.language ?? call.language;
  }

  get #saying() {
    const { deps, release } = this.#host;
    return { release, zone: deps.settings.zone, now: deps.clock.now() };
  }

  /** The floor's wishes, each in the call's own mailbox. */
  #seat(): Seat {
    const inTurn = (run: () => void): void => this.#host.post(() => (this.#over ? undefined : run()));
    return {
      offer: (offer) => inTurn(() => this.#offer(offer)),
      rescind: (id) => inTurn(() => this.#rescind(id)),
      accept: (id) => inTurn(() => (this.#ringing?.offer.id === id ? this.#ringing.leg.accept() : undefined)),
      moved: (place) =>
        inTurn(() => {
          this.#place = place;
          this.#host.record.note('queue-moved', { queue: place.queue.id });
          void this.#host.record.save();
        }),
      leave: (how) => inTurn(() => this.#gone(how)),
    };
  }

  /** Music, each caller by themselves. */
  #hold(): void {
    const { deps, record } = this.#host;
    const bridgeId = deps.ids.next('bridge');
    this.#bridgeId = bridgeId;
    void this.#host.command('bridge', () => deps.telephony.createBridge(bridgeId, 'holding'));
    void this.#host.command('bridge', () => deps.telephony.addToBridge(bridgeId, [record.call.channelId]));
  }

  #letGo(): void {
    const bridgeId = this.#bridgeId;
    this.#bridgeId = null;
    if (bridgeId !== null) void this.#host.command('bridge', () => this.#host.deps.telephony.destroyBridge(bridgeId));
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
    const words = comfortWords(place, this.#announced, this.#language, this.#saying);
    this.#announced += 1;
    if (words.length === 0) return this.#comfortLater();
    this.#announcing = 'comfort';
    this.#voice.say(this.#command.step, words, 'flush', null);
  }

  #offer(offer: Offer): void {
    const place = this.#place;
    if (place === null || this.#conversation !== null) return;
    this.#letRingingGo();
    const { queue } = place;
    const { record, deps } = this.#host;
    const words = {
      accept: offer.accept === 'key' ? acceptWords(queue, offer.language, this.#saying) : [],
      whisper: whisperWords(queue, offer.language, this.#saying),
    };
    const over = (how: 'no-answer' | 'failed', at: number): void => {
      if (this.#ringing?.offer.id !== offer.id) return;
      this.#ringing = null;
      place.offerOver(offer.id, how, at);
      void record.save();
    };
    const leg = AgentLeg.ring(this.#host, offer, queue.callerId ?? shownNumber(record.call.did), words, {
      ringing: () => place.ringing(offer.id),
      ready: (at) => this.#connect(offer, at),
      over,
      gone: (at) => this.#conversation?.agentGone(at),
      key: () => undefined,
    });
    this.#ringing = { offer, leg };
    deps.log.debug({ callId: record.call.id, agent: offer.agent }, 'an agent is rung');
  }

  #rescind(id: OfferId): void {
    if (this.#ringing?.offer.id !== id) return;
    this.#letRingingGo();
    void this.#host.record.save();
  }

  #letRingingGo(): void {
    this.#ringing?.leg.cancel();
    this.#ringing = null;
  }

  /** The agent is there: the caller's music ends, and they talk. */
  #connect(offer: Offer, at: number): void {
    const place = this.#place;
    if (place === null || this.#ringing?.offer.id !== offer.id) return;
    const { leg } = this.#ringing;
    this.#ringing = null;
    const listener = this.#ears;
    const conversation = Conversation.begin(this.#host, leg, listener, (control) => {
      const talk = place.connected(offer.id, control, at);
      if (talk !== null) this.#quieten();
      return talk;
    });
    if (conversation === null) return leg.cancel();
    this.#conversation = conversation;
    this.#agent = offer.agent;
    this.#connectedAt = at;
    this.#place = null;
    this.#letGo();
  }

  /** Nothing may play when the caller is taken over into the talk: Asterisk would wait for its end. */
  #quieten(): void {
    this.#cancelComfort();
    this.#announcing = null;
    this.#voice.abort();
  }

  #converse(conversation: Conversation): void {
    this.#conversation = conversation;
    const talk = this.#host.deps.floor.takeUp(this.#host.record.call.id, conversation.control);
    if (talk === null) return;
    this.#agent = talk.agent;
    this.#connectedAt = talk.since;
    conversation.talkIs(talk);
  }

  get #ears(): ConversationListener {
    return { over: (talkMs) => this.#talked(talkMs), lost: () => this.#backToQueue() };
  }

  /** The agent could not be had again: the caller waits anew, and counts from where they began. */
  #backToQueue(): void {
    this.#conversation = null;
    this.#agent = null;
    this.#connectedAt = null;
    this.#join(this.#command.since ?? this.#began, true);
    void this.#host.record.save();
  }

  /** The agent is out of the talk, the caller is not. */
  #talked(talkMs: number): void {
    this.#conversation = null;
    this.#finish('served', null, talkMs);
  }

  /** By a key: the place is given up before anything else, so that no agent is rung for a caller who is gone. */
  #leave(how: 'key', key: Key): void {
    const place = this.#place;
    this.#place = null;
    this.#letRingingGo();
    place?.left(how, this.#host.deps.clock.now());
    this.#gone(how, key);
  }

  #gone(how: WaitEnd, key: Key | null = null): void {
    this.#place = null;
    this.#letRingingGo();
    this.#cancelComfort();
    this.#voice.abort();
    this.#letGo();
    this.#host.record.note('queue-left', { queue: this.#command.queue, how });
    this.#finish(endOf(how), key);
  }

  #finish(how: QueuedEnd, key: Key | null, talkMs = 0): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelComfort();
    const waitedMs = Math.max(0, (this.#connectedAt ?? this.#host.deps.clock.now()) - this.#began);
    const queued: Queued = { how, key, waitedMs, talkMs, agent: this.#agent };
    this.#host.finished({ kind: 'queued', step: this.#command.step, ...queued });
  }
}

/** A wait that the flow hears of; the others never come to it. */
function endOf(how: WaitEnd): QueuedEnd {
  return how === 'answered' || how === 'abandoned' || how === 'moved' ? 'failed' : how;
}

/** The number the caller dialled, where it is one: an agent sees for whom to answer, and nobody's own number. */
function shownNumber(did: string): string | null {
  return /^\+?[0-9]{1,20}$/.test(did) ? did : null;
}
