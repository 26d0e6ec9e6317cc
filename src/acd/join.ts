import type { CallId } from '../domain/ids.ts';
import type { Queue, WaitEnd } from '../domain/queue.ts';
import type { FloorState } from './floor-state.ts';
import { isOpen, staffedQueues } from './leaving.ts';

/** Who wants to wait. */
export interface JoinQuestion {
  readonly callId: CallId;
  readonly queue: string;
  /** UTC ms of a place that is kept (engine started again, agent lost); null: a new caller. */
  readonly since: number | null;
  /** What the caller would be told; null while too little is known. */
  readonly estimatedWaitMs: number | null;
}

export type JoinVerdict =
  | { readonly kind: 'joins'; readonly queue: Queue }
  /** failed: there is no such queue. */
  | { readonly kind: 'refused'; readonly how: Extract<WaitEnd, 'full' | 'too-long' | 'no-agents' | 'closed' | 'failed'> };

/**
 * Whether a caller may begin to wait. Who keeps a place had joined already: length and estimated wait do not count, and closing
 * time and empty queue by the rules for those who wait. When it opens and shuts, the floor's state says.
 */
export function mayJoin(state: FloorState, question: JoinQuestion): JoinVerdict {
  const queue = state.queues.get(question.queue);
  const how = queue === undefined ? 'failed' : refusal(state, queue, question);
  if (queue === undefined || how !== null) return { kind: 'refused', how: how ?? 'failed' };
  return { kind: 'joins', queue };
}

type Refusal = Extract<JoinVerdict, { kind: 'refused' }>['how'];

function refusal(state: FloorState, queue: Queue, { since, estimatedWaitMs, callId }: JoinQuestion): Refusal | null {
  const keepsPlace = since !== null;
  const { length, estimatedWaitMs: longest } = queue.overflow;
  if (!isOpen(queue, state.open) && !(keepsPlace && queue.atClosing === 'serve')) return 'closed';
  if ((keepsPlace ? queue.whenLastLeaves : queue.emptyAtJoin) === 'leave' && !staffedQueues(state).has(queue.id)) return 'no-agents';
  if (keepsPlace) return null;
  const waiting = state.waiting.filter((wait) => wait.queue === queue.id && !wait.callback && wait.callId !== callId).length;
  if (length !== null && waiting >= length) return 'full';
  return longest !== null && estimatedWaitMs !== null && estimatedWaitMs > longest ? 'too-long' : null;
}
