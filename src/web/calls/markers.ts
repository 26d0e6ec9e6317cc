import type { JournalEntry, JournalKind } from '../../domain/journal.ts';

/** What of a call is worth jumping to. */
export const MARKERS = ['greeting', 'menu', 'queue', 'agent', 'hold', 'resume', 'transfer', 'left', 'pause', 'unpause', 'end'] as const;
export type MarkerKind = (typeof MARKERS)[number];

export interface Marker {
  readonly seq: number;
  readonly kind: MarkerKind;
  /** Into the recording. */
  readonly ms: number;
}

const KINDS: Partial<Record<JournalKind, MarkerKind>> = {
  'queue-entered': 'queue',
  'queue-moved': 'queue',
  'agent-connected': 'agent',
  'agent-held': 'hold',
  'agent-resumed': 'resume',
  'agent-transfer': 'transfer',
  'agent-released': 'left',
  'record-paused': 'pause',
  'record-resumed': 'unpause',
  'call-ended': 'end',
};

/** The journal's happenings as places in the recording, in order. What happened before it began is at its beginning. */
export function markersOf(entries: readonly JournalEntry[], startedAt: number, durationMs: number): readonly Marker[] {
  let greeted = false;
  return entries.flatMap((entry): Marker[] => {
    const kind = kindOf(entry, greeted);
    if (kind === null || (entry.kind === 'agent-transfer' && entry.data['state'] !== 'begun')) return [];
    greeted ||= kind === 'greeting';
    return [{ seq: entry.seq, kind, ms: Math.min(durationMs, Math.max(0, entry.at - startedAt)) }];
  });
}

function kindOf({ kind, data }: JournalEntry, greeted: boolean): MarkerKind | null {
  if (kind === 'prompt') return greeted ? null : 'greeting';
  if (kind === 'node-entered') return data['type'] === 'menu' ? 'menu' : null;
  return KINDS[kind] ?? null;
}
