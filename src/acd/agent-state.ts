import type { AgentOnFloor, AgentState, Missing } from '../domain/agent.ts';
import type { CallId } from '../domain/ids.ts';
import type { WrapUpRule } from '../domain/queue.ts';
import type { AgentEffect, AgentEvent, AgentStep, Refusal } from './agent-event.ts';

type StateOf<K extends AgentState['kind']> = Extract<AgentState, { kind: K }>;
type EventOf<K extends AgentEvent['kind']> = Extract<AgentEvent, { kind: K }>;
type Plan = AgentOnFloor['next'];
/** What a step changes. Without `state` the agent stays in the present one. */
type Change = Partial<Pick<AgentOnFloor, 'state' | 'idleSince' | 'missing' | 'next' | 'wrapUpAsked'>>;

/** What an event makes of an agent at `now` (UTC ms); refused: the state does not allow it, and nothing changes. */
export function agentStep(agent: AgentOnFloor, event: AgentEvent, now: number): AgentStep {
  switch (event.kind) {
    case 'login':
      return login(agent, now);
    case 'logout':
      return logout(agent, now);
    case 'available':
      return available(agent, now);
    case 'pause':
      return pause(agent, { kind: 'paused', reason: event.reason }, now);
    case 'reserve':
      return reserve(agent, event, now);
    case 'ring':
    case 'answer':
      return offered(agent, event.callId, ({ callId, queue }) =>
        changed(agent, now, { state: { kind: event.kind === 'ring' ? 'ringing' : 'talking', callId, queue } }),
      );
    case 'no-answer':
    case 'failed':
      return offered(agent, event.callId, () => rest(agent, now, { next: agent.next ?? { kind: 'paused', reason: 'no-answer' } }));
    case 'refuse':
    case 'rescind':
      return offered(agent, event.callId, () => rest(agent, now));
    case 'hold':
      return turned(agent, event.callId, 'talking', 'held', now);
    case 'resume':
      return turned(agent, event.callId, 'held', 'talking', now);
    case 'release':
      return release(agent, event, now);
    case 'wrap-up-done':
      return inWrapUp(agent, () => wrapUpDone(agent, event, now));
    case 'wrap-up-due':
      return inWrapUp(agent, ({ until }) => (until === null || now < until ? refused('not-due') : rest(agent, now)));
    case 'wrap-up-extend':
      return inWrapUp(agent, (state) => extend(agent, state, event.wrapUp, now));
    case 'wrap-up-ask':
      return isTalking(agent.state) ? changed(agent, now, { wrapUpAsked: event.on }) : refused('not-talking');
    case 'lost':
      return reach(agent, [...without(agent.missing, event.what), event.what].sort(), now);
    case 'back':
      return reach(agent, without(agent.missing, event.what), now);
    case 'superseded':
      return reach(agent, without(agent.missing, 'heartbeat'), now);
  }
}

/** When the agent's state ends by itself (UTC ms); null: never. The owner of the clock sends `wrap-up-due` then. */
export function dueAt({ state }: AgentOnFloor): number | null {
  return state.kind === 'wrap-up' ? state.until : null;
}

/** Who logs in has a page that answers. Logged in already: a planned log-out is off. */
function login(agent: AgentOnFloor, now: number): AgentStep {
  const missing = without(agent.missing, 'heartbeat');
  if (agent.state.kind === 'offline') return rest(agent, now, { missing, next: null, idleSince: now });
  const next = agent.next?.kind === 'offline' ? null : agent.next;
  return reach(agent, missing, now, next);
}

/** A talk and its wrap-up are seen to the end first; but a wrap-up without an end of its own would never be. */
function logout(agent: AgentOnFloor, now: number): AgentStep {
  const { state } = agent;
  const next: Plan = { kind: 'offline' };
  const goesOn = isTalking(state) || (state.kind === 'wrap-up' && state.until !== null);
  return goesOn ? changed(agent, now, { next }) : rest(agent, now, { next }, rescinding(state));
}

/** In a talk, its wrap-up and out of reach: nothing is planned for afterwards any more. */
function available(agent: AgentOnFloor, now: number): AgentStep {
  if (agent.state.kind === 'offline') return refused('logged-out');
  return agent.state.kind === 'paused' ? rest(agent, now, { next: null }) : changed(agent, now, { next: null });
}

function pause(agent: AgentOnFloor, paused: StateOf<'paused'>, now: number): AgentStep {
  const { kind } = agent.state;
  if (kind === 'offline') return refused('logged-out');
  return kind === 'available' || kind === 'paused' ? changed(agent, now, { state: paused }) : changed(agent, now, { next: paused });
}

function reserve(agent: AgentOnFloor, { callId, queue, own }: EventOf<'reserve'>, now: number): AgentStep {
  const { state } = agent;
  const reserved: AgentState = { kind: 'reserved', callId, queue };
  if (state.kind === 'available') return changed(agent, now, { state: reserved });
  if (state.kind === 'paused' && own) return changed(agent, now, { state: reserved, next: state });
  return refused(state.kind === 'offline' ? 'logged-out' : 'not-free');
}

function turned(agent: AgentOnFloor, callId: CallId, from: 'talking' | 'held', to: 'talking' | 'held', now: number): AgentStep {
  const { state } = agent;
  if (state.kind !== from || state.callId !== callId) return refused('not-talking');
  return changed(agent, now, { state: { kind: to, callId, queue: state.queue } });
}

function release(agent: AgentOnFloor, { callId, wrapUp }: EventOf<'release'>, now: number): AgentStep {
  const { state } = agent;
  if (!isTalking(state) || state.callId !== callId) return refused('not-talking');
  const over: Change = { idleSince: now, wrapUpAsked: false };
  const until = wrapUpUntil(wrapUp, agent.wrapUpAsked, now);
  if (until === 'none') return rest(agent, now, over);
  return changed(agent, now, { ...over, state: { kind: 'wrap-up', callId, queue: state.queue, until, extended: false } });
}

/** UTC ms; null: until the agent says so; none: there is no wrap-up. */
function wrapUpUntil({ mode, ms }: WrapUpRule, asked: boolean, now: number): number | null | 'none' {
  switch (mode) {
    case 'none':
      return 'none';
    case 'unlimited':
      return null;
    case 'on-request':
      return asked && ms > 0 ? now + ms : 'none';
    case 'optional':
    case 'forced':
      return ms > 0 ? now + ms : 'none';
  }
}

function wrapUpDone(agent: AgentOnFloor, { wrapUp, dispositionRequired, disposed }: EventOf<'wrap-up-done'>, now: number): AgentStep {
  const needed = dispositionRequired || wrapUp.mode === 'forced';
  return needed && !disposed ? refused('needs-disposition') : rest(agent, now);
}

function extend(agent: AgentOnFloor, state: StateOf<'wrap-up'>, { extensionMs }: WrapUpRule, now: number): AgentStep {
  if (state.extended || state.until === null || extensionMs === 0) return refused('no-extension');
  return changed(agent, now, { state: { ...state, until: state.until + extensionMs, extended: true } });
}

/** What is missing takes a free agent, and one who is being rung, out of reach; what is there again brings an unreachable one back. */
function reach(agent: AgentOnFloor, missing: readonly Missing[], now: number, next: Plan = agent.next): AgentStep {
  const { state } = agent;
  switch (state.kind) {
    case 'offline':
    case 'talking':
    case 'held':
    case 'wrap-up':
      return changed(agent, now, { missing, next });
    case 'available':
    case 'unreachable':
      return rest(agent, now, { missing, next });
    case 'paused':
      return missing.length === 0 ? changed(agent, now, { missing, next }) : rest(agent, now, { missing, next: next ?? state });
    case 'reserved':
    case 'ringing':
      return missing.length === 0 ? changed(agent, now, { missing, next }) : rest(agent, now, { missing, next }, rescinding(state));
  }
}

/** Where an agent comes to rest: logged out or paused as planned, out of reach while something is missing, else available. */
function rest(agent: AgentOnFloor, now: number, change: Change = {}, effects: readonly AgentEffect[] = []): AgentStep {
  const { next, missing } = { ...agent, ...change };
  const [reason] = missing;
  const all = [...effects, ...wrappingUp(agent, now)];
  if (next?.kind !== 'offline' && reason !== undefined)
    return changed(agent, now, { ...change, state: { kind: 'unreachable', reason } }, all);
  return changed(agent, now, { ...change, state: next ?? { kind: 'available' }, next: null }, all);
}

function wrappingUp({ state, since }: AgentOnFloor, now: number): readonly AgentEffect[] {
  return state.kind === 'wrap-up' ? [{ kind: 'wrapped-up', callId: state.callId, queue: state.queue, wrapMs: now - since }] : [];
}

function rescinding(state: AgentState): readonly AgentEffect[] {
  return state.kind === 'reserved' || state.kind === 'ringing' ? [{ kind: 'rescind', callId: state.callId }] : [];
}

/** A new version, unless everything is as before. Time in a state begins anew with each change of it, but an extended wrap-up is the same. */
function changed(agent: AgentOnFloor, now: number, change: Change, effects: readonly AgentEffect[] = []): AgentStep {
  const after = { ...agent, ...change };
  const goesOn = same(agent.state, after.state) || (agent.state.kind === 'wrap-up' && after.state.kind === 'wrap-up');
  const untouched =
    same(agent.state, after.state) &&
    same(agent.next ?? {}, after.next ?? {}) &&
    agent.idleSince === after.idleSince &&
    agent.wrapUpAsked === after.wrapUpAsked &&
    agent.missing.join() === after.missing.join();
  if (untouched) return { kind: 'stepped', agent, effects };
  return { kind: 'stepped', agent: { ...after, since: goesOn ? agent.since : now, version: agent.version + 1 }, effects };
}

/** Two states or plans with the same values. */
function same(a: object, b: object): boolean {
  const theirs = new Map<string, unknown>(Object.entries(b));
  return Object.entries(a).length === theirs.size && Object.entries(a).every(([key, value]) => theirs.get(key) === value);
}

function offered(agent: AgentOnFloor, callId: CallId, then: (state: StateOf<'reserved' | 'ringing'>) => AgentStep): AgentStep {
  const { state } = agent;
  return (state.kind === 'reserved' || state.kind === 'ringing') && state.callId === callId ? then(state) : refused('not-offered');
}

function inWrapUp({ state }: AgentOnFloor, then: (state: StateOf<'wrap-up'>) => AgentStep): AgentStep {
  return state.kind === 'wrap-up' ? then(state) : refused('not-in-wrap-up');
}

function isTalking(state: AgentState): state is StateOf<'talking' | 'held'> {
  return state.kind === 'talking' || state.kind === 'held';
}

function without(missing: readonly Missing[], what: Missing): readonly Missing[] {
  return missing.filter((one) => one !== what);
}

function refused(reason: Refusal): AgentStep {
  return { kind: 'refused', reason };
}
