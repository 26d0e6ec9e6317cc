import type { CallId } from '../../domain/ids.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { CallStore } from '../../ports/stores.ts';

export type FeedSource = Pick<CallStore, 'get' | 'journal'>;

/** Why a subscription ended. After `failed` and `closing` the reader may come back with the last seq it has. */
export type FeedEnd =
  | { readonly kind: 'call-ended' }
  | { readonly kind: 'unknown-call' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'closing' };

export interface FeedSubscriber {
  /**
   * Takes one line. A promise means "full": nothing more is sent until it resolves, and what was missed meanwhile is read
   * from the store, so that a slow reader costs no memory. A rejection gives the reader up (`failed`).
   */
  send(entry: JournalEntry): Promise<void> | undefined;
  /** Called once, unless unsubscribed before. */
  end(reason: FeedEnd): void;
}

const PAGE = 500;

/**
 * One reader of one call. It is either reading (pages from the store, until a page comes back empty and nothing was
 * published meanwhile) or live (each published line goes straight out). A published line that isn't the very next one
 * sends it back to reading: the store knows what is missing.
 */
export class Subscription {
  readonly #source: FeedSource;
  readonly #callId: CallId;
  readonly #subscriber: FeedSubscriber;
  readonly #onOver: () => void;
  #last: number;
  #reading = true;
  #grown = false;
  #sawEnd = false;
  #over = false;

  constructor(source: FeedSource, callId: CallId, after: number, subscriber: FeedSubscriber, onOver: () => void) {
    this.#source = source;
    this.#callId = callId;
    this.#last = after;
    this.#subscriber = subscriber;
    this.#onOver = onOver;
  }

  /** To be called once, after the subscription can be found by whoever publishes. */
  start(): void {
    void this.#read(this.#lookUp());
  }

  published(entries: readonly JournalEntry[]): void {
    if (this.#over) return;
    this.#grown = true;
    if (this.#reading) return;
    try {
      this.#goLive(entries);
    } catch (error) {
      this.#finish({ kind: 'failed', error });
    }
  }

  /** The subscriber hears nothing more. */
  cancel(): void {
    this.#over = true;
  }

  close(): void {
    this.#finish({ kind: 'closing' });
  }

  #finish(reason: FeedEnd): void {
    if (this.#over) return;
    this.#over = true;
    this.#onOver();
    this.#subscriber.end(reason);
  }

  async #lookUp(): Promise<void> {
    const call = await this.#source.get(this.#callId);
    if (call === undefined) this.#finish({ kind: 'unknown-call' });
    // The row and its lines are committed together: when the row says ended, the store has the whole journal.
    this.#sawEnd ||= call?.state === 'ended';
  }

  /** `first` is waited for before the store is read. */
  async #read(first: Promise<void> | undefined): Promise<void> {
    this.#reading = true;
    try {
      await first;
      let more = true;
      // `#grown` is looked at in the same breath in which `#reading` ends: a line published in between would be lost.
      while (!this.#over && (more || this.#grown)) more = await this.#readPage();
      this.#reading = false;
      if (this.#sawEnd) this.#finish({ kind: 'call-ended' });
    } catch (error) {
      this.#finish({ kind: 'failed', error });
    }
  }

  /** True when the page was full. */
  async #readPage(): Promise<boolean> {
    this.#grown = false;
    const page = await this.#source.journal(this.#callId, this.#last, PAGE);
    for (const entry of page) {
      if (this.#over) return false;
      if (entry.seq > this.#last) await this.#hand(entry);
    }
    return page.length === PAGE;
  }

  #goLive(entries: readonly JournalEntry[]): void {
    for (const entry of entries) {
      if (this.#over) return;
      if (entry.seq <= this.#last) continue;
      if (entry.seq > this.#last + 1) return void this.#read(undefined);
      const full = this.#hand(entry);
      if (full !== undefined) return void this.#read(full);
    }
    if (this.#sawEnd) this.#finish({ kind: 'call-ended' });
  }

  #hand(entry: JournalEntry): Promise<void> | undefined {
    this.#last = entry.seq;
    this.#sawEnd ||= entry.kind === 'call-ended';
    return this.#subscriber.send(entry);
  }
}
