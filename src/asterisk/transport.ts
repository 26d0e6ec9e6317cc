import type { Clock } from '../ports/clock.ts';
import type { OperationName, Params } from './operations.ts';

/** What Asterisk said to one command. `status` is the HTTP status, or the one read from the text where it was lost. */
export interface AriReply {
  readonly status: number;
  /** Parsed JSON, the text when it is not JSON, undefined when there is none. */
  readonly body: unknown;
}

/** Whoever listens must not throw. All three may be called until `onClosed`, and nothing after it. */
export interface EventHandlers {
  /** One event as Asterisk sent it, parsed but not judged. */
  onEvent(raw: unknown): void;
  /** A message that is no JSON, or too large. */
  onGarbage(why: string): void;
  onPong(): void;
  /** The event socket is gone, for whatever reason; called once. */
  onClosed(why: string): void;
}

/**
 * The bare way to Asterisk: commands and one socket of events. Knows nothing of calls. Rejections are SantralErrors:
 * `telephony.timeout`, `telephony.disconnected`, `telephony.unauthorized`, `telephony.refused`.
 */
export interface AriTransport {
  readonly kind: 'own' | 'ari-client';
  /** Makes commands possible; needed before the first one and after each `drop`. */
  prepare(): Promise<void>;
  /** Any status is a reply; only what gave no reply rejects. */
  request(operation: OperationName, params: Params, body: object | undefined): Promise<AriReply>;
  /** Opens the event socket for the application. Events may arrive before the promise resolves. */
  listen(handlers: EventHandlers): Promise<void>;
  /** Asks for a pong. */
  ping(): void;
  /** Closes the event socket at once, without further word to its handlers. */
  drop(): void;
  /** Leaves nothing open. */
  close(): Promise<void>;
}

export interface TransportOptions {
  /** `http://127.0.0.1:8088`; a trailing `/ari` is understood. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly app: string;
  /** How long one command may take. */
  readonly timeoutMs: number;
  /**
   * HTTP connections at the same time. Asterisk answers one after another on each, and answer, addChannel, removeChannel
   * wait for the channel's own thread (behind a playing prompt), so each of those holds one up.
   */
  readonly connections: number;
  readonly clock: Clock;
}

/** Longest message taken from Asterisk, in bytes; its own limit for a message to it is 65 kB. */
export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
/** 64 of the `sessionlimit` in http.conf. */
export const DEFAULT_CONNECTIONS = 64;

/** Origin and base path of ARI: `http://host:8088` and `/ari`. */
export function parseAriUrl(url: string): { readonly origin: string; readonly base: string } {
  const parsed = new URL(url);
  const base = parsed.pathname.replace(/\/+$/, '').replace(/\/ari$/, '');
  return { origin: parsed.origin, base: `${base}/ari` };
}

export function basicAuth(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
