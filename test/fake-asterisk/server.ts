import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { apiDocument } from './api-docs.ts';
import type { Reply } from './model.ts';

export interface ArrivedRequest {
  readonly method: string;
  /** Below `/ari`, without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface ServerDeps {
  readonly authorised: (user: string, password: string) => boolean;
  /** 'hang': never answered · 'cut': the connection is broken instead of an answer. */
  readonly answer: (request: ArrivedRequest) => Promise<Reply | 'hang' | 'cut'>;
  readonly application: (socket: WebSocket, app: string) => void;
  readonly answersPings: () => boolean;
  /** Whether the application's filter lets answers to requests over the socket through. */
  readonly answersMessages: () => boolean;
  readonly busy: () => void;
}

export interface FakeServer {
  readonly port: number;
  listen(): Promise<void>;
  close(): Promise<void>;
}

// Asterisk's own limits (http.c).
const REQUEST_LINE = 4096;
const BODY = 40 * 1024;
const KEEP_ALIVE_MS = 15_000;

/** ARI's outside: HTTP with Basic authorisation, one WebSocket per application. */
export function createFakeServer(deps: ServerDeps): FakeServer {
  let port = 0;
  let server: Server | undefined;
  let sockets: WebSocketServer | undefined;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    deps.busy();
    try {
      const reply = await judge(request);
      if (reply === 'hang') return;
      if (reply === 'cut') request.socket.destroy();
      else send(response, reply);
    } finally {
      deps.busy();
    }
  }

  async function judge(request: IncomingMessage): Promise<Reply | 'hang' | 'cut'> {
    const line = `${request.method} ${request.url} HTTP/1.1`;
    if (line.length > REQUEST_LINE) return { status: 400, body: '<html><h1>Bad Request</h1>\n<p>Request line too long</p></html>' };
    const url = new URL(request.url ?? '/', 'http://fake');
    const document = /^\/ari\/api-docs\/(\w+)\.json$/.exec(url.pathname)?.[1];
    if (!allowed(request, url)) return { status: 401, body: { message: 'Authentication required' } };
    if (document !== undefined) {
      const body = apiDocument(document, `http://${request.headers.host}`);
      return body === undefined ? { status: 404, body: { message: 'Resource not found' } } : { status: 200, body };
    }
    const bytes = await bodyOf(request);
    if (bytes.length > BODY) return { status: 413, body: { message: 'Request body too large' } };
    const text = bytes.toString('utf8');
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    return deps.answer({ method: request.method ?? 'GET', path: url.pathname.replace(/^\/ari/, ''), query: url.searchParams, body });
  }

  /** REST over the WebSocket: one request as a message, its answer as another. */
  async function command(ws: WebSocket, data: Buffer): Promise<void> {
    deps.busy();
    try {
      const { request_id, method, uri, message_body } = JSON.parse(data.toString()) as Record<string, string>;
      const url = new URL(`/${uri}`, 'http://fake');
      const body: unknown = message_body === undefined ? undefined : JSON.parse(message_body);
      const reply = await deps.answer({ method: method ?? 'GET', path: url.pathname, query: url.searchParams, body });
      if (reply === 'hang' || !deps.answersMessages()) return;
      if (reply === 'cut') ws.terminate();
      else ws.send(JSON.stringify(answerMessage(request_id ?? '', reply)));
    } finally {
      deps.busy();
    }
  }

  function allowed(request: IncomingMessage, url: URL): boolean {
    const [user = '', password = ''] = credentials(request, url);
    return deps.authorised(user, password);
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    deps.busy();
    const url = new URL(request.url ?? '/', 'http://fake');
    const app = url.searchParams.get('app');
    if (!allowed(request, url)) return refuse(socket, '401 Unauthorized');
    if (url.pathname !== '/ari/events' || app === null) return refuse(socket, '404 Not Found');
    sockets?.handleUpgrade(request, socket, head, (ws) => {
      ws.on('ping', () => {
        deps.busy();
        if (deps.answersPings()) ws.pong();
      });
      ws.on('error', () => undefined);
      ws.on('message', (data: Buffer) => void command(ws, data));
      deps.application(ws, app);
    });
  }

  return {
    get port() {
      return port;
    },
    async listen() {
      sockets = new WebSocketServer({ noServer: true, autoPong: false });
      server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => void serve(request, response));
      server.on('upgrade', upgrade);
      await new Promise<void>((resolve, reject) => {
        server?.on('error', reject);
        server?.listen(port, '127.0.0.1', resolve);
      });
      port = (server.address() as AddressInfo).port;
    },
    async close() {
      for (const client of sockets?.clients ?? []) client.terminate();
      sockets?.close();
      server?.closeAllConnections();
      await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
      server = undefined;
    },
  };
}

function credentials(request: IncomingMessage, url: URL): readonly string[] {
  const header = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const pair = header === undefined ? (url.searchParams.get('api_key') ?? '') : Buffer.from(header, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? [pair] : [pair.slice(0, colon), pair.slice(colon + 1)];
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, body }: Reply): void {
  const html = typeof body === 'string';
  const text = body === undefined ? '' : html ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': html ? 'text/html' : 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function answerMessage(request_id: string, { status, body }: Reply): object {
  const message_body = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return { type: 'RESTResponse', request_id, status_code: status, content_type: 'application/json', message_body };
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}
