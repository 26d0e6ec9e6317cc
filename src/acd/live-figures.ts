import type { AcdEvent } from '../domain/acd-event.ts';
import type { AgentStateKind } from '../domain/agent.ts';
import type { AcdEventId, UserId } from '../domain/ids.ts';
import { quarterOf } from '../domain/quarter.ts';
import { type AgentCounts, addInto, freshCounts, NO_AGENT_COUNTS, NO_QUEUE_COUNTS, type QueueCounts, type SomeCounts } from './counts.ts';
import { splitByQuarter } from './intervals.ts';

/** What counts as answered in time, and as not waited at all. */
export interface FigureRules {
  readonly serviceLevelMs: number;
  readonly shortAbandonMs: number;
}

export interface FigureSettings {
  readonly rulesOf: (queue: string) => FigureRules;
  /** UTC ms from which events are told; calls that were offered before it do not count. */
  readonly from: number;
  /** The agents' states at `from`, where they are known: who does nothing all the time is not in the events. */
  readonly states?: ReadonlyMap<UserId, AgentStateKind>;
}

/** Counts of one quarter hour; `quarter` is its beginning, UTC ms. */
export interface QueueQuarter {
  readonly quarter: number;
  readonly queue: string;
  readonly counts: QueueCounts;
}
export interface AgentQuarter {
  readonly quarter: number;
  readonly agent: UserId;
  readonly counts: AgentCounts;
}

export interface Counted {
  /** By time, then by name. */
  readonly queues: readonly QueueQuarter[];
  readonly agents: readonly AgentQuarter[];
  /** The engine was away: what these spans hold is not all there was. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}

/** Counts as things happen. The report of a span that is over is made by the same machine, so there is one book only. */
export interface LiveFigures {
  /** Events in the order of their time. */
  add(event: AcdEvent): void;
  /** All quarters up to `until` (UTC ms, not before the last event), with who waits and what agents do then. */
  at(until: number): Counted;
  /** The sum of `at(until)` over one queue's quarters, without making all of them. */
  queueSum(queue: string, until: number): QueueCounts;
  /** The same of one agent. */
  agentSum(agent: UserId, until: number): AgentCounts;
  /** Quarters that begin before are dropped, with what still might change them. */
  forgetBefore(utcMs: number): void;
  /** Gives and drops them: a long report is made of what is over, and holds no more. Who waits since then counts as waiting at `now`. */
  takeBefore(utcMs: number, now: number): Pick<Counted, 'queues' | 'agents'>;
}

interface Wait {
  readonly queue: string;
  readonly at: number;
  readonly over: boolean;
}
interface Talk {
  readonly agent: UserId;
  /** When it began: the agent's figures belong there, the queue's where the call was offered. */
  readonly at: number;
  readonly waitId: AcdEventId | null;
}

/** A machine that has seen nothing yet. */
export function createLiveFigures(settings: FigureSettings): LiveFigures {
  const queues: Quarters<QueueQuarter> = new Map();
  const agents: Quarters<AgentQuarter> = new Map();
  const waits = new Map<AcdEventId, Wait>();
  const open = new Set<AcdEventId>();
  const talks = new Map<AcdEventId, Talk>();
  const offers = new Map<string, number>();
  const states = new Map([...(settings.states ?? [])].map(([agent, kind]) => [agent, { kind, since: settings.from }]));
  let gaps: Counted['gaps'] = [];

  const countWait = (waitId: AcdEventId | null, change: SomeCounts<QueueCounts>): void => {
    const wait = waitId === null ? undefined : waits.get(waitId);
    if (wait !== undefined) addInto(queueAt(queues, wait.at, wait.queue).counts, change);
  };
  const countAgent = (agent: UserId, at: number, change: SomeCounts<AgentCounts>): void =>
    addInto(agentAt(agents, at, agent).counts, change);
  const countTalk = (
    talkId: AcdEventId,
    change: SomeCounts<Pick<QueueCounts & AgentCounts, 'handled' | 'talkMs' | 'holdMs' | 'wrapMs' | 'transferred'>>,
  ): void => {
    const talk = talks.get(talkId);
    if (talk === undefined) return;
    countAgent(talk.agent, talk.at, change);
    countWait(talk.waitId, change);
  };

  const left = (event: Extract<AcdEvent, { kind: 'left' }>): void => {
    const wait = waits.get(event.waitId);
    if (wait === undefined || wait.over) return;
    countWait(event.waitId, ended(event, settings.rulesOf(wait.queue)));
    waits.set(event.waitId, { ...wait, over: true });
    open.delete(event.waitId);
  };
  const moved = (event: Extract<AcdEvent, { kind: 'agent-state' }>): void => {
    const known = states.get(event.agent);
    const since = known?.since ?? settings.from;
    // Who was not there and comes only now is in no quarter before: a long report has given those away already.
    if (known !== undefined || event.from !== 'offline')
      for (const { quarter, ms } of splitByQuarter(since, event.at)) countAgent(event.agent, quarter, inState(event.from, ms));
    states.set(event.agent, { kind: event.to, since: event.at });
  };
  /** Nobody knows what agents did while the engine was away. */
  const away = (from: number, to: number): void => {
    gaps = [...gaps, { from, to }];
    for (const [agent, { kind, since }] of states) {
      for (const { quarter, ms } of splitByQuarter(since, from)) countAgent(agent, quarter, inState(kind, ms));
      states.set(agent, { kind, since: to });
    }
  };

  const add = (event: AcdEvent): void => {
    switch (event.kind) {
      case 'entered':
        waits.set(event.id, { queue: event.queue, at: event.at, over: false });
        open.add(event.id);
        return countWait(event.id, { offered: 1 });
      case 'left':
        return left(event);
      case 'offered':
        offers.set(`${event.waitId} ${event.agent}`, event.at);
        countAgent(event.agent, event.at, { agentOffers: 1 });
        return countWait(event.waitId, { agentOffers: 1 });
      case 'offer-ended': {
        const key = `${event.waitId} ${event.agent}`;
        const at = offers.get(key);
        offers.delete(key);
        if (at === undefined || (event.how !== 'no-answer' && event.how !== 'refused')) return;
        countAgent(event.agent, at, event.how === 'refused' ? { refused: 1 } : { notAnswered: 1 });
        return event.how === 'no-answer' ? countWait(event.waitId, { notAnswered: 1 }) : undefined;
      }
      case 'connected':
        talks.set(event.id, { agent: event.agent, at: event.at, waitId: event.waitId });
        return countAgent(event.agent, event.at, event.direction === 'outbound' ? { outbound: 1 } : { answered: 1 });
      case 'released':
        return countTalk(event.talkId, { handled: 1, talkMs: event.talkMs, holdMs: event.holdMs });
      case 'wrapped-up':
        return countTalk(event.talkId, { wrapMs: event.wrapMs });
      case 'transferred':
        return countTalk(event.talkId, { transferred: 1 });
      case 'agent-state':
        return moved(event);
      case 'gap':
        return away(Math.max(event.from, settings.from), event.at);
      case 'held':
      case 'resumed':
        return;
    }
  };

  /** What still goes on at that moment, on top of the counts. */
  const waitsOn = (until: number, tell: (wait: Wait, more: SomeCounts<QueueCounts>) => void): void => {
    for (const id of open) {
      const wait = waits.get(id);
      if (wait === undefined) continue;
      const longestWaitMs = until - wait.at;
      const waitingInTime = longestWaitMs < settings.rulesOf(wait.queue).serviceLevelMs ? 1 : 0;
      tell(wait, { waiting: 1, waitingInTime, longestWaitMs });
    }
  };
  const at = (until: number): Counted => {
    const queuesNow = copied(queues);
    const agentsNow = copied(agents);
    waitsOn(until, (wait, more) => addInto(queueAt(queuesNow, wait.at, wait.queue).counts, more));
    for (const [agent, { kind, since }] of states)
      for (const { quarter, ms } of splitByQuarter(since, until)) addInto(agentAt(agentsNow, quarter, agent).counts, inState(kind, ms));
    return { queues: sorted(queuesNow), agents: sorted(agentsNow), gaps };
  };
  const queueSum = (queue: string, until: number): QueueCounts => {
    const sum = summed(NO_QUEUE_COUNTS, queues.get(queue));
    waitsOn(until, (wait, more) => (wait.queue === queue ? addInto(sum, more) : undefined));
    return sum;
  };
  const agentSum = (agent: UserId, until: number): AgentCounts => {
    const sum = summed(NO_AGENT_COUNTS, agents.get(agent));
    const state = states.get(agent);
    if (state !== undefined) addInto(sum, inState(state.kind, Math.max(0, until - state.since)));
    return sum;
  };

  const forgetBefore = (utcMs: number): void => {
    for (const all of [queues, agents])
      for (const [name, ofName] of all) {
        for (const quarter of ofName.keys()) if (quarter < utcMs) ofName.delete(quarter);
        if (ofName.size === 0) all.delete(name);
      }
    for (const map of [waits, talks]) for (const [key, { at }] of map) if (quarterOf(at) < utcMs) map.delete(key);
    for (const id of open) if (!waits.has(id)) open.delete(id);
    for (const [key, at] of offers) if (quarterOf(at) < utcMs) offers.delete(key);
    for (const [agent, { kind, since }] of states) if (since < utcMs) states.set(agent, { kind, since: utcMs });
    gaps = gaps.filter(({ to }) => to > utcMs);
  };

  const takeBefore = (utcMs: number, now: number): Pick<Counted, 'queues' | 'agents'> => {
    waitsOn(now, ({ at, queue }, more) => (quarterOf(at) < utcMs ? addInto(queueAt(queues, at, queue).counts, more) : undefined));
    for (const [agent, { kind, since }] of states) {
      for (const { quarter, ms } of splitByQuarter(since, Math.min(utcMs, now))) countAgent(agent, quarter, inState(kind, ms));
      if (since < utcMs) states.set(agent, { kind, since: Math.min(utcMs, now) });
    }
    const taken = { queues: sorted(before(queues, utcMs)), agents: sorted(before(agents, utcMs)) };
    forgetBefore(utcMs);
    return taken;
  };
  return { add, at, queueSum, agentSum, forgetBefore, takeBefore };
}

/** The report of a span that is over: all its events, and later ones of calls that were offered in it. */
export function countEvents(events: Iterable<AcdEvent>, settings: FigureSettings, until: number): Counted {
  const machine = createLiveFigures(settings);
  for (const event of events) machine.add(event);
  return machine.at(until);
}

function ended(
  { how, waitedMs }: Extract<AcdEvent, { kind: 'left' }>,
  { serviceLevelMs, shortAbandonMs }: FigureRules,
): SomeCounts<QueueCounts> {
  const inTime = waitedMs <= serviceLevelMs ? 1 : 0;
  if (how === 'answered') return { answered: 1, answeredInTime: inTime, waitAnsweredMs: waitedMs, longestWaitMs: waitedMs };
  if (how !== 'abandoned') return { flowOuts: { [how]: 1 }, longestWaitMs: waitedMs };
  const short = waitedMs <= shortAbandonMs ? 1 : 0;
  return { abandoned: 1, shortAbandoned: short, abandonedInTime: inTime, waitAbandonedMs: waitedMs, longestWaitMs: waitedMs };
}

function inState(kind: AgentStateKind, ms: number): SomeCounts<AgentCounts> {
  return { stateMs: { [kind]: ms } };
}

/** By name, then by quarter. */
type Quarters<T> = Map<string, Map<number, T>>;

function queueAt(all: Quarters<QueueQuarter>, utcMs: number, queue: string): QueueQuarter {
  return known(all, queue, quarterOf(utcMs), (quarter) => ({ quarter, queue, counts: freshCounts(NO_QUEUE_COUNTS) }));
}

function agentAt(all: Quarters<AgentQuarter>, utcMs: number, agent: UserId): AgentQuarter {
  return known(all, agent, quarterOf(utcMs), (quarter) => ({ quarter, agent, counts: freshCounts(NO_AGENT_COUNTS) }));
}

function known<T>(all: Quarters<T>, name: string, quarter: number, make: (quarter: number) => T): T {
  const ofName = all.get(name) ?? new Map<number, T>();
  all.set(name, ofName);
  const one = ofName.get(quarter) ?? make(quarter);
  ofName.set(quarter, one);
  return one;
}

function summed<T extends QueueCounts | AgentCounts>(none: T, quarters: ReadonlyMap<number, { readonly counts: T }> | undefined): T {
  const sum = freshCounts(none);
  for (const { counts } of quarters?.values() ?? []) addInto(sum, counts as SomeCounts<T>);
  return sum;
}

function copied<T extends { readonly counts: QueueCounts | AgentCounts }>(all: Quarters<T>): Quarters<T> {
  const copy = (ofName: ReadonlyMap<number, T>) =>
    new Map([...ofName].map(([quarter, one]) => [quarter, { ...one, counts: freshCounts(one.counts) }]));
  return new Map([...all].map(([name, ofName]) => [name, copy(ofName)]));
}

function before<T extends { readonly quarter: number }>(all: Quarters<T>, utcMs: number): Quarters<T> {
  const early = (ofName: ReadonlyMap<number, T>) => new Map([...ofName].filter(([quarter]) => quarter < utcMs));
  return new Map([...all].map(([name, ofName]) => [name, early(ofName)]));
}

function sorted<T extends { readonly quarter: number }>(all: Quarters<T>): readonly T[] {
  const named = [...all].flatMap(([name, ofName]) => [...ofName.values()].map((one) => [name, one] as const));
  return named.sort(([a, one], [b, other]) => one.quarter - other.quarter || (a < b ? -1 : 1)).map(([, one]) => one);
}
