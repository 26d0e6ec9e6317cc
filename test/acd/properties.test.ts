import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../src/acd/agent-event.ts';
import { decide } from '../../src/acd/decide.ts';
import { type Announcement, announced } from '../../src/acd/estimate.ts';
import type { FloorState, Waiting } from '../../src/acd/floor-state.ts';
import { position } from '../../src/acd/order.ts';
import type { AgentOnFloor, AgentState } from '../../src/domain/agent.ts';
import type { CallId } from '../../src/domain/ids.ts';
import { type Queue, WRAP_UP_MODES } from '../../src/domain/queue.ts';
import { agent, agentOf, callOf, floor, NOON, queueOf, SECOND, waiting } from './kit.ts';
import { applied, hangsUp, happens, passes, type SmallFloor, settled } from './small-floor.ts';

const QUEUES = ['support', 'sales', 'roadside'] as const;
const SKILLS = ['german', 'boilers'] as const;
const AGENTS = ['1', '2', '3', '4', '5', '6'] as const;

const queueName = fc.constantFrom(...QUEUES);
const levels = (least: number, most: number) => fc.dictionary(fc.constantFrom(...SKILLS), fc.integer({ min: least, max: most }));
const span = (most: number) => fc.integer({ min: 0, max: most }).map((seconds) => seconds * SECOND);

const queue = (id: string): fc.Arbitrary<Queue> =>
  fc
    .record({
      widening: fc.array(fc.record({ afterMs: span(90), skills: levels(0, 2) }), { maxLength: 2 }),
      sticky: fc.option(fc.record({ withinMs: fc.constant(NOON), waitMs: span(60) }), { nil: null }),
      classes: fc.record({ standard: fc.constant(0), vip: span(300) }),
      hardMaxWaitMs: span(240),
      overflowMs: fc.option(span(300), { nil: null }),
      whenLastLeaves: fc.constantFrom('leave', 'wait'),
      atClosing: fc.constantFrom('serve', 'leave'),
      calendar: fc.constantFrom(null, 'office'),
      callbackShare: fc.integer({ min: 0, max: 100 }),
    })
    .map(({ overflowMs, ...other }) => queueOf(id, { ...other, overflow: { afterMs: overflowMs, length: null, estimatedWaitMs: null } }));
const queues = fc.tuple(...QUEUES.map(queue));

const caller = (name: string): fc.Arbitrary<Waiting> =>
  fc
    .record({
      waited: span(300),
      kept: span(100),
      queue: queueName,
      class: fc.constantFrom('standard', 'vip', 'unknown'),
      skills: levels(1, 3),
      lastAgent: fc.option(fc.constantFrom(...AGENTS.map(agentOf)), { nil: null }),
      passedBy: fc.subarray(AGENTS.map(agentOf), { maxLength: 2 }),
      busy: fc.boolean(),
      callback: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
    })
    .map(({ waited, kept, ...other }) => waiting(name, waited, { ...other, since: NOON - waited - kept }));

const call = callOf('other');
const agentState: fc.Arbitrary<AgentState> = fc.oneof(
  { arbitrary: fc.constant<AgentState>({ kind: 'available' }), weight: 4 },
  fc.constantFrom<AgentState[]>(
    { kind: 'offline' },
    { kind: 'reserved', callId: call, queue: null },
    { kind: 'ringing', callId: call, queue: null },
    { kind: 'talking', callId: call, queue: 'support' },
    { kind: 'held', callId: call, queue: 'support' },
    { kind: 'wrap-up', callId: call, queue: 'support', until: NOON + 30 * SECOND, extended: false },
    { kind: 'paused', reason: 'meal' },
    { kind: 'unreachable', reason: 'heartbeat' },
  ),
);
const worker = (name: string): fc.Arbitrary<AgentOnFloor> =>
  fc
    .record({ idle: span(20), skills: levels(1, 3), queues: fc.subarray([...QUEUES]), state: agentState, leaves: fc.boolean() })
    .map(({ idle, leaves, ...other }) => {
      const inTalk = other.state.kind === 'talking' || other.state.kind === 'held' || other.state.kind === 'wrap-up';
      const missing = other.state.kind === 'unreachable' ? (['heartbeat'] as const) : [];
      return agent(name, idle, { ...other, missing, next: leaves && inTalk ? { kind: 'offline' } : null });
    });
const workers = fc.tuple(...AGENTS.map(worker));

const anyFloor: fc.Arbitrary<FloorState> = fc
  .record({
    queues,
    waiting: fc.integer({ min: 0, max: 12 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, n) => caller(`c${n}`)))),
    agents: workers,
    open: fc.subarray([...QUEUES]).map((names) => new Set<string>(names)),
    callbackCredit: fc.constantFrom(new Map<string, number>(), new Map([['support', -50]])),
  })
  .map((parts) => floor(parts));

/** Reckoned here anew, not by the code under test. */
function canServe({ skills, queues: served }: AgentOnFloor, wait: Waiting, { widening }: Queue, now: number): boolean {
  const needs = Object.entries(wait.skills).map(([skill, asked]) => {
    const lowered = widening.filter(({ afterMs }) => now - wait.since >= afterMs).map((one) => one.skills[skill] ?? asked);
    return (skills[skill] ?? 0) >= Math.min(asked, ...lowered);
  });
  return served.includes(wait.queue) && needs.every(Boolean);
}

function mayBeHeld(wait: Waiting, { sticky, hardMaxWaitMs }: Queue, now: number, agents: FloorState['agents']): boolean {
  const last = wait.lastAgent === null ? undefined : agents.get(wait.lastAgent);
  if (last === undefined || sticky === null || wait.passedBy.includes(last.userId)) return false;
  const away = ['offline', 'paused', 'unreachable'].includes(last.state.kind) || last.next !== null;
  return !away && now < wait.enteredAt + sticky.waitMs && now - wait.since < hardMaxWaitMs;
}

/** Callers who wait although an agent who can serve them is free, named with that agent. */
function idlePairs({ waiting: waits, agents, queues: all }: FloorState, now: number): readonly string[] {
  const reserved = new Set(waits.map(({ offeredTo }) => offeredTo));
  const free = [...agents.values()].filter(({ state, userId }) => state.kind === 'available' && !reserved.has(userId));
  return waits.flatMap((wait) => {
    const queue = all.get(wait.queue);
    if (queue === undefined || wait.busy || wait.offeredTo !== null || mayBeHeld(wait, queue, now, agents)) return [];
    return free.filter((one) => canServe(one, wait, queue, now)).map(({ userId }) => `${wait.callId} beside ${userId}`);
  });
}

/** Agents rung for nobody or for two, and callers whose agent does not know of them. */
function strayOffers({ waiting: waits, agents }: FloorState): readonly string[] {
  const rung = [...agents.values()].filter(({ state }) => (state.kind === 'reserved' || state.kind === 'ringing') && state.callId !== call);
  const alone = rung.filter(({ userId, state }) => {
    const theirs = waits.filter(({ offeredTo }) => offeredTo === userId);
    return theirs.length !== 1 || !('callId' in state) || theirs[0]?.callId !== state.callId;
  });
  const lost = waits.filter(({ offeredTo }) => offeredTo !== null && !rung.some(({ userId }) => userId === offeredTo));
  return [...alone.map(({ userId }) => userId), ...lost.map(({ callId }) => callId)];
}

describe('a decision', () => {
  it('leaves no free agent beside a waiting caller whom the agent can serve', () => {
    fc.assert(
      fc.property(anyFloor, (state) => {
        const { decisions } = decide(state, NOON);
        expect(idlePairs(applied(state, decisions, NOON), NOON)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('offers each caller to one agent at most, and each agent one caller: free, skilled, of the queue', () => {
    fc.assert(
      fc.property(anyFloor, (state) => {
        const { decisions } = decide(state, NOON);
        const offers = decisions.flatMap((one) => (one.kind === 'offer' ? [one] : []));
        expect(new Set(offers.map(({ agent }) => agent)).size).toBe(offers.length);
        expect(new Set(decisions.map(({ callId }) => callId)).size).toBe(decisions.length);
        for (const offer of offers) {
          const wait = state.waiting.find(({ callId }) => callId === offer.callId);
          const chosen = state.agents.get(offer.agent);
          const queue = state.queues.get(wait?.queue ?? '');
          if (wait === undefined || chosen === undefined || queue === undefined) throw new Error('offered from nowhere');
          expect(chosen.state.kind).toBe('available');
          expect(wait.busy).toBe(false);
          expect(canServe(chosen, wait, queue, NOON)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order in which callers and agents are listed', () => {
    fc.assert(
      fc.property(anyFloor, fc.infiniteStream(fc.nat()), (state, dice) => {
        const shuffled = <T>(all: readonly T[]): T[] =>
          all
            .map((one) => ({ one, by: dice.next().value ?? 0 }))
            .toSorted((a, b) => a.by - b.by)
            .map(({ one }) => one);
        const same = { ...state, waiting: shuffled(state.waiting), agents: new Map(shuffled([...state.agents])) };
        const offers = (given: FloorState) => decide(given, NOON).decisions.filter(({ kind }) => kind === 'offer');
        expect(offers(same)).toEqual(offers(state));
        expect(decide(same, NOON).wakeAt).toBe(decide(state, NOON).wakeAt);
        expect(new Set(decide(same, NOON).decisions)).toEqual(new Set(decide(state, NOON).decisions));
      }),
    );
  });

  it('has nothing to add before it wakes, and something when it does', () => {
    fc.assert(
      fc.property(anyFloor, (before) => {
        const { decisions, wakeAt, callbackCredit } = decide(before, NOON);
        const state = applied({ ...before, callbackCredit }, decisions, NOON);
        expect(decide(state, NOON).decisions).toEqual([]);
        expect(decide(state, wakeAt === null ? NOON + 1e9 : wakeAt - 1).decisions).toEqual([]);
        if (wakeAt === null) return;
        expect(wakeAt).toBeGreaterThan(NOON);
        expect(decide(state, wakeAt).decisions).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('lets nobody starve: beyond the hard maximum no younger caller has the agent', () => {
    fc.assert(
      fc.property(anyFloor, (state) => {
        const { decisions } = decide(state, NOON);
        const overdue = ({ queue, since }: Waiting) => NOON - since >= (state.queues.get(queue)?.hardMaxWaitMs ?? Infinity);
        const settledCalls = new Set(decisions.map(({ callId }) => callId));
        const starving = state.waiting.filter((wait) => overdue(wait) && !wait.busy && !wait.callback && !settledCalls.has(wait.callId));
        for (const one of decisions) {
          const winner = state.waiting.find(({ callId }) => callId === one.callId);
          if (one.kind !== 'offer' || winner === undefined || overdue(winner)) continue;
          const agent = state.agents.get(one.agent);
          const robbed = starving.filter(
            (wait) => agent !== undefined && canServe(agent, wait, state.queues.get(wait.queue) as Queue, NOON),
          );
          expect(robbed).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

type Move =
  | { readonly kind: 'call'; readonly caller: Waiting }
  | { readonly kind: 'hang-up'; readonly index: number }
  | { readonly kind: 'ready'; readonly index: number }
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'open'; readonly open: readonly string[] }
  | { readonly kind: 'agent'; readonly index: number; readonly event: (callId: CallId) => AgentEvent };

const wrapUp = fc.constantFrom(...WRAP_UP_MODES).map((mode) => ({ mode, ms: 20 * SECOND, extensionMs: 10 * SECOND }));
const ofCall = fc.constantFrom('ring', 'answer', 'answer', 'no-answer', 'failed', 'refuse', 'hold', 'resume');
const ofMissing = fc.constantFrom('lost', 'back');
const agentEvent: fc.Arbitrary<(callId: CallId) => AgentEvent> = fc.oneof(
  {
    weight: 6,
    arbitrary: ofCall.map(
      (kind) =>
        (callId: CallId): AgentEvent => ({ kind, callId }),
    ),
  },
  {
    weight: 3,
    arbitrary: wrapUp.map(
      (rule) =>
        (callId: CallId): AgentEvent => ({ kind: 'release', callId, wrapUp: rule }),
    ),
  },
  {
    weight: 2,
    arbitrary: wrapUp.map((rule) => (): AgentEvent => ({ kind: 'wrap-up-done', wrapUp: rule, dispositionRequired: true, disposed: true })),
  },
  wrapUp.map((rule) => (): AgentEvent => ({ kind: 'wrap-up-extend', wrapUp: rule })),
  fc.constantFrom('login', 'logout', 'available', 'superseded').map((kind) => (): AgentEvent => ({ kind })),
  fc.constant((): AgentEvent => ({ kind: 'pause', reason: 'break' })),
  fc.boolean().map((on) => (): AgentEvent => ({ kind: 'wrap-up-ask', on })),
  ofMissing.map((kind) => (): AgentEvent => ({ kind, what: 'heartbeat' })),
);

const index = fc.nat({ max: 50 });
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: caller('new').map((one): Move => ({ kind: 'call', caller: one })) },
  index.map((n): Move => ({ kind: 'hang-up', index: n })),
  index.map((n): Move => ({ kind: 'ready', index: n })),
  span(60).map((ms): Move => ({ kind: 'time', ms })),
  fc.subarray([...QUEUES]).map((open): Move => ({ kind: 'open', open })),
  { weight: 8, arbitrary: fc.tuple(index, agentEvent).map(([n, event]): Move => ({ kind: 'agent', index: n, event })) },
);

function made(now: SmallFloor, one: Move, step: number): SmallFloor {
  const { state } = now;
  const at = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(all.length, 1)];
  switch (one.kind) {
    case 'call': {
      const entered = { callId: callOf(`n${step}`), since: now.now - (NOON - one.caller.since) / 4, enteredAt: now.now };
      return { ...now, state: { ...state, waiting: [...state.waiting, { ...one.caller, ...entered, passedBy: [] }] } };
    }
    case 'hang-up':
      return hangsUp(now, at(state.waiting, one.index)?.callId ?? call);
    case 'ready': {
      const ready = at(state.waiting, one.index);
      return { ...now, state: { ...state, waiting: state.waiting.map((wait) => (wait === ready ? { ...wait, busy: false } : wait)) } };
    }
    case 'time':
      return passes(now, one.ms);
    case 'open':
      return { ...now, state: { ...state, open: new Set(one.open) } };
    case 'agent': {
      const who = at([...state.agents.values()], one.index);
      if (who === undefined) return now;
      return happens(now, who.userId, one.event('callId' in who.state ? who.state.callId : call));
    }
  }
}

describe('whatever happens, in whatever order', () => {
  const game = fc.record({
    queues,
    agents: workers.map((all) => all.map((one) => ({ ...one, state: { kind: 'available' } as const, missing: [], next: null }))),
  });

  it('nobody waits beside a free agent, nobody is reserved twice or for nobody, nobody is served twice', () => {
    fc.assert(
      fc.property(game, fc.array(move, { minLength: 1, maxLength: 60 }), (parts, moves) => {
        let now: SmallFloor = { state: floor(parts), now: NOON, served: [] };
        for (const [step, one] of moves.entries()) {
          now = settled(made(now, one, step));
          expect(strayOffers(now.state)).toEqual([]);
          expect(idlePairs(now.state, now.now)).toEqual([]);
          expect(new Set(now.served).size).toBe(now.served.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the announced position of a caller never increases', () => {
    fc.assert(
      fc.property(game, fc.array(move, { minLength: 1, maxLength: 60 }), (parts, moves) => {
        let now: SmallFloor = { state: floor({ ...parts, agents: parts.agents.slice(0, 1) }), now: NOON, served: [] };
        const told = new Map<CallId, Announcement>();
        for (const [step, one] of moves.entries()) {
          now = settled(made(now, one, step));
          for (const { callId } of now.state.waiting) {
            const current = position(now.state, callId, now.now);
            if (current === undefined) throw new Error('waits without a position');
            expect(current).toBeGreaterThan(0);
            const before = told.get(callId) ?? null;
            const after = announced(before, { position: current, estimatedWaitMs: null });
            if (before !== null) expect(after.position).toBeLessThanOrEqual(before.position);
            told.set(callId, after);
          }
        }
      }),
    );
  });
});
