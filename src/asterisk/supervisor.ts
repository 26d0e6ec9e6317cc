import { hasCode, SantralError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { ConnectionState } from '../ports/telephony.ts';
import { type Connection, connect } from './connection.ts';
import { backoff, createPauses } from './pauses.ts';
import { standBack, takeoverReason } from './takeover.ts';
import type { AriTransport } from './transport.ts';

/** A connection that lasted this long starts the pauses anew. */
const STEADY_MS = 10_000;
/** A wrong password does not get better by asking often, and Asterisk logs each try. */
const REFUSED_PAUSE_MS = 10_000;
export interface SupervisorDeps {
  readonly transport: AriTransport;
  readonly app: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** Hands out one raw event; must not throw. */
  readonly onEvent: (raw: unknown) => void;
  readonly onGarbage: (why: string) => void;
  readonly onUp: () => Promise<void>;
  readonly onDown: (reason: string) => void;
}

export interface Supervisor {
  start(): void;
  stop(): Promise<void>;
  state(): ConnectionState;
  /** Whether commands may be sent: from the open event socket on, so that `onUp` can take stock. */
  ready(): boolean;
  /** Called by the router when the application was taken by another engine. */
  replaced(): void;
}

/** Keeps one connection to Asterisk, for ever: connect, take stock, hand out events, notice the end, try again. */
export function createSupervisor(deps: SupervisorDeps): Supervisor {
  const { clock, log } = deps;
  let state: ConnectionState = { kind: 'down', reason: 'Not started', since: clock.now() };
  let connection: Connection | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;
  const pauses = createPauses(clock);

  function down(reason: string): void {
    const since = state.kind === 'down' ? state.since : clock.now();
    if (stopped) log.info({}, `The way to Asterisk is closed`);
    else if (state.kind === 'up' || state.reason !== reason) log.warn({ app: deps.app }, reason);
    state = { kind: 'down', reason, since };
  }

  /** One connection from first word to last. Returns why it ended, or what kept it from coming up. */
  async function once(): Promise<End> {
    const began = clock.now();
    let told = false;
    let end: End;
    try {
      connection = await connect(deps, () => stopped);
      told = true;
      const version = connection.version;
      await connection.takeStock(deps.onUp);
      state = { kind: 'up', asteriskVersion: version };
      log.info({ app: deps.app, version, transport: deps.transport.kind }, 'Connected to Asterisk');
      connection.release();
      end = { ...(await connection.ended), steady: clock.now() - began >= STEADY_MS };
    } catch (error) {
      end = { reason: reasonOf(error), pauseMs: hasCode(error, 'telephony.unauthorized') ? REFUSED_PAUSE_MS : 0, steady: false };
    }
    connection?.close();
    connection = undefined;
    deps.transport.drop();
    down(stopped ? 'Stopped' : end.replaced === true ? end.reason : `${end.reason}; trying again`);
    if (told && !stopped) tellDown(end.reason);
    return end;
  }

  function tellDown(reason: string): void {
    try {
      deps.onDown(reason);
    } catch (error) {
      log.error({ err: error }, 'The listener failed to take note of the lost connection');
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !stopped; failures += 1) {
      const end = await once();
      if (stopped) break;
      if (end.steady) failures = 0;
      if (end.replaced === true) await standBack(deps, pauses, () => stopped);
      else await pauses.pause(Math.max(end.pauseMs ?? 0, backoff(failures, deps.random())));
    }
  }

  return {
    start() {
      if (running === undefined) running = run();
    },
    async stop() {
      stopped = true;
      connection?.end({ reason: 'Stopped' });
      pauses.end();
      await deps.transport.close();
      await running;
    },
    state: () => state,
    ready: () => connection?.open === true,
    replaced: () => connection?.end({ reason: takeoverReason(deps.app), replaced: true }),
  };
}

interface End {
  readonly reason: string;
  readonly pauseMs?: number;
  readonly replaced?: boolean;
  readonly steady: boolean;
}

function reasonOf(error: unknown): string {
  if (error instanceof SantralError) return error.message;
  return `The connection to Asterisk could not be put to use: ${error instanceof Error ? error.message : String(error)}`;
}
