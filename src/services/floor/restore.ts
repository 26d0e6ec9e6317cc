import type { AcdEvent } from '../../domain/acd-event.ts';
import type { AgentProfile } from '../../domain/agent.ts';
import type { CallId, UserId } from '../../domain/ids.ts';
import type { FloorDeps } from './floor-shape.ts';

/** Facts so old teach nothing of today's waits. */
const EXPERIENCE_MS = 4 * 3_600_000;
const MOST_FACTS = 5000;

export interface Restored {
  readonly rows: Awaited<ReturnType<FloorDeps['store']['open']>>;
  readonly profiles: readonly AgentProfile[];
  readonly events: {
    readonly recent: readonly AcdEvent[];
    /** Agents who were talking or writing down, with all facts of their call. */
    readonly talks: readonly { readonly agent: UserId; readonly callId: CallId; readonly ofCall: readonly AcdEvent[] }[];
    /** Since when nobody was there to see what happened; null: there was nothing to see. */
    readonly gapFrom: number | null;
  };
}

/** Everything a former process left on the floor. */
export async function restoreFloor({ store, agents, brand, clock }: FloorDeps): Promise<Restored> {
  const [rows, profiles] = await Promise.all([store.open(brand), agents.list(brand)]);
  const now = clock.now();
  const kinds = ['left', 'connected', 'released', 'wrapped-up'] as const;
  const recent = await store.events({ brand, from: now - EXPERIENCE_MS, to: now, kinds, limit: MOST_FACTS, newest: true });
  const talks = await Promise.all(
    rows.agents.flatMap(({ userId, state }) =>
      state.kind === 'talking' || state.kind === 'held' || state.kind === 'wrap-up'
        ? [store.eventsOfCall(state.callId).then((ofCall) => ({ agent: userId, callId: state.callId, ofCall }))]
        : [],
    ),
  );
  const busy = rows.waits.length > 0 || rows.agents.some(({ state }) => state.kind !== 'offline');
  return { rows, profiles, events: { recent, talks, gapFrom: busy ? rows.lastEventAt : null } };
}
