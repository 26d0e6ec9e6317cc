import { ranked } from '../../acd/order.ts';
import { type AgentOnFloor, type AgentPlace, PAUSE_REASONS } from '../../domain/agent.ts';
import type { AgentSnapshot, AgentView, DeskNews, DispositionTreeView } from '../../domain/desk-view.ts';
import type { DispositionChoice, DispositionTree } from '../../domain/disposition.ts';
import type { FloorAgent, FloorQueue, FloorView, FloorWait } from '../../domain/floor-view.ts';
import type { UserId } from '../../domain/ids.ts';
import { maskNumber } from '../../domain/mask-number.ts';
import type { Queue } from '../../domain/queue.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FloorStore } from '../../ports/floor-store.ts';
import type { DeskFloor } from '../desk/desk.ts';
import type { Pops } from '../desk/pops.ts';
import { type CardNeeds, callCardOf } from './call-card.ts';
import type { Floor } from './floor-shape.ts';
import { createToday } from './today.ts';

export interface BoardNeeds extends CardNeeds {
  readonly floor: Floor;
  readonly store: Pick<FloorStore, 'events'>;
  readonly clock: Clock;
  readonly zone: string;
  readonly brand: Parameters<FloorStore['events']>[0]['brand'];
  readonly dispositions: ReadonlyMap<string, DispositionTree>;
  /** The login of an agent. */
  readonly nameOf: (userId: UserId) => string;
  /** Who may be calling on an agent's line. */
  readonly pops: Pick<Pops, 'of' | 'again'>;
}

/** What agents and supervisors see of the floor. */
export interface Board extends DeskFloor {
  /** Counts what today has brought already. */
  start(): Promise<void>;
  agentView(userId: UserId): AgentView | undefined;
  floorAgent(userId: UserId): FloorAgent | undefined;
  floorAgents(): FloorAgent[];
  queues(): FloorQueue[];
  view(): FloorView;
  /** News of others for an agent's page. */
  tell(agent: UserId, news: DeskNews): void;
  /** Called whenever something of `view` changes. */
  watchFloor(changed: () => void): () => void;
  stop(): void;
}

export function createBoard(needs: BoardNeeds): Board {
  const { floor, clock, zone, brand, store } = needs;
  const desks = new Set<(agent: UserId, news: DeskNews) => void>();
  const boards = new Set<() => void>();

  const changed = (): void => {
    for (const listener of boards) listener();
  };

  const today = createToday({
    ...{ store, clock, zone, brand, changed },
    rulesOf: (queue) => needs.queues().get(queue),
    agents: () => floor.state().agents.values(),
  });

  function tell(agent: UserId, news: DeskNews): void {
    for (const listener of desks) listener(agent, news);
  }

  function tellState(agent: AgentOnFloor): void {
    const data = agentView(agent.userId);
    if (data !== undefined) tell(agent.userId, { type: 'state', callId: null, legId: null, data });
    const card = callCardOf(needs, agent);
    if (card !== null && card.phase !== 'offered') tell(agent.userId, { type: 'call', callId: card.callId, legId: null, data: card });
  }

  const stopWatching = floor.watch({
    agentChanged(agent) {
      tellState(agent);
      changed();
    },
    offerMade({ agent }, { callId }) {
      const on = floor.agent(agent);
      const card = on === undefined ? null : callCardOf(needs, on);
      if (card !== null) tell(agent, { type: 'offer', callId, legId: null, data: card });
    },
    talkChanged(agent) {
      const on = floor.agent(agent);
      changed();
      const card = on === undefined ? null : callCardOf(needs, on);
      if (card === null) return;
      tell(agent, { type: card.phase === 'offered' ? 'offer' : 'call', callId: card.callId, legId: null, data: card });
    },
    offerOver: ({ agent, callId }, how) => tell(agent, { type: 'offer-over', callId, legId: null, data: { how } }),
    fact(event) {
      today.note(event);
      if (event.kind === 'released') tell(event.agent, { type: 'call-over', callId: event.callId, legId: null, data: { how: event.how } });
    },
    waitsChanged: changed,
  });

  function agentView(userId: UserId): AgentView | undefined {
    const agent = floor.agent(userId);
    const profile = floor.profile(userId);
    if (agent === undefined || profile === undefined) return undefined;
    const { state, since, next, skills, queues } = agent;
    const who = { id: userId, name: needs.nameOf(userId), displayName: profile.displayName, place: shownPlace(profile.place) };
    return { ...who, state, since, next, skills, queues: [...queues], today: today.agent(userId) };
  }

  function floorAgent(userId: UserId): FloorAgent | undefined {
    const view = agentView(userId);
    const agent = floor.agent(userId);
    if (view === undefined || agent === undefined) return undefined;
    return { ...view, number: callCardOf(needs, agent)?.number ?? null, ears: [...(floor.talks().of(userId)?.control?.ears() ?? [])] };
  }

  const floorAgents = (): FloorAgent[] => floor.profiles().flatMap(({ userId }) => floorAgent(userId) ?? []);

  function queues(): FloorQueue[] {
    const { waiting, open, agents } = floor.state();
    return [...needs.queues().values()].map((queue) => {
      const mine = waiting.filter((wait) => wait.queue === queue.id && !wait.callback);
      const waitingSince = mine.length === 0 ? null : Math.min(...mine.map(({ since }) => since));
      const { id, label } = queue;
      const staff = staffOf([...agents.values()].filter((agent) => agent.queues.includes(id)));
      return { id, label, open: open.has(id), waiting: mine.length, waitingSince, agents: staff, today: today.queue(id, queue) };
    });
  }

  function waits(): FloorWait[] {
    const places = new Map<string, number>();
    const onLine = ranked(floor.state(), clock.now()).filter(({ wait }) => !wait.callback);
    return onLine.map(({ wait }) => {
      const position = (places.get(wait.queue) ?? 0) + 1;
      places.set(wait.queue, position);
      const call = needs.callOf(wait.callId);
      const number = maskNumber((call?.direction === 'outbound' ? call.did : call?.ani) ?? '');
      const { waitId: id, callId, queue, since, skills, offeredTo } = wait;
      return { id, callId, queue, class: wait.class, since, position, number, skills, offeredTo };
    });
  }

  function snapshot(userId: UserId): AgentSnapshot | undefined {
    const me = agentView(userId);
    const agent = floor.agent(userId);
    if (me === undefined || agent === undefined) return undefined;
    const names = [...needs.queues().values()].map(({ id, label }) => ({ id, label }));
    // After the snapshot: an open record is news of its own.
    void Promise.resolve().then(() => needs.pops.again(userId));
    const dispositions = [...needs.dispositions.values()].map(treeView);
    return {
      me,
      queues: names,
      call: callCardOf(needs, agent),
      pop: needs.pops.of(userId),
      pauseReasons: [...PAUSE_REASONS],
      dispositions,
    };
  }

  return {
    start: () => today.start(),
    tell,
    agentView,
    floorAgent,
    floorAgents,
    queues,
    view: () => ({
      at: clock.now(),
      queues: queues(),
      waits: waits(),
      agents: floorAgents(),
      knownSkills: skillsOf(needs.queues(), floor),
    }),
    watchFloor(listener) {
      boards.add(listener);
      return () => void boards.delete(listener);
    },
    snapshot,
    watch(listener) {
      desks.add(listener);
      return () => void desks.delete(listener);
    },
    heartbeat: (agent, alive) => void floor.act(agent, { kind: alive ? 'back' : 'lost', what: 'heartbeat' }),
    workingOnPages: () =>
      floor.profiles().flatMap(({ userId, place }) => (place.kind === 'web' && isWorking(floor.agent(userId)) ? [userId] : [])),
    stop() {
      stopWatching();
      today.stop();
    },
  };
}

function isWorking(agent: AgentOnFloor | undefined): boolean {
  return agent !== undefined && agent.state.kind !== 'offline' && agent.state.kind !== 'unreachable';
}

function staffOf(agents: readonly AgentOnFloor[]): FloorQueue['agents'] {
  const count = (...kinds: readonly AgentOnFloor['state']['kind'][]): number =>
    agents.filter(({ state }) => kinds.includes(state.kind)).length;
  return {
    loggedIn: agents.length - count('offline'),
    available: count('available'),
    busy: count('reserved', 'ringing', 'talking', 'held', 'wrap-up'),
    paused: count('paused'),
    unreachable: count('unreachable'),
  };
}

function shownPlace(place: AgentPlace): AgentPlace {
  return place.kind === 'outside' ? { kind: 'outside', number: maskNumber(place.number) } : place;
}

function skillsOf(queues: ReadonlyMap<string, Queue>, floor: Pick<Floor, 'profiles'>): string[] {
  const named = [...[...queues.values()].map(({ skills }) => skills), ...floor.profiles().map(({ skills }) => skills)];
  return [...new Set(named.flatMap((skills) => Object.keys(skills)))].sort();
}

function treeView({ id, choices }: DispositionTree): DispositionTreeView {
  const items = (all: readonly DispositionChoice[], above: string): DispositionTreeView['items'] =>
    all.flatMap((choice) => {
      const path = above === '' ? choice.id : `${above}/${choice.id}`;
      return [{ path, label: choice.label, leaf: choice.choices.length === 0 }, ...items(choice.choices, path)];
    });
  return { id, items: items(choices, '') };
}
