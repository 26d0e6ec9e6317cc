import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { readConfig } from '../../src/config/config.ts';
import type { Call, Leg } from '../../src/domain/call.ts';
import { parseDirectory } from '../../src/domain/directory-file.ts';
import { parseDispositions } from '../../src/domain/disposition-file.ts';
import { SantralError } from '../../src/domain/errors.ts';
import { type IdKind, type IdSource, type LegId, makeId, type UserId } from '../../src/domain/ids.ts';
import type { JournalEntry } from '../../src/domain/journal.ts';
import { callAudioIn } from '../../src/files/call-audio.ts';
import { recordingFilesIn } from '../../src/files/recording-files.ts';
import { type FloorDesk, openFloor } from '../../src/floor-desk.ts';
import type { HttpDeps } from '../../src/http/deps.ts';
import { createPrometheus } from '../../src/http/prometheus.ts';
import { createHttpServer } from '../../src/http/server.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Role, Stores, User } from '../../src/ports/stores.ts';
import { createDialActs } from '../../src/services/agents/dial-acts.ts';
import { createEarActs } from '../../src/services/agents/ear-acts.ts';
import { createAppointments } from '../../src/services/appointments/appointments.ts';
import { type Auth, createAuth } from '../../src/services/auth/auth.ts';
import { createPasswords } from '../../src/services/auth/passwords.ts';
import type { FormSettings } from '../../src/services/callback-forms/forms.ts';
import type { LiveCall } from '../../src/services/calls/calls.ts';
import type { PlaceOrder } from '../../src/services/calls/place-call.ts';
import { createConsents } from '../../src/services/consents/consents.ts';
import { createClickToCall } from '../../src/services/crm/click-to-call.ts';
import { createDealers } from '../../src/services/dealers/dealers.ts';
import { createDesk } from '../../src/services/desk/desk.ts';
import { createDirectory } from '../../src/services/directory/directory.ts';
import { createCallFeed } from '../../src/services/feed/call-feed.ts';
import { createFlowFigures } from '../../src/services/flows/flow-figures.ts';
import { standingScenarios } from '../../src/services/flows/standing-scenarios.ts';
import { createWorkshop } from '../../src/services/flows/workshop.ts';
import { NO_METRICS } from '../../src/services/metrics/metrics.ts';
import { createNumbers } from '../../src/services/numbers/route-numbers.ts';
import { createCallRecordings } from '../../src/services/recordings/call-recordings.ts';
import { createRecordings } from '../../src/services/recordings/recordings.ts';
import { createSurveyLinks } from '../../src/services/surveys/links.ts';
import { createSurveys, type Surveys } from '../../src/services/surveys/surveys.ts';
import { createSwitches } from '../../src/services/switches/switches.ts';
import { createWebPhones, endpointOfLogin } from '../../src/services/web-phone/web-phone.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { textHash } from '../../src/text-hash.ts';
import { testForms } from '../kit/callback-forms.ts';
import { pretendCallbacks } from '../kit/callbacks.ts';
import { queuesOf } from '../kit/floor.ts';
import { testOutbox } from '../kit/outbox.ts';
import { pretendFloor } from '../kit/pretend-floor.ts';
import { unlinkedRegistry } from '../kit/registry.ts';
import { TEST_SEAL, TEST_SEALED_AUDIO } from '../kit/seal.ts';
import { shippedSurveys } from '../kit/surveys.ts';
import { simulatorHouse } from '../services/simulator/house.ts';
import { type MatchHouse, matchHouse } from './match-house.ts';
import { pretendCampaigns } from './pretend-campaigns.ts';
import { fakeFlows, fakeGate } from './pretend-flows.ts';
import { pretendPrompts } from './pretend-prompts.ts';

interface Logged {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: object;
  readonly message: string;
}

function memoryLog(lines: Logged[]): Log {
  const at = (level: Logged['level']) => (fields: object, message: string) => void lines.push({ level, fields, message });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), child: () => memoryLog(lines) };
}

const systemClock: Clock = {
  now: Date.now,
  setTimer(ms, fire) {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  },
};

const random = (bytes: number): Uint8Array => randomBytes(bytes);
/** Where links lead: nothing of the house is there, the token is what counts. */
export const PUBLIC_URL = 'https://santral.example.com';
const LISTENING_MS = 600_000;
/** Tests hash many passwords and guard nothing. */
const CHEAP = { log2N: 4, r: 1, p: 1 } as const;

/** Ids that count, in the form real ones have. */
function countingIds(): IdSource {
  let count = 0;
  return {
    next<K extends IdKind>(kind: K) {
      count += 1;
      return makeId(kind, 1_767_258_000_000 + count, []);
    },
  };
}

export interface House {
  readonly app: FastifyInstance;
  /** Where recordings lie. */
  readonly dir: string;
  readonly ids: IdSource;
  readonly deps: HttpDeps;
  readonly stores: Stores;
  readonly auth: Auth;
  /** Adds a user whose password is `<name>-password`. */
  addUser(name: string, role: Role, options?: { readonly oneTime?: boolean }): Promise<User>;
  readonly live: LiveCall[];
  readonly hungUp: string[];
  /** Calls that were to be made. */
  readonly placed: PlaceOrder[];
  readonly surveys: Surveys;
  /** Customers, and the call that is on everybody's line. */
  readonly match: MatchHouse;
  readonly logged: Logged[];
  /** Endpoints that exist in "Asterisk". */
  readonly endpoints: Map<string, string>;
  /** Headers of a bearer token of a fresh user of that role. */
  bearer(role: Role): Promise<{ authorization: string }>;
  /** A browser's login: headers for reading, and what changing needs besides. */
  browser(role: Role, options?: { readonly oneTime?: boolean }): Promise<Browser>;
  /** Stores lines and hands them to the feed, as the call services do. */
  happen(call: Call, kinds: readonly JournalEntry['kind'][], data?: JournalEntry['data']): Promise<readonly JournalEntry[]>;
  newCall(changes?: Partial<Call>): Call;
  /** The user who was given a login last: who asks next. */
  readonly asking: UserId;
  readonly floorDesk: ReturnType<typeof openFloor>;
  /** `http://127.0.0.1:<port>`; listens from the first time on. */
  url(): Promise<string>;
  close(): Promise<void>;
}

export interface Browser {
  readonly cookie: string;
  readonly read: { cookie: string };
  readonly write: { cookie: string; 'x-santral-request': string };
  /** The SIP endpoint of this login. */
  readonly endpoint: string;
  readonly secret: string;
}

export interface HouseOptions {
  readonly clock?: Clock;
  readonly rateLimit?: number;
  readonly untoldFlows?: 'warn' | 'require';
  readonly webRoot?: string;
  readonly asteriskWebSocket?: string;
  readonly formSettings?: Partial<FormSettings>;
  /** When people of the group `sales` are called back; absent: always. */
  readonly callbackHours?: (at: number) => { readonly open: boolean; readonly until: number | null };
  /** Pages that may show web forms, besides those of the file. */
  readonly formOrigins?: readonly string[];
  readonly change?: (deps: HttpDeps, stores: Stores) => HttpDeps;
}

/** The server on a real SQLite file, with stand-ins for the calls, the flow check, the logins and Asterisk. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'santral-http-'));
  const logged: Logged[] = [];
  const log = memoryLog(logged);
  const clock = options.clock ?? systemClock;
  const stores = await openStores({ sqliteFile: path.join(dir, 'test.db'), log, seal: TEST_SEAL });
  const ids = countingIds();
  const auth = createAuth({ users: stores.users, clock, ids, random, options: { loginHours: 12, scrypt: CHEAP } });
  const passwords = createPasswords(random, CHEAP);
  const live: LiveCall[] = [];
  const hungUp: string[] = [];
  const placed: PlaceOrder[] = [];
  const endpoints = new Map<string, string>();
  const config = readConfig(
    {
      SANTRAL_RATE_LIMIT: String(options.rateLimit ?? 1_000_000),
      SANTRAL_MAX_LOOP_DELAY_MS: '600000',
      SANTRAL_VOICE_TOKEN: 'voice-secret',
    },
    dir,
  );
  const feed = createCallFeed(stores.calls);
  const flows = fakeFlows(stores, clock);
  const telephony = {
    putWebEndpoint: async (name: string, secret: string) => void endpoints.set(name, secret),
    removeWebEndpoint: async (name: string) => void endpoints.delete(name),
  };
  const webPhones = createWebPhones({ telephony, clock, random });
  const surveys = createSurveys({
    calls: stores.calls,
    store: stores.surveys,
    clock,
    ids,
    links: createSurveyLinks('the key of the tests', random),
    settings: { brand: config.brand, zone: config.zone, publicUrl: PUBLIC_URL },
    kept: async (id) => (await stores.recordings.get(id)) !== undefined,
    callerId: '+902125550010',
    log,
  });
  surveys.use(shippedSurveys());
  const dealers = createDealers({ stores, clock, log });
  const directory = createDirectory({
    store: stores.directory,
    entries: parseDirectory({ path: 'flows/directory.yaml', text: readFileSync('flows/directory.yaml', 'utf8') }).entries,
    dealers,
    calendar: () => undefined,
    leadsHere: () => false,
    ...{ brand: config.brand, language: config.language, zone: config.zone, clock, ids, log },
  });
  await directory.start();
  const queues = queuesOf(readFileSync('flows/queues.yaml', 'utf8'));
  const match = matchHouse({ stores, clock, ids, log });
  const callbacks = pretendCallbacks(stores, clock, ids, config.brand, options.callbackHours, () => floorDesk.floor);
  const floorDesk: FloorDesk = openFloor({
    ...{ matching: match.matching, events: { offered: async () => undefined, answered: async () => undefined } },
    ...{ stores, telephony: { ...telephony, putSipEndpoint: async () => undefined } as never, webPhones, queues, config, clock, ids, log },
    dispositions: parseDispositions({ path: 'flows/dispositions.yaml', text: readFileSync('flows/dispositions.yaml', 'utf8') }).trees,
    extensions: new Set(['201']),
    callbacks: callbacks.onFloor,
    callOf: () => undefined,
    releases: { newest: () => null },
  });
  await floorDesk.start();
  const base: HttpDeps = {
    floor: floorDesk.floor,
    board: floorDesk.board,
    acts: floorDesk.acts,
    talkActs: floorDesk.talkActs,
    dialActs: createDialActs({
      ...{ floor: floorDesk.floor, brand: config.brand, nameOf: floorDesk.agents.nameOf, callOf: (id) => stores.calls.get(id) },
      clickToCall: createClickToCall({
        ...{ consents: stores.consents, audit: stores.audit, clock, ids },
        async place({ agent }) {
          if (floorDesk.floor.agent(agent)?.state.kind !== 'available') throw new SantralError('agent.not-now', 'not free');
          return ids.next('call');
        },
      }),
    }),
    earActs: createEarActs({ floor: floorDesk.floor, phoneOf: () => 'web-1', audit: stores.audit, clock, ids, brand: config.brand }),
    reports: floorDesk.reports,
    phoneGone: floorDesk.phoneGone,
    agents: floorDesk.agents,
    config,
    clock,
    log,
    stores,
    auth,
    feed,
    desk: createDesk({ floor: pretendFloor(), brand: config.brand, clock, nameStream: () => ids.next('session') }),
    flows,
    workshop: createWorkshop({
      releases: flows,
      flows: stores.flows,
      drafts: stores.drafts,
      gate: fakeGate,
      scenarios: standingScenarios({ files: { read: async () => [] }, store: stores.scenarioTexts, hash: textHash }),
      untoldFlows: options.untoldFlows ?? 'warn',
      brand: config.brand,
      ids,
      clock,
    }),
    simulator: simulatorHouse().simulator,
    figures: createFlowFigures({ counts: stores.flowCounts, calls: stores.calls, clock, log }),
    calls: {
      live: () => live,
      async place(order) {
        placed.push(order);
        return ids.next('call');
      },
      async hangup(id, by) {
        const up = live.some((call) => call.id === id);
        if (up) hungUp.push(`${id} ${by}`);
        return up;
      },
    },
    callbacks: callbacks.desk,
    callbackForms: testForms({
      ...{ store: stores.callbackForms, wishes: callbacks.wishes, clock, ids, brand: config.brand, log },
      ...{ origins: options.formOrigins ?? [], settings: options.formSettings ?? {} },
    }),
    numbers: createNumbers({ stores, clock, brand: config.brand, language: 'tr', flowExists: (flow) => flow === 'main-menu' }),
    dealers,
    directory,
    prompts: pretendPrompts({ dir, brand: config.brand, audit: stores.audit, clock, ids }),
    switches: createSwitches({ store: stores.switches, audit: stores.audit, passwords, clock, ids, prepare: () => {} }),
    recordings: createRecordings({
      store: stores.recordings,
      files: recordingFilesIn(dir, TEST_SEALED_AUDIO),
      isOver: async () => true,
      clock,
      log,
      orphanMs: 0,
      listeningMs: LISTENING_MS,
    }),
    callRecordings: createCallRecordings({
      ...{
        store: stores.callRecordings,
        audit: stores.audit,
        files: callAudioIn(dir, TEST_SEALED_AUDIO),
        clock,
        ids,
        log,
        orphanMs: 0,
        listeningMs: LISTENING_MS,
      },
      meter: NO_METRICS,
    }),
    appointments: createAppointments({
      subscribed: () => true,
      stores,
      dealers,
      holidays: () => [{ date: '2026-10-29', from: 0 }],
      clock,
      ids,
      random,
      settings: { zone: config.zone, holdMs: 180_000, language: 'tr' },
    }),
    outbox: testOutbox({ store: stores.outbox, consents: stores.consents, clock }),
    consents: createConsents({ store: stores.consents, clock, ids }),
    registry: unlinkedRegistry({ store: stores.consentRegistry, clock, ids, log }),
    campaigns: pretendCampaigns({ stores, brand: config.brand, clock, ids, log, live: () => live }),
    surveys,
    ...match.deps,
    webPhones,
    health: async () => ({
      engine: { ok: true, detail: 'up' },
      asterisk: { ok: true, detail: 'Asterisk 22.10.1' },
      database: { ok: true, detail: 'sqlite' },
      registry: { ok: true, detail: 'no account at İYS' },
    }),
    prometheus: createPrometheus(),
    webRoot: options.webRoot ?? path.join(dir, 'no-web'),
    asteriskWebSocket: options.asteriskWebSocket ?? 'ws://127.0.0.1:1/ws',
    version: '0.0.0-test',
  };
  const deps = options.change?.(base, stores) ?? base;
  const app = await createHttpServer(deps);
  let users = 0;
  let asking = 'usr_nobody' as UserId;
  const seqs = new Map<string, number>();

  async function addUser(name: string, role: Role, { oneTime = false } = {}): Promise<User> {
    const passwordHash = await passwords.hash(`${name}-password`);
    const user: User = {
      id: ids.next('user'),
      name,
      role,
      passwordHash,
      mustChangePassword: oneTime,
      createdAt: clock.now(),
      disabledAt: null,
    };
    await stores.users.put(user);
    return user;
  }

  return {
    addUser,
    floorDesk,
    app,
    dir,
    ids,
    deps,
    stores,
    auth,
    live,
    hungUp,
    placed,
    surveys,
    match,
    logged,
    endpoints,
    get asking() {
      return asking;
    },
    async bearer(role) {
      users += 1;
      const { id } = await addUser(`${role}-${users}`, role);
      asking = id;
      const { secret } = await auth.issueMachineToken(id, 'test', 1);
      return { authorization: `Bearer ${secret}` };
    },
    async browser(role, { oneTime = false } = {}) {
      users += 1;
      const user = await addUser(`${role}-${users}`, role, { oneTime });
      asking = user.id;
      const { secret, token } = await auth.login(user.name, `${user.name}-password`, '127.0.0.1');
      const cookie = `santral_login_8080=${secret}`;
      return { cookie, secret, read: { cookie }, write: { cookie, 'x-santral-request': '1' }, endpoint: endpointOfLogin(token.id) };
    },
    newCall(changes = {}) {
      const ours = { id: ids.next('call'), sessionId: ids.next('session'), brand: config.brand, flow: 'main-menu', release: 1 };
      const heard = { direction: 'inbound', did: '02125550010', ani: '+905550000017', language: 'tr', channelId: 'chan-1' } as const;
      const times = { startedAt: clock.now(), answeredAt: null, endedAt: null };
      return { ...ours, ...heard, ...times, state: 'open', termination: null, ...changes };
    },
    async happen(call, kinds, data = {}) {
      const first = seqs.get(call.id) ?? 0;
      seqs.set(call.id, first + kinds.length);
      const entries = kinds.map((kind, i) => ({ callId: call.id, seq: first + i + 1, at: clock.now(), kind, data }));
      const ended = kinds.includes('call-ended');
      const now: Call = ended ? { ...call, state: 'ended', endedAt: clock.now(), termination: { kind: 'caller-hung-up' } } : call;
      const endpoint = typeof data['endpoint'] === 'string' ? data['endpoint'] : 'PJSIP/trunk-00000001';
      const { channelId, startedAt } = call;
      const times = { startedAt, answeredAt: null, endedAt: null, outcome: null, hangupCause: null, sipCode: null };
      const leg: Leg = { id: `leg_${call.id.slice(5)}` as LegId, callId: call.id, role: 'customer', channelId, endpoint, ...times };
      await stores.calls.commit({ call: now, legs: kinds.includes('call-arrived') ? [leg] : [], session: null, entries });
      feed.publish(entries);
      return entries;
    },
    async url() {
      if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
      const address = app.server.address();
      return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    },
    async close() {
      feed.close();
      await app.close();
      await match.close();
      await floorDesk.stop();
      webPhones.stop();
      await stores.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
