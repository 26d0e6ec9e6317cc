import { createServer, type ServerResponse } from 'node:http';
import { platesDigits } from '../../src/domain/appointments/plate.ts';

/** How the example of a dealer's system behaves; all but the first are things that real ones do. */
export type Manner =
  | 'good'
  /** Answers after so long that the caller is told to wait, but in time. */
  | 'slow'
  | 'silent'
  | 'failing'
  /** Fails once, then answers. */
  | 'hiccup'
  | 'html'
  | 'wrong-types'
  | 'wrong-order'
  | 'unknown-status'
  | 'bad-date'
  | 'costly-adviser'
  | 'oversize'
  /** Knows plates as wholes only. */
  | 'no-digits'
  | 'refusing';

export interface WorkOrder {
  readonly order: string;
  readonly plate: string;
  readonly status: string;
  readonly expected: { readonly date: string; readonly time: string } | null;
  readonly adviser: string | null;
}

export const ORDERS: readonly WorkOrder[] = [
  { order: '700001', plate: '34ABC123', status: 'in-progress', expected: { date: '2026-11-25', time: '15:30' }, adviser: '+902125550030' },
  { order: '700002', plate: '06B4567', status: 'ready', expected: null, adviser: null },
  { order: '700003', plate: '06DE4567', status: 'received', expected: null, adviser: null },
];

export interface DealerSystem {
  readonly url: string;
  /** Requests so far: `GET /work-orders/700001 Bearer …`. */
  readonly asked: string[];
  manner: Manner;
  close(): Promise<void>;
}

/** An example of a dealer's system: real HTTP on the loopback. `slowMs` is how long the slow one takes. */
export async function startDealerSystem({
  slowMs = 300,
  delay = pause,
}: {
  slowMs?: number;
  delay?: typeof pause;
} = {}): Promise<DealerSystem> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
    const before = asked.length;
    void answer(system.manner, request.url ?? '', response, { slowMs, delay, first: before === 1 });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const system: DealerSystem = {
    url: `http://127.0.0.1:${port}/api`,
    asked,
    manner: 'good',
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return system;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

interface Circumstances {
  readonly slowMs: number;
  readonly delay: (ms: number) => Promise<void>;
  readonly first: boolean;
}

async function answer(manner: Manner, url: string, response: ServerResponse, { slowMs, delay, first }: Circumstances): Promise<void> {
  const [, order, plate] = /^\/api\/(?:work-orders\/([^/]+)|vehicles\/([^/]+)\/work-order)$/.exec(url) ?? [];
  const digits = /^\/api\/plates\/([0-9]+)$/.exec(url)?.[1];
  const found = ORDERS.find((one) => one.order === order || one.plate === plate);
  const json = (value: unknown): void => void response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
  if (manner === 'silent') return;
  if (manner === 'refusing') return void response.destroy();
  if (manner === 'failing' || (manner === 'hiccup' && first)) return void response.writeHead(503).end('busy');
  if (manner === 'html') return void response.setHeader('content-type', 'text/html').end('<html><body>Bakım çalışması</body></html>');
  if (manner === 'oversize') return json({ ...found, history: 'x'.repeat(200_000) });
  if (digits !== undefined) return platesOf(digits, manner, response, json);
  if (found === undefined) return void response.writeHead(404).end();
  if (manner === 'slow') await delay(slowMs);
  json(told(manner, found));
}

/** What is told about digits: the only plate that has them, or that there are several. */
function platesOf(digits: string, manner: Manner, response: ServerResponse, json: (value: unknown) => void): void {
  const [one, ...others] = ORDERS.filter(({ plate }) => platesDigits(plate) === digits);
  if (one === undefined || manner === 'no-digits') return void response.writeHead(404).end();
  if (others.length > 0) return json({ kind: 'several' });
  json({ kind: 'found', plate: manner === 'wrong-order' ? '99XX999' : manner === 'wrong-types' ? [one.plate] : one.plate });
}

function told(manner: Manner, order: WorkOrder): unknown {
  switch (manner) {
    case 'wrong-types':
      return { ...order, order: Number(order.order), plate: [order.plate], status: 7 };
    case 'wrong-order':
      return { ...order, order: '999999', plate: '99XX999' };
    case 'unknown-status':
      return { ...order, status: 'exploded' };
    case 'bad-date':
      return { ...order, expected: { date: '2026-13-45', time: 'soon' } };
    case 'costly-adviser':
      return { ...order, adviser: '+909005550000' };
    default:
      return order;
  }
}
