import { describe, expect, it } from 'vitest';
import { decide } from '../../src/acd/decide.ts';
import type { FloorState } from '../../src/acd/floor-state.ts';
import { position } from '../../src/acd/order.ts';
import type { AgentState } from '../../src/domain/agent.ts';
import { agent, agentOf, callOf, floor, inShort, MINUTE, NOON, queueOf, SECOND, talkingWith, waiting } from './kit.ts';

const decided = (state: FloorState, afterMs = 0): readonly string[] => inShort(decide(state, NOON + afterMs).decisions);
const wakesAfter = (state: FloorState, afterMs = 0): number | null => {
  const { wakeAt } = decide(state, NOON + afterMs);
  return wakeAt === null ? null : wakeAt - NOON;
};

describe('the order of callers', () => {
  it('is by waiting time, whatever order they are listed in', () => {
    const state = floor({ waiting: [waiting('b', 10), waiting('c', 5), waiting('a', 20)], agents: [agent('x', 2), agent('y', 1)] });
    expect(decided(state)).toEqual(['a>x', 'b>y']);
  });

  it('lets the class count as waiting time, and keeps the oldest first within a class', () => {
    const vip = { class: 'vip' };
    const callers = [waiting('s', 3 * MINUTE), waiting('t', MINUTE), waiting('v', 90 * SECOND, vip), waiting('w', 30 * SECOND, vip)];
    const state = floor({ waiting: callers, agents: ['1', '2', '3', '4'].map((name) => agent(name)) });
    expect(decided(state)).toEqual(['v>1', 's>2', 'w>3', 't>4']);
    expect(callers.map(({ callId }) => position(state, callId, NOON))).toEqual([2, 4, 1, 3]);
  });

  it('lets nobody starve: from the hard maximum on class no longer matters', () => {
    const queues = [queueOf('support', { classes: { standard: 0, vip: 60 * MINUTE } })];
    const vips = ['v', 'w', 'x'].map((name) => waiting(name, 9 * MINUTE, { class: 'vip' }));
    const state = floor({ queues, waiting: [...vips, waiting('s', 10 * MINUTE - 1)], agents: [agent('one')] });
    expect(decided(state)).toEqual(['v>one']);
    expect(decided(state, 1)).toEqual(['s>one']);
    expect(position(state, callOf('s'), NOON)).toBe(4);
    expect(position(state, callOf('s'), NOON + 1)).toBe(1);
  });

  it('is one over all queues an agent serves', () => {
    const queues = [queueOf('support'), queueOf('sales')];
    const callers = [waiting('a', 5), waiting('b', 9, { queue: 'sales' }), waiting('c', 7)];
    const both = { queues: ['sales', 'support'] };
    expect(decided(floor({ queues, waiting: callers, agents: [agent('x', 0, both)] }))).toEqual(['b>x']);
    expect(decided(floor({ queues, waiting: callers, agents: [agent('x')] }))).toEqual(['c>x']);
  });

  it('knows no position of a call that does not wait', () => {
    expect(position(floor({ waiting: [waiting('a', 5)] }), callOf('z'), NOON)).toBeUndefined();
  });
});

describe('the choice of the agent', () => {
  const one = [waiting('a', 5)];

  it('is who has been idle longest, then by id', () => {
    expect(decided(floor({ waiting: one, agents: [agent('x', 5), agent('y', 9)] }))).toEqual(['a>y']);
    expect(decided(floor({ waiting: one, agents: [agent('y', 5), agent('x', 5)] }))).toEqual(['a>x']);
  });

  it.each<AgentState>([
    { kind: 'offline' },
    { kind: 'reserved', callId: callOf('z'), queue: 'sales' },
    { kind: 'ringing', callId: callOf('z'), queue: 'sales' },
    talkingWith('z', 'sales'),
    { kind: 'held', callId: callOf('z'), queue: 'sales' },
    { kind: 'wrap-up', callId: callOf('z'), queue: 'sales', until: null, extended: false },
    { kind: 'paused', reason: 'meal' },
    { kind: 'unreachable', reason: 'heartbeat' },
  ])('leaves out who is $kind, in whichever of their queues that is', (state) => {
    expect(decided(floor({ waiting: one, agents: [agent('x', 5, { state, queues: ['support', 'sales'] })] }))).toEqual([]);
  });

  it('leaves out who is reserved already, and who serves other queues', () => {
    const offered = waiting('b', 9, { offeredTo: agentOf('x') });
    expect(decided(floor({ waiting: [...one, offered], agents: [agent('x')] }))).toEqual([]);
    expect(decided(floor({ waiting: one, agents: [agent('x', 0, { queues: ['sales'] })] }))).toEqual([]);
  });

  it('asks for each skill at its level', () => {
    const german = [waiting('a', 5, { skills: { german: 3, boilers: 1 } })];
    const able = (skills: Record<string, number>) => decided(floor({ waiting: german, agents: [agent('x', 5, { skills })] }));
    expect(able({ german: 3, boilers: 1 })).toEqual(['a>x']);
    expect(able({ german: 9, boilers: 2, sales: 1 })).toEqual(['a>x']);
    expect(able({ german: 2, boilers: 9 })).toEqual([]);
    expect(able({ german: 3 })).toEqual([]);
  });

  it('gives a later caller the agent whom an earlier one cannot use', () => {
    const callers = [waiting('a', 9, { skills: { german: 5 } }), waiting('b', 5)];
    expect(decided(floor({ waiting: callers, agents: [agent('x')] }))).toEqual(['b>x']);
  });

  it('comes back to who passed on the caller only when nobody else is free', () => {
    const passed = waiting('a', 9, { passedBy: [agentOf('x')] });
    expect(decided(floor({ waiting: [passed], agents: [agent('x', 99), agent('y', 1)] }))).toEqual(['a>y']);
    expect(decided(floor({ waiting: [passed], agents: [agent('x', 99), agent('y', 1, { state: talkingWith('z') })] }))).toEqual(['a>x']);
  });

  it('offers nobody who is being told something that may not be cut', () => {
    expect(decided(floor({ waiting: [waiting('a', 5, { busy: true }), waiting('b', 1)], agents: [agent('x')] }))).toEqual(['b>x']);
  });
});

describe('widening', () => {
  const widening = [
    { afterMs: 30 * SECOND, skills: { german: 2 } },
    { afterMs: 60 * SECOND, skills: { german: 0 } },
  ];
  const state = (skills: Record<string, number>) =>
    floor({
      queues: [queueOf('support', { widening })],
      waiting: [waiting('a', 0, { skills: { german: 4, boilers: 1 } })],
      agents: [agent('x', 5, { skills })],
    });

  it.each<[skills: Record<string, number>, at: number]>([
    [{ german: 4, boilers: 1 }, 0],
    [{ german: 2, boilers: 1 }, 30 * SECOND],
    [{ boilers: 1 }, 60 * SECOND],
  ])('lets an agent with %o have the caller after %i ms, and wakes then', (skills, at) => {
    if (at > 0) {
      expect(decided(state(skills))).toEqual([]);
      expect(wakesAfter(state(skills))).toBe(at);
      expect(decided(state(skills), at - 1)).toEqual([]);
    }
    expect(decided(state(skills), at)).toEqual(['a>x']);
  });

  it('never raises what was asked for, and does not wake for an agent whom it will not help', () => {
    const raised = queueOf('support', { widening: [{ afterMs: 30 * SECOND, skills: { german: 9 } }] });
    const easy = floor({
      queues: [raised],
      waiting: [waiting('a', MINUTE, { skills: { german: 1 } })],
      agents: [agent('x', 0, { skills: { german: 1 } })],
    });
    expect(decided(easy)).toEqual(['a>x']);
    expect(wakesAfter(state({ german: 9 }))).toBeNull();
  });
});

describe('the agent who talked with the caller last', () => {
  const sticky = { withinMs: 60 * MINUTE, waitMs: 20 * SECOND };
  const queues = [queueOf('support', { sticky })];
  const again = waiting('a', 0, { lastAgent: agentOf('old') });

  it('is chosen before who has been idle longer', () => {
    expect(decided(floor({ queues, waiting: [again], agents: [agent('new', 99), agent('old', 1)] }))).toEqual(['a>old']);
  });

  it('is waited for while busy, until the time is over', () => {
    const state = floor({ queues, waiting: [again], agents: [agent('new'), agent('old', 0, { state: talkingWith('z') })] });
    expect(decided(state)).toEqual([]);
    expect(wakesAfter(state)).toBe(20 * SECOND);
    expect(decided(state, 20 * SECOND - 1)).toEqual([]);
    expect(decided(state, 20 * SECOND)).toEqual(['a>new']);
  });

  it.each<[why: string, old: Parameters<typeof agent>[2]]>([
    ['offline', { state: { kind: 'offline' } }],
    ['paused', { state: { kind: 'paused', reason: 'meal' } }],
    ['unreachable', { state: { kind: 'unreachable', reason: 'heartbeat' } }],
    ['about to pause', { state: talkingWith('z'), next: { kind: 'paused', reason: 'meal' } }],
    ['no longer in the queue', { state: talkingWith('z'), queues: ['sales'] }],
  ])('is not waited for when %s', (_why, old) => {
    expect(decided(floor({ queues, waiting: [again], agents: [agent('new'), agent('old', 0, old)] }))).toEqual(['a>new']);
  });

  it('is not waited for after passing on the caller, nor beyond the hard maximum, nor without the skill', () => {
    const busy = agent('old', 0, { state: talkingWith('z') });
    const passed = { ...again, passedBy: [agentOf('old')] };
    expect(decided(floor({ queues, waiting: [passed], agents: [agent('new'), busy] }))).toEqual(['a>new']);
    const short = [queueOf('support', { sticky, hardMaxWaitMs: 5 * SECOND })];
    expect(wakesAfter(floor({ queues: short, waiting: [again], agents: [agent('new'), busy] }))).toBe(5 * SECOND);
    expect(decided(floor({ queues: short, waiting: [again], agents: [agent('new'), busy] }), 5 * SECOND)).toEqual(['a>new']);
    const skilled = { ...again, skills: { german: 1 } };
    const german = agent('new', 0, { skills: { german: 1 } });
    expect(decided(floor({ queues, waiting: [skilled], agents: [german, busy] }))).toEqual(['a>new']);
  });

  it('does not keep other callers from an agent', () => {
    const callers = [{ ...again, since: NOON - 9, enteredAt: NOON - 9 }, waiting('b', 1)];
    expect(decided(floor({ queues, waiting: callers, agents: [agent('new'), agent('old', 0, { state: talkingWith('z') })] }))).toEqual([
      'b>new',
    ]);
  });
});

describe('leaving', () => {
  it('happens by overflow at the very moment, from the entry into this queue', () => {
    const queues = [queueOf('support', { overflow: { afterMs: MINUTE, length: null, estimatedWaitMs: null } })];
    const state = floor({ queues, waiting: [waiting('a', 50 * SECOND), waiting('b', 5 * MINUTE, { enteredAt: NOON })] });
    expect(decided(state)).toEqual([]);
    expect(wakesAfter(state)).toBe(10 * SECOND);
    expect(decided(state, 10 * SECOND)).toEqual(['a:overflow']);
    expect(wakesAfter(state, 10 * SECOND)).toBe(MINUTE);
  });

  it('spares who is rung for, and callbacks', () => {
    const queues = [queueOf('support', { overflow: { afterMs: SECOND, length: null, estimatedWaitMs: null }, whenLastLeaves: 'leave' })];
    const callers = [waiting('a', MINUTE, { offeredTo: agentOf('x') }), waiting('b', MINUTE, { callback: true })];
    expect(decided(floor({ queues, waiting: callers }))).toEqual([]);
    expect(wakesAfter(floor({ queues, waiting: callers }))).toBeNull();
  });

  it('happens when the last agent has left, by the rule of the queue', () => {
    const leave = [queueOf('support', { whenLastLeaves: 'leave' })];
    const callers = [waiting('a', 9), waiting('b', 5, { busy: true })];
    const gone = agent('x', 0, { state: { kind: 'offline' } });
    const going = agent('y', 0, { state: talkingWith('z'), next: { kind: 'offline' } });
    expect(decided(floor({ queues: leave, waiting: callers, agents: [gone, going] }))).toEqual(['a:no-agents', 'b:no-agents']);
    expect(decided(floor({ waiting: callers, agents: [gone, going] }))).toEqual([]);
    const paused = agent('p', 0, { state: { kind: 'paused', reason: 'meal' } });
    expect(decided(floor({ queues: leave, waiting: callers, agents: [gone, paused] }))).toEqual([]);
  });

  it('happens at closing time where the queue says so, and from a queue that is no more', () => {
    const leave = [queueOf('support', { calendar: 'office', atClosing: 'leave' })];
    const serve = [queueOf('support', { calendar: 'office', atClosing: 'serve' })];
    const parts = { waiting: [waiting('a', 9)], agents: [agent('x')] };
    expect(decided(floor({ queues: leave, ...parts }))).toEqual(['a:closed']);
    expect(decided(floor({ queues: leave, ...parts, open: new Set(['support']) }))).toEqual(['a>x']);
    expect(decided(floor({ queues: serve, ...parts }))).toEqual(['a>x']);
    expect(decided(floor({ queues: [], ...parts }))).toEqual(['a:closed']);
  });
});

describe('callbacks beside live callers', () => {
  const names = (kind: string, count: number) => Array.from({ length: count }, (_, index) => `${kind}${index + 1}`);
  /** Serves everybody with one agent, one after the other. */
  function served(share: number, callbackWaitMs: number, liveWaitMs: number, count = 5): readonly string[] {
    const live = names('live', count).map((name, index) => waiting(name, liveWaitMs - index));
    const promised = names('back', count).map((name, index) => waiting(name, callbackWaitMs - index, { callback: true }));
    const queues = [queueOf('support', { callbackShare: share })];
    let state = floor({ queues, waiting: [...live, ...promised], agents: [agent('x')] });
    const order: string[] = [];
    while (state.waiting.length > 0) {
      const { decisions, callbackCredit } = decide(state, NOON);
      const next = inShort(decisions)[0]?.replace('>x', '') ?? 'nobody';
      order.push(next);
      state = { ...state, callbackCredit, waiting: state.waiting.filter(({ callId }) => callId !== callOf(next)) };
    }
    return order;
  }

  it('alternate at a share of 50 %, the oldest of each first', () => {
    const both = ['1', '2', '3', '4', '5'].flatMap((n) => [`back${n}`, `live${n}`]);
    expect(served(50, 60 * MINUTE, MINUTE)).toEqual(both);
  });

  it.each([
    [0, 8, 0],
    [25, 8, 2],
    [75, 8, 6],
    [60, 5, 3],
    [100, 5, 5],
  ])('have %i %% of %i agents: %i', (share, agents, expected) => {
    const first = served(share, 60 * MINUTE, MINUTE, 20).slice(0, agents);
    const given = first.filter((name) => name.startsWith('back')).length;
    expect(given).toBe(expected);
  });

  it('compete by age where live callers have waited longer', () => {
    expect(served(50, MINUTE, 2 * MINUTE).slice(0, 5)).toEqual(names('live', 5));
  });

  it('have the agent whom no live caller can use, and both kinds when several are free', () => {
    const callers = [waiting('back', MINUTE, { callback: true }), waiting('live', 1, { skills: { german: 1 } })];
    const state = floor({ waiting: callers, agents: [agent('x')], callbackCredit: new Map([['support', -50]]) });
    expect(decided(state)).toEqual(['back>x']);
    const german = agent('y', 0, { skills: { german: 1 } });
    expect(decided({ ...state, agents: new Map([german, agent('x')].map((one) => [one.userId, one])) })).toEqual(['live>y', 'back>x']);
  });
});

it('decides nothing, and never wakes, on an empty floor', () => {
  expect(decide(floor({}), NOON)).toEqual({ decisions: [], wakeAt: null, callbackCredit: new Map() });
});
