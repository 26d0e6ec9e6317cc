import type { AgentEvent } from '../../src/acd/agent-event.ts';
import { agentStep, dueAt } from '../../src/acd/agent-state.ts';
import { decide } from '../../src/acd/decide.ts';
import type { FloorDecision, FloorState, Waiting } from '../../src/acd/floor-state.ts';
import type { AgentOnFloor } from '../../src/domain/agent.ts';
import type { CallId, UserId } from '../../src/domain/ids.ts';

/** What the floor's owner does with decisions and events, without clock, telephone and store. Checks what may never happen. */
export interface SmallFloor {
  readonly state: FloorState;
  readonly now: number;
  /** Callers who talked with an agent, each as often as that. */
  readonly served: readonly CallId[];
}

/** Carries the decisions out: who leaves is gone, who is offered reserves the agent. */
export function applied(state: FloorState, decisions: readonly FloorDecision[], now: number): FloorState {
  const agents = new Map(state.agents);
  let waiting = state.waiting;
  for (const one of decisions) {
    if (one.kind === 'leave') waiting = waiting.filter(({ callId }) => callId !== one.callId);
    else {
      const queue = waiting.find(({ callId }) => callId === one.callId)?.queue ?? 'none';
      agents.set(one.agent, stepped(agents.get(one.agent), { kind: 'reserve', callId: one.callId, queue, own: false }, now));
      waiting = waiting.map((wait) => (wait.callId === one.callId ? { ...wait, offeredTo: one.agent } : wait));
    }
  }
  return { ...state, agents, waiting };
}

function stepped(agent: AgentOnFloor | undefined, event: AgentEvent, now: number): AgentOnFloor {
  const step = agent === undefined ? undefined : agentStep(agent, event, now);
  if (step?.kind !== 'stepped') throw new Error(`${event.kind} was refused: ${JSON.stringify(step)} of ${JSON.stringify(agent)}`);
  return step.agent;
}

/** Decides, and carries it out. */
export function settled(floor: SmallFloor): SmallFloor {
  const { decisions, callbackCredit } = decide(floor.state, floor.now);
  return { ...floor, state: applied({ ...floor.state, callbackCredit }, decisions, floor.now) };
}

/** An event of an agent, as far as the state allows it, with what it means for the caller who is offered. */
export function happens(floor: SmallFloor, id: UserId, event: AgentEvent): SmallFloor {
  const agent = floor.state.agents.get(id);
  const step = agent === undefined ? undefined : agentStep(agent, event, floor.now);
  if (step?.kind !== 'stepped') return floor;
  const agents = new Map(floor.state.agents).set(id, step.agent);
  const callId = 'callId' in event ? event.callId : undefined;
  const isTheirs = (wait: Waiting): boolean => wait.offeredTo === id && (callId === undefined || wait.callId === callId);
  if (event.kind === 'answer' && callId !== undefined) {
    const waiting = floor.state.waiting.filter((wait) => !isTheirs(wait));
    return { ...floor, state: { ...floor.state, agents, waiting }, served: [...floor.served, callId] };
  }
  const passes = event.kind === 'no-answer' || event.kind === 'refuse' || event.kind === 'failed';
  const over = passes || step.effects.some(({ kind }) => kind === 'rescind');
  const waiting = floor.state.waiting.map((wait) =>
    over && isTheirs(wait) ? { ...wait, offeredTo: null, passedBy: passes ? [...wait.passedBy, id] : wait.passedBy } : wait,
  );
  return { ...floor, state: { ...floor.state, agents, waiting } };
}

/** The caller is gone: the agent who was rung for them is free again. */
export function hangsUp(floor: SmallFloor, callId: CallId): SmallFloor {
  const gone = floor.state.waiting.find((wait) => wait.callId === callId);
  if (gone === undefined) return floor;
  const waiting = floor.state.waiting.filter((wait) => wait !== gone);
  const without = { ...floor, state: { ...floor.state, waiting } };
  return gone.offeredTo === null ? without : happens(without, gone.offeredTo, { kind: 'rescind', callId });
}

/** Later; wrap-ups that are over end on the way. */
export function passes(floor: SmallFloor, ms: number): SmallFloor {
  const later = { ...floor, now: floor.now + ms };
  return [...later.state.agents.values()]
    .filter((agent) => (dueAt(agent) ?? Infinity) <= later.now)
    .reduce((next, { userId }) => happens(next, userId, { kind: 'wrap-up-due' }), later);
}
