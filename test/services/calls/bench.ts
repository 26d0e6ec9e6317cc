import type { AgentProfile } from '../../../src/domain/agent.ts';
import { attemptsOf, type DirectoryMoment } from '../../../src/domain/attempts.ts';
import { DEFAULT_BRAND as BRAND } from '../../../src/domain/brand.ts';
import { parseDirectory } from '../../../src/domain/directory-file.ts';
import type { CallId, Id, IdKind, IdSource, UserId } from '../../../src/domain/ids.ts';
import type { JournalEntry } from '../../../src/domain/journal.ts';
import { ACTIONS } from '../../../src/flow/actions.ts';
import { parseCatalogue } from '../../../src/flow/catalogue.ts';
import { checkRelease } from '../../../src/flow/check.ts';
import { parseMessages } from '../../../src/flow/message-catalogue.ts';
import type { Release } from '../../../src/flow/release.ts';
import type { Session } from '../../../src/flow/session.ts';
import type { CallKeyStore } from '../../../src/ports/call-keys.ts';
import type { RecipientStanding } from '../../../src/ports/consents.ts';
import type { HttpClient } from '../../../src/ports/http-client.ts';
import type { CallChange, CallStore } from '../../../src/ports/stores.ts';
import { createCalls } from '../../../src/services/calls/calls.ts';
import { createReach } from '../../../src/services/calls/conversation/reach.ts';
import type { CallDeps } from '../../../src/services/calls/deps.ts';
import type { FloorDeps } from '../../../src/services/floor/floor-shape.ts';
import { NO_METRICS } from '../../../src/services/metrics/metrics.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { memoryFloorStore, openTestFloor, queuesOf } from '../../kit/floor.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';
import { openLine } from './line.ts';
import { memoryCallRecordings } from './memory-call-recordings.ts';
import { memoryRecordings } from './memory-recordings.ts';

/** Prompts last a second for each ten characters. */
const MS_PER_CHARACTER = 100;

const TOLD = ['messages', 'recordings', 'consents', 'callbackRequests', 'missedCalls'] as const;
type Told = (typeof TOLD)[number];
type One<K extends Told> = NonNullable<CallChange[K]>[number];

/** A store in memory that can be told to refuse, or to let changes wait. */
export function memoryStore() {
  const rows = new Map<string, CallChange>();
  const journal: JournalEntry[] = [];
  const caused = { messages: [], recordings: [], consents: [], callbackRequests: [], missedCalls: [] } as {
    -readonly [K in Told]: One<K>[];
  };
  let failure: Error | null = null;
  let hurried = 0;
  let gate = Promise.resolve();
  /** Calls of other Asterisks on the same database, and what their engines said last. */
  const elsewhere = new Map<CallId, string>();
  const beats = new Map<string, number>();
  const beatOf = (asterisk: string): number | null => beats.get(asterisk) ?? null;
  const store: CallStore = {
    async commit(change) {
      await gate;
      if (failure !== null) throw failure;
      const before = rows.get(change.call.id);
      const legs = new Map([...(before?.legs ?? []), ...change.legs].map((leg) => [leg.id, leg]));
      // A call ends once.
      const call = before?.call.state === 'ended' ? before.call : change.call;
      rows.set(call.id, structuredClone({ ...change, call, legs: [...legs.values()] }));
      for (const name of TOLD) caused[name].push(...((change[name] ?? []) as never[]));
      for (const entry of change.entries)
        if (!journal.some((one) => one.callId === entry.callId && one.seq === entry.seq)) journal.push(entry);
    },
    hurry: () => void (hurried += 1),
    get: async (id) => rows.get(id)?.call,
    list: async () => [...rows.values()].map(({ call }) => call),
    legs: async (id) => rows.get(id)?.legs ?? [],
    journal: async (id, after, limit) => journal.filter((one) => one.callId === id && one.seq > after).slice(0, limit),
    alive: async () => undefined,
    isTaken: async (id) => rows.get(id)?.call.state === 'ended' || elsewhere.has(id),
    others: async () => {
      const theirs = (await unfinished((id) => elsewhere.has(id))).map(({ call }) => elsewhere.get(call.id) ?? '');
      return [...new Set(theirs)].map((asterisk) => ({ asterisk, beat: beatOf(asterisk) }));
    },
    takeOver: async (gone) => {
      const silent = gone.filter(({ asterisk, beat }) => beatOf(asterisk) === beat).map(({ asterisk }) => asterisk);
      const taken = await unfinished((id) => silent.includes(elsewhere.get(id) ?? ''));
      for (const { call } of taken) elsewhere.delete(call.id);
      return taken;
    },
    open: () => unfinished((id) => !elsewhere.has(id)),
  };
  const unfinished = async (isMeant: (id: CallId) => boolean) =>
    [...rows.values()]
      .filter(({ call, session }) => isMeant(call.id) && (call.state === 'open' || session?.status === 'after-call'))
      .map(({ call, legs, session }) => ({
        call,
        legs,
        session: JSON.parse(JSON.stringify(session)) as Session | null,
        lastSeq: Math.max(0, ...journal.filter((one) => one.callId === call.id).map(({ seq }) => seq)),
      }));
  /** Changes wait from now on, until the returned function is called. */
  const hold = (): (() => void) => {
    let release: () => void = () => undefined;
    gate = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  };
  return {
    store,
    rows,
    elsewhere,
    beats,
    journal,
    caused,
    hold,
    hurried: () => hurried,
    refuse: (error: Error | null) => void (failure = error),
  };
}

/** Keys in memory; the store itself is tested on both databases. */
export function memoryKeys(): CallKeyStore {
  const held = new Map<string, { readonly order: string; readonly callId: CallId }>();
  return {
    async claim({ key, order, callId }) {
      const found = held.get(key);
      if (found === undefined) held.set(key, { order, callId });
      if (found === undefined) return { kind: 'ours' };
      return found.order === order ? { kind: 'placed', callId: found.callId } : { kind: 'other' };
    },
    async release({ key, callId }) {
      if (held.get(key)?.callId === callId) held.delete(key);
    },
  };
}

function countingIds(): IdSource {
  const counts = new Map<IdKind, number>();
  return {
    next<K extends IdKind>(kind: K): Id<K> {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      return `${kind === 'leg' ? 'leg' : kind === 'bridge' ? 'br' : kind}_${count}` as Id<K>;
    },
  };
}

const MESSAGES =
  'note.sent: { sms: { tr: "{{text}}", en: "{{text}}" }, webhook: { text: "{{text}}" } }\nvoicemail.new: { webhook: { recording: "{{recording}}", seconds: "{{seconds}}", call: "{{call}}" } }\n';

export function releaseOf(flows: Readonly<Record<string, string>>, catalogue = ''): Release {
  const files = Object.entries(flows).map(([id, text]) => ({ path: `${id}.yaml`, text }));
  const { entries } = parseCatalogue(catalogue === '' ? [] : [{ path: 'sounds/test.yaml', text: catalogue }]);
  const messages = parseMessages([{ path: 'flows/messages/test.yaml', text: MESSAGES }]).entries;
  const checked = checkRelease({ files, catalogue: entries, calendars: new Map(), messages, actions: ACTIONS, recordings: new Set() });
  const errors = checked.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'));
  return { id: 1, flows: checked.flows, catalogue: entries, calendars: new Map() };
}

export interface BenchOptions {
  readonly flows: Readonly<Record<string, string>>;
  readonly catalogue?: string;
  readonly actions?: CallDeps['actions'];
  readonly http?: HttpClient;
  readonly speech?: CallDeps['speech'];
  readonly settings?: Partial<CallDeps['settings']>;
  /** flows/queues.yaml. */
  readonly queues?: string;
  /** In their real form, for what goes over the API; absent: they count. */
  readonly ids?: IdSource;
  /** flows/directory.yaml. */
  readonly directory?: string;
  readonly agents?: readonly AgentProfile[];
  readonly callbacks?: NonNullable<FloorDeps['callbacks']>;
  readonly watch?: NonNullable<CallDeps['watch']>;
  readonly hungUp?: NonNullable<CallDeps['hungUp']>;
}

/** The call services on a virtual line, a virtual clock and a store in memory. Calls to any number run the flow `main`. */
export function openBench(options: BenchOptions) {
  const clock = virtualClock();
  const memory = memoryStore();
  const recordings = memoryRecordings();
  const callRecordings = memoryCallRecordings((name) => line.monitors.get(name)?.since, clock);
  const release = releaseOf(options.flows, options.catalogue);
  const durationOf = (path: string): number => path.length * MS_PER_CHARACTER;
  const line = openLine(clock, durationOf);
  const published: JournalEntry[] = [];
  const listeners: ((entries: readonly JournalEntry[]) => void)[] = [];
  const ends = new Map<string, number>();
  const standing: { value: RecipientStanding } = { value: { consents: [], doNotContact: null } };
  const ids = options.ids ?? countingIds();
  const floorOptions = {
    clock,
    ids,
    queues: queuesOf(options.queues ?? 'queues: {}\n'),
    profiles: options.agents ?? [],
    memory: memoryFloorStore(),
    endOf: async (id: CallId) => (await memory.store.get(id))?.endedAt ?? null,
    callerOf: (id: CallId) => {
      const call = calls.get(id);
      return (call?.direction === 'inbound' ? call.ani : call?.did) ?? '';
    },
    ...(options.callbacks === undefined ? {} : { callbacks: options.callbacks }),
  };
  let { floor } = openTestFloor(floorOptions);
  for (const profile of options.agents ?? []) floor.admit(profile);
  const { entries } = parseDirectory({ path: 'flows/directory.yaml', text: options.directory ?? '{}' });
  const closed = new Set<string>();
  const moment = (): DirectoryMoment => ({
    entry: ({ kind, id }) => entries.find((one) => one.kind === kind && one.id === id),
    dealer: () => undefined,
    absence: () => undefined,
    isOpen: (calendar) => typeof calendar !== 'string' || !closed.has(calendar),
    leadsHere: () => false,
    language: 'en',
  });
  const endpointFor: CallDeps['endpointFor'] = (target) =>
    target.kind === 'extension' ? `PJSIP/${target.extension}` : target.number.startsWith('+') ? `PJSIP/${target.number}@trunk` : undefined;
  const departments = createReach({
    floor: { profile: () => undefined },
    queues: new Map(),
    endpointFor,
    attempts: (ref) => attemptsOf(ref, moment()),
    ringMs: 20_000,
    language: 'en',
  });
  const reachDepartment = (to: { readonly kind: 'department'; readonly id: string }) => departments(to);
  const numberLine = (id: string) => {
    const endpoint = `PJSIP/${id}@trunk`;
    return { endpoint, shown: endpoint, name: id, ringMs: 20_000, accept: 'answer', language: 'en' } as const;
  };
  const deps: CallDeps = {
    telephony: line.telephony,
    store: memory.store,
    keys: memoryKeys(),
    consents: { of: async () => standing.value },
    recordings: recordings.files,
    callRecordings: callRecordings.store,
    callAudio: callRecordings.audio,
    callRecorded: (id) => void callRecordings.over.push(id),
    speech: options.speech ?? {
      say: async (item) =>
        item.text === ''
          ? { kind: 'nothing' }
          : { kind: 'clip', clip: { path: item.text, durationMs: durationOf(item.text) }, source: 'cache', fallback: false },
      beep: () => ({ path: 'beep', durationMs: 200 }),
    },
    clock,
    ids,
    floor: {
      join: (...args) => floor.join(...args),
      consult: (...args) => floor.consult(...args),
      takeUp: (...args) => floor.takeUp(...args),
      pageOf: (agent) => floor.pageOf(agent),
      reserve: (...args) => floor.reserve(...args),
      leftBehind: (calls) => floor.leftBehind(calls),
    },
    reach: ({ kind, id }) => {
      if (kind === 'agent') return { kind, agent: id as UserId, label: id };
      if (kind === 'queue') return { kind, queue: id, label: id };
      if (kind === 'department') return reachDepartment({ kind, id });
      return { kind: 'lines', rounds: [[numberLine(id)]], label: id };
    },
    directory: {
      attempts: async (ref) => attemptsOf(ref, moment()),
      webhookOf: ({ id }) => entries.find((one) => one.id === id)?.webhook ?? null,
    },
    random: () => 0.5,
    log: silentLog,
    meter: NO_METRICS,
    releases: { newest: () => release, get: async (id) => (id === release.id ? release : undefined) },
    routeFor: (did) =>
      did === 'nowhere' ? undefined : { brand: BRAND, flow: 'main', language: 'en', ...(did === 'recorded' ? { record: true } : {}) },
    actions: options.actions ?? {},
    http: options.http ?? { request: async () => ({ kind: 'error', reason: 'unreachable' }) },
    endpointFor,
    ends: { of: async () => ends },
    publish: (entries) => {
      published.push(...entries);
      for (const listener of listeners) listener(entries);
    },
    ...(options.watch === undefined ? {} : { watch: options.watch }),
    ...(options.hungUp === undefined ? {} : { hungUp: options.hungUp }),
    settings: {
      zone: 'Europe/Istanbul',
      noRoute: { brand: BRAND, flow: '', language: 'tr' },
      limits: { maxTransitions: 100, maxSubflowDepth: 8, maxTextLength: 2000, maxSessionBytes: 262_144 },
      typeAheadKeys: 32,
      maxCallMs: 7_200_000,
      playbackMarginMs: 3000,
      stopMarginMs: 1000,
      endMarginMs: 1000,
      storeRetryMs: 500,
      recordingKeepMs: 90 * 86_400_000,
      recordCalls: false,
      callRecordingKeepMs: 90 * 86_400_000,
      recordingPauseMs: 180_000,
      machineGreetingMs: 2000,
      transferRingMs: 20_000,
      agentLostMs: 20_000,
      ...options.settings,
    },
  };
  const listen = (calls: ReturnType<typeof createCalls>): void =>
    line.telephony.listen({ onEvent: calls.onEvent, onUp: calls.onUp, onDown: () => calls.onDown() });
  let calls = createCalls(deps);
  listen(calls);
  return {
    clock,
    line,
    recordings,
    callRecordings,
    memory,
    ids,
    releases: deps.releases,
    published,
    /** Calendars that are closed. */
    closed,
    onPublish: (listener: (entries: readonly JournalEntry[]) => void) => void listeners.push(listener),
    /** What is known of everybody's consents. */
    standing,
    ends,
    calls: () => calls,
    floor: () => floor,
    floorMemory: floorOptions.memory,
    acdEvents: floorOptions.memory.events,
    waits: floorOptions.memory.waits,
    /** What was heard so far: texts in order, a cut one with an ellipsis. */
    heard: () => line.heard.map(({ path, cut }) => (cut ? `${path}…` : path)),
    call: () => [...memory.rows.values()].at(-1)?.call,
    facts: () => memory.journal.map(({ kind }) => kind),
    journal: (kind: string) => memory.journal.filter((one) => one.kind === kind).map(({ data }) => data),
    /** The process is gone: nothing it held is left but the database. A new one is started. */
    async crash(): Promise<void> {
      line.telephony.listen({ onEvent: () => undefined, onUp: async () => undefined, onDown: () => undefined });
      // Let go of without a word: its timers would fire into nothing.
      ({ floor } = openTestFloor(floorOptions));
      await floor.start();
      calls = createCalls(deps);
      listen(calls);
      await calls.onUp();
      await clock.pass(0);
    },
  };
}
