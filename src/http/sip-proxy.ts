import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { UserId } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { type Identify, mustChangePassword } from './authentication.ts';
import { fromOurPage } from './same-origin.ts';
import { joinSockets } from './socket-pair.ts';
import { askedHost, refuse, type SocketDoor } from './upgrade.ts';

export const SIP_PATH = '/sip';
/** A SIP message with its SDP is 2 to 4 kB; Asterisk closes at 65.5 kB by itself. */
const MAX_MESSAGE_BYTES = 65_000;
const CONNECT_MS = 5000;
const MOST_PHONES = 1000;

export interface SipProxyNeeds {
  readonly identify: Identify;
  readonly clock: Clock;
  readonly log: Log;
  /** Asterisk's own WebSocket, `ws://host:port/ws`. */
  readonly target: string;
  /** The last page of this user whose telephone was here is gone: closed, loaded anew, or cut off. */
  readonly phoneGone: (user: UserId) => void;
}

/**
 * Carries browser phones' SIP to Asterisk, so that a browser needs one port and one login: Asterisk's HTTP port, with
 * ARI on it, stays closed to the network.
 */
export function createSipProxy({ identify, clock, log, target, phoneGone }: SipProxyNeeds): SocketDoor {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  });
  const pairs = new Map<{ close(): void }, UserId>();
  let opening = 0;
  let closing = false;

  async function userOf(request: IncomingMessage): Promise<UserId | undefined> {
    const found = await identify(request.headers);
    return found === undefined || mustChangePassword(found.caller) ? undefined : found.caller.user.id;
  }

  const allowed = async (request: IncomingMessage): Promise<boolean> => (await userOf(request)) !== undefined;

  /** The status to refuse with, or null. */
  async function objection(request: IncomingMessage): Promise<number | null> {
    // Cookies are sent with WebSockets of any page, so the page's origin decides (cross-site WebSocket hijacking).
    if (fromOurPage(request.headers, askedHost(request)) !== true) return 403;
    if (!(await allowed(request))) return 401;
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (!offered.includes('sip')) return 400;
    return pairs.size + opening >= MOST_PHONES ? 503 : null;
  }

  function join(browser: WebSocket, asterisk: WebSocket, request: IncomingMessage, user: UserId): void {
    const onOver = (): void => {
      if (pairs.delete(pair) && !closing && ![...pairs.values()].includes(user)) phoneGone(user);
    };
    const pair = joinSockets(browser, asterisk, { clock, stillAllowed: () => allowed(request), onOver });
    pairs.set(pair, user);
  }

  async function accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    try {
      const status = await objection(request);
      if (status !== null) return refuse(socket, status);
      const user = await userOf(request);
      if (user === undefined) return refuse(socket, 401);
      opening += 1;
      const asterisk = await connect(target).finally(() => {
        opening -= 1;
      });
      if (socket.destroyed) return asterisk.terminate();
      server.handleUpgrade(request, socket, head, (browser) => join(browser, asterisk, request, user));
    } catch (error) {
      log.warn({ err: error }, 'a browser phone could not be connected to Asterisk');
      refuse(socket, 503);
    }
  }

  return {
    accept,
    closeAll() {
      closing = true;
      for (const pair of pairs.keys()) pair.close();
    },
  };
}

/** An open socket to Asterisk, held still until it is joined. Rejects when there is none. */
function connect(target: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const asterisk = new WebSocket(target, ['sip'], {
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      handshakeTimeout: CONNECT_MS,
      followRedirects: false,
    });
    asterisk.once('error', reject);
    asterisk.once('open', () => {
      asterisk.off('error', reject);
      asterisk.pause();
      resolve(asterisk);
    });
  });
}
