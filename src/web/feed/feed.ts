import type { CallId } from '../../domain/ids.ts';
import type { JournalEntry, JournalKind } from '../../domain/journal.ts';
import type { Value } from '../../domain/value.ts';
import { shape } from '../api/shape.ts';
import { createStore, type Store } from '../store.ts';
import { EMPTY_FEED, type FeedMessage, type FeedState, hasGap, receive } from './feed-state.ts';

export interface Feed {
  readonly state: Pick<Store<FeedState>, 'get' | 'subscribe'>;
  /** Idempotent. */
  start(): void;
  stop(): void;
}

const RETRY_MS = 2000;

/** Follows the calls of this login's phone. The browser asks again by itself with the last seq it saw; where it gives up, we don't. */
export function createFeed(url: string, onRefused: () => void): Feed {
  const store = createStore<FeedState>(EMPTY_FEED);
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Where a gap was met already: it is asked for once, not for ever. */
  let gapSeen = '';

  const tell = (message: FeedMessage): void => store.set(receive(store.get(), message));

  function open(): void {
    close();
    const opened = new EventSource(url);
    source = opened;
    opened.addEventListener('open', () => tell({ kind: 'link', link: 'live' }));
    opened.addEventListener('call', ({ data }) => tell({ kind: 'call', callId: readCallId(data) }));
    opened.addEventListener('entry', ({ data }) => {
      tell({ kind: 'entry', entry: readEntry(data) });
      if (hasGap(store.get())) startOver();
    });
    opened.addEventListener('ended', ({ data }) => tell({ kind: 'ended', callId: readCallId(data) }));
    opened.addEventListener('error', () => {
      if (store.get().link === 'live') tell({ kind: 'link', link: 'lost' });
      // Anything but a cut line (a refusal, a wrong answer) makes the browser give up.
      if (opened.readyState === EventSource.CLOSED) {
        onRefused();
        again();
      }
    });
  }

  function again(): void {
    close();
    timer = setTimeout(open, RETRY_MS);
  }

  /** A line is missing: a fresh connection carries no last seq, and so replays the whole call. */
  function startOver(): void {
    const { callId, entries } = store.get();
    const gap = `${callId} ${entries.at(-1)?.seq}`;
    if (gap === gapSeen) return;
    gapSeen = gap;
    store.set({ ...store.get(), entries: [] });
    again();
  }

  function close(): void {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  return {
    state: store,
    start() {
      if (source === null) open();
    },
    stop() {
      close();
      store.set(EMPTY_FEED);
    },
  };
}

function readCallId(data: string): string {
  return shape(JSON.parse(data), 'call').text('callId');
}

function readEntry(data: string): JournalEntry {
  const entry = shape(JSON.parse(data), 'entry');
  return {
    callId: entry.text('callId') as CallId,
    seq: entry.number('seq'),
    at: entry.number('at'),
    // A kind that only a newer engine knows is kept, for its number, and not shown.
    kind: entry.text('kind') as JournalKind,
    data: entry.child('data').raw as { readonly [key: string]: Value },
  };
}
