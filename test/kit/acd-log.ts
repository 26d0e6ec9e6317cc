import type { AcdEvent } from '../../src/domain/acd-event.ts';
import type { AgentStateKind } from '../../src/domain/agent.ts';
import type { UserId } from '../../src/domain/ids.ts';
import type { AcdLog } from '../../src/ports/acd-log.ts';

/** A log in memory; `pages` is how often it was asked. */
export interface MemoryLog extends AcdLog {
  readonly pages: () => number;
}

export function memoryAcdLog(events: readonly AcdEvent[]): MemoryLog {
  const sorted = events.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  let pages = 0;
  return {
    pages: () => pages,
    async page({ from, to, after, kinds, agent, limit }) {
      pages += 1;
      const isAfter = (one: AcdEvent) => after === undefined || one.at > after.at || (one.at === after.at && one.id > after.id);
      return sorted
        .filter((one) => one.at >= from && one.at < to && isAfter(one))
        .filter(
          (one) => (kinds === undefined || kinds.includes(one.kind)) && (agent === undefined || ('agent' in one && one.agent === agent)),
        )
        .slice(0, limit);
    },
    async statesAt(_brand, at) {
      const states = new Map<UserId, AgentStateKind>();
      for (const one of sorted) if (one.kind === 'agent-state' && one.at < at) states.set(one.agent, one.to);
      return states;
    },
    ofCalls: async (calls) => sorted.filter((one) => 'callId' in one && calls.includes(one.callId)),
  };
}
