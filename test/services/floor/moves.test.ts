import { expect, test } from 'vitest';
import type { UserId } from '../../../src/domain/ids.ts';
import { memoryFloorStore, profileOf } from '../../kit/floor.ts';
import { AYSE, openStage } from './stage.ts';

const QUEUES = `queues:
  support: { label: { tr: Destek, en: Support }, empty: { atJoin: wait, whenLastLeaves: wait }, sticky: { within: 1h, wait: 10s } }
  sales: { label: { tr: Satış, en: Sales }, empty: { atJoin: wait, whenLastLeaves: wait } }
`;
const SELLER = profileOf(AYSE, { queues: ['sales'] });

test('who is moved while the welcome plays is offered once it is over', async () => {
  const on = await openStage({ queues: QUEUES, agents: [SELLER] });
  const caller = await on.caller();
  const before = caller.place();
  before.busy(true);
  expect(on.floor.move(before.waitId, 'sales')).toBe(true);
  await on.clock.pass(0);
  expect(caller.offers).toHaveLength(0);
  // The call has heard of the move only now: its welcome ends at the place it knew.
  before.busy(false);
  await on.clock.pass(0);
  expect(caller.offers).toMatchObject([{ agent: AYSE }]);
});

test('who is moved while their last agent is looked up is offered once that is known', async () => {
  let found: (agent: UserId | undefined) => void = () => undefined;
  const memory = memoryFloorStore();
  const slow = {
    ...memory,
    store: { ...memory.store, lastAgentOf: () => new Promise<UserId | undefined>((resolve) => (found = resolve)) },
  };
  const on = await openStage({ queues: QUEUES, agents: [SELLER], memory: slow });
  const caller = await on.caller({ caller: '+905550000017' });
  expect(on.floor.move(caller.place().waitId, 'sales')).toBe(true);
  expect(caller.offers).toHaveLength(0);
  found(undefined);
  await on.clock.pass(0);
  expect(caller.offers).toMatchObject([{ agent: AYSE }]);
});

test('who hangs up in the moment of the move waits nowhere any more', async () => {
  const on = await openStage({ queues: QUEUES, agents: [] });
  const caller = await on.caller();
  const before = caller.place();
  on.floor.move(before.waitId, 'sales');
  before.left('abandoned', on.clock.now());
  expect(on.floor.waits()).toHaveLength(0);
  expect(on.facts.filter(({ kind }) => kind === 'left')).toMatchObject([
    { queue: 'support', how: 'moved' },
    { queue: 'sales', how: 'abandoned' },
  ]);
});
