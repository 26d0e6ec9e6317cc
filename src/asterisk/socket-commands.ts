import { disconnected, timedOut } from './errors.ts';
import { OPERATIONS, type OperationName, type Params, pathOf } from './operations.ts';
import type { AriReply, TransportOptions } from './transport.ts';

/** ARI commands over the event socket (Asterisk 22.4 and newer): no connection of their own, and the answer comes with the events. */
export interface SocketCommands {
  /** undefined: it is not for the socket, or the socket is not open; nothing was sent. */
  request(operation: OperationName, params: Params, body: object | undefined): Promise<AriReply> | undefined;
  /** True when the message answers a command: it is no event. */
  isAnswer(raw: unknown): boolean;
  /** The socket is gone, and with it the answers. */
  lost(why: string): void;
}

/**
 * Commands that Asterisk carries out at once. It takes those of one socket one after another, so what waits for a channel's
 * own thread (answer, addChannel, removeChannel: behind a prompt for as long as it plays) would hold up every other call.
 */
const QUICK: ReadonlySet<OperationName> = new Set(['channels.playWithId', 'playbacks.stop', 'channels.hangup']);
/** A message of more than 65 535 bytes closes the socket; in UTF-8 a character has three at most that fit one code unit. */
const MAX_CHARACTERS = 21_000;

interface Waiting {
  readonly resolve: (reply: AriReply) => void;
  readonly reject: (error: unknown) => void;
  readonly cancelTimer: () => void;
}

/** `send` is false when the socket is not open. */
export function openSocketCommands({ clock, timeoutMs }: TransportOptions, send: (text: string) => boolean): SocketCommands {
  const waiting = new Map<string, Waiting>();
  let last = 0;

  function take(id: string): Waiting | undefined {
    const one = waiting.get(id);
    waiting.delete(id);
    one?.cancelTimer();
    return one;
  }

  function answered({ request_id: id, status_code: status, message_body: body }: Answer): void {
    // One that comes after its time-out is nobody's.
    const one = typeof id === 'string' ? take(id) : undefined;
    if (typeof status === 'number') one?.resolve({ status, body: parseBody(body) });
    else one?.reject(disconnected('Asterisk answered a command without a status'));
  }

  return {
    request(operation, params, body) {
      if (!QUICK.has(operation)) return undefined;
      last += 1;
      const id = String(last);
      const text = messageOf(id, operation, params, body);
      if (text.length > MAX_CHARACTERS || !send(text)) return undefined;
      return new Promise((resolve, reject) => {
        const cancelTimer = clock.setTimer(timeoutMs, () => take(id)?.reject(timedOut(operation, timeoutMs, true)));
        waiting.set(id, { resolve, reject, cancelTimer });
      });
    },
    isAnswer(raw) {
      if (typeof raw !== 'object' || raw === null || (raw as Answer).type !== 'RESTResponse') return false;
      answered(raw as Answer);
      return true;
    },
    lost(why) {
      for (const id of [...waiting.keys()]) take(id)?.reject(disconnected(why));
    },
  };
}

interface Answer {
  readonly type?: unknown;
  readonly request_id?: unknown;
  readonly status_code?: unknown;
  readonly message_body?: unknown;
}

function messageOf(id: string, operation: OperationName, params: Params, body: object | undefined): string {
  const what = { type: 'RESTRequest', request_id: id, method: OPERATIONS[operation].method, uri: pathOf(operation, params).slice(1) };
  return JSON.stringify(body === undefined ? what : { ...what, content_type: 'application/json', message_body: JSON.stringify(body) });
}

function parseBody(body: unknown): unknown {
  if (typeof body !== 'string' || body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
