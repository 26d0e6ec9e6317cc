import type { FloorDecision, FloorState, Waiting } from '../../src/acd/floor-state.ts';
import type { AgentOnFloor, AgentState } from '../../src/domain/agent.ts';
import type { BrandId } from '../../src/domain/brand.ts';
import type { AcdEventId, CallId, UserId } from '../../src/domain/ids.ts';
import type { Queue } from '../../src/domain/queue.ts';

/** All tests of the floor begin here: UTC ms of a Monday morning. */
export const NOON = Date.UTC(2026, 2, 2, 9, 0);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

export const callOf = (name: string): CallId => `call_${name}` as CallId;
export const agentOf = (name: string): UserId => `usr_${name}` as UserId;

/** A queue that asks for nothing and never sends anybody off, but what is said otherwise. */
export function queueOf(id: string, other: Partial<Queue> = {}): Queue {
  return {
    id,
    brand: 'santral' as BrandId,
    label: { tr: id, en: id },
    skills: {},
    widening: [],
    sticky: null,
    classes: { standard: 0, vip: 2 * MINUTE },
    hardMaxWaitMs: 10 * MINUTE,
    offerMs: 15 * SECOND,
    wrapUp: { mode: 'forced', ms: 30 * SECOND, extensionMs: 0 },
    dispositions: null,
    dispositionRequired: false,
    overflow: { afterMs: null, length: null, estimatedWaitMs: null },
    emptyAtJoin: 'wait',
    whenLastLeaves: 'wait',
    calendar: null,
    atClosing: 'serve',
    comfort: { everyMs: 0, prompts: [], keys: {}, position: false, estimatedWait: false },
    whisper: null,
    welcome: null,
    recordingNotice: null,
    record: null,
    recordingDays: null,
    callerId: null,
    serviceLevelMs: 20 * SECOND,
    shortAbandonMs: 5 * SECOND,
    callbackGroup: id,
    callbackShare: 50,
    ...other,
  };
}

/** A caller who waits since `waitedMs` before NOON. */
export function waiting(name: string, waitedMs: number, other: Partial<Waiting> = {}): Waiting {
  return {
    callId: callOf(name),
    waitId: `acd_${name}` as AcdEventId,
    queue: 'support',
    since: NOON - waitedMs,
    enteredAt: NOON - waitedMs,
    callback: false,
    class: 'standard',
    skills: {},
    lastAgent: null,
    offeredTo: null,
    passedBy: [],
    busy: false,
    ...other,
  };
}

/** An agent who has been idle for `idleMs` at NOON. */
export function agent(name: string, idleMs = 0, other: Partial<AgentOnFloor> = {}): AgentOnFloor {
  return {
    userId: agentOf(name),
    state: { kind: 'available' },
    since: NOON - idleMs,
    idleSince: NOON - idleMs,
    skills: {},
    queues: ['support'],
    missing: [],
    wrapUpAsked: false,
    next: null,
    version: 1,
    ...other,
  };
}

export const talkingWith = (name: string, queue = 'support'): AgentState => ({ kind: 'talking', callId: callOf(name), queue });

export function floor(
  parts: { readonly queues?: readonly Queue[]; readonly waiting?: readonly Waiting[]; readonly agents?: readonly AgentOnFloor[] } & Partial<
    Pick<FloorState, 'open' | 'callbackCredit'>
  >,
): FloorState {
  const { queues = [queueOf('support')], waiting = [], agents = [], open = new Set(), callbackCredit = new Map() } = parts;
  return {
    queues: new Map(queues.map((queue) => [queue.id, queue])),
    waiting,
    agents: new Map(agents.map((one) => [one.userId, one])),
    open,
    callbackCredit,
  };
}

/** Decisions in short: `anna>bob` offers the caller anna to the agent bob, `anna:overflow` lets her leave. */
export function inShort(decisions: readonly FloorDecision[]): readonly string[] {
  const name = (id: string): string => id.slice(id.indexOf('_') + 1);
  return decisions.map((one) => `${name(one.callId)}${one.kind === 'offer' ? `>${name(one.agent)}` : `:${one.how}`}`);
}
