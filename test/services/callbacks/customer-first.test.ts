import { expect, it } from 'vitest';
import type { CallbackId, CallId } from '../../../src/domain/ids.ts';
import type { E164 } from '../../../src/domain/phone-number.ts';
import { CustomerFirst } from '../../../src/services/callbacks/customer-first.ts';
import type { Callable } from '../../../src/services/callbacks/run.ts';
import { callback } from '../../acd/callback-kit.ts';
import { AYSE, BORA } from './bench.ts';

/** Agents who are free, with their queues; who is dialled is told. */
function house(agents: Readonly<Record<string, readonly string[]>>) {
  let calls = 0;
  const floor = {
    agents: new Map(Object.entries(agents).map(([id, queues]) => [id, { userId: id, queues, state: { kind: 'available' } }])),
    waiting: [] as { queue: string; offeredTo: null; callback: boolean }[],
  };
  const deps = {
    floor: () => ({ state: () => floor }),
    ids: { next: () => `call_${(calls += 1)}` },
    calls: () => ({ place: async () => undefined }),
    queues: () => new Map(),
    rules: () => new Map(),
    settings: { callerId: null },
  };
  const changes = { apply: async () => callback(), dial: async () => 'dials' as const };
  return { floor, first: new CustomerFirst({ deps, changes } as never, () => undefined) };
}

const of = (queue: string): Callable => ({
  ...callback({ id: `cbk_${queue}` as CallbackId }),
  queue,
  group: queue,
  number: '+905550000017' as E164,
});

it('dials one customer for an agent who serves two queues, and another when the first is over', () => {
  const { first } = house({ [AYSE]: ['support', 'sales'] });
  expect(first.begin(of('support'))).toBe(true);
  expect(first.begin(of('sales'))).toBe(false);
  first.ended('call_1' as CallId);
  expect(first.begin(of('sales'))).toBe(true);
});

it('dials one for each of two agents, and none for whom a caller of another queue waits', () => {
  const { first, floor } = house({ [AYSE]: ['support', 'sales'], [BORA]: ['sales'] });
  expect(first.begin(of('support'))).toBe(true);
  expect(first.begin(of('sales'))).toBe(true);
  expect(first.begin(of('sales'))).toBe(false);
  first.ended('call_1' as CallId);
  floor.waiting.push({ queue: 'support', offeredTo: null, callback: false });
  expect(first.begin(of('sales'))).toBe(false);
});
