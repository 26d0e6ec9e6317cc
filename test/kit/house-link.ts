import { WebSocket } from 'ws';
import type { TestAsterisk } from './asterisk.ts';

/** What of an ARI event the house looks at. */
export interface RawEvent {
  readonly type: string;
  readonly channel?: {
    readonly id: string;
    readonly state: string;
    readonly name: string;
    readonly dialplan: { readonly exten: string };
    readonly caller: { readonly number: string };
  };
  readonly args?: readonly string[];
  readonly playback?: { readonly id: string };
  readonly cause?: number;
  readonly tech_cause?: number;
  readonly timestamp?: string;
}

/** The house's way to its own Asterisk: every event, and plain commands that throw when they are refused. */
export interface HouseLink {
  ari(method: string, path: string, query?: Record<string, string>, body?: unknown): Promise<void>;
  close(): void;
}

export async function openHouseLink(house: TestAsterisk, onEvent: (event: RawEvent) => void): Promise<HouseLink> {
  const socket = await openSocket(house, onEvent);
  return {
    ari: (method, path, query = {}, body) => request(house, method, path, query, body),
    close: () => socket.terminate(),
  };
}

async function openSocket(house: TestAsterisk, onEvent: (event: RawEvent) => void): Promise<WebSocket> {
  const url = `${house.ariUrl.replace('http', 'ws')}/ari/events?app=house&subscribeAll=false`;
  const socket = new WebSocket(url, { headers: { authorization: basic(house) } });
  socket.on('message', (data) => onEvent(JSON.parse(String(data)) as RawEvent));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return socket;
}

async function request(house: TestAsterisk, method: string, path: string, query: Record<string, string>, body?: unknown): Promise<void> {
  const response = await fetch(`${house.ariUrl}/ari${path}?${new URLSearchParams(query)}`, {
    method,
    headers: { authorization: basic(house), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
}

function basic(house: TestAsterisk): string {
  return `Basic ${Buffer.from(`${house.ariUser}:${house.ariPassword}`).toString('base64')}`;
}
