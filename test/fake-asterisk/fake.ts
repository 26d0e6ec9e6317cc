import { createAppLink, type EventFaults } from './app-link.ts';
import { createCalls, type InboundCall } from './calls.ts';
import { clipLength } from './clip-length.ts';
import { commandTable } from './commands.ts';
import type { FakeEvent, FakeState, Reply } from './model.ts';
import { type OriginateWish, originate, type Script } from './originate.ts';
import type { Phone } from './phone.ts';
import { createRest } from './rest.ts';
import { type FakeOperation, route } from './routes.ts';
import { type ArrivedRequest, createFakeServer } from './server.ts';
import { type FakeTime, realTime, virtualTime } from './time.ts';

export interface FakeOptions {
  readonly app?: string;
  readonly user?: string;
  readonly password?: string;
  readonly version?: string;
  /** virtual (the default): time stands still but for `advance` and the waiting helpers; hand `clock` to the engine. */
  readonly time?: 'virtual' | 'real';
  /** Length of a sound in ms by its path; undefined asks the disk, and no file there is a missing file. */
  readonly durations?: (path: string) => number | undefined;
  /** How long the dialplan keeps a call ringing while the engine is away. */
  readonly holdMs?: number;
  /** Whatever else must be at rest before virtual time goes on, such as the engine's own work. */
  readonly idle?: () => Promise<void>;
}

/** What may go wrong with the next command of a kind. */
type CommandFault =
  /** Nothing is done, nothing is answered. */
  | { readonly kind: 'hang' }
  /** Carried out, but the answer never comes. */
  | { readonly kind: 'lose-reply' }
  /** The connection breaks before anything is done. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'status'; readonly status: number; readonly body?: unknown }
  /** Carried out, answered late. */
  | { readonly kind: 'slow'; readonly ms: number };

interface SeenRequest {
  readonly operation: FakeOperation | 'unknown';
  readonly method: string;
  readonly path: string;
  readonly query: { readonly [name: string]: string };
  readonly body: unknown;
  readonly at: number;
}

export interface FakeAsterisk {
  readonly ariUrl: string;
  readonly ariUser: string;
  readonly ariPassword: string;
  readonly app: string;
  readonly clock: FakeTime;
  /** Everything it was asked, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Everything that happened, whether or not somebody listened. */
  readonly events: readonly FakeEvent[];
  readonly connected: boolean;
  readonly channelIds: readonly string[];
  readonly bridges: readonly { readonly id: string; readonly channelIds: readonly string[] }[];
  object(name: string): ReadonlyMap<string, string> | undefined;
  /** A caller dials in. */
  call(call: InboundCall): Phone;
  /** A phone registers at an endpoint of that name, or is gone from there. */
  register(name: string, on: boolean): void;
  /** Says what comes of calls to an endpoint; without a script it does not exist. */
  endpoint(name: string, script: Script): void;
  /** Waits until an endpoint is called, and gives the phone there: the next one each time. */
  leg(endpoint: string, withinMs?: number): Promise<Phone>;
  /** Lets virtual time pass, timer by timer. */
  advance(ms: number): Promise<void>;
  /** Waits until nothing more happens by itself. */
  settle(): Promise<void>;
  /** Waits for anything, letting virtual time go on as needed. */
  until(what: string, done: () => boolean, withinMs?: number): Promise<void>;
  fail(operation: FakeOperation, fault: CommandFault): void;
  readonly eventFaults: EventFaults;
  /** Sends a text as it is. */
  sendRaw(text: string): void;
  dropSocket(): void;
  /** From now on no ping is answered. */
  mutePongs(mute: boolean): void;
  setPassword(password: string): void;
  /** Asterisk dies: every call is lost. */
  crash(): Promise<void>;
  /** It comes back, at the same address, empty. */
  boot(): Promise<void>;
  stop(): Promise<void>;
}

/** A stateful fake of Asterisk's ARI on a loopback port, with virtual phones. */
export async function startFakeAsterisk(options: FakeOptions = {}): Promise<FakeAsterisk> {
  const { app = 'santral', user = 'santral', version = '22.10.1', holdMs = 60_000 } = options;
  let password = options.password ?? 'secret-of-the-fake';
  const time = options.time === 'real' ? realTime() : virtualTime();
  const requests: SeenRequest[] = [];
  const events: FakeEvent[] = [];
  const scripts = new Map<string, Script>();
  const legs: { readonly endpoint: string; readonly phone: Phone }[] = [];
  const faults: { readonly operation: FakeOperation; readonly fault: CommandFault }[] = [];
  let answersPings = true;

  const rest = createRest({ time, idle: options.idle ?? (async () => undefined), story: () => storyOf(requests, events) });
  const link = createAppLink({ app, now: () => time.now(), busy: rest.busy, sent: (event) => events.push(event) });
  let state = emptyState();
  const calls = createCalls({ state: () => state, link, holdMs, drive: rest.drive, changed: rest.busy, tidy });
  const appExists = () => link.connected || [...state.channels.values()].some(({ stasis, outbound }) => stasis || outbound);
  const table = commandTable({
    state: () => state,
    app,
    version,
    link,
    appExists,
    originate: dial,
    answered: calls.answered,
    snoop: calls.snoop,
    monitored: calls.monitored,
  });

  function emptyState(): FakeState {
    const fresh: FakeState = {
      time,
      channels: new Map(),
      bridges: new Map(),
      playbacks: new Map(),
      recordings: new Map(),
      stored: new Set(),
      objects: new Map(),
      registered: new Set(),
      // Whatever an Asterisk that died still had in mind reaches nobody.
      emit: (event) => (fresh === state ? link.emit(event) : undefined),
      hangUp: (channel, ending) => calls.hangUp(fresh, channel, ending),
      durationOf: (path) => options.durations?.(path) ?? clipLength(path),
    };
    return fresh;
  }

  /** The application's object goes with its socket and its last channel, and its filter with it. */
  function tidy(): void {
    if (!appExists()) link.reset();
  }

  function dial(wish: OriginateWish): Reply {
    const script = scripts.get(wish.endpoint) ?? { outcome: 'unreachable' };
    const make = (given: OriginateWish) => {
      const channel = calls.leg(given);
      legs.push({ endpoint: given.endpoint, phone: channel.phone });
      return channel;
    };
    return originate(state, wish, script, make, calls.start);
  }

  async function answer({ method, path, query, body }: ArrivedRequest): Promise<Reply | 'hang' | 'cut'> {
    const routed = route(method, path);
    requests.push({ operation: routed?.operation ?? 'unknown', method, path, query: Object.fromEntries(query), body, at: time.now() });
    if (routed === undefined) return { status: 404, body: { message: 'Resource not found' } };
    const at = faults.findIndex(({ operation }) => operation === routed.operation);
    const fault = at < 0 ? undefined : faults.splice(at, 1)[0]?.fault;
    if (fault?.kind === 'hang' || fault?.kind === 'cut') return fault.kind;
    if (fault?.kind === 'status') return { status: fault.status, body: fault.body };
    const reply = await table[routed.operation](routed, (name) => query.get(name) ?? '', body);
    if (fault?.kind === 'lose-reply') return 'hang';
    if (fault?.kind === 'slow') await new Promise<void>((resolve) => void time.setTimer(fault.ms, resolve));
    return reply;
  }

  const server = createFakeServer({
    authorised: (givenUser, givenPassword) => givenUser === user && givenPassword === password,
    answer,
    application: (socket, name) => {
      if (name !== app) return;
      socket.on('close', tidy);
      link.take(socket);
    },
    answersPings: () => answersPings,
    answersMessages: () => link.passes('RESTResponse'),
    busy: rest.busy,
  });
  await server.listen();

  async function crash(): Promise<void> {
    const lost = state;
    state = emptyState();
    for (const channel of lost.channels.values()) {
      channel.gone = true;
      channel.phone.became({ ending: { by: 'lost', cause: 0 } });
      channel.thread.end();
    }
    link.cut();
    link.reset();
    await server.close();
  }

  let seenLegs = 0;
  return {
    ariUrl: `http://127.0.0.1:${server.port}`,
    ariUser: user,
    get ariPassword() {
      return password;
    },
    app,
    clock: time,
    requests,
    events,
    get connected() {
      return link.connected;
    },
    get channelIds() {
      return [...state.channels.keys()];
    },
    get bridges() {
      return [...state.bridges.values()].map(({ id, channels }) => ({ id, channelIds: [...channels].map((channel) => channel.id) }));
    },
    object: (name) => state.objects.get(name),
    call: calls.call,
    register: (name, on) => void (on ? state.registered.add(name) : state.registered.delete(name)),
    endpoint: (name, script) => void scripts.set(name, script),
    async leg(endpoint, withinMs) {
      const next = () => legs.findIndex((one, index) => index >= seenLegs && one.endpoint === endpoint);
      await rest.drive(`${endpoint} is called`, () => next() >= 0, withinMs);
      const index = next();
      seenLegs = index + 1;
      return (legs[index] as { readonly phone: Phone }).phone;
    },
    advance: rest.advance,
    settle: rest.settle,
    until: rest.drive,
    fail: (operation, fault) => void faults.push({ operation, fault }),
    eventFaults: link.faults,
    sendRaw: link.raw,
    dropSocket: link.cut,
    mutePongs: (mute) => {
      answersPings = !mute;
    },
    setPassword: (fresh) => {
      password = fresh;
    },
    crash,
    boot: () => server.listen(),
    stop: () => server.close(),
  };
}

function storyOf(requests: readonly SeenRequest[], events: readonly FakeEvent[]): string {
  const asked = requests.slice(-12).map(({ method, path }) => `  ${method} ${path}`);
  const happened = events.slice(-12).map(({ type }) => `  ${type}`);
  return `Last asked:\n${asked.join('\n')}\nLast happened:\n${happened.join('\n')}`;
}
