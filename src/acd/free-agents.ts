import type { AgentOnFloor } from '../domain/agent.ts';
import type { UserId } from '../domain/ids.ts';
import type { FloorState } from './floor-state.ts';
import { meets, type Need } from './skills.ts';

/** The agents who can be reserved, and are, one after the other, while a decision is made. */
export interface FreeAgents {
  /** Longest idle first, of those who serve the queue and meet the need; who passed on the caller only when there is nobody else. */
  find(queue: string, need: Need, passedBy: readonly UserId[]): UserId | undefined;
  has(agent: UserId): boolean;
  take(agent: UserId): void;
}

/** Available agents who are not reserved by any offer. */
export function freeAgents({ agents, waiting }: FloorState): FreeAgents {
  const reserved = new Set(waiting.flatMap(({ offeredTo }) => offeredTo ?? []));
  const free = new Map([...agents].filter(([id, { state }]) => state.kind === 'available' && !reserved.has(id)));
  const byQueue = agentsByQueue([...free.values()].sort(longestIdle));
  /** Queue and need for which there is nobody: agents are only ever taken, so there is nobody for the next caller either. */
  const nobody = new Set<string>();
  return {
    has: (agent) => free.has(agent),
    take: (agent) => {
      free.delete(agent);
    },
    find: (queue, need, passedBy) => {
      const key = `${queue}\n${need.map(([skill, level]) => `${skill} ${level}`).join('\n')}`;
      if (nobody.has(key)) return undefined;
      const able = (byQueue.get(queue) ?? []).filter(({ userId, skills }) => free.has(userId) && meets(skills, need));
      if (able.length === 0) nobody.add(key);
      return (able.find(({ userId }) => !passedBy.includes(userId)) ?? able[0])?.userId;
    },
  };
}

function longestIdle(a: AgentOnFloor, b: AgentOnFloor): number {
  return a.idleSince - b.idleSince || (a.userId < b.userId ? -1 : 1);
}

function agentsByQueue(agents: readonly AgentOnFloor[]): ReadonlyMap<string, readonly AgentOnFloor[]> {
  const byQueue = new Map<string, AgentOnFloor[]>();
  for (const agent of agents)
    for (const queue of agent.queues) {
      const served = byQueue.get(queue);
      if (served === undefined) byQueue.set(queue, [agent]);
      else served.push(agent);
    }
  return byQueue;
}
