import { hasCode, SantralError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { ConnectionState } from '../ports/telephony.ts';
import { type AppState, type Connection, connect } from './connection.ts';
import type { AriTransport } from './transport.ts';

/** First pause after a lost connection; doubled each time, up to the longest. */
export const BACKOFF_FIRST_MS = 100;
export const BACKOFF_LONGEST_MS = 5_000;
/** Up to this share is taken off each pause by chance, so that many engines don't come back as one. */
export const BACKOFF_JITTER = 0.3;
/** A connection that lasted this long starts the pauses anew. */
export const STEADY_MS = 10_000;
/** A wrong password does not get better by asking often, and Asterisk logs each try. */
export const REFUSED_PAUSE_MS = 10_000;
/** How often we look whether the engine that took our application is gone. */
export const REPLACED_PAUSE_MS = 5_000;
/** An application that gained no channel for this long is taken back: calls of a dead engine keep its name alive. */
export const REPLACED_ORPHAN_MS = 600_000;

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
  let wake: () => void = () => undefined;

  function pause(ms: number): Promise<void> {
    if (stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = clock.setTimer(ms, () => wake());
      wake = () => {
        cancel();
        wake = () => undefined;
        resolve();
      };
    });
  }

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

  /** Another engine has the name: it may work in peace. Back only when the name is free, or its calls are orphans. */
  async function standBack(): Promise<void> {
    const known = new Set<string>();
    let quietSince = clock.now();
    while (!stopped) {
      await pause(REPLACED_PAUSE_MS);
      if (stopped) return;
      const app = await appState(deps);
      if (app.kind === 'free') return;
      if (app.kind === 'unknown') continue;
      if (app.channelIds.some((id) => !known.has(id)) || app.channelIds.length === 0) quietSince = clock.now();
      for (const id of app.channelIds) known.add(id);
      if (clock.now() - quietSince >= REPLACED_ORPHAN_MS) return;
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !stopped; failures += 1) {
      const end = await once();
      if (stopped) break;
      if (end.steady) failures = 0;
      if (end.replaced === true) await standBack();
      else await pause(Math.max(end.pauseMs ?? 0, backoff(failures, deps.random())));
    }
  }

  return {
    start() {
      if (running === undefined) running = run();
    },
    async stop() {
      stopped = true;
      connection?.end({ reason: 'Stopped' });
      wake();
      await deps.transport.close();
      await running;
    },
    state: () => state,
    ready: () => connection?.open === true,
    replaced() {
      const reason = `Another engine took over the application "${deps.app}". Two engines must not share a name: set SANTRAL_ARI_APP, or stop one. Waiting until it is free`;
      connection?.end({ reason, replaced: true });
    },
  };
}

interface End {
  readonly reason: string;
  readonly pauseMs?: number;
  readonly replaced?: boolean;
  readonly steady: boolean;
}

/** 100, 200, 400 … 5000 ms, less up to 30 %. `chance` in 0..1. */
export function backoff(failures: number, chance: number): number {
  const full = Math.min(BACKOFF_LONGEST_MS, BACKOFF_FIRST_MS * 2 ** Math.min(failures, 10));
  return Math.round(full * (1 - BACKOFF_JITTER * chance));
}

async function appState(deps: SupervisorDeps): Promise<AppState> {
  try {
    await deps.transport.prepare();
    const reply = await deps.transport.request('applications.get', { applicationName: deps.app }, undefined);
    if (reply.status === 404) return { kind: 'free' };
    const ids = (reply.body as { readonly channel_ids?: unknown } | undefined)?.channel_ids;
    return Array.isArray(ids) ? { kind: 'taken', channelIds: ids.map(String) } : { kind: 'unknown' };
  } catch {
    // Asterisk itself is gone: so is whoever had the name.
    return { kind: 'free' };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof SantralError) return error.message;
  return `The connection to Asterisk could not be put to use: ${error instanceof Error ? error.message : String(error)}`;
}
