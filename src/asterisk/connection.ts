import { SantralError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { isRaw, textOf } from './channel-info.ts';
import { disconnected, errorOfReply } from './errors.ts';
import { EVENT_TYPES } from './events.ts';
import type { OperationName, Params } from './operations.ts';
import type { AriTransport } from './transport.ts';

/** A ping this often; a pong must have come by the next one. */
const PING_EVERY_MS = 5_000;
/** Events kept while the listener takes stock; more means that it never will. */
const WAITING_EVENTS_LIMIT = 100_000;

/** Answers to commands over the socket pass through the filter like events (tried on 22.10.1): without it every one times out. */
const HEARD = [...EVENT_TYPES, 'RESTResponse'];

interface Ended {
  readonly reason: string;
  readonly replaced?: boolean;
}

/** One connection, from the open event socket to its end. */
export interface Connection {
  readonly version: string;
  /** Event socket and filter stand, the end has not come. */
  readonly open: boolean;
  /** Resolves once, with why it ended. */
  readonly ended: Promise<Ended>;
  end(why: Ended): void;
  /** Runs the listener's stock-taking; events wait. Rejects when the connection ends meanwhile. */
  takeStock(onUp: () => Promise<void>): Promise<void>;
  /** Hands out the events that waited, in order, and from then on each as it comes. */
  release(): void;
  /** Stops its timers. */
  close(): void;
}

interface ConnectDeps {
  readonly transport: AriTransport;
  readonly app: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly onEvent: (raw: unknown) => void;
  readonly onGarbage: (why: string) => void;
}

/** Connects: commands, version, event socket, event filter. Rejects with a SantralError that says what is wrong. */
export async function connect(deps: ConnectDeps, cancelled: () => boolean): Promise<Connection> {
  const { transport } = deps;
  const check = () => {
    if (cancelled()) throw disconnected('Stopped');
  };
  await transport.prepare();
  check();
  const info = await ask(transport, 'asterisk.getInfo', {}, undefined);
  check();
  const connection = watch(deps, versionOf(info));
  try {
    await transport.listen(connection.handlers);
    check();
    connection.heartbeat();
    // A filter goes with the application object, so it is set after every connect.
    await ask(transport, 'applications.filter', { applicationName: deps.app }, { allowed: HEARD.map((type) => ({ type })) });
    check();
    connection.opened();
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function watch(deps: ConnectDeps, version: string) {
  const { clock, transport } = deps;
  let waiting: unknown[] | undefined = [];
  let open = false;
  let over = false;
  let alive = true;
  let cancelTimer: () => void = () => undefined;
  let tell: (why: Ended) => void = () => undefined;
  const ended = new Promise<Ended>((resolve) => {
    tell = resolve;
  });
  const close = () => {
    open = false;
    over = true;
    waiting = undefined;
    cancelTimer();
  };
  const end = (why: Ended) => {
    close();
    tell(why);
  };
  const heartbeat = () => {
    if (over) return;
    if (!alive) return end({ reason: `Asterisk did not answer a ping within ${PING_EVERY_MS} ms` });
    alive = false;
    transport.ping();
    cancelTimer = clock.setTimer(PING_EVERY_MS, heartbeat);
  };
  return {
    version,
    get open() {
      return open;
    },
    ended,
    end,
    close,
    heartbeat,
    opened: () => {
      open = !over;
    },
    handlers: {
      onEvent(raw: unknown) {
        alive = true;
        if (over) return;
        if (waiting === undefined) return deps.onEvent(raw);
        if (waiting.length >= WAITING_EVENTS_LIMIT) return end({ reason: `More than ${WAITING_EVENTS_LIMIT} events waited` });
        waiting.push(raw);
      },
      onGarbage: (why: string) => deps.onGarbage(why),
      onPong: () => {
        alive = true;
      },
      onClosed: (reason: string) => end({ reason }),
    },
    takeStock: (onUp: () => Promise<void>) => unlessEnded(onUp(), ended, () => over),
    release() {
      const events = waiting ?? [];
      waiting = undefined;
      for (const raw of events) if (!over) deps.onEvent(raw);
    },
  };
}

/** `work`, or a rejection with the reason as soon as the connection ends. */
async function unlessEnded(work: Promise<void>, ended: Promise<Ended>, over: () => boolean): Promise<void> {
  const lost = ended.then(({ reason }) => {
    throw disconnected(reason);
  });
  // Whichever comes second must not become an unhandled rejection.
  work.catch(() => undefined);
  lost.catch(() => undefined);
  await Promise.race([work, lost]);
  if (over()) await lost;
}

/** One command of the connection itself; a refusal is an error. */
async function ask(transport: AriTransport, operation: OperationName, params: Params, body: object | undefined): Promise<unknown> {
  const reply = await transport.request(operation, params, body);
  if (reply.status === 401) {
    throw new SantralError(
      'telephony.unauthorized',
      'Asterisk refused the password of the ARI user. Render asterisk-config again, or set SANTRAL_ARI_PASSWORD',
    );
  }
  if (reply.status >= 300) throw errorOfReply(operation, '', reply);
  return reply.body;
}

/** `22.10.1` of `22.10.1+dfsg+~cs6.17…`. */
function versionOf(info: unknown): string {
  const system = isRaw(info) ? info['system'] : undefined;
  const version = isRaw(system) ? textOf(system['version']) : '';
  return /^\d+(\.\d+)*/.exec(version)?.[0] ?? (version === '' ? 'unknown' : version);
}
