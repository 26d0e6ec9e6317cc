import type { DeskNews } from '../../domain/desk-view.ts';

/** So long a page may have been away and still be told what it missed; after that it gets everything anew. */
export const REPLAY_MS = 5 * 60_000;
/** Messages kept for that, at most. */
export const MOST_KEPT = 1000;

/** A message with its number: gapless within a stream. */
export type Numbered = DeskNews & { readonly seq: number; readonly eventId: string; readonly at: number };

/** What one agent is told, in order. A value: `tell` gives the next one. */
export interface AgentStream {
  /** Another one after each start of the engine, so that numbers of different lives are never taken for each other. */
  readonly name: string;
  /** Of the last message; 0 before the first. */
  readonly seq: number;
  /** The last ones, oldest first, without a gap. */
  readonly kept: readonly Numbered[];
}

export function startStream(name: string): AgentStream {
  return { name, seq: 0, kept: [] };
}

/** Gives the news its number and keeps it. `now` is UTC ms. */
export function tell(stream: AgentStream, news: DeskNews, now: number): { readonly stream: AgentStream; readonly message: Numbered } {
  const seq = stream.seq + 1;
  const message: Numbered = { ...news, seq, eventId: `${stream.name}.${seq}`, at: now };
  const fresh = stream.kept.filter(({ at }) => now - at <= REPLAY_MS).slice(1 - MOST_KEPT);
  return { stream: { ...stream, seq, kept: [...fresh, message] }, message };
}

/** Where a page that comes back stands: the last number it has, and of which stream. */
export interface Seen {
  readonly stream: string | null;
  readonly lastSeq: number | null;
}

/** What a page needs: all that it missed, or everything anew. */
export type CatchUp = { readonly kind: 'replay'; readonly messages: readonly Numbered[] } | { readonly kind: 'anew' };

export function catchUp(stream: AgentStream, { stream: name, lastSeq }: Seen, now: number): CatchUp {
  if (name !== stream.name || lastSeq === null || lastSeq > stream.seq) return { kind: 'anew' };
  const messages = stream.kept.filter(({ seq, at }) => seq > lastSeq && now - at <= REPLAY_MS);
  return messages.length === stream.seq - lastSeq ? { kind: 'replay', messages } : { kind: 'anew' };
}
