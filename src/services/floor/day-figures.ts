import type { AcdEvent } from '../../domain/acd-event.ts';
import type { AgentOnFloor, AgentStateKind } from '../../domain/agent.ts';
import type { AgentDay } from '../../domain/desk-view.ts';
import type { QueueDay, ServiceLevelView } from '../../domain/floor-view.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Queue, WaitEnd } from '../../domain/queue.ts';

const FORMULA = 'A_T / (A + Ab − Ab_s)';

interface QueueCount {
  offered: number;
  answered: number;
  answeredWithin: number;
  waitedMs: number;
  abandoned: number;
  shortAbandoned: number;
  longestWaitMs: number;
  handledMs: number;
  readonly flowOuts: Map<string, number>;
}

type AgentCount = { -readonly [K in Exclude<keyof AgentDay, 'averageHandleMs' | 'occupancy'>]: number };

/** What the day has brought so far, by queue and by agent; made of the floor's facts alone. */
export class DayFigures {
  #queues = new Map<string, QueueCount>();
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
        this.#queue(event.queue).offered += 1;
        return;
      case 'left':
        return this.#left(event, queues.get(event.queue));
      case 'offered':
        this.#agent(event.agent).offered += 1;
        return;
      case 'offer-ended':
        if (event.how === 'no-answer' || event.how === 'refused' || event.how === 'failed') this.#agent(event.agent).notAnswered += 1;
        return;
      case 'connected':
        this.#agent(event.agent)[event.direction === 'inbound' ? 'answered' : 'outbound'] += 1;
        return;
      case 'released':
        this.#agent(event.agent).talkMs += event.talkMs;
        this.#agent(event.agent).holdMs += event.holdMs;
        if (event.queue !== null) this.#queue(event.queue).handledMs += event.talkMs + event.holdMs;
        return;
      case 'wrapped-up':
        this.#agent(event.agent).wrapMs += event.wrapMs;
        if (event.queue !== null) this.#queue(event.queue).handledMs += event.wrapMs;
        return;
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
    const { offered, answered, answeredWithin, waitedMs, abandoned, shortAbandoned, longestWaitMs, handledMs, flowOuts } =
      this.#queues.get(id) ?? noCount();
    const counted = answered + abandoned - shortAbandoned;
    const parts = { answeredWithin, answered, abandoned, shortAbandoned };
    const value = share(answeredWithin, counted);
    const serviceLevel: ServiceLevelView = { value, formula: FORMULA, withinMs: serviceLevelMs, shortMs: shortAbandonMs, ...parts };
    return {
      ...{ offered, answered, abandoned, shortAbandoned, flowOuts: Object.fromEntries(flowOuts), longestWaitMs },
      averageAnswerMs: mean(waitedMs, answered),
      averageHandleMs: mean(handledMs, answered),
      abandonRate: share(abandoned - shortAbandoned, offered - shortAbandoned),
      serviceLevel,
    };
  }

  /** `now` is UTC ms: the present state counts up to then. */
  agent({ userId, state, since }: AgentOnFloor, now: number): AgentDay {
    const count = { ...(this.#agents.get(userId) ?? noAgentCount()) };
    const open = Math.max(0, now - Math.max(since, this.#from));
    if (state.kind === 'available') count.availableMs += open;
    if (state.kind === 'paused') count.pausedMs += open;
    if (state.kind !== 'offline') count.loggedInMs += open;
    const busy = count.talkMs + count.holdMs + count.wrapMs;
    return { ...count, averageHandleMs: mean(busy, count.answered + count.outbound), occupancy: share(busy, busy + count.availableMs) };
  }

  #left({ how, queue: id, waitedMs }: AcdEvent & { kind: 'left' }, queue: Queue | undefined): void {
    const count = this.#queue(id);
    count.longestWaitMs = Math.max(count.longestWaitMs, waitedMs);
    if (how === 'answered') {
      count.answered += 1;
      count.waitedMs += waitedMs;
      if (queue !== undefined && waitedMs <= queue.serviceLevelMs) count.answeredWithin += 1;
    } else if (how === 'abandoned') {
      count.abandoned += 1;
      if (queue !== undefined && waitedMs < queue.shortAbandonMs) count.shortAbandoned += 1;
    } else raise(count.flowOuts, how);
  }

  #passed(agent: UserId, from: AgentStateKind, at: number): void {
    const before = this.#states.get(agent);
    if (before === undefined || before.kind !== from) return;
    const ms = Math.max(0, at - Math.max(before.since, this.#from));
    const count = this.#agent(agent);
    if (from === 'available') count.availableMs += ms;
    if (from === 'paused') count.pausedMs += ms;
    if (from !== 'offline') count.loggedInMs += ms;
  }

  #queue(id: string): QueueCount {
    const count = this.#queues.get(id) ?? noCount();
    this.#queues.set(id, count);
    return count;
  }

  #agent(id: UserId): AgentCount {
    const count = this.#agents.get(id) ?? noAgentCount();
    this.#agents.set(id, count);
    return count;
  }
}

function noCount(): QueueCount {
  const zero = { offered: 0, answered: 0, answeredWithin: 0, waitedMs: 0, abandoned: 0, shortAbandoned: 0 };
  return { ...zero, longestWaitMs: 0, handledMs: 0, flowOuts: new Map() };
}

function noAgentCount(): AgentCount {
  const calls = { offered: 0, answered: 0, notAnswered: 0, outbound: 0, transferred: 0 };
  return { ...calls, talkMs: 0, holdMs: 0, wrapMs: 0, availableMs: 0, pausedMs: 0, loggedInMs: 0 };
}

function raise(counts: Map<string, number>, how: WaitEnd): void {
  counts.set(how, (counts.get(how) ?? 0) + 1);
}

function share(part: number, whole: number): number | null {
  return whole <= 0 ? null : part / whole;
}

function mean(sum: number, count: number): number | null {
  return count === 0 ? null : Math.round(sum / count);
}
