import type { JournalEntry } from '../../domain/journal.ts';
import type { FlowStep } from '../../ports/drafts.ts';

/** The engine's own flow begins so; its nodes are on no drawing. */
const OWN = '$';
/** Ends of calls that are the caller's doing. */
const BY_CALLER = new Set(['caller-hung-up', 'left-while-away']);

/** The way a journal line tells of; null when it tells of none. */
export function stepOf({ kind, data }: Pick<JournalEntry, 'kind' | 'data'>): Exclude<FlowStep, { kind: 'hang-up' }> | null {
  const { flow, node, exit, to } = data;
  if (typeof flow !== 'string' || typeof node !== 'string' || flow.startsWith(OWN)) return null;
  if (kind === 'node-entered') return { kind: 'entered', flow, node };
  if (kind !== 'exit' || typeof exit !== 'string') return null;
  return { kind: 'exit', flow, node, exit, to: typeof to === 'string' ? to : null };
}

/** Whether a line is the end of a call whose caller hung up. */
export function hungUp({ kind, data }: Pick<JournalEntry, 'kind' | 'data'>): boolean {
  return kind === 'call-ended' && typeof data['kind'] === 'string' && BY_CALLER.has(data['kind']);
}

export interface Place {
  readonly flow: string;
  readonly node: string;
}

/** The node that was entered last before the call ended; what the flow does after it is left out. */
export function placeOf(entries: readonly JournalEntry[]): Place | null {
  const end = entries.findIndex(({ kind }) => kind === 'call-ended');
  const last = entries
    .slice(0, end < 0 ? undefined : end)
    .map(stepOf)
    .findLast((step) => step?.kind === 'entered');
  return last === undefined || last === null ? null : { flow: last.flow, node: last.node };
}
