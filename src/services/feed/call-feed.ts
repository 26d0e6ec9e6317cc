import type { CallId } from '../../domain/ids.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import { type FeedSource, type FeedSubscriber, Subscription } from './subscription.ts';

/** Journal lines on their way to whoever watches a call. The journal in the store is the truth; the feed only says that it grew. */
export interface CallFeed {
  /** To be called after each commit, with what was committed. Never throws, never waits. The same lines twice do no harm. */
  publish(entries: readonly JournalEntry[]): void;
  /**
   * All lines of the call with seq greater than `after`: first those in the store, then those to come, in order, none
   * twice, none missing. Ends by itself when the call has ended and all was sent. Returns the unsubscribe function,
   * after which the subscriber hears nothing more.
   */
  subscribe(callId: CallId, after: number, subscriber: FeedSubscriber): () => void;
  /** Hears the `call-arrived` line of every new call. Returns the function that stops it. */
  onArrival(listener: (entry: JournalEntry) => void): () => void;
  /** Ends every subscription with `closing`: the engine stops. */
  close(): void;
}

export function createCallFeed(source: FeedSource): CallFeed {
  const byCall = new Map<CallId, Set<Subscription>>();
  const arrivals = new Set<(entry: JournalEntry) => void>();

  function forget(callId: CallId, subscription: Subscription): void {
    const watchers = byCall.get(callId);
    watchers?.delete(subscription);
    if (watchers?.size === 0) byCall.delete(callId);
  }

  function subscribe(callId: CallId, after: number, subscriber: FeedSubscriber): () => void {
    const watchers = byCall.get(callId) ?? new Set();
    byCall.set(callId, watchers);
    const subscription = new Subscription(source, callId, after, subscriber, () => forget(callId, subscription));
    // Registered before the store is read: a line committed in between is seen by one of the two.
    watchers.add(subscription);
    subscription.start();
    return () => {
      subscription.cancel();
      forget(callId, subscription);
    };
  }

  function publish(entries: readonly JournalEntry[]): void {
    for (const callId of new Set(entries.map((entry) => entry.callId))) {
      const watchers = byCall.get(callId);
      if (watchers === undefined) continue;
      const lines = entries.filter((entry) => entry.callId === callId);
      for (const subscription of watchers) subscription.published(lines);
    }
    for (const entry of entries) {
      if (entry.kind === 'call-arrived') for (const listener of arrivals) listener(entry);
    }
  }

  return {
    publish,
    subscribe,
    onArrival(listener) {
      arrivals.add(listener);
      return () => void arrivals.delete(listener);
    },
    close() {
      for (const watchers of byCall.values()) for (const subscription of watchers) subscription.close();
    },
  };
}
