import type { AgentCounts, QueueCounts } from '../../acd/counts.ts';
import { AGENT_FIGURES, loggedInMs, QUEUE_FIGURES, SERVICE_LEVEL } from '../../acd/figures.ts';
import { createLiveFigures, type FigureRules } from '../../acd/live-figures.ts';
import type { AcdEvent } from '../../domain/acd-event.ts';
import type { AgentOnFloor, AgentStateKind } from '../../domain/agent.ts';
import type { AgentDay } from '../../domain/desk-view.ts';
import type { QueueDay, ServiceLevelView } from '../../domain/floor-view.ts';
import type { AcdEventId, UserId } from '../../domain/ids.ts';
import { addDays, dayBegin, localDay } from '../../domain/local-day.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FloorStore } from '../../ports/floor-store.ts';

const FACTS_AT_ONCE = 5000;
/** Of a queue that is no longer defined: nothing of it is shown. */
const NO_RULES: FigureRules = { serviceLevelMs: 0, shortAbandonMs: 0 };

export interface TodayNeeds {
  readonly store: Pick<FloorStore, 'events'>;
  readonly clock: Clock;
  readonly zone: string;
  readonly brand: Parameters<FloorStore['events']>[0]['brand'];
  readonly rulesOf: (queue: string) => FigureRules | undefined;
  /** The floor's agents as they are now. */
  readonly agents: () => Iterable<AgentOnFloor>;
  /** A new day has begun. */
  readonly changed: () => void;
}

/** What the day has brought so far, by queue and by agent: by the same machine as the reports, and of the same facts alone. */
export interface Today {
  /** Counts what is on record of today. Until then facts are kept, and what is shown is nothing. */
  start(): Promise<void>;
  note(event: AcdEvent): void;
  queue(id: string, rules: FigureRules): QueueDay;
  agent(id: UserId): AgentDay;
  stop(): void;
}

export function createToday({ store, clock, zone, brand, rulesOf, agents, changed }: TodayNeeds): Today {
  const machineFrom = (from: number, states: ReadonlyMap<UserId, AgentStateKind>) =>
    createLiveFigures({ from, states, rulesOf: (queue) => rulesOf(queue) ?? NO_RULES });
  let figures = machineFrom(clock.now(), new Map());
  /** What happened while the record was being read; null: it has been. */
  let heard: AcdEvent[] | null = [];
  let cancelMidnight = (): void => undefined;

  function awaitMidnight(): void {
    const now = clock.now();
    const next = dayBegin(zone, addDays(localDay(zone, now), 1));
    cancelMidnight();
    cancelMidnight = clock.setTimer(Math.max(1, next - now), () => {
      figures.forgetBefore(next);
      awaitMidnight();
      changed();
    });
  }

  async function onRecord(from: number, to: number): Promise<AcdEvent[]> {
    const all: AcdEvent[] = [];
    for (let after: AcdEventId | undefined; ; ) {
      const events = await store.events({ brand, from, to, limit: FACTS_AT_ONCE, ...(after === undefined ? {} : { after }) });
      all.push(...events);
      after = events.at(-1)?.id;
      if (events.length < FACTS_AT_ONCE) return all;
    }
  }

  return {
    async start() {
      awaitMidnight();
      const from = dayBegin(zone, localDay(zone, clock.now()));
      const stored = await onRecord(from, clock.now() + 1);
      const known = new Set(stored.map(({ id }) => id));
      const all = [...stored, ...(heard ?? []).filter(({ id }) => !known.has(id))].toSorted((a, b) => a.at - b.at);
      figures = machineFrom(from, statesAt(from, all, agents()));
      for (const event of all) figures.add(event);
      heard = null;
      changed();
    },
    note(event) {
      if (heard === null) figures.add(event);
      else heard.push(event);
    },
    queue: (id, rules) => queueDay(figures.queueSum(id, clock.now()), rules),
    agent: (id) => agentDay(figures.agentSum(id, clock.now())),
    stop: () => cancelMidnight(),
  };
}

/** What agents were at `from`: what their first change of the day came from, or what they still are. */
function statesAt(from: number, events: readonly AcdEvent[], agents: Iterable<AgentOnFloor>): ReadonlyMap<UserId, AgentStateKind> {
  const states = new Map<UserId, AgentStateKind>();
  for (const event of events) if (event.kind === 'agent-state' && !states.has(event.agent)) states.set(event.agent, event.from);
  for (const { userId, state, since } of agents) if (!states.has(userId) && since <= from) states.set(userId, state.kind);
  return states;
}

function queueDay(counts: QueueCounts, { serviceLevelMs, shortAbandonMs }: FigureRules): QueueDay {
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

function agentDay(counts: AgentCounts): AgentDay {
  const { agentOffers: offered, answered, outbound, notAnswered, transferred, talkMs, holdMs, wrapMs, stateMs } = counts;
  return {
    ...{ offered, answered, notAnswered, outbound, transferred, talkMs, holdMs, wrapMs },
    availableMs: stateMs.available + stateMs.reserved + stateMs.ringing,
    pausedMs: stateMs.paused,
    loggedInMs: loggedInMs(counts),
    averageHandleMs: rounded(AGENT_FIGURES.averageHandleMs.of(counts)),
    occupancy: AGENT_FIGURES.occupancy.of(counts),
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}
