import type { AgentStateKind } from '../../domain/agent.ts';
import type { FloorAgent, FloorView, FloorWait } from '../../domain/floor-view.ts';

/** By what agents are sorted. */
export const AGENT_ORDERS = ['state', 'name', 'time'] as const;
export type AgentOrder = (typeof AGENT_ORDERS)[number];

/** Who needs a supervisor's eye stands first. */
const RANKS: Readonly<Record<AgentStateKind, number>> = {
  unreachable: 0,
  ringing: 1,
  reserved: 1,
  talking: 2,
  held: 2,
  'wrap-up': 3,
  available: 4,
  paused: 5,
  offline: 6,
};

/** The part of the floor that one queue is concerned with; null: all of it. */
export function partOf(floor: FloorView, queue: string | null): Pick<FloorView, 'queues' | 'waits' | 'agents'> {
  if (queue === null) return floor;
  return {
    queues: floor.queues.filter(({ id }) => id === queue),
    waits: floor.waits.filter((wait) => wait.queue === queue),
    agents: floor.agents.filter(({ queues }) => queues.includes(queue)),
  };
}

export function sortAgents(agents: readonly FloorAgent[], order: AgentOrder, language: string): readonly FloorAgent[] {
  const byName = (a: FloorAgent, b: FloorAgent): number => a.displayName.localeCompare(b.displayName, language);
  switch (order) {
    case 'name':
      return agents.toSorted(byName);
    case 'time':
      return agents.toSorted((a, b) => a.since - b.since || byName(a, b));
    case 'state':
      return agents.toSorted((a, b) => RANKS[a.state.kind] - RANKS[b.state.kind] || a.since - b.since || byName(a, b));
  }
}

/** Longest first. */
export function sortWaits(waits: readonly FloorWait[]): readonly FloorWait[] {
  return waits.toSorted((a, b) => a.since - b.since);
}
