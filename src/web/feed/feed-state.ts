import type { JournalEntry } from '../../domain/journal.ts';

/** connecting: for the first time · live · lost: it was there, and is being tried again. */
export type FeedLink = 'connecting' | 'live' | 'lost';

export interface FeedState {
  readonly link: FeedLink;
  /** The call that is shown: the newest of this phone. */
  readonly callId: string | null;
  /** In order of seq, none twice. */
  readonly entries: readonly JournalEntry[];
  readonly ended: boolean;
}

export const EMPTY_FEED: FeedState = { link: 'connecting', callId: null, entries: [], ended: false };

export type FeedMessage =
  | { readonly kind: 'link'; readonly link: FeedLink }
  | { readonly kind: 'call'; readonly callId: string }
  | { readonly kind: 'entry'; readonly entry: JournalEntry }
  | { readonly kind: 'ended'; readonly callId: string };

/** What the page knows after one more message. A replay after a reconnect changes nothing that is known. */
export function receive(state: FeedState, message: FeedMessage): FeedState {
  switch (message.kind) {
    case 'link':
      return { ...state, link: message.link };
    case 'call':
      if (message.callId === state.callId) return state;
      return { ...state, callId: message.callId, entries: [], ended: false };
    case 'entry':
      return addEntry(state, message.entry);
    case 'ended':
      return message.callId === state.callId ? { ...state, ended: true } : state;
  }
}

function addEntry(state: FeedState, entry: JournalEntry): FeedState {
  if (entry.callId !== state.callId) return state;
  const last = state.entries.at(-1)?.seq ?? 0;
  const ended = state.ended || entry.kind === 'call-ended';
  if (entry.seq > last) return { ...state, entries: [...state.entries, entry], ended };
  if (state.entries.some(({ seq }) => seq === entry.seq)) return state;
  const entries = [...state.entries, entry].sort((a, b) => a.seq - b.seq);
  return { ...state, entries, ended };
}

/** True when a line in the middle is missing: the whole call has to be asked for again. */
export function hasGap({ entries }: FeedState): boolean {
  return entries.length > 0 && entries.at(-1)?.seq !== entries.length;
}
