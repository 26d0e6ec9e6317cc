import { type IncomingMessage, ServerResponse, STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { isLoopback } from './authentication.ts';

/** The host name the browser asked for; a proxy on this machine may say it in its own header, as for requests. */
export function askedHost(request: IncomingMessage): string | undefined {
  const forwarded = request.headers['x-forwarded-host'];
  const behindProxy = isLoopback(request.socket.remoteAddress ?? '') && typeof forwarded === 'string' && forwarded !== '';
  return behindProxy ? forwarded.split(',').at(-1)?.trim() : request.headers.host;
}

export function isWebSocket(request: IncomingMessage): boolean {
  return request.headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * A request that offers another upgrade (curl --http2, Java's client) is answered as if it hadn't. Its connection has left
 * the HTTP parser, so a body cannot be read any more and no second request can follow.
 */
function answerWithoutUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): void {
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody || !(socket instanceof Socket)) return refuse(socket, 426);
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.on('finish', () => socket.end());
  answer(request, response);
}

/** Answers a handshake with a status and ends the connection. */
export function refuse(socket: Duplex, status: number): void {
  if (socket.destroyed) return;
  const text = `${STATUS_CODES[status] ?? 'Error'}\n`;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    'Connection: close',
    'Content-Type: text/plain',
    `Content-Length: ${text.length}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}

/** What answers the WebSocket handshakes of one path. */
export interface SocketDoor {
  /** Never rejects. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  closeAll(): void;
}

/** Routes WebSocket handshakes by their path; all doors are closed with the server. */
export function installDoors(app: FastifyInstance, doors: Readonly<Record<string, SocketDoor>>): void {
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const door = Object.hasOwn(doors, path) ? doors[path] : undefined;
    if (!isWebSocket(request)) answerWithoutUpgrade(request, socket, (plain, response) => app.routing(plain, response));
    else if (door === undefined) refuse(socket, 404);
    else void door.accept(request, socket, head);
  });
  app.addHook('preClose', async () => {
    for (const door of Object.values(doors)) door.closeAll();
  });
}
