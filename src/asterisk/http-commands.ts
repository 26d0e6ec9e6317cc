import { type Dispatcher, Pool } from 'undici';
import { disconnected, timedOut, unreachable } from './errors.ts';
import { OPERATIONS, type OperationName, type Params, pathOf } from './operations.ts';
import { type AriReply, basicAuth, MAX_MESSAGE_BYTES, parseAriUrl, type TransportOptions } from './transport.ts';

/** Asterisk cuts an idle connection after `session_keep_alive` (15 s unless set): we let go first. */
const IDLE_MS = 10_000;

export interface HttpCommands {
  request(operation: OperationName, params: Params, body: object | undefined): Promise<AriReply>;
  close(): Promise<void>;
}

/** ARI commands over kept-alive connections, one command at a time on each. */
export function openHttpCommands(options: TransportOptions): HttpCommands {
  const { origin, base } = parseAriUrl(options.url);
  const pool = new Pool(origin, {
    connections: options.connections,
    pipelining: 1,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    // The command's own timer covers these; undici's are coarse.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: options.timeoutMs },
  });
  const plain = { authorization: basicAuth(options.user, options.password) };
  const withBody = { ...plain, 'content-type': 'application/json' };
  let closed = false;

  const attempt = (operation: OperationName, path: string, body: Buffer | null) =>
    dispatch(pool, { path, method: OPERATIONS[operation].method, headers: body === null ? plain : withBody, body }, operation, options);

  return {
    async request(operation, params, body) {
      if (closed) throw disconnected('The way to Asterisk is closed');
      const path = base + pathOf(operation, params);
      const bytes = body === undefined ? null : Buffer.from(JSON.stringify(body));
      try {
        return await attempt(operation, path, bytes);
      } catch (error) {
        if (!mayRepeat(operation, error)) throw translate(origin, error);
      }
      try {
        return await attempt(operation, path, bytes);
      } catch (error) {
        throw translate(origin, error);
      }
    },
    async close() {
      closed = true;
      await pool.destroy(disconnected('The way to Asterisk is closed'));
    },
  };
}

/** One request on one connection, with a timer of its own. Rejects with undici's errors, or telephony.timeout. */
function dispatch(
  pool: Pool,
  request: Dispatcher.DispatchOptions,
  operation: OperationName,
  { clock, timeoutMs }: TransportOptions,
): Promise<AriReply> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let over = false;
    let status = 0;
    let size = 0;
    const chunks: Buffer[] = [];
    const settle = (how: () => void) => {
      if (over) return;
      over = true;
      cancelTimer();
      how();
    };
    const cancelTimer = clock.setTimer(timeoutMs, () => {
      const failure = timedOut(operation, timeoutMs, controller !== undefined);
      settle(() => reject(failure));
      controller?.abort(failure);
    });
    pool.dispatch(request, {
      onRequestStart(started) {
        controller = started;
        // Timed out while it waited for a connection: it must not be carried out late.
        if (over) started.abort(timedOut(operation, timeoutMs, false));
      },
      onResponseStart(_controller, code) {
        status = code;
      },
      onResponseData(current, chunk) {
        size += chunk.length;
        if (size > MAX_MESSAGE_BYTES) current.abort(new Error(`the reply to ${operation} is larger than ${MAX_MESSAGE_BYTES} bytes`));
        else chunks.push(chunk);
      },
      onResponseEnd() {
        settle(() => resolve({ status, body: size === 0 ? undefined : parseBody(chunks) }));
      },
      onResponseError(_controller, error) {
        settle(() => reject(error));
      },
    });
  });
}

function translate(origin: string, error: unknown): unknown {
  return error instanceof Error && error.name === 'SantralError' ? error : unreachable(origin, error);
}

/** A kept connection was cut under the command: again, where it was provably not carried out or may be carried out twice. */
function mayRepeat(operation: OperationName, error: unknown): boolean {
  const { code, socket } = error as { readonly code?: string; readonly socket?: { readonly bytesWritten?: number } };
  if (code !== 'UND_ERR_SOCKET' && code !== 'ECONNRESET' && code !== 'EPIPE') return false;
  return socket?.bytesWritten === 0 || OPERATIONS[operation].method !== 'POST';
}

function parseBody(chunks: readonly Buffer[]): unknown {
  const text = (chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))?.toString('utf8') ?? '';
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
