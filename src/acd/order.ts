import type { CallId } from '../domain/ids.ts';
import type { Queue } from '../domain/queue.ts';
import type { FloorState, Waiting } from './floor-state.ts';

/** A waiting caller with the queue's definition and the caller's rank in the one order of all queues. */
export interface Ranked {
  readonly wait: Waiting;
  readonly queue: Queue;
  /** Waited for the hard maximum: class no longer matters, and who has not waited so long comes later. */
  readonly overdue: boolean;
  /** UTC ms from which the caller seems to have waited: the class moves it back. */
  readonly seemsSince: number;
}

/** All callers of queues that are still defined, who is to be served first in front. */
export function ranked({ waiting, queues }: FloorState, now: number): readonly Ranked[] {
  return waiting.flatMap((wait) => rank(wait, queues.get(wait.queue), now)).sort(byTurn);
}

function rank(wait: Waiting, queue: Queue | undefined, now: number): readonly Ranked[] {
  if (queue === undefined) return [];
  const overdue = now - wait.since >= queue.hardMaxWaitMs;
  return [{ wait, queue, overdue, seemsSince: overdue ? wait.since : wait.since - (queue.classes[wait.class] ?? 0) }];
}

function byTurn(a: Ranked, b: Ranked): number {
  if (a.overdue !== b.overdue) return a.overdue ? -1 : 1;
  return a.seemsSince - b.seemsSince || a.wait.since - b.wait.since || a.wait.enteredAt - b.wait.enteredAt || byText(a.wait, b.wait);
}

function byText(a: Waiting, b: Waiting): number {
  if (a.callId === b.callId) return 0;
  return a.callId < b.callId ? -1 : 1;
}

/** The caller's place in their own queue among those on the line, 1 for who is next; undefined for a call that does not wait. */
export function position(state: FloorState, callId: CallId, now: number): number | undefined {
  const queue = state.waiting.find((wait) => wait.callId === callId)?.queue;
  const place = ranked(state, now)
    .filter(({ wait }) => wait.queue === queue && (!wait.callback || wait.callId === callId))
    .findIndex(({ wait }) => wait.callId === callId);
  return place < 0 ? undefined : place + 1;
}
