import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Caller } from '../services/auth/callers.ts';
import type { Desk, DeskConnection, PageEnd } from '../services/desk/desk.ts';
import { type Identify, mustChangePassword } from './authentication.ts';
import { AGENTS } from './contract.ts';
import { agentSays } from './contracts/agent-socket.ts';
import { fromOurPage } from './same-origin.ts';
import { PING_MS, shut } from './socket-pair.ts';
import { askedHost, refuse, type SocketDoor } from './upgrade.ts';

export const AGENT_SOCKET_PATH = '/api/v1/agent/socket';
/** A hello is 100 bytes. */
const MAX_MESSAGE_BYTES = 2000;
/** A page that takes nothing while so many bytes wait is cut off; it may come back and gets what it missed. */
const MOST_WAITING_BYTES = 1_000_000;
const MOST_PAGES = 2000;

/** Codes a page is closed with; from 4000 on they are ours. */
export const CLOSE_CODES: Readonly<Record<PageEnd | 'logged-out' | 'not-understood', number>> = {
  'not-understood': 1008,
  closing: 1001,
  'logged-out': 4401,
  'no-profile': 4404,
  superseded: 4409,
};

export interface AgentSocketNeeds {
  readonly identify: Identify;
  readonly desk: Pick<Desk, 'connect'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Agents' pages: each message of the desk is one JSON text, each text of a page is a hello or a heartbeat. */
export function createAgentSockets({ identify, desk, clock, log }: AgentSocketNeeds): SocketDoor {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  const open = new Set<OpenPage>();

  async function agentOf(request: IncomingMessage): Promise<Caller | number> {
    // Cookies are sent with WebSockets of any page, so the page's origin decides (cross-site WebSocket hijacking).
    if (fromOurPage(request.headers, askedHost(request)) !== true) return 403;
    const found = await identify(request.headers);
    if (found === undefined) return 401;
    const { caller } = found;
    if (mustChangePassword(caller) || !AGENTS.roles.some((role) => role === caller.user.role)) return 403;
    return open.size >= MOST_PAGES ? 503 : caller;
  }

  async function accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    try {
      const caller = await agentOf(request);
      if (typeof caller === 'number') return refuse(socket, caller);
      server.handleUpgrade(request, socket, head, (page) => {
        const stillAllowed = async (): Promise<boolean> => {
          const asked = await identify(request.headers);
          return asked?.caller.user.id === caller.user.id && AGENTS.roles.some((role) => role === asked.caller.user.role);
        };
        const opened = openPage(page, { clock, stillAllowed, onOver: () => void open.delete(opened) });
        open.add(opened);
        opened.talkTo((to) => desk.connect(caller.user.id, to));
      });
    } catch (error) {
      log.warn({ err: error }, 'an agent’s page could not be connected');
      refuse(socket, 503);
    }
  }

  return {
    accept,
    closeAll() {
      for (const page of open) page.end('closing');
    },
  };
}

type DeskPage = Parameters<Desk['connect']>[1];

interface OpenPage {
  talkTo(connect: (page: DeskPage) => DeskConnection): void;
  end(why: PageEnd): void;
}

interface PageNeeds {
  readonly clock: Clock;
  /** Asked at every ping; false ends the connection. */
  readonly stillAllowed: () => Promise<boolean>;
  readonly onOver: () => void;
}

function openPage(socket: WebSocket, { clock, stillAllowed, onOver }: PageNeeds): OpenPage {
  let heard = true;
  let connection: DeskConnection | undefined;
  let cancelPing = ping();

  function end(why: keyof typeof CLOSE_CODES): void {
    shut(socket, CLOSE_CODES[why], why, clock);
  }

  function ping(): () => void {
    return clock.setTimer(PING_MS, () => {
      if (!heard) return socket.terminate();
      heard = false;
      socket.ping();
      cancelPing = ping();
      // When that cannot be told (the database is locked), the page stays.
      stillAllowed().then((allowed) => (allowed ? undefined : end('logged-out')), nothing);
    });
  }

  socket.on('pong', () => {
    heard = true;
  });
  socket.on('message', (data, isBinary) => {
    const said = agentSays.safeParse(isBinary ? undefined : parseJson(String(data)));
    if (!said.success) return end('not-understood');
    if (said.data.kind === 'hello') connection?.hello(said.data);
    else connection?.heartbeat();
  });
  // 'close' follows every 'error'.
  socket.on('error', nothing);
  socket.on('close', () => {
    cancelPing();
    connection?.gone();
    onOver();
  });

  return {
    talkTo(connect) {
      connection = connect({
        send(message) {
          if (socket.readyState !== WebSocket.OPEN) return;
          if (socket.bufferedAmount > MOST_WAITING_BYTES) return socket.terminate();
          socket.send(JSON.stringify(message));
        },
        end,
      });
    },
    end,
  };
}

const nothing = (): void => undefined;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
