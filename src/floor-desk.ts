import { randomBytes } from 'node:crypto';
import { endpointOf } from './asterisk/dial-strings.ts';
import { opennessBy } from './calendars.ts';
import type { Config } from './config/config.ts';
import type { Call } from './domain/call.ts';
import type { DispositionTree } from './domain/disposition.ts';
import type { CallId, IdSource, UserId } from './domain/ids.ts';
import type { Queue } from './domain/queue.ts';
import { callOfAgent } from './match-desk.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Stores } from './ports/stores.ts';
import type { Telephony } from './ports/telephony.ts';
import { type AgentActs, createAgentActs } from './services/agents/agent-acts.ts';
import { type Agents, createAgents } from './services/agents/agents.ts';
import { createEarActs, type EarActs } from './services/agents/ear-acts.ts';
import { createTalkActs, type TalkActs } from './services/agents/talk-acts.ts';
import type { CallEvents } from './services/crm/call-events.ts';
import { toldCall } from './services/crm/watch-calls.ts';
import { createPops, type Pops } from './services/desk/pops.ts';
import { type Board, createBoard } from './services/floor/board.ts';
import { createFloor } from './services/floor/floor.ts';
import type { Floor } from './services/floor/floor-shape.ts';
import type { FloorCallbacks } from './services/floor/promised.ts';
import type { Releases } from './services/flows/releases.ts';
import type { Matching } from './services/matching/matching.ts';
import { createReports, type Reports } from './services/reports/reports.ts';
import type { WebPhones } from './services/web-phone/web-phone.ts';

/** How long after the first connection calls have for coming back to their places. */
const SETTLE_MS = 5000;

interface FloorParts {
  readonly stores: Stores;
  readonly telephony: Telephony;
  readonly webPhones: WebPhones;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly dispositions: ReadonlyMap<string, DispositionTree>;
  /** Accounts of the house's telephones. */
  readonly extensions: ReadonlySet<string>;
  /** The call of that id, while it is up. */
  readonly callOf: (id: CallId) => Call | undefined;
  readonly matching: Matching;
  /** Who keeps the promises of callbacks. */
  readonly callbacks: FloorCallbacks;
  /** Other systems hear of offers and answers. */
  readonly events: Pick<CallEvents, 'offered' | 'answered'>;
  readonly releases: Pick<Releases, 'newest'>;
  readonly config: Config;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}

export interface FloorDesk {
  readonly floor: Floor;
  readonly agents: Agents;
  readonly board: Board;
  readonly acts: AgentActs;
  readonly talkActs: TalkActs;
  readonly earActs: EarActs;
  readonly reports: Reports;
  /** The page with a user's telephone is gone. */
  phoneGone(user: UserId): void;
  start(): Promise<void>;
  /** Asterisk is there: calls come back within a while, and who does not has left. */
  settleSoon(): void;
  stop(): Promise<void>;
}

/** Agents and the floor they stand on; `start` takes up what a former process left. */
export function openFloor(parts: FloorParts): FloorDesk {
  const { stores, telephony, webPhones, queues, dispositions, callOf, releases, config, clock, ids, log } = parts;
  const { brand } = config;
  const room = log.child({ room: 'floor' });
  const agents: Agents = createAgents({
    store: stores.agents,
    users: stores.users,
    telephony,
    clock,
    log: room,
    brand,
    random: (bytes) => randomBytes(bytes),
    webEndpointOf: (userId) => webPhones.phoneOf(userId),
    outsideEndpoint: (number) => endpointOf({ kind: 'number', number }, config.trunk),
    extensions: parts.extensions,
    admit: (profile) => floor.admit(profile),
  });
  const floor: Floor = createFloor({
    store: stores.floor,
    agents: stores.agents,
    clock,
    ids,
    log: room,
    brand,
    queues: () => queues,
    openness: opennessBy(releases),
    lineOf: (profile) => agents.lineOf(profile),
    callbacks: parts.callbacks,
    endOf: async (id) => (await stores.calls.get(id))?.endedAt ?? null,
    callerOf(id) {
      const call = callOf(id);
      return call === undefined ? '' : toldCall(call).number;
    },
  });
  const { zone } = config;
  const pops: Pops = createPops({
    floor,
    matching: parts.matching,
    events: parts.events,
    callOf: (id) => {
      const call = callOf(id);
      return call === undefined ? undefined : toldCall(call);
    },
    callOfAgent: (agent) => callOfAgent(floor, agent),
    nameOf: agents.nameOf,
    tell: (agent, news) => board.tell(agent, news),
    log: room,
  });
  const board: Board = createBoard({
    floor,
    store: stores.floor,
    clock,
    zone,
    brand,
    queues: () => queues,
    dispositions,
    callOf,
    nameOf: agents.nameOf,
    pops,
  });
  const acts = createAgentActs({ floor, agents, queues: () => queues, dispositions, notes: stores.talkNotes, brand, clock });
  let settling = false;
  let cancelSettle = (): void => undefined;
  return {
    floor,
    agents,
    board,
    acts,
    talkActs: createTalkActs(floor),
    earActs: createEarActs({
      ...{ floor, audit: stores.audit, clock, ids, brand },
      phoneOf(user) {
        // Who has a desk phone for calls sits there.
        const place = floor.profile(user)?.place;
        return place?.kind === 'sip' ? place.extension : webPhones.phoneOf(user);
      },
    }),
    reports: createReports({ log: stores.acdLog, agents: stores.agents, queues, dispositions, brand, zone, clock }),
    phoneGone(user) {
      if (floor.profile(user)?.place.kind === 'web') floor.talks().of(user)?.control?.phoneGone();
    },
    settleSoon() {
      if (settling) return;
      settling = true;
      cancelSettle = clock.setTimer(SETTLE_MS, () => {
        void floor.settle().then(() => room.info({ waiting: floor.waits().length }, 'the floor goes on'));
      });
    },
    async stop() {
      cancelSettle();
      pops.stop();
      board.stop();
      await floor.stop();
    },
    async start() {
      await agents.load();
      await floor.start();
      await board.start();
    },
  };
}
