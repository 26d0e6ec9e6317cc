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

export interface Subscription {
  published(entries: readonly JournalEntry[]): void;
  cancel(): void;
  close(): void;
}

const PAGE = 500;

/**
 * One reader of one call. It is either reading (pages from the store, until a page comes back empty and nothing was
 * published meanwhile) or live (each published line goes straight out). A published line that isn't the very next one
 * sends it back to reading: the store knows what is missing.
 */
export function startSubscription(
  source: FeedSource,
  callId: CallId,
  after: number,
  subscriber: FeedSubscriber,
  onOver: (subscription: Subscription) => void,
): Subscription {
  let last = after;
  let reading = true;
  let grown = false;
  let sawEnd = false;
  let over = false;

  function finish(reason: FeedEnd): void {
    if (over) return;
    over = true;
    onOver(self);
    subscriber.end(reason);
  }

  function hand(entry: JournalEntry): Promise<void> | undefined {
    last = entry.seq;
    sawEnd ||= entry.kind === 'call-ended';
    return subscriber.send(entry);
  }

  async function readPages(): Promise<void> {
    let more = true;
    while (more && !over) {
      grown = false;
      const page = await source.journal(callId, last, PAGE);
      for (const entry of page) {
        if (over) return;
        if (entry.seq > last) await hand(entry);
      }
      more = grown || page.length === PAGE;
    }
  }

  /** `first` is waited for before the store is read. From the last look at `grown` to `reading = false` nothing may wait. */
  async function read(first: Promise<void> | undefined): Promise<void> {
    reading = true;
    try {
      await first;
      await readPages();
      reading = false;
      if (sawEnd) finish({ kind: 'call-ended' });
    } catch (error) {
      finish({ kind: 'failed', error });
    }
  }

  async function lookUp(): Promise<void> {
    const call = await source.get(callId);
    if (call === undefined) finish({ kind: 'unknown-call' });
    // The row and its lines are committed together: when the row says ended, the store has the whole journal.
    sawEnd ||= call?.state === 'ended';
  }

  function goLive(entries: readonly JournalEntry[]): void {
    for (const entry of entries) {
      if (entry.seq <= last) continue;
      if (entry.seq > last + 1) return void read(undefined);
      const full = hand(entry);
      if (full !== undefined) return void read(full);
      if (over) return;
    }
    if (sawEnd) finish({ kind: 'call-ended' });
  }

  const self: Subscription = {
    published(entries) {
      if (over) return;
      grown = true;
      if (reading) return;
      try {
        goLive(entries);
      } catch (error) {
        finish({ kind: 'failed', error });
      }
    },
    cancel() {
      over = true;
    },
    close: () => finish({ kind: 'closing' }),
  };
  void read(lookUp());
  return self;
}
