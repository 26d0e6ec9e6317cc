import http from 'node:http';

export interface SseEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: unknown;
}

export interface SseClient {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  readonly comments: readonly string[];
  /** Resolves with the next `count` events, in order. */
  take(count: number): Promise<readonly SseEvent[]>;
  /** Resolves when a comment has come. */
  comment(): Promise<string>;
  /** Resolves when the server has ended (true) or cut (false) the stream. */
  readonly over: Promise<boolean>;
  /** What has come and was not taken. */
  rest(): readonly SseEvent[];
  close(): void;
  /** Stops and goes on reading from the socket. */
  pause(): void;
  resume(): void;
}

/** Browsers keep connections. */
const BROWSERLIKE = new http.Agent({ keepAlive: true });

/** An EventSource for tests, over a real connection. Gives up on nothing by itself. */
export function openSse(url: string, headers: Record<string, string>): Promise<SseClient> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers: { accept: 'text/event-stream', ...headers }, agent: BROWSERLIKE }, (response) => {
      resolve(clientOf(request, response));
    });
    request.on('error', reject);
  });
}

function clientOf(request: http.ClientRequest, response: http.IncomingMessage): SseClient {
  const events: SseEvent[] = [];
  const comments: string[] = [];
  let body = '';
  let pending = '';
  let wake: () => void = () => undefined;
  let tellOver: (whole: boolean) => void = () => undefined;
  const over = new Promise<boolean>((resolve) => {
    tellOver = resolve;
  });
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    body += chunk;
    pending += chunk;
    const blocks = pending.split('\n\n');
    pending = blocks.pop() ?? '';
    for (const block of blocks) {
      if (block.startsWith(':')) comments.push(block.slice(1).trim());
      else if (block.includes('event:')) events.push(parse(block));
    }
    wake();
  });
  // A response that is cut ends with 'error' and 'close', but not with 'end'.
  response.on('end', () => tellOver(true));
  response.on('close', () => tellOver(false));
  response.on('error', () => undefined);
  request.on('error', () => undefined);

  async function until(ready: () => boolean): Promise<void> {
    while (!ready()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    get body() {
      return body;
    },
    comments,
    async take(count) {
      await until(() => events.length >= count);
      return events.splice(0, count);
    },
    async comment() {
      const seen = comments.length;
      await until(() => comments.length > seen);
      return comments.at(-1) ?? '';
    },
    over,
    rest: () => events,
    close: () => void request.destroy(),
    pause: () => void response.pause(),
    resume: () => void response.resume(),
  };
}

function parse(block: string): SseEvent {
  const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
  return { event: fields.get('event') ?? '', id: fields.get('id'), data: JSON.parse(fields.get('data') ?? 'null') };
}
