import type { AgentStateKind } from '../domain/agent.ts';

/** How waits end that are neither answered nor abandoned. */
export const FLOW_OUTS = ['key', 'overflow', 'full', 'too-long', 'no-agents', 'closed', 'moved', 'failed'] as const;
export type FlowOut = (typeof FLOW_OUTS)[number];

/** What there was of the calls offered to a queue in a span of time. Only these are added up; shares are made of the sums. Times in ms. */
export interface QueueCounts {
  readonly offered: number;
  readonly answered: number;
  /** Within the queue's service level. */
  readonly answeredInTime: number;
  readonly abandoned: number;
  /** Hung up so soon that they have not been waiting; they are among the abandoned. */
  readonly shortAbandoned: number;
  /** Hung up within the service level, short ones as well. */
  readonly abandonedInTime: number;
  readonly flowOuts: Readonly<Record<FlowOut, number>>;
  /** Neither answered nor gone. */
  readonly waiting: number;
  /** Of those, who have waited less than the service level. */
  readonly waitingInTime: number;
  readonly waitAnsweredMs: number;
  readonly waitAbandonedMs: number;
  readonly longestWaitMs: number;
  /** Offers to agents, and how many of them nobody took. */
  readonly agentOffers: number;
  readonly notAnswered: number;
  /** Talks that are over. */
  readonly handled: number;
  readonly talkMs: number;
  readonly holdMs: number;
  readonly wrapMs: number;
  readonly transferred: number;
}

/** The same of an agent: talks that began, offers that were made, and time in each state, in a span of time. */
export interface AgentCounts {
  /** Talks that began, by who called whom. */
  readonly answered: number;
  readonly outbound: number;
  readonly agentOffers: number;
  readonly notAnswered: number;
  readonly refused: number;
  readonly handled: number;
  readonly talkMs: number;
  readonly holdMs: number;
  readonly wrapMs: number;
  readonly transferred: number;
  readonly stateMs: Readonly<Record<AgentStateKind, number>>;
}

export const NO_QUEUE_COUNTS: QueueCounts = {
  offered: 0,
  answered: 0,
  answeredInTime: 0,
  abandoned: 0,
  shortAbandoned: 0,
  abandonedInTime: 0,
  flowOuts: { key: 0, overflow: 0, full: 0, 'too-long': 0, 'no-agents': 0, closed: 0, moved: 0, failed: 0 },
  waiting: 0,
  waitingInTime: 0,
  waitAnsweredMs: 0,
  waitAbandonedMs: 0,
  longestWaitMs: 0,
  agentOffers: 0,
  notAnswered: 0,
  handled: 0,
  talkMs: 0,
  holdMs: 0,
  wrapMs: 0,
  transferred: 0,
};

export const NO_AGENT_COUNTS: AgentCounts = {
  answered: 0,
  outbound: 0,
  agentOffers: 0,
  notAnswered: 0,
  refused: 0,
  handled: 0,
  talkMs: 0,
  holdMs: 0,
  wrapMs: 0,
  transferred: 0,
  stateMs: { offline: 0, available: 0, reserved: 0, ringing: 0, talking: 0, held: 0, 'wrap-up': 0, paused: 0, unreachable: 0 },
};

/** Some of the counts; all others are 0. */
export type SomeCounts<T> = { readonly [K in keyof T]?: T[K] extends number ? number : Partial<T[K]> };

type Tree = { [key: string]: number | Tree };

/** Counts of their own, which `addInto` may change. */
export function freshCounts<T extends QueueCounts | AgentCounts>(none: T): T {
  // A report has a million of them: two levels are copied by hand, which is many times quicker than by structuredClone.
  return 'flowOuts' in none ? { ...none, flowOuts: { ...none.flowOuts } } : { ...none, stateMs: { ...none.stateMs } };
}

/** Adds to counts in place; of the longest waits the longer one stays. Counting is most of a report's work, so nothing is copied. */
export function addInto<T extends QueueCounts | AgentCounts>(counts: T, more: SomeCounts<T>): void {
  addTree(counts as unknown as Tree, more as unknown as Tree);
}

function addTree(sum: Tree, more: Tree): void {
  for (const key of Object.keys(more)) {
    const value = more[key];
    const before = sum[key];
    if (typeof value === 'number' && typeof before === 'number')
      sum[key] = key === 'longestWaitMs' ? Math.max(before, value) : before + value;
    else if (typeof value === 'object' && typeof before === 'object') addTree(before, value);
  }
}

/** Sums, but the longest wait of all. */
export function sumQueueCounts(all: readonly QueueCounts[]): QueueCounts {
  return summed(NO_QUEUE_COUNTS, all);
}

export function sumAgentCounts(all: readonly AgentCounts[]): AgentCounts {
  return summed(NO_AGENT_COUNTS, all);
}

function summed<T extends QueueCounts | AgentCounts>(none: T, all: readonly T[]): T {
  const sum = freshCounts(none);
  for (const one of all) addInto(sum, one as SomeCounts<T>);
  return sum;
}
