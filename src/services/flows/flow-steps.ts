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

/** The node that was entered last. */
export function placeOf(entries: readonly JournalEntry[]): { readonly flow: string; readonly node: string } | null {
  const last = entries.map(stepOf).findLast((step) => step?.kind === 'entered');
  return last === undefined || last === null ? null : { flow: last.flow, node: last.node };
}
