import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OutboxFigure } from '../ports/outbox.ts';
import type { Metrics } from '../services/metrics/metrics.ts';

/** How things stand with the registry of consents. */
interface RegistryFigures {
  readonly isStale: boolean;
  readonly figures: { readonly byState: Readonly<Record<string, number>>; readonly alarms: number; readonly unread: number };
}

/** Business figures in Prometheus' words. One per process or per test: nothing is global. */
export interface Prometheus {
  readonly metrics: Metrics;
  readonly contentType: string;
  /** Asked at each scrape. */
  activeCallsFrom(source: () => number): void;
  /** Asked at each scrape. null: there is no account there. */
  registryFrom(source: () => Promise<RegistryFigures | null>): void;
  /** Asked at each scrape. */
  outboxFrom(source: () => Promise<readonly OutboxFigure[]>): void;
  countRequest(method: string, route: string, status: number, ms: number): void;
  /** The exposition text of everything, process metrics and event-loop lag included. */
  text(): Promise<string>;
}

/** Seconds. Key to action is promised at 50 ms, so the buckets are dense around it. */
const KEY_BUCKETS = [0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.5, 1];
const COMMAND_BUCKETS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5];
const REQUEST_BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];
const MESSAGE_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30];
const SPEECH_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 3];

function instruments(registers: Registry[]) {
  return {
    active: new Gauge({ name: 'santral_calls_active', help: 'Calls that are up now.', registers }),
    started: new Counter({ name: 'santral_calls_started_total', help: 'Calls that began.', registers }),
    resumed: new Counter({ name: 'santral_calls_resumed_total', help: 'Calls taken over after a restart of the engine.', registers }),
    ended: new Counter({ name: 'santral_calls_total', help: 'Calls that ended, by verdict.', labelNames: ['termination'], registers }),
    keys: new Histogram({
      name: 'santral_key_to_action_seconds',
      help: 'From a key’s arrival until the command it caused was sent.',
      buckets: KEY_BUCKETS,
      registers,
    }),
    dropped: new Counter({ name: 'santral_keys_dropped_total', help: 'Keys above the type-ahead limit.', registers }),
    command: new Histogram({
      name: 'santral_telephony_command_seconds',
      help: 'Commands to Asterisk until their reply.',
      labelNames: ['command'],
      buckets: COMMAND_BUCKETS,
      registers,
    }),
    commandErrors: new Counter({
      name: 'santral_telephony_errors_total',
      help: 'Commands to Asterisk that failed, by code.',
      labelNames: ['command', 'code'],
      registers,
    }),
    connection: new Gauge({ name: 'santral_telephony_up', help: '1 while connected to Asterisk.', registers }),
    recordingFaults: new Counter({
      name: 'santral_call_recording_faults_total',
      help: 'Times a call was not recorded as it should be: a full disk, or Asterisk or the database refused.',
      registers,
    }),
    watchdogs: new Counter({
      name: 'santral_playback_watchdogs_total',
      help: 'Playbacks whose end Asterisk never told.',
      registers,
    }),
    commit: new Histogram({ name: 'santral_store_commit_seconds', help: 'Commits of call changes.', buckets: COMMAND_BUCKETS, registers }),
    commitErrors: new Counter({ name: 'santral_store_errors_total', help: 'Commits of call changes that failed.', registers }),
    legs: new Counter({ name: 'santral_legs_total', help: 'Dialled legs that ended, by outcome.', labelNames: ['outcome'], registers }),
    faults: new Counter({
      name: 'santral_flow_faults_total',
      help: 'Flow mistakes at run time, by code.',
      labelNames: ['code'],
      registers,
    }),
    speech: new Histogram({ name: 'santral_speech_render_seconds', help: 'Texts turned into audio.', buckets: SPEECH_BUCKETS, registers }),
    speechErrors: new Counter({ name: 'santral_speech_errors_total', help: 'Texts that could not be rendered.', registers }),
    messages: new Histogram({
      name: 'santral_message_attempt_seconds',
      help: 'Attempts to send a message, by channel and by what became of the message.',
      labelNames: ['channel', 'ending'],
      buckets: MESSAGE_BUCKETS,
      registers,
    }),
    outbox: new Gauge({
      name: 'santral_outbox_messages',
      help: 'Messages that wait, are being sent or are dead letters, by channel and state.',
      labelNames: ['channel', 'state'],
      registers,
    }),
    registry: new Gauge({
      name: 'santral_consent_registry_sends',
      help: 'Consents on their way to the registry (İYS), by state.',
      labelNames: ['state'],
      registers,
    }),
    registryAlarms: new Gauge({
      name: 'santral_consent_registry_alarms',
      help: 'Consents that the registry has not heard of, and whose last working day is near or over.',
      registers,
    }),
    registryStale: new Gauge({
      name: 'santral_consent_registry_stale',
      help: '1 while the registry was not read lately, and commercial campaigns call nobody.',
      registers,
    }),
    registryUnread: new Gauge({
      name: 'santral_consent_registry_unread',
      help: 'Consents, and changes of the last week, of which nobody knows what the registry says.',
      registers,
    }),
    requests: new Histogram({
      name: 'santral_http_request_seconds',
      help: 'HTTP requests, by route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: REQUEST_BUCKETS,
      registers,
    }),
  };
}

type Gauges = Pick<Instruments, 'registry' | 'registryAlarms' | 'registryStale' | 'registryUnread'>;

/** Without figures there is none, rather than one that says that all is well. */
function countRegistry(made: Gauges, known: RegistryFigures | null): void {
  made.registry.reset();
  for (const gauge of [made.registryAlarms, made.registryStale, made.registryUnread]) gauge.remove();
  if (known === null) return;
  for (const [state, count] of Object.entries(known.figures.byState)) made.registry.set({ state }, count);
  made.registryAlarms.set(known.figures.alarms);
  made.registryStale.set(known.isStale ? 1 : 0);
  made.registryUnread.set(known.figures.unread);
}

type Instruments = ReturnType<typeof instruments>;

/** Times that wait to be counted at most. */
const MOST_GATHERED = 500;

/** Times of what happens several times in each call: counted together, at the latest when they are asked for. */
class Gathered {
  readonly #histogram: Pick<Histogram.Internal<string>, 'observe'>;
  #seconds: number[] = [];

  constructor(histogram: Pick<Histogram.Internal<string>, 'observe'>) {
    this.#histogram = histogram;
  }

  observe(ms: number): void {
    if (this.#seconds.push(ms / 1000) >= MOST_GATHERED) this.count();
  }

  count(): void {
    const all = this.#seconds;
    this.#seconds = [];
    for (const seconds of all) this.#histogram.observe(seconds);
  }
}

/** `count` brings what was gathered into the instruments. */
function metricsOf(made: Instruments): { readonly metrics: Metrics; count(): void } {
  const keys = new Gathered(made.keys);
  const commits = new Gathered(made.commit);
  const commands = new Map<string, Gathered>();
  const commandTimes = (command: string): Gathered => {
    const known = commands.get(command) ?? new Gathered(made.command.labels({ command }));
    commands.set(command, known);
    return known;
  };
  const metrics: Metrics = {
    callStarted: () => made.started.inc(),
    callResumed: () => made.resumed.inc(),
    callEnded: (termination) => made.ended.inc({ termination }),
    keyToAction: (ms) => keys.observe(ms),
    keyDropped: () => made.dropped.inc(),
    telephonyCommand(command, ms, outcome) {
      commandTimes(command).observe(ms);
      if (outcome !== 'ok') made.commandErrors.inc({ command, code: outcome });
    },
    telephonyConnection: (up) => made.connection.set(up ? 1 : 0),
    playbackStuck: () => made.watchdogs.inc(),
    callRecordingFailed: () => made.recordingFaults.inc(),
    commit(ms, ok) {
      commits.observe(ms);
      if (!ok) made.commitErrors.inc();
    },
    legEnded: (outcome) => made.legs.inc({ outcome }),
    flowFault: (code) => made.faults.inc({ code }),
    speechRendered(ms, outcome) {
      made.speech.observe(ms / 1000);
      if (outcome !== 'ok') made.speechErrors.inc();
    },
    messageAttempted: (channel, ending, ms) => made.messages.observe({ channel, ending }, ms / 1000),
  };
  return {
    metrics,
    count() {
      for (const one of [keys, commits, ...commands.values()]) one.count();
    },
  };
}

/** How often the lag of the event loop is measured. At the library's 10 ms, that is most of what wakes the engine while calls are few. */
const LOOP_LOOK_MS = 250;

const NO_CALLS = (): number => 0;
const NO_REGISTRY = async (): Promise<RegistryFigures | null> => null;
const NO_MESSAGES = async (): Promise<readonly OutboxFigure[]> => [];

export function createPrometheus(): Prometheus {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_LOOK_MS });
  const made = instruments([registry]);
  const { metrics, count } = metricsOf(made);
  let activeCalls = NO_CALLS;
  let outbox = NO_MESSAGES;
  let registryFigures = NO_REGISTRY;
  return {
    metrics,
    contentType: registry.contentType,
    activeCallsFrom(source) {
      activeCalls = source;
    },
    registryFrom(source) {
      registryFigures = source;
    },
    outboxFrom(source) {
      outbox = source;
    },
    countRequest(method, route, status, ms) {
      made.requests.observe({ method, route, status: String(status) }, ms / 1000);
    },
    async text() {
      count();
      made.active.set(activeCalls());
      made.outbox.reset();
      // Without the database there are no figures of the outbox; the others are needed then more than ever.
      const figures = await outbox().catch(() => []);
      for (const { channel, state, count } of figures) made.outbox.set({ channel, state }, count);
      countRegistry(made, await registryFigures().catch(() => null));
      return registry.metrics();
    },
  };
}
