import { SantralError } from '../domain/errors.ts';
import { disconnected, timedOut, unreachable } from './errors.ts';
import { type ConnectionOwner, type Exchange, HttpConnection } from './http-connection.ts';
import type { HttpReply } from './http-reply.ts';
import { OPERATIONS, type OperationName, type Params, pathOf } from './operations.ts';
import { type AriReply, basicAuth, parseAriUrl, type TransportOptions } from './transport.ts';

export interface HttpCommands {
  request(operation: OperationName, params: Params, body: object | undefined): Promise<AriReply>;
  close(): Promise<void>;
}

/** What was cut off in the middle by the other side. */
const CUT = new Set(['ECONNRESET', 'EPIPE']);

/** ARI commands over kept-alive connections, one command at a time on each. */
export function openHttpCommands(options: TransportOptions): HttpCommands {
  const { base } = parseAriUrl(options.url);
  const pool = new Pool(options);
  return {
    request: (operation, params, body) => pool.request(operation, base + pathOf(operation, params), body),
    close: async () => pool.close(),
  };
}

/** A command from its request to its answer, on as many connections as that takes. */
class Job implements Exchange {
  readonly text: string;
  readonly operation: OperationName;
  readonly resolve: (reply: AriReply) => void;
  readonly #pool: Pool;
  readonly #reject: (error: unknown) => void;
  readonly #cancelTimer: () => void;
  connection: HttpConnection | null = null;
  #repeated = false;

  constructor(pool: Pool, operation: OperationName, text: string, resolve: (reply: AriReply) => void, reject: (error: unknown) => void) {
    this.text = text;
    this.operation = operation;
    this.resolve = resolve;
    this.#pool = pool;
    this.#reject = reject;
    this.#cancelTimer = pool.options.clock.setTimer(pool.options.timeoutMs, () => this.#late());
  }

  replied({ status, text }: HttpReply): void {
    this.#cancelTimer();
    this.connection = null;
    this.resolve({ status, body: text === '' ? undefined : parseBody(text) });
  }

  broke(error: Error, written: boolean): void {
    this.connection = null;
    if (!this.#repeated && mayRepeat(this.operation, error, written)) {
      this.#repeated = true;
      this.#pool.place(this);
    } else this.fail(error instanceof SantralError ? error : unreachable(this.#pool.origin, error));
  }

  fail(error: unknown): void {
    this.#cancelTimer();
    this.#reject(error);
  }

  #late(): void {
    const { timeoutMs } = this.#pool.options;
    this.#reject(timedOut(this.operation, timeoutMs, this.connection?.written === true));
    // The reply must not be taken for the next command's; what was not sent yet must not be carried out late.
    if (this.connection === null) this.#pool.forget(this);
    else this.connection.cut();
  }
}

class Pool implements ConnectionOwner {
  readonly options: TransportOptions;
  readonly origin: string;
  readonly #plainHead: string;
  readonly #bodyHead: string;
  /** The one used last is used next: few stay warm, the others go. */
  readonly #idle: HttpConnection[] = [];
  readonly #connections = new Set<HttpConnection>();
  #waiting: Job[] = [];
  #closed = false;

  constructor(options: TransportOptions) {
    this.options = options;
    this.origin = parseAriUrl(options.url).origin;
    this.#plainHead = ` HTTP/1.1\r\nhost: ${new URL(this.origin).host}\r\nauthorization: ${basicAuth(options.user, options.password)}\r\n`;
    this.#bodyHead = `${this.#plainHead}content-type: application/json\r\ncontent-length: `;
  }

  request(operation: OperationName, path: string, body: object | undefined): Promise<AriReply> {
    if (this.#closed) return Promise.reject(disconnected('The way to Asterisk is closed'));
    return new Promise((resolve, reject) => this.place(new Job(this, operation, this.#textOf(operation, path, body), resolve, reject)));
  }

  place(job: Job): void {
    if (this.#closed) return job.fail(disconnected('The way to Asterisk is closed'));
    const connection = this.#idle.pop();
    if (connection !== undefined) this.#carry(connection, job);
    else if (this.#connections.size < this.options.connections) {
      job.connection = new HttpConnection(this, job);
      this.#connections.add(job.connection);
    } else this.#waiting.push(job);
  }

  free(connection: HttpConnection): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(connection);
    else this.#carry(connection, next);
  }

  gone(connection: HttpConnection): void {
    this.#connections.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
    const next = this.#closed ? undefined : this.#waiting.shift();
    if (next !== undefined) this.place(next);
  }

  forget(job: Job): void {
    this.#waiting = this.#waiting.filter((one) => one !== job);
  }

  close(): void {
    this.#closed = true;
    const error = disconnected('The way to Asterisk is closed');
    for (const job of this.#waiting.splice(0)) job.fail(error);
    for (const connection of [...this.#connections]) connection.cut(error);
  }

  #carry(connection: HttpConnection, job: Job): void {
    job.connection = connection;
    connection.carry(job);
  }

  #textOf(operation: OperationName, path: string, body: object | undefined): string {
    const { method } = OPERATIONS[operation];
    if (body !== undefined) {
      const json = JSON.stringify(body);
      return `${method} ${path}${this.#bodyHead}${Buffer.byteLength(json)}\r\n\r\n${json}`;
    }
    return `${method} ${path}${this.#plainHead}${method === 'GET' || method === 'DELETE' ? '' : 'content-length: 0\r\n'}\r\n`;
  }
}

/** A kept connection was cut under the command: again, where it was provably not carried out or may be carried out twice. */
function mayRepeat(operation: OperationName, error: Error, written: boolean): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && CUT.has(code) && (!written || OPERATIONS[operation].method !== 'POST');
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
