import type { Call, Leg } from '../../domain/call.ts';
import type { JournalEntry, JournalKind } from '../../domain/journal.ts';
import type { Termination } from '../../domain/termination.ts';
import type { ValueMap } from '../../domain/value.ts';
import type { Effect, FlowEvent } from '../../flow/commands.ts';
import type { Turn } from '../../flow/interpreter.ts';
import type { Session } from '../../flow/session.ts';
import { type Caused, causedBy, NOTHING_CAUSED, together } from './caused.ts';
import type { CallDeps } from './deps.ts';
import { discardAudio } from './discard-audio.ts';
import { Heard } from './heard.ts';

const LONGEST_RETRY_MS = 60_000;
/** How long a call that is being answered waits for its flow's first wait, to be stored with it in one transaction. */
const SOON_MS = 500;

/**
 * What is known of a call and what of it is not stored yet. A change that the database refuses stays pending and is
 * tried again, so that a locked or full disk never ends a call; readers see only what was stored.
 */
export class CallRecord {
  call: Call;
  session: Session | null;
  readonly legs = new Map<string, Leg>();
  readonly heard = new Heard();
  readonly #isWhole: boolean;
  readonly #deps: CallDeps;
  #seq: number;
  #entries: JournalEntry[] = [];
  #caused: Caused = NOTHING_CAUSED;
  /** A flow took a wish to be called back down, and who calls back is not told yet. */
  #wasAsked = false;
  #changedLegs = new Set<string>();
  #retryMs: number;
  #storedCall: Call | null = null;
  #cancelRetry: (() => void) | null = null;
  #cancelSoon: (() => void) | null = null;
  /** An unhurried change is with the store. */
  #takesTime = false;
  /** Hurried changes that wait for those before them. */
  #inHurry = 0;
  #saving: Promise<void> = Promise.resolve();
  #whenSaved: (() => void)[] = [];

  constructor(deps: CallDeps, call: Call, session: Session | null, legs: readonly Leg[], lastSeq: number) {
    this.#deps = deps;
    this.call = call;
    this.session = session;
    this.#seq = lastSeq;
    this.#isWhole = lastSeq <= 1;
    this.#retryMs = deps.settings.storeRetryMs;
    for (const leg of legs) this.legs.set(leg.id, leg);
  }

  /** The number of the last journal line. */
  get lastSeq(): number {
    return this.#seq;
  }

  /** Adds one line to the journal; it is stored with the next `save`. */
  note(kind: JournalKind, data: ValueMap = {}, at = this.#deps.clock.now()): void {
    this.#seq += 1;
    this.#entries.push({ callId: this.call.id, seq: this.#seq, at, kind, data });
  }

  noteFlow({ kind, ...facts }: FlowEvent): void {
    this.note(kind, facts);
  }

  /** Where the flow stands; nothing once it is over. */
  lastNode(): { readonly node?: string } {
    const top = this.session?.stack.at(-1);
    return top === undefined ? {} : { node: `${top.flow}/${top.node}` };
  }

  /** Takes over what a turn of the flow decided; it is stored with the next `save`. */
  take({ session, events, effects }: Pick<Turn, 'session' | 'events' | 'effects'>): void {
    this.session = session;
    if (this.call.language !== session.language) this.call = { ...this.call, language: session.language };
    for (const event of events) this.noteFlow(event);
    this.cause(effects, session.step);
  }

  /** What a turn of the flow causes; stored with the turn. The turn's step makes each of them the same one if it is told again. */
  cause(effects: readonly Effect[], step: number): void {
    this.#caused = together(this.#caused, causedBy(effects, step, this.call, this.#deps));
  }

  /** The customer's channel was answered; the first time counts. */
  answered(at: number): void {
    if (this.call.answeredAt !== null) return;
    this.call = { ...this.call, answeredAt: at };
    const leg = this.legOf(this.call.channelId);
    if (leg !== undefined) this.putLeg({ ...leg, answeredAt: at, outcome: 'answered' });
    this.note('call-answered', {}, at);
  }

  /** The call's one end. */
  ended(termination: Termination, at: number, cause: number | null): void {
    this.call = { ...this.call, state: 'ended', endedAt: at, termination };
    const leg = this.legOf(this.call.channelId);
    if (leg !== undefined) this.putLeg({ ...leg, endedAt: at, hangupCause: cause });
    const draft = this.#deps.hungUp?.(this.call) ?? null;
    if (draft !== null) this.cause([{ kind: 'callback', draft }], this.session?.step ?? 0);
    this.note('call-ended', { ...termination, durationMs: at - this.call.startedAt, ...this.#whatWasHeard(at) }, at);
  }

  /** Of a call of ours that was answered; nothing when a former process said a part of it. */
  #whatWasHeard(at: number): ValueMap {
    const { direction, answeredAt } = this.call;
    return direction === 'outbound' && answeredAt !== null && this.#isWhole ? { ...this.heard.sums(at) } : {};
  }

  putLeg(leg: Leg): void {
    this.legs.set(leg.id, leg);
    this.#changedLegs.add(leg.id);
  }

  /** Whether somebody of the house is on the line with the caller, as far as is known. */
  get talking(): boolean {
    return [...this.legs.values()].some(({ role, outcome, endedAt }) => role !== 'customer' && outcome === 'answered' && endedAt === null);
  }

  legOf(channelId: string): Leg | undefined {
    for (const leg of this.legs.values()) if (leg.channelId === channelId) return leg;
    return undefined;
  }

  /** Settles when everything known is in the database. */
  async saved(): Promise<void> {
    await this.#saving;
    if (this.#cancelRetry !== null) await new Promise<void>((resolve) => this.#whenSaved.push(resolve));
  }

  /**
   * Stores everything pending in one transaction. Never rejects: what failed is kept and tried again. `unhurried`: nobody
   * waits for it, and it may share its transaction with another call's.
   */
  save(unhurried = false): Promise<void> {
    this.#cancelSoon?.();
    this.#cancelSoon = null;
    // A hurried one waits for those before it, which must not take their time then.
    if (!unhurried) this.#inHurry += 1;
    if (!unhurried && this.#takesTime) this.#deps.store.hurry();
    this.#saving = this.#saving.then(() => {
      if (!unhurried) this.#inHurry -= 1;
      return this.#store(unhurried && this.#inHurry === 0);
    });
    return this.#saving;
  }

  /**
   * Stores a call that was never stored with the next change, which follows in a moment, or by itself. A process that is
   * killed meanwhile leaves a channel and no call: the next start takes it for a new arrival, which it nearly is.
   */
  saveSoon(): void {
    this.#cancelSoon ??= this.#deps.clock.setTimer(SOON_MS, () => void this.save());
  }

  /** Stores now what `saveSoon` put off. */
  hurry(): void {
    if (this.#cancelSoon !== null) void this.save();
  }

  /** Nothing of it was ever stored. */
  get isNew(): boolean {
    return this.#storedCall === null;
  }

  async #store(unhurried: boolean): Promise<void> {
    const { clock, store, meter, log } = this.#deps;
    const entries = this.#entries;
    const caused = this.#caused;
    const changed = this.#changedLegs;
    this.#entries = [];
    this.#caused = NOTHING_CAUSED;
    this.#changedLegs = new Set();
    const legs = [...changed].flatMap((id) => this.legs.get(id) ?? []);
    const { call } = this;
    const began = clock.now();
    try {
      const { discarded, ...effects } = caused;
      this.#takesTime = unhurried;
      await store.commit({ call, callIsStored: call === this.#storedCall, legs, session: this.session, entries, unhurried, ...effects });
      this.#storedCall = call;
      meter.commit(clock.now() - began, true);
      this.#retryMs = this.#deps.settings.storeRetryMs;
      this.#cancelRetry?.();
      this.#cancelRetry = null;
      for (const resolve of this.#whenSaved.splice(0)) resolve();
      if (entries.length > 0) this.#deps.publish(entries);
      this.#tellAsked(call, caused);
      for (const id of discarded) discardAudio(this.#deps, id);
    } catch (error) {
      meter.commit(clock.now() - began, false);
      this.#entries = [...entries, ...this.#entries];
      this.#caused = together(caused, this.#caused);
      for (const id of changed) this.#changedLegs.add(id);
      log.error(
        { callId: this.call.id, err: error, pending: this.#entries.length },
        'the call could not be stored; it goes on and is stored again later',
      );
      this.#retryLater();
    } finally {
      this.#takesTime = false;
    }
  }

  /** Nobody is called back while they are on the line still. */
  #tellAsked(call: Call, { callbackRequests }: Caused): void {
    this.#wasAsked ||= callbackRequests.length > 0;
    if (!this.#wasAsked || call.state === 'open') return;
    this.#wasAsked = false;
    this.#deps.watch?.asked?.(call);
  }

  #retryLater(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = this.#deps.clock.setTimer(this.#retryMs, () => void this.save());
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }

  /** Gives up retrying (the process ends). */
  abandon(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#cancelSoon?.();
    this.#cancelSoon = null;
  }
}
