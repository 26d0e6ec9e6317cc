import type { AgentOnFloor } from '../domain/agent.ts';
import type { Queue } from '../domain/queue.ts';
import type { FloorDecision, FloorState, Waiting } from './floor-state.ts';

type Leave = Extract<FloorDecision, { kind: 'leave' }>;

/** Whether the agent takes calls of a queue now or later: logged in, and not on the way out after the present talk. */
export function isStaff({ state, next }: AgentOnFloor): boolean {
  return state.kind !== 'offline' && next?.kind !== 'offline';
}

/** Queues that have an agent. */
export function staffedQueues({ agents }: FloorState): ReadonlySet<string> {
  const staffed = new Set<string>();
  for (const agent of agents.values()) if (isStaff(agent)) for (const queue of agent.queues) staffed.add(queue);
  return staffed;
}

export function isOpen(queue: Queue, open: ReadonlySet<string>): boolean {
  return queue.calendar === null || open.has(queue.id);
}

/** Who is rung for already is not sent off, and a callback is not on the line: its own rules end it. */
function canLeave({ offeredTo, callback }: Waiting): boolean {
  return offeredTo === null && !callback;
}

/** Callers whose wait is over without an agent. A queue that is no longer defined is closed. */
export function leavingOf(state: FloorState, now: number): readonly Leave[] {
  const staffed = staffedQueues(state);
  return state.waiting.filter(canLeave).flatMap((wait): readonly Leave[] => {
    const how = leavesHow(wait, state, staffed, now);
    return how === null ? [] : [{ kind: 'leave', callId: wait.callId, how }];
  });
}

function leavesHow(wait: Waiting, { queues, open }: FloorState, staffed: ReadonlySet<string>, now: number): Leave['how'] | null {
  const queue = queues.get(wait.queue);
  if (queue === undefined || (queue.atClosing === 'leave' && !isOpen(queue, open))) return 'closed';
  if (queue.whenLastLeaves === 'leave' && !staffed.has(queue.id)) return 'no-agents';
  return now >= overflowAt(wait, queue) ? 'overflow' : null;
}

/** UTC ms at which a caller leaves by overflow; Infinity: never. */
export function overflowAt(wait: Waiting, { overflow }: Queue): number {
  return canLeave(wait) && overflow.afterMs !== null ? wait.enteredAt + overflow.afterMs : Infinity;
}
