import { platesDigits } from '../domain/appointments/plate.ts';
import type { Value } from '../domain/value.ts';
import type { DemoSystem } from './connected-client.ts';

interface DemoOrder {
  readonly order: string;
  readonly plate: string;
  readonly status: string;
  /** Days from today, and the time; null: nobody knows yet. */
  readonly ready: { readonly inDays: number; readonly time: string } | null;
}

/** Invented cars in an invented workshop: for trying the flow out, and for nothing else. */
export const DEMO_ORDERS: readonly DemoOrder[] = [
  { order: '100001', plate: '34ABC123', status: 'in-progress', ready: { inDays: 1, time: '15:30' } },
  { order: '100002', plate: '06BV4567', status: 'waiting-parts', ready: { inDays: 4, time: '11:00' } },
  { order: '100003', plate: '35R1234', status: 'ready', ready: null },
  { order: '100004', plate: '16KLM42', status: 'received', ready: null },
  { order: '100005', plate: '01AB789', status: 'delivered', ready: null },
];
/** Answered by the demonstration's trunk. */
const DEMO_ADVISER = '+902125550030';
const DAY_MS = 86_400_000;

/** The dealer's system of the demonstration: `GET /work-orders/<number>`, `GET /vehicles/<plate>/work-order`, `GET /plates/<digits>`. */
export function demoDealerSystem(now: () => number, zone: string): DemoSystem {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  return ({ method, url }) => {
    const [, order, plate, digits] = /^\/(?:work-orders\/([^/]+)|vehicles\/([^/]+)\/work-order|plates\/([0-9]+))$/.exec(url) ?? [];
    const found = DEMO_ORDERS.find((one) => one.order === order || one.plate === plate || platesDigits(one.plate) === digits);
    if (method !== 'GET' || found === undefined) return { kind: 'error', reason: 'status', status: 404 };
    if (digits !== undefined) return { kind: 'ok', status: 200, value: { kind: 'found', plate: found.plate } };
    return { kind: 'ok', status: 200, value: answer(found, (days) => today.format(now() + days * DAY_MS)) };
  };
}

function answer({ order, plate, status, ready }: DemoOrder, day: (inDays: number) => string): Value {
  const expected = ready === null ? null : { date: day(ready.inDays), time: ready.time };
  return { order, plate, status, expected, adviser: DEMO_ADVISER, demo: true };
}
