import type { AgentOnFloor } from '../domain/agent.ts';
import type { UserId } from '../domain/ids.ts';
import type { FloorState } from './floor-state.ts';
import { meets, type Need } from './skills.ts';

/** The agents who can be reserved, and are, one after the other, while a decision is made. */
export interface FreeAgents {
  /** Whether anybody of the queue is free at all: asked first, because mostly nobody is. */
  some(queue: string): boolean;
  /** Longest idle first, of those who serve the queue and meet the need; who passed on the caller only when there is nobody else. */
  find(queue: string, need: Need, passedBy: readonly UserId[]): UserId | undefined;
  has(agent: UserId): boolean;
  take(agent: UserId): void;
}

/** Available agents who are not reserved by any offer. */
export function freeAgents({ agents, waiting }: FloorState): FreeAgents {
  const reserved = new Set(waiting.map(({ offeredTo }) => offeredTo));
  const free = new Map([...agents].filter(([id, { state }]) => state.kind === 'available' && !reserved.has(id)));
  const byQueue = agentsByQueue([...free.values()].sort(longestIdle));
  const left = new Map([...byQueue].map(([queue, { length }]) => [queue, length]));
  /** Queue and need for which there is nobody: agents are only ever taken, so there is nobody for the next caller either. */
  const nobody = new Set<string>();
  return {
    some: (queue) => (left.get(queue) ?? 0) > 0,
    has: (agent) => free.has(agent),
    take: (agent) => {
      for (const queue of free.get(agent)?.queues ?? []) left.set(queue, (left.get(queue) ?? 0) - 1);
      free.delete(agent);
    },
    find: (queue, need, passedBy) => {
      const key = `${queue} ${need.join(' ')}`;
      if (nobody.has(key)) return undefined;
      let passed: UserId | undefined;
      for (const { userId, skills } of byQueue.get(queue) ?? []) {
        if (!free.has(userId) || !meets(skills, need)) continue;
        if (!passedBy.includes(userId)) return userId;
        passed ??= userId;
      }
      if (passed === undefined) nobody.add(key);
      return passed;
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
