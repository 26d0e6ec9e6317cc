import { addInto, freshCounts, NO_QUEUE_COUNTS, type QueueCounts, type SomeCounts } from '../../acd/counts.ts';
import { QUEUE_FIGURES, SERVICE_LEVEL } from '../../acd/figures.ts';
import type { AcdEvent } from '../../domain/acd-event.ts';
import type { AgentOnFloor, AgentStateKind } from '../../domain/agent.ts';
import type { AgentDay } from '../../domain/desk-view.ts';
import type { QueueDay, ServiceLevelView } from '../../domain/floor-view.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Queue } from '../../domain/queue.ts';

type AgentCount = { -readonly [K in Exclude<keyof AgentDay, 'averageHandleMs' | 'occupancy'>]: number };

/** What the day has brought so far, by queue and by agent; made of the floor's facts alone. */
export class DayFigures {
  #queues = new Map<string, QueueCounts>();
  #agents = new Map<UserId, AgentCount>();
  /** Since when each agent is in the present state. */
  #states = new Map<UserId, { readonly kind: AgentStateKind; readonly since: number }>();
  #from = 0;

  /** A new day begins: `from` is UTC ms of its first moment; states go on. */
  begin(from: number): void {
    this.#from = from;
    this.#queues = new Map();
    this.#agents = new Map();
  }

  note(event: AcdEvent, queues: ReadonlyMap<string, Queue>): void {
    switch (event.kind) {
      case 'entered':
        return this.#count(event.queue, { offered: 1 });
      case 'left':
        return this.#left(event, queues.get(event.queue));
      case 'offered':
        this.#agent(event.agent).offered += 1;
        return;
      case 'offer-ended':
        if (event.how === 'no-answer' || event.how === 'refused') this.#agent(event.agent).notAnswered += 1;
        return;
      case 'connected':
        this.#agent(event.agent)[event.direction === 'inbound' ? 'answered' : 'outbound'] += 1;
        return;
      case 'released':
        this.#agent(event.agent).talkMs += event.talkMs;
        this.#agent(event.agent).holdMs += event.holdMs;
        return this.#count(event.queue, { handled: 1, talkMs: event.talkMs, holdMs: event.holdMs });
      case 'wrapped-up':
        this.#agent(event.agent).wrapMs += event.wrapMs;
        return this.#count(event.queue, { wrapMs: event.wrapMs });
      case 'transferred':
        this.#agent(event.agent).transferred += 1;
        return;
      case 'agent-state':
        this.#passed(event.agent, event.from, event.at);
        this.#states.set(event.agent, { kind: event.to, since: event.at });
        return;
      case 'held':
      case 'resumed':
      case 'gap':
        return;
    }
  }

  queue(id: string, { serviceLevelMs, shortAbandonMs }: Pick<Queue, 'serviceLevelMs' | 'shortAbandonMs'>): QueueDay {
    const counts = this.#queues.get(id) ?? NO_QUEUE_COUNTS;
    const { offered, answered, abandoned, shortAbandoned, longestWaitMs, answeredInTime } = counts;
    const flowOuts = Object.fromEntries(Object.entries(counts.flowOuts).filter(([, count]) => count > 0));
    const serviceLevel: ServiceLevelView = {
      ...{ value: SERVICE_LEVEL.of(counts), formula: SERVICE_LEVEL.formula, withinMs: serviceLevelMs, shortMs: shortAbandonMs },
      ...{ answeredWithin: answeredInTime, answered, abandoned, shortAbandoned },
    };
    return {
      ...{ offered, answered, abandoned, shortAbandoned, flowOuts, longestWaitMs, serviceLevel },
      averageAnswerMs: rounded(QUEUE_FIGURES.averageAnswerMs.of(counts)),
      averageHandleMs: rounded(QUEUE_FIGURES.averageHandleMs.of(counts)),
      abandonRate: QUEUE_FIGURES.abandonRate.of(counts),
    };
  }

  /** `now` is UTC ms: the present state counts up to then. */
  agent({ userId, state, since }: AgentOnFloor, now: number): AgentDay {
    const count = { ...(this.#agents.get(userId) ?? noAgentCount()) };
    const open = Math.max(0, now - Math.max(since, this.#from));
    if (isIdle(state.kind)) count.availableMs += open;
    if (state.kind === 'paused') count.pausedMs += open;
    if (state.kind !== 'offline') count.loggedInMs += open;
    const busy = count.talkMs + count.holdMs + count.wrapMs;
    return { ...count, averageHandleMs: mean(busy, count.answered + count.outbound), occupancy: share(busy, busy + count.availableMs) };
  }

  #left({ how, queue: id, waitedMs }: AcdEvent & { kind: 'left' }, queue: Queue | undefined): void {
    const inTime = queue !== undefined && waitedMs <= queue.serviceLevelMs ? 1 : 0;
    const short = queue !== undefined && waitedMs < queue.shortAbandonMs ? 1 : 0;
    this.#count(id, { longestWaitMs: waitedMs });
    if (how === 'answered') this.#count(id, { answered: 1, answeredInTime: inTime, waitAnsweredMs: waitedMs });
    else if (how === 'abandoned')
      this.#count(id, { abandoned: 1, shortAbandoned: short, abandonedInTime: inTime, waitAbandonedMs: waitedMs });
    else this.#count(id, { flowOuts: { [how]: 1 } });
  }

  #count(id: string | null, change: SomeCounts<QueueCounts>): void {
    if (id === null) return;
    const counts = this.#queues.get(id) ?? freshCounts(NO_QUEUE_COUNTS);
    this.#queues.set(id, counts);
    addInto(counts, change);
  }

  #passed(agent: UserId, from: AgentStateKind, at: number): void {
    const before = this.#states.get(agent);
    if (before === undefined || before.kind !== from) return;
    const ms = Math.max(0, at - Math.max(before.since, this.#from));
    const count = this.#agent(agent);
    if (isIdle(from)) count.availableMs += ms;
    if (from === 'paused') count.pausedMs += ms;
    if (from !== 'offline') count.loggedInMs += ms;
  }

  #agent(id: UserId): AgentCount {
    const count = this.#agents.get(id) ?? noAgentCount();
    this.#agents.set(id, count);
    return count;
  }
}

function noAgentCount(): AgentCount {
  const calls = { offered: 0, answered: 0, notAnswered: 0, outbound: 0, transferred: 0 };
  return { ...calls, talkMs: 0, holdMs: 0, wrapMs: 0, availableMs: 0, pausedMs: 0, loggedInMs: 0 };
}

/** Without a call on the line, and not paused. */
function isIdle(kind: AgentStateKind): boolean {
  return kind === 'available' || kind === 'reserved' || kind === 'ringing';
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

function share(part: number, whole: number): number | null {
  return whole <= 0 ? null : part / whole;
}

function mean(sum: number, count: number): number | null {
  return count === 0 ? null : Math.round(sum / count);
}
