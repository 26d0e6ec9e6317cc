import type { AcdEvent } from '../../src/domain/acd-event.ts';
import type { AgentProfile } from '../../src/domain/agent.ts';
import type { BrandId } from '../../src/domain/brand.ts';
import type { CallId, IdSource, UserId } from '../../src/domain/ids.ts';
import type { Queue } from '../../src/domain/queue.ts';
import { parseQueues } from '../../src/domain/queue-file.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { FloorStore, StoredAgentState, StoredWait } from '../../src/ports/floor-store.ts';
import { createFloor } from '../../src/services/floor/floor.ts';
import type { FloorDeps } from '../../src/services/floor/floor-shape.ts';
import { silentLog } from './asterisk.ts';

export const FLOOR_BRAND = 'santral' as BrandId;

/** The floor's store in memory; can be told to refuse. */
export function memoryFloorStore() {
  const events: AcdEvent[] = [];
  const agents = new Map<UserId, StoredAgentState>();
  const waits = new Map<CallId, StoredWait>();
  const talks = new Map<string, { agent: UserId; at: number }>();
  let failure: Error | null = null;
  const check = (): void => {
    if (failure !== null) throw failure;
  };
  const store: FloorStore = {
    open: async () => ({ agents: [...agents.values()], waits: [...waits.values()], lastEventAt: events.at(-1)?.at ?? null }),
    waitsOf: async (calls) => [...waits.values()].filter(({ callId }) => calls.includes(callId)),
    async write(change) {
      check();
      for (const event of change.events) if (!events.some(({ id }) => id === event.id)) events.push(event);
      for (const agent of change.agents) if ((agents.get(agent.userId)?.version ?? -1) < agent.version) agents.set(agent.userId, agent);
      for (const wait of change.waits) waits.set(wait.callId, structuredClone(wait));
      for (const callId of change.endedWaits) waits.delete(callId);
      for (const { caller, agent, at } of change.lastTalks) talks.set(caller, { agent, at });
    },
    async claim(agent) {
      check();
      const before = agents.get(agent.userId);
      if (before !== undefined && before.version !== agent.version - 1) return false;
      agents.set(agent.userId, agent);
      return true;
    },
    stateOf: async (agent) => agents.get(agent),
    lastAgentOf: async (_brand, caller, since) => {
      const last = talks.get(caller);
      return last !== undefined && last.at >= since ? last.agent : undefined;
    },
    async events({ from, to, after, kinds, limit, newest = false }) {
      const found = events.filter(
        ({ id, at, kind }) => at >= from && at < to && (after === undefined || id > after) && (kinds?.includes(kind) ?? true),
      );
      return newest ? found.slice(-limit) : found.slice(0, limit);
    },
    eventsOfCall: async (callId) => events.filter((event) => 'callId' in event && event.callId === callId),
  };
  return { store, events, agents, waits, refuse: (error: Error | null) => void (failure = error) };
}
export type MemoryFloor = ReturnType<typeof memoryFloorStore>;

/** Queues as flows/queues.yaml would define them. Throws where the text has a problem. */
export function queuesOf(text: string): ReadonlyMap<string, Queue> {
  const { queues, problems } = parseQueues({ path: 'flows/queues.yaml', text }, FLOOR_BRAND);
  if (problems.length > 0) throw new Error(problems.map(({ line, message }) => `${line} ${message}`).join('\n'));
  return queues;
}

export interface FloorKitOptions {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly queues?: ReadonlyMap<string, Queue>;
  readonly memory?: MemoryFloor;
  readonly profiles?: readonly AgentProfile[];
  readonly openness?: FloorDeps['openness'];
  readonly callbacks?: NonNullable<FloorDeps['callbacks']>;
  readonly callerOf?: NonNullable<FloorDeps['callerOf']>;
  readonly endOf?: NonNullable<FloorDeps['endOf']>;
}

/** A floor on a store in memory. Agents are rung at `PJSIP/<id>`, outside ones at `PJSIP/<number>@trunk`. */
export function openTestFloor(options: FloorKitOptions) {
  const { clock, ids, queues = new Map(), memory = memoryFloorStore(), profiles = [], openness, callbacks, callerOf, endOf } = options;
  const floor = createFloor({
    store: memory.store,
    agents: { list: async () => profiles },
    clock,
    ids,
    log: silentLog,
    brand: FLOOR_BRAND,
    queues: () => queues,
    openness: openness ?? (() => ({ open: true, until: null })),
    ...(callbacks === undefined ? {} : { callbacks }),
    ...(callerOf === undefined ? {} : { callerOf }),
    ...(endOf === undefined ? {} : { endOf }),
    lineOf: ({ userId, place }) =>
      place.kind === 'outside'
        ? { endpoint: `PJSIP/${place.number}@trunk`, accept: 'key' }
        : { endpoint: `PJSIP/${place.kind === 'sip' ? place.extension : userId}`, accept: 'answer' },
  });
  return { floor, memory };
}

export function profileOf(userId: string, changes: Partial<AgentProfile> = {}): AgentProfile {
  const place = { kind: 'sip', extension: userId } as const;
  const rest = { displayName: userId, language: 'en', place, skills: {}, queues: ['support'], updatedAt: 0 } as const;
  return { userId: userId as UserId, brand: FLOOR_BRAND, ...rest, ...changes };
}
