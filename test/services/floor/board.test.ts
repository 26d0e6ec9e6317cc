import { describe, expect, it } from 'vitest';
import { sumAgentCounts, sumQueueCounts } from '../../../src/acd/counts.ts';
import { AGENT_FIGURES, loggedInMs } from '../../../src/acd/figures.ts';
import { countEvents } from '../../../src/acd/live-figures.ts';
import type { UserId } from '../../../src/domain/ids.ts';
import { addDays, dayBegin, localDay } from '../../../src/domain/local-day.ts';
import { type Board, createBoard } from '../../../src/services/floor/board.ts';
import { FLOOR_BRAND } from '../../kit/floor.ts';
import { AYSE, BORA, openStage } from './stage.ts';

const ZONE = 'Europe/Istanbul';
const MINUTE = 60_000;
const QUEUES = `queues:
  support:
    label: { tr: Destek, en: Support }
    wrapUp: { mode: optional, time: 30s }
    empty: { atJoin: wait, whenLastLeaves: wait }
    serviceLevel: { within: 20s, shortAbandon: 5s }
`;

type Stage = Awaited<ReturnType<typeof openStage>>;

async function openBoard(after?: Stage) {
  let board: Board | undefined;
  const stage = await openStage({
    queues: QUEUES,
    ...(after === undefined ? {} : { after }),
    // Before the floor starts, as in the engine: it hears of the gap.
    built({ floor, clock, memory, queues }) {
      board = createBoard({
        ...{ floor, clock, store: memory.store, zone: ZONE, brand: FLOOR_BRAND, queues: () => queues, dispositions: new Map() },
        ...{ callOf: () => undefined, nameOf: (id: UserId) => id, pops: { of: () => null, again: () => undefined } },
      });
    },
  });
  if (board === undefined) throw new Error('there is no board');
  await board.start();
  const { floorAgent, queues } = board;
  return { ...stage, board, agent: () => floorAgent(AYSE)?.today, queue: () => queues()[0]?.today };
}

/** One is answered after 15 s and talked with for two minutes, one hangs up after just the short time. */
async function twoCalls(on: Stage): Promise<void> {
  const first = await on.caller();
  await on.clock.pass(15_000);
  const talk = first.talk();
  await on.clock.pass(2 * MINUTE);
  const second = await on.caller();
  await on.clock.pass(5000);
  second.place().left('abandoned', on.clock.now());
  talk.released('agent-hung-up', on.clock.now());
  await on.clock.pass(30_000);
}

describe('today', () => {
  it('equals the report of the same facts, an abandon of just the short time among them', async () => {
    const on = await openBoard();
    await twoCalls(on);
    await on.floor.saved();
    const from = dayBegin(ZONE, localDay(ZONE, on.clock.now()));
    const rulesOf = () => ({ serviceLevelMs: 20_000, shortAbandonMs: 5000 });
    const report = countEvents(on.memory.events, { from, rulesOf }, on.clock.now());
    const queue = sumQueueCounts(report.queues.map(({ counts }) => counts));
    const agent = sumAgentCounts(report.agents.map(({ counts }) => counts));
    expect(on.queue()).toMatchObject({ offered: 2, answered: 1, abandoned: 1, shortAbandoned: 1, longestWaitMs: queue.longestWaitMs });
    expect(queue.shortAbandoned).toBe(1);
    expect(on.queue()?.serviceLevel).toMatchObject({ value: 1, answeredWithin: 1, withinMs: 20_000, shortMs: 5000 });
    expect(on.agent()).toMatchObject({
      ...{ offered: 1, answered: 1, outbound: 0, notAnswered: 0, talkMs: 125_000, wrapMs: 30_000 },
      ...{ loggedInMs: loggedInMs(agent), occupancy: AGENT_FIGURES.occupancy.of(agent), averageHandleMs: 155_000 },
    });
    expect(on.agent()?.loggedInMs).toBeGreaterThan(165_000);
  });

  it('begins anew at midnight: who is there goes on from then, calls of yesterday are yesterday’s', async () => {
    const on = await openBoard();
    const midnight = dayBegin(ZONE, addDays(localDay(ZONE, on.clock.now()), 1));
    await on.clock.pass(midnight - 10_000 - on.clock.now());
    const late = await on.caller();
    expect(on.queue()).toMatchObject({ offered: 1 });
    let changes = 0;
    on.board.watchFloor(() => {
      changes += 1;
    });
    await on.clock.pass(20_000);
    expect(changes).toBeGreaterThan(0);
    expect(on.queue()).toMatchObject({ offered: 0, answered: 0, longestWaitMs: 0 });
    expect(on.agent()).toMatchObject({ offered: 0, availableMs: 10_000, loggedInMs: 10_000 });
    late.talk().released('caller-hung-up', on.clock.now());
    expect(on.queue()).toMatchObject({ offered: 0, answered: 0 });
    expect(on.agent()).toMatchObject({ answered: 1 });
    // And the next midnight as well.
    await on.clock.pass(86_400_000);
    expect(on.agent()).toMatchObject({ answered: 0 });
  });

  it('is the same after a restart, without the time that nobody saw', async () => {
    const on = await openBoard();
    await twoCalls(on);
    await on.floor.saved();
    const [queue, agent] = [on.queue(), on.agent()];
    on.board.stop();
    await on.floor.stop();
    await on.clock.pass(10 * MINUTE);
    const again = await openBoard(on);
    expect(again.queue()).toEqual(queue);
    expect(again.agent()).toEqual(agent);
    await again.clock.pass(MINUTE);
    expect(again.agent()).toEqual({
      ...agent,
      ...{ availableMs: (agent?.availableMs ?? 0) + MINUTE, loggedInMs: (agent?.loggedInMs ?? 0) + MINUTE },
      occupancy: expect.any(Number),
    });
  });

  it('knows after a restart who has done the same since yesterday', async () => {
    const on = await openBoard();
    on.floor.act(AYSE, { kind: 'pause', reason: 'meeting' });
    await on.floor.saved();
    await on.clock.pass(2 * 86_400_000);
    on.board.stop();
    await on.floor.stop();
    const again = await openBoard(on);
    const sinceMidnight = again.clock.now() - dayBegin(ZONE, localDay(ZONE, again.clock.now()));
    // The gap began with the last fact, which is older than the day: of today nobody saw anything.
    expect(again.agent()?.pausedMs).toBe(0);
    await again.clock.pass(MINUTE);
    expect(again.agent()?.pausedMs).toBe(MINUTE);
    expect(sinceMidnight).toBeGreaterThan(MINUTE);
  });
});

describe('the board', () => {
  it('shows waits by their place, numbers masked, and what agents do', async () => {
    const on = await openBoard();
    on.floor.act(AYSE, { kind: 'pause', reason: 'meal' });
    await on.caller();
    await on.caller();
    const { waits, agents, queues } = on.board.view();
    expect(waits.map(({ position, offeredTo }) => [position, offeredTo])).toEqual([
      [1, null],
      [2, null],
    ]);
    expect(agents).toMatchObject([{ id: AYSE, state: { kind: 'paused', reason: 'meal' } }]);
    expect(queues).toMatchObject([{ id: 'support', waiting: 2, agents: { loggedIn: 1, paused: 1, available: 0 } }]);
    expect(on.board.agentView(BORA)).toBeUndefined();
  });
});
