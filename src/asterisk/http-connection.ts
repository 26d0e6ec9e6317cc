import net from 'node:net';
import tls from 'node:tls';
import { type HttpReply, ReplyReader } from './http-reply.ts';

/** Asterisk cuts an idle connection after `session_keep_alive` (15 s unless set): we let go first. */
const IDLE_MS = 10_000;
/** Most replies are below half a kilobyte; longer ones come in pieces. */
const READ_BYTES = 16_384;

/** One request on its way: what is written, and who waits for the reply. */
export interface Exchange {
  readonly text: string;
  replied(reply: HttpReply): void;
  /** The connection ended before the reply. `written`: the request may have been carried out. */
  broke(error: Error, written: boolean): void;
}

export interface ConnectionOwner {
  readonly origin: string;
  /** The connection takes the next exchange. */
  free(connection: HttpConnection): void;
  /** The connection is no more. */
  gone(connection: HttpConnection): void;
}

/** One kept-alive connection, which carries one exchange at a time. */
export class HttpConnection {
  readonly #owner: ConnectionOwner;
  readonly #socket: net.Socket;
  readonly #reader = new ReplyReader();
  #exchange: Exchange | null;
  #open = false;
  #over = false;
  #error: Error | null = null;

  /** Connects, and then carries the first exchange. */
  constructor(owner: ConnectionOwner, first: Exchange) {
    this.#owner = owner;
    this.#exchange = first;
    this.#socket = connectTo(owner.origin, (bytes) => this.#arrived(bytes));
    this.#socket.setNoDelay(true);
    this.#socket.setTimeout(IDLE_MS, () => this.#idle());
    this.#socket.once(owner.origin.startsWith('https') ? 'secureConnect' : 'connect', () => this.#opened());
    this.#socket.once('end', () => this.#ended());
    this.#socket.once('error', (error) => {
      this.#error = error;
    });
    this.#socket.once('close', () => this.#closed());
  }

  /** Whether the exchange it has may have reached the other side. */
  get written(): boolean {
    return this.#open;
  }

  carry(exchange: Exchange): void {
    this.#exchange = exchange;
    this.#socket.write(exchange.text);
  }

  /** Ends it at once. The exchange under way hears why, if there is a reason to tell. */
  cut(why?: Error): void {
    const exchange = this.#exchange;
    this.#exchange = null;
    this.#leave();
    this.#socket.destroy();
    if (why !== undefined) exchange?.broke(why, this.#open);
  }

  #opened(): void {
    this.#open = true;
    if (this.#exchange !== null) this.#socket.write(this.#exchange.text);
  }

  #arrived(bytes: Buffer): void {
    const exchange = this.#exchange;
    if (exchange === null) {
      // Nobody asked: the next reply would be taken for another one's.
      this.cut();
      return;
    }
    try {
      this.#settle(exchange, this.#reader.push(bytes));
    } catch (error) {
      this.#error = error as Error;
      this.#socket.destroy();
    }
  }

  #settle(exchange: Exchange, reply: HttpReply | undefined): void {
    if (reply === undefined) return;
    this.#exchange = null;
    exchange.replied(reply);
    if (reply.keep && !this.#over) this.#owner.free(this);
    else this.cut();
  }

  #ended(): void {
    if (this.#exchange !== null) this.#settle(this.#exchange, this.#reader.end());
    if (this.#exchange === null) this.cut();
  }

  #closed(): void {
    const exchange = this.#exchange;
    this.#exchange = null;
    this.#leave();
    exchange?.broke(this.#error ?? Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' }), this.#open);
  }

  #idle(): void {
    if (this.#exchange === null) this.cut();
  }

  #leave(): void {
    if (this.#over) return;
    this.#over = true;
    this.#owner.gone(this);
  }
}

function connectTo(origin: string, arrived: (bytes: Buffer) => void): net.Socket {
  const { protocol, hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol === 'https:') {
    const servername = net.isIP(host) === 0 ? { servername: host } : {};
    return tls.connect({ host, port: Number(port || 443), ...servername }).on('data', arrived);
  }
  // Read into one buffer, without a stream's detours: commands are the bulk of what the engine does.
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  const callback = (size: number): boolean => {
    arrived(buffer.subarray(0, size));
    return true;
  };
  return net.connect({ host, port: Number(port || 80), onread: { buffer, callback } });
}
