import { expect, test } from 'vitest';
import type { AgentOnFloor } from '../../../src/domain/agent.ts';
import type { CallId } from '../../../src/domain/ids.ts';
import type { StoredAgentState } from '../../../src/ports/floor-store.ts';
import { memoryFloorStore } from '../../kit/floor.ts';
import { AYSE, openStage } from './stage.ts';

const QUEUES = 'queues:\n  support: { label: { tr: Destek, en: Support } }\n';
const OTHERS = 'call_elsewhere' as CallId;

/** Another engine reserves the agent behind our back. */
async function contested(readable: boolean) {
  const memory = memoryFloorStore();
  let isReadable = readable;
  const store = {
    ...memory.store,
    stateOf: async (agent: typeof AYSE): Promise<StoredAgentState | undefined> => {
      if (!isReadable) throw new Error('the database does not answer');
      return memory.store.stateOf(agent);
    },
  };
  const on = await openStage({ queues: QUEUES, memory: { ...memory, store } });
  await on.floor.saved();
  const ours = memory.agents.get(AYSE) as StoredAgentState;
  const theirs: StoredAgentState = { ...ours, state: { kind: 'reserved', callId: OTHERS, queue: 'support' }, version: ours.version + 1 };
  memory.agents.set(AYSE, theirs);
  const seen: AgentOnFloor['state'][] = [];
  on.floor.watch({ agentChanged: ({ state }) => void seen.push(state) });
  return { ...on, memory, ours, theirs, seen, heal: () => void (isReadable = true) };
}

const noSeat = { rescind: () => undefined, accept: () => undefined };

test.each(['a caller who waits', 'a colleague’s transfer'])('%s: the agent is the other engine’s, and the pages are told', async (what) => {
  const on = await contested(true);
  if (what === 'a caller who waits') await on.caller();
  else expect(await on.floor.reserve(AYSE, 'call_x' as CallId, noSeat)).toBeNull();
  await on.clock.pass(0);
  expect(on.state(AYSE)).toEqual(on.theirs.state);
  expect(on.seen.at(-1)).toEqual(on.theirs.state);
});

test('what the other engine stored cannot be read: the agent is free here, but never taken from it', async () => {
  const on = await contested(false);
  expect(await on.floor.reserve(AYSE, 'call_x' as CallId, noSeat)).toBeNull();
  expect(on.state(AYSE)).toEqual({ kind: 'available' });
  expect(on.seen.map(({ kind }) => kind)).toEqual(['reserved', 'available']);
  await on.floor.saved();
  expect(on.memory.agents.get(AYSE)).toEqual(on.theirs);
  on.heal();
  const caller = await on.caller();
  expect(caller.offers).toHaveLength(0);
  expect(on.state(AYSE)).toEqual(on.theirs.state);
});
