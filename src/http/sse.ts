import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SantralError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';

/** Shorter than the idle time-outs usual in proxies. */
export const HEARTBEAT_MS = 15_000;
/** A reader whose connection takes nothing for so long is cut off; it may come back and gets what it missed. */
export const STALLED_MS = 30_000;
const RECONNECT_MS = 2000;
const MOST_STREAMS = 500;

export interface EventStream {
  /** A promise when the connection is full: it resolves when it is not, and rejects when the reader stalls or is gone. */
  send(event: { readonly event: string; readonly id?: string; readonly data: unknown }): Promise<void> | undefined;
  /** Ends the response after what was sent. Idempotent. */
  close(): void;
  /** Calls back when the stream is over, whoever ended it; at once when it is. */
  onClose(listener: () => void): void;
}

/** All open streams of the server, so that it can end them when it stops. */
export interface Streams {
  open(reply: FastifyReply): EventStream;
  closeAll(): void;
}

export interface StreamNeeds {
  readonly clock: Clock;
  /** Asked at every heartbeat; false ends the stream. */
  readonly stillAllowed: (request: FastifyRequest) => Promise<boolean>;
}

export function createStreams(needs: StreamNeeds): Streams {
  const open = new Set<EventStream>();
  return {
    open(reply) {
      if (open.size >= MOST_STREAMS)
        throw new SantralError('request.too-many', 'Too many live feeds are open. Close one, or try again later.');
      const stream = startStream(reply, needs);
      open.add(stream);
      stream.onClose(() => open.delete(stream));
      return stream;
    },
    closeAll() {
      for (const stream of open) stream.close();
    },
  };
}

/** Takes the response over and writes the head. */
function startStream(reply: FastifyReply, { clock, stillAllowed }: StreamNeeds): EventStream {
  reply.hijack();
  const { raw } = reply;
  // A hijacked reply's headers (security, limits) are ours to write.
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // nginx would hold events back otherwise.
    'x-accel-buffering': 'no',
    // The end of a stream is the end of its connection: an idle one would hold up the engine's stop.
    connection: 'close',
  });
  raw.write(`retry: ${RECONNECT_MS}\n\n`);
  return eventStream(raw, clock, () => stillAllowed(reply.request));
}

function eventStream(raw: ServerResponse, clock: Clock, stillAllowed: () => Promise<boolean>): EventStream {
  let over = false;
  const listeners = new Set<() => void>();
  let cancelBeat = beat();

  function beat(): () => void {
    return clock.setTimer(HEARTBEAT_MS, () => {
      if (!raw.writableNeedDrain) raw.write(': still here\n\n');
      cancelBeat = beat();
      // When that cannot be told (the database is locked), the stream goes on.
      stillAllowed().then((allowed) => (allowed ? undefined : close()), nothing);
    });
  }

  function finish(): void {
    if (over) return;
    over = true;
    cancelBeat();
    for (const listener of listeners) listener();
  }

  function close(): void {
    if (over) return;
    finish();
    raw.end();
  }

  raw.on('close', finish);
  raw.on('error', finish);
  return {
    send({ event, id, data }) {
      if (over) return Promise.reject(new Error('the reader is gone'));
      const fits = raw.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      return fits ? undefined : drained(raw, clock);
    },
    close,
    onClose(listener) {
      if (over) listener();
      else listeners.add(listener);
    },
  };
}

const nothing = (): void => undefined;

function drained(raw: ServerResponse, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.setTimer(STALLED_MS, () => {
      settle();
      raw.destroy();
      reject(new Error('the reader takes nothing'));
    });
    const onDrain = (): void => {
      settle();
      resolve();
    };
    const onClose = (): void => {
      settle();
      reject(new Error('the reader is gone'));
    };
    function settle(): void {
      cancel();
      raw.off('drain', onDrain);
      raw.off('close', onClose);
    }
    raw.on('drain', onDrain);
    raw.on('close', onClose);
  });
}
