import type { IncomingMessage } from 'node:http';
import { type RawData, WebSocket } from 'ws';
import { SantralError } from '../domain/errors.ts';
import { disconnected, unauthorized, unreachable } from './errors.ts';
import { basicAuth, type EventHandlers, MAX_MESSAGE_BYTES, parseAriUrl, type TransportOptions } from './transport.ts';

/** A socket that is closed politely and not answered is cut after this time. */
const FAREWELL_MS = 500;

export interface EventSocket {
  /** Rejects with a SantralError when it could not be opened, or was given up first. */
  readonly opened: Promise<void>;
  ping(): void;
  /** At once; the handlers hear nothing more. */
  cut(): void;
  /** Politely. */
  close(): Promise<void>;
}

/** One that takes messages, too. */
export interface TwoWaySocket extends EventSocket {
  /** False when it is not open. */
  send(text: string): boolean;
}

/** Opens the event socket: the password goes in a header, so that no log of addresses holds it. What `isAnswer` claims is no event. */
export function openEventSocket(options: TransportOptions, handlers: EventHandlers, isAnswer: (raw: unknown) => boolean): TwoWaySocket {
  const { origin, base } = parseAriUrl(options.url);
  const ws = new WebSocket(`${origin.replace(/^http/, 'ws')}${base}/events?app=${encodeURIComponent(options.app)}`, {
    headers: { authorization: basicAuth(options.user, options.password) },
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    handshakeTimeout: options.timeoutMs,
    // The JSON parser refuses what is not UTF-8 well enough.
    skipUTF8Validation: true,
    // Masks keep web pages' scripts from writing to proxies what they like (RFC 6455 section 10.3); here nobody else chooses the bytes.
    generateMask: (mask) => void mask.fill(0),
  });
  ws.on('message', (data: RawData) => deliver(data, handlers, isAnswer));
  return {
    ...watchSocket(ws, options, handlers),
    send(text) {
      if (ws.readyState !== WebSocket.OPEN) return false;
      ws.send(text);
      return true;
    },
  };
}

/** Ties a socket's life (all but its messages) to the handlers. The last error before the end is its reason. */
export function watchSocket(ws: WebSocket, options: TransportOptions, handlers: EventHandlers): EventSocket {
  const { origin } = parseAriUrl(options.url);
  let open = false;
  let why = 'Asterisk closed the event socket';
  let refuse: (error: SantralError) => void = () => undefined;
  const opened = new Promise<void>((resolve, reject) => {
    refuse = reject;
    ws.on('open', () => {
      open = true;
      resolve();
    });
  });
  ws.on('pong', () => handlers.onPong());
  ws.on('unexpected-response', (request, response: IncomingMessage) => {
    request.destroy();
    refuse(refusedUpgrade(options, origin, response.statusCode ?? 0));
  });
  ws.on('error', (error) => {
    why = `The event socket broke: ${error.message}`;
    if (!open) refuse(unreachable(origin, error));
  });
  ws.on('close', (code) => {
    if (open) handlers.onClosed(`${why} (${code})`);
    else refuse(disconnected(`Asterisk at ${origin} closed the event socket before it was open`));
  });
  const silence = () => {
    ws.removeAllListeners();
    // A socket that is cut while it is being opened still reports an error.
    ws.on('error', () => undefined);
    refuse(disconnected('The event socket was given up'));
  };
  return {
    opened,
    ping: () => {
      if (ws.readyState === WebSocket.OPEN) ws.ping();
    },
    cut: () => {
      silence();
      ws.terminate();
    },
    close: () => {
      silence();
      return sayGoodbye(ws);
    },
  };
}

function sayGoodbye(ws: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (ws.readyState === WebSocket.CLOSED) return resolve();
    const timer = setTimeout(() => ws.terminate(), FAREWELL_MS);
    ws.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
    ws.close(1000);
  });
}

function refusedUpgrade(options: TransportOptions, origin: string, status: number): SantralError {
  if (status === 401 || status === 403) return unauthorized(origin, options.user);
  return new SantralError('telephony.refused', `Asterisk at ${origin} refused the event socket with HTTP status ${status}`);
}

function deliver(data: RawData, handlers: EventHandlers, isAnswer: (raw: unknown) => boolean): void {
  let raw: unknown;
  try {
    raw = JSON.parse((data as Buffer).toString('utf8'));
  } catch {
    handlers.onGarbage('an event is no JSON');
    return;
  }
  if (!isAnswer(raw)) handlers.onEvent(raw);
}
