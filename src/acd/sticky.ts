import type { AgentOnFloor } from '../domain/agent.ts';
import type { UserId } from '../domain/ids.ts';
import type { FloorState } from './floor-state.ts';
import type { Ranked } from './order.ts';
import { meets } from './skills.ts';

/** The caller waits for this agent, and for nobody else before `until` (UTC ms). */
export interface Held {
  readonly agent: UserId;
  readonly until: number;
}

/** The agent who talked with the caller last, while there is time left and that agent may come free; else undefined: anybody will do. */
export function heldFor({ wait, queue, overdue }: Ranked, { agents }: FloorState, now: number): Held | undefined {
  if (queue.sticky === null || wait.lastAgent === null || overdue || wait.passedBy.includes(wait.lastAgent)) return undefined;
  const until = Math.min(wait.enteredAt + queue.sticky.waitMs, wait.since + queue.hardMaxWaitMs);
  const agent = agents.get(wait.lastAgent);
  if (now >= until || agent === undefined || !mayComeFree(agent) || !agent.queues.includes(queue.id)) return undefined;
  // As it was asked for: an agent whom only widening brings in is one of many by then.
  return meets(agent.skills, Object.entries(wait.skills)) ? { agent: agent.userId, until } : undefined;
}

/** Not away, and nothing else is planned for after the present talk. */
function mayComeFree({ state, next }: AgentOnFloor): boolean {
  switch (state.kind) {
    case 'offline':
    case 'paused':
    case 'unreachable':
      return false;
    case 'available':
    case 'reserved':
    case 'ringing':
    case 'talking':
    case 'held':
    case 'wrap-up':
      return next === null;
  }
}
