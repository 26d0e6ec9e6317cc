import type { ClientWithResources } from 'ari-client';
import { request as httpRequest } from 'undici';
import { SantralError } from '../domain/errors.ts';
import { mendSwagger, rememberCredentials, statusOfText } from './ari-client-faults.ts';
import { isRaw } from './channel-info.ts';
import { disconnected, messageOf, timedOut, unauthorized, unreachable } from './errors.ts';
import { type EventSocket, watchSocket } from './event-socket.ts';
import { OPERATIONS, type OperationName, type Params } from './operations.ts';
import { type AriReply, type AriTransport, basicAuth, type EventHandlers, parseAriUrl, type TransportOptions } from './transport.ts';

/**
 * The `ari-client` package as a transport, its faults fenced in: see README.md for the list. It keeps its own HTTP and
 * its own WebSocket; time-outs, routing, reconnecting and judging events are ours.
 */
export function openAriClientTransport(options: TransportOptions): AriTransport {
  const { origin } = parseAriUrl(options.url);
  const waits = openWaits(options);
  let client: ClientWithResources | undefined;
  let events: EventSocket | undefined;

  function forget(): void {
    client?.removeAllListeners();
    client = undefined;
    waits.abandon('The connection to Asterisk was given up');
  }

  return {
    kind: 'ari-client',
    async prepare() {
      if (client !== undefined) return;
      await probe(options);
      const { default: ari } = await import('ari-client');
      await mendSwagger();
      rememberCredentials(origin, basicAuth(options.user, options.password));
      const connecting = ari.connect(origin, options.user, options.password);
      rememberCredentials(origin, basicAuth(options.user, options.password));
      try {
        const tooLate = () => disconnected(`Asterisk at ${origin} did not describe its API within ${options.timeoutMs} ms`);
        client = (await waits.within(connecting, tooLate)) as ClientWithResources;
      } catch (error) {
        throw error instanceof SantralError ? error : unreachable(origin, typeof error === 'string' ? new Error(error) : error);
      }
    },
    request(operation, params, body) {
      if (client === undefined) return Promise.reject(disconnected('The way to Asterisk is closed'));
      return waits.within(call(client, operation, params, body), () => timedOut(operation, options.timeoutMs, true));
    },
    listen(handlers) {
      if (client === undefined) return Promise.reject(disconnected('The way to Asterisk is closed'));
      const socket = hearEvents(client, options, {
        ...handlers,
        onClosed(why) {
          waits.abandon(why);
          handlers.onClosed(why);
        },
      });
      events = socket;
      // Its handshake knows no time-out either.
      return waits.within(socket.opened, () => {
        socket.cut();
        return disconnected(`Asterisk at ${origin} did not open the event socket within ${options.timeoutMs} ms`);
      });
    },
    ping: () => events?.ping(),
    drop() {
      events?.cut();
      events = undefined;
      forget();
    },
    async close() {
      const socket = events;
      events = undefined;
      forget();
      await socket?.close();
    },
  };
}

/** Its promises know no time-out, and a reply that never comes stays pending for ever: these end with time or connection. */
function openWaits({ clock, timeoutMs }: TransportOptions) {
  const pending = new Set<(error: Error) => void>();
  return {
    abandon(why: string): void {
      for (const reject of pending) reject(disconnected(why));
    },
    within<T>(promise: PromiseLike<T>, onTimeout: () => Error): Promise<T> {
      return new Promise((resolve, reject) => {
        const settle = () => {
          cancel();
          pending.delete(fail);
        };
        const fail = (error: unknown) => {
          settle();
          reject(error);
        };
        const cancel = clock.setTimer(timeoutMs, () => fail(onTimeout()));
        pending.add(fail);
        promise.then((value) => {
          settle();
          return resolve(value);
        }, fail);
      });
    },
  };
}

/** What is wrong is found out beforehand: ari-client says neither which status nor, of a broken connection, anything. */
async function probe(options: TransportOptions): Promise<void> {
  const { origin, base } = parseAriUrl(options.url);
  let status: number;
  try {
    const { timeoutMs } = options;
    const { statusCode, body } = await httpRequest(`${origin}${base}/api-docs/resources.json`, {
      headers: { authorization: basicAuth(options.user, options.password), connection: 'close' },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    status = statusCode;
    await body.json();
  } catch (error) {
    throw unreachable(origin, error);
  }
  if (status === 401 || status === 403) throw unauthorized(origin, options.user);
  if (status !== 200) throw new SantralError('telephony.refused', `Asterisk at ${origin} has no description of its API (${status})`);
}

async function call(client: ClientWithResources, name: OperationName, params: Params, body: object | undefined): Promise<AriReply> {
  const [resource = '', nickname = ''] = name.split('.');
  const operation = client[resource]?.[nickname];
  if (operation === undefined) return { status: 404, body: { message: `Asterisk's description has no operation ${name}` } };
  const given: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(params)) if (value !== undefined) given[key] = value;
  if (body !== undefined) {
    const { body: wrapped } = OPERATIONS[name] as { readonly body?: string };
    if (wrapped === undefined) given['body'] = JSON.stringify(body);
    else given[wrapped] = body;
  }
  try {
    return { status: 200, body: await operation(given) };
  } catch (error) {
    const said = parsed(error instanceof Error ? error.message : String(error));
    return { status: statusOfText(messageOf(said)), body: said };
  }
}

/**
 * Its socket under our eyes: what it can't read, or whose type its description lacks, would be an uncaught exception, and
 * its own reconnecting gives up after 43 s.
 */
function hearEvents(client: ClientWithResources, options: TransportOptions, handlers: EventHandlers): EventSocket {
  const known = client._swagger.apis.events.models;
  client.on('*', (event: unknown) => handlers.onEvent(event));
  void client.start(options.app);
  // Before the next turn of the loop, so before anything can arrive.
  client._wsClosed = true;
  const ws = client._ws;
  const [theirs] = ws.listeners('message');
  ws.removeAllListeners('message');
  ws.on('message', (data: Buffer, isBinary: boolean) => {
    const raw = parsed(data.toString('utf8'));
    if (!isRaw(raw)) return handlers.onGarbage('an event is no JSON object');
    if (typeof raw['type'] !== 'string' || !Object.hasOwn(known, raw['type'])) return handlers.onEvent(raw);
    try {
      theirs?.call(ws, data, isBinary);
    } catch (error) {
      handlers.onGarbage(`ari-client failed at a ${raw['type']}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  return watchSocket(ws, options, handlers);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
