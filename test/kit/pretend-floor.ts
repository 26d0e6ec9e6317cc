import { PAUSE_REASONS } from '../../src/domain/agent.ts';
import type { AgentDay, AgentSnapshot, AgentView, CallCard, DeskNews, Pop } from '../../src/domain/desk-view.ts';
import type { CallId, UserId } from '../../src/domain/ids.ts';
import type { DeskFloor } from '../../src/services/desk/desk.ts';

export const NO_DAY: AgentDay = {
  ...{ offered: 0, answered: 0, notAnswered: 0, outbound: 0, transferred: 0 },
  ...{ talkMs: 0, holdMs: 0, wrapMs: 0, availableMs: 0, pausedMs: 0, loggedInMs: 0, averageHandleMs: null, occupancy: null },
};

export const QUEUES = [
  { id: 'support', label: { tr: 'Destek', en: 'Support' } },
  { id: 'sales', label: { tr: 'Satış', en: 'Sales' } },
  { id: 'roadside', label: { tr: 'Yol yardım', en: 'Roadside assistance' } },
];

const at = Date.UTC(2026, 2, 2, 6, 30);

export function agentView(id: UserId, changes: Partial<AgentView> = {}): AgentView {
  return {
    ...{ id, name: 'deniz', displayName: 'Deniz Yılmaz', place: { kind: 'web' }, state: { kind: 'offline' }, since: at, next: null },
    ...{ skills: { english: 5 }, queues: ['support', 'sales'], today: NO_DAY },
    ...changes,
  };
}

export const callCard = (callId: CallId, changes: Partial<CallCard> = {}): CallCard => ({
  ...{ callId, direction: 'inbound', phase: 'offered', since: at, until: null, queue: QUEUES[0] ?? null, class: 'standard' },
  ...{ waitingSince: at, waitedMs: null, number: '+90 5** *** ** 17', did: '02125550010', talkingSince: null },
  ...{ muted: false, recording: 'on', transfer: null, conference: false, parties: [], callback: null },
  ...{ wrapUp: { mode: 'optional', ms: 30_000, extensionMs: 30_000 }, dispositions: 'service', dispositionRequired: true },
  ...changes,
});

/** The floor as the desk sees it, moved by hand. Whoever was added is an agent. */
export interface PretendFloor extends DeskFloor {
  readonly heartbeats: string[];
  readonly agents: Map<UserId, AgentSnapshot>;
  add(id: UserId, changes?: Partial<AgentView>): AgentSnapshot;
  /** The agent's state changes, and is told. */
  state(id: UserId, changes: Partial<AgentView>): void;
  call(id: UserId, type: 'offer' | 'call', card: CallCard): void;
  pop(id: UserId, pop: Pop): void;
  tell(id: UserId, news: DeskNews): void;
}

export function pretendFloor(): PretendFloor {
  const agents = new Map<UserId, AgentSnapshot>();
  const listeners = new Set<(agent: UserId, news: DeskNews) => void>();
  const heartbeats: string[] = [];

  function tell(id: UserId, news: DeskNews): void {
    for (const listener of listeners) listener(id, news);
  }

  function change(id: UserId, patch: Partial<AgentSnapshot>): AgentSnapshot {
    const before = agents.get(id);
    if (before === undefined) throw new Error(`${id} is no agent of this floor`);
    const after = { ...before, ...patch };
    agents.set(id, after);
    return after;
  }

  return {
    heartbeats,
    agents,
    add(id, changes) {
      const snapshot: AgentSnapshot = {
        ...{ me: agentView(id, changes), queues: QUEUES, call: null, pop: null, pauseReasons: [...PAUSE_REASONS], dispositions: [] },
      };
      agents.set(id, snapshot);
      return snapshot;
    },
    state(id, changes) {
      const { me } = change(id, { me: { ...agents.get(id)?.me, ...changes } as AgentView });
      tell(id, { type: 'state', callId: null, legId: null, data: me });
    },
    call(id, type, card) {
      change(id, { call: card });
      tell(id, { type, callId: card.callId, legId: null, data: card });
    },
    pop(id, pop) {
      const { call } = change(id, { pop });
      tell(id, { type: 'pop', callId: call?.callId ?? null, legId: null, data: pop });
    },
    tell,
    snapshot: (agent) => agents.get(agent),
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    heartbeat: (agent, alive) => void heartbeats.push(`${agent} ${alive ? 'speaks' : 'is silent'}`),
    workingOnPages: () => [...agents.values()].flatMap(({ me }) => (me.place.kind === 'web' && me.state.kind !== 'offline' ? [me.id] : [])),
  };
}
