import { describe, expect, it } from 'vitest';
import { type JoinQuestion, mayJoin } from '../../src/acd/join.ts';
import type { AgentOnFloor } from '../../src/domain/agent.ts';
import type { Queue } from '../../src/domain/queue.ts';
import { agent, callOf, floor, MINUTE, NOON, queueOf, talkingWith, waiting } from './kit.ts';

const limits = { afterMs: null, length: 2, estimatedWaitMs: 5 * MINUTE };
const question: JoinQuestion = { callId: callOf('me'), queue: 'support', since: null, estimatedWaitMs: null };

interface Given {
  readonly queue?: Partial<Queue>;
  readonly agents?: readonly AgentOnFloor[];
  readonly waits?: number;
  readonly open?: boolean;
  readonly ask?: Partial<JoinQuestion>;
}

function verdict({ queue = {}, agents = [agent('x')], waits = 0, open = false, ask = {} }: Given): string {
  const state = floor({
    queues: [queueOf('support', queue)],
    waiting: Array.from({ length: waits }, (_, n) => waiting(`w${n}`, n)),
    agents,
    open: new Set(open ? ['support'] : []),
  });
  const answer = mayJoin(state, { ...question, ...ask });
  return answer.kind === 'joins' ? 'joins' : answer.how;
}

const leave = { emptyAtJoin: 'leave', whenLastLeaves: 'leave' } as const;
const keeps = { since: NOON - MINUTE };
const leaver = agent('x', 0, { state: talkingWith('z'), next: { kind: 'offline' } });

describe('joining a queue', () => {
  it.each<[why: string, given: Given, expected: string]>([
    ['a queue without limits', { waits: 500 }, 'joins'],
    ['a queue that does not exist', { ask: { queue: 'other' } }, 'failed'],
    ['outside its hours', { queue: { calendar: 'office' } }, 'closed'],
    ['within its hours', { queue: { calendar: 'office' }, open: true }, 'joins'],
    ['with nobody logged in', { queue: leave, agents: [] }, 'no-agents'],
    ['with nobody logged in, where one waits all the same', { agents: [] }, 'joins'],
    ['with the last agent on the way out', { queue: leave, agents: [leaver] }, 'no-agents'],
    ['with an agent of another queue', { queue: leave, agents: [agent('x', 0, { queues: ['sales'] })] }, 'no-agents'],
    ['with an agent at table', { queue: leave, agents: [agent('x', 0, { state: { kind: 'paused', reason: 'meal' } })] }, 'joins'],
    ['as the last that fits', { queue: { overflow: limits }, waits: 1 }, 'joins'],
    ['as one too many', { queue: { overflow: limits }, waits: 2 }, 'full'],
    ['with the longest estimated wait', { queue: { overflow: limits }, ask: { estimatedWaitMs: 5 * MINUTE } }, 'joins'],
    ['with too long an estimated wait', { queue: { overflow: limits }, ask: { estimatedWaitMs: 5 * MINUTE + 1 } }, 'too-long'],
    ['with an unknown estimated wait', { queue: { overflow: limits } }, 'joins'],
    [
      'with a place kept, although full and slow',
      { queue: { overflow: limits }, waits: 9, ask: { ...keeps, estimatedWaitMs: 9 * MINUTE } },
      'joins',
    ],
    ['with a place kept, after hours', { queue: { calendar: 'office', atClosing: 'serve' }, ask: keeps }, 'joins'],
    ['with a place kept, after hours that end the wait', { queue: { calendar: 'office', atClosing: 'leave' }, ask: keeps }, 'closed'],
    ['with a place kept and nobody left', { queue: { whenLastLeaves: 'leave' }, agents: [], ask: keeps }, 'no-agents'],
    ['with a place kept and nobody left, who may wait', { queue: { emptyAtJoin: 'leave' }, agents: [], ask: keeps }, 'joins'],
  ])('%s', (_why, given, expected) => {
    expect(verdict(given)).toBe(expected);
  });

  it('counts neither callbacks nor the caller', () => {
    const state = floor({
      queues: [queueOf('support', { overflow: limits })],
      waiting: [waiting('b', 9, { callback: true }), waiting('c', 9, { callback: true }), waiting('me', 5), waiting('d', 1)],
    });
    expect(mayJoin(state, question)).toMatchObject({ kind: 'joins', queue: { id: 'support' } });
  });
});
