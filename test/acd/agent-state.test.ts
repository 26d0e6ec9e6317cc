import { describe, expect, it } from 'vitest';
import type { AgentEvent, AgentStep } from '../../src/acd/agent-event.ts';
import { agentStep, dueAt } from '../../src/acd/agent-state.ts';
import type { AgentOnFloor, AgentState, AgentStateKind } from '../../src/domain/agent.ts';
import type { WrapUpMode, WrapUpRule } from '../../src/domain/queue.ts';
import { agent, callOf, MINUTE, NOON, SECOND } from './kit.ts';

const call = { callId: callOf('a') } as const;
const onCall = { ...call, queue: 'support' } as const;
const wrapUp = (mode: WrapUpMode, extensionMs = 0): WrapUpRule => ({ mode, ms: 30 * SECOND, extensionMs });

/** An agent in each state, for a second. */
const STATES: Readonly<Record<AgentStateKind, AgentOnFloor>> = {
  offline: inState({ kind: 'offline' }),
  available: inState({ kind: 'available' }),
  reserved: inState({ kind: 'reserved', ...onCall }),
  ringing: inState({ kind: 'ringing', ...onCall }),
  talking: inState({ kind: 'talking', ...onCall }),
  held: inState({ kind: 'held', ...onCall }),
  'wrap-up': inState({ kind: 'wrap-up', ...onCall, until: NOON + 29 * SECOND, extended: false }),
  paused: inState({ kind: 'paused', reason: 'meal' }),
  unreachable: inState({ kind: 'unreachable', reason: 'heartbeat' }, { missing: ['heartbeat'] }),
};

function inState(state: AgentState, other: Partial<AgentOnFloor> = {}): AgentOnFloor {
  return agent('x', SECOND, { state, ...other });
}

/**
 * In short: the state, with the reason, then what is planned and missing, then effects; `!` and why it was refused; `=` where
 * nothing changed at all.
 */
function inShort(before: AgentOnFloor, step: AgentStep): string {
  if (step.kind === 'refused') return `!${step.reason}`;
  const { state, next, missing } = step.agent;
  if (step.agent === before) return step.effects.length === 0 ? '=' : 'unchanged with effects';
  const plan = next === null ? [] : [`next ${next.kind === 'paused' ? next.reason : 'offline'}`];
  const lacks = missing.length === 0 || state.kind === 'unreachable' ? [] : [`without ${missing.join('+')}`];
  return [wordOf(state), ...plan, ...lacks, ...step.effects.map(({ kind }) => kind)].join(', ');
}

const wordOf = (state: AgentState): string => ('reason' in state ? `${state.kind}:${state.reason}` : state.kind);

const EVENTS = {
  login: { kind: 'login' },
  logout: { kind: 'logout' },
  available: { kind: 'available' },
  pause: { kind: 'pause', reason: 'break' },
  reserve: { kind: 'reserve', ...onCall, own: false },
  'own call': { kind: 'reserve', ...call, queue: null, own: true },
  ring: { kind: 'ring', ...call },
  answer: { kind: 'answer', ...call },
  'no answer': { kind: 'no-answer', ...call },
  failed: { kind: 'failed', ...call },
  refuse: { kind: 'refuse', ...call },
  rescind: { kind: 'rescind', ...call },
  hold: { kind: 'hold', ...call },
  resume: { kind: 'resume', ...call },
  release: { kind: 'release', ...call, wrapUp: wrapUp('forced') },
  done: { kind: 'wrap-up-done', wrapUp: wrapUp('forced'), dispositionRequired: true, disposed: true },
  due: { kind: 'wrap-up-due' },
  extend: { kind: 'wrap-up-extend', wrapUp: wrapUp('forced', MINUTE) },
  ask: { kind: 'wrap-up-ask', on: true },
  'heartbeat lost': { kind: 'lost', what: 'heartbeat' },
  'heartbeat back': { kind: 'back', what: 'heartbeat' },
  superseded: { kind: 'superseded' },
} as const satisfies Record<string, AgentEvent>;
type EventName = keyof typeof EVENTS;

const NOT_OFFERED = { offline: '!not-offered', available: '!not-offered', talking: '!not-offered', held: '!not-offered' } as const;
const RESTS = { 'wrap-up': '!not-offered', paused: '!not-offered', unreachable: '!not-offered' } as const;
const everywhere = (word: string): Readonly<Record<AgentStateKind, string>> => ({
  offline: word,
  available: word,
  reserved: word,
  ringing: word,
  talking: word,
  held: word,
  'wrap-up': word,
  paused: word,
  unreachable: word,
});

/** Every event in every state. */
const TABLE: Readonly<Record<EventName, Readonly<Record<AgentStateKind, string>>>> = {
  login: { ...everywhere('='), offline: 'available', unreachable: 'available' },
  logout: {
    offline: '=',
    available: 'offline',
    reserved: 'offline, rescind',
    ringing: 'offline, rescind',
    talking: 'talking, next offline',
    held: 'held, next offline',
    'wrap-up': 'wrap-up, next offline',
    paused: 'offline',
    unreachable: 'offline, without heartbeat',
  },
  available: { ...everywhere('='), offline: '!logged-out', paused: 'available' },
  pause: {
    offline: '!logged-out',
    available: 'paused:break',
    reserved: 'reserved, next break',
    ringing: 'ringing, next break',
    talking: 'talking, next break',
    held: 'held, next break',
    'wrap-up': 'wrap-up, next break',
    paused: 'paused:break',
    unreachable: 'unreachable:heartbeat, next break',
  },
  reserve: { ...everywhere('!not-free'), offline: '!logged-out', available: 'reserved' },
  'own call': { ...everywhere('!not-free'), offline: '!logged-out', available: 'reserved', paused: 'reserved, next meal' },
  ring: { ...NOT_OFFERED, ...RESTS, reserved: 'ringing', ringing: '=' },
  answer: { ...NOT_OFFERED, ...RESTS, reserved: 'talking', ringing: 'talking' },
  'no answer': { ...NOT_OFFERED, ...RESTS, reserved: 'paused:no-answer', ringing: 'paused:no-answer' },
  failed: { ...NOT_OFFERED, ...RESTS, reserved: 'paused:no-answer', ringing: 'paused:no-answer' },
  refuse: { ...NOT_OFFERED, ...RESTS, reserved: 'available', ringing: 'available' },
  rescind: { ...NOT_OFFERED, ...RESTS, reserved: 'available', ringing: 'available' },
  hold: { ...everywhere('!not-talking'), talking: 'held' },
  resume: { ...everywhere('!not-talking'), held: 'talking' },
  release: { ...everywhere('!not-talking'), talking: 'wrap-up', held: 'wrap-up' },
  done: { ...everywhere('!not-in-wrap-up'), 'wrap-up': 'available, wrapped-up' },
  due: { ...everywhere('!not-in-wrap-up'), 'wrap-up': '!not-due' },
  extend: { ...everywhere('!not-in-wrap-up'), 'wrap-up': 'wrap-up' },
  ask: { ...everywhere('!not-talking'), talking: 'talking', held: 'held' },
  'heartbeat lost': {
    offline: 'offline, without heartbeat',
    available: 'unreachable:heartbeat',
    reserved: 'unreachable:heartbeat, rescind',
    ringing: 'unreachable:heartbeat, rescind',
    talking: 'talking, without heartbeat',
    held: 'held, without heartbeat',
    'wrap-up': 'wrap-up, without heartbeat',
    paused: 'unreachable:heartbeat, next meal',
    unreachable: '=',
  },
  'heartbeat back': { ...everywhere('='), unreachable: 'available' },
  superseded: { ...everywhere('='), unreachable: 'available' },
};

describe('an agent', () => {
  const cases = Object.entries(TABLE).flatMap(([name, row]) =>
    Object.entries(row).map(([kind, expected]) => [name as EventName, kind as AgentStateKind, expected] as const),
  );

  it.each(cases)('on "%s" while %s: %s', (name, kind, expected) => {
    const before = STATES[kind];
    const step = agentStep(before, EVENTS[name], NOON);
    expect(inShort(before, step)).toBe(expected);
    if (step.kind === 'stepped' && step.agent !== before) expect(step.agent.version).toBe(before.version + 1);
  });

  it.each(['ring', 'answer', 'no-answer', 'failed', 'refuse', 'rescind', 'hold', 'resume'] as const)(
    'is not moved by "%s" of another call',
    (kind) => {
      for (const before of Object.values(STATES)) {
        const step = agentStep(before, { kind, callId: callOf('other') }, NOON);
        expect(step.kind).toBe('refused');
      }
    },
  );
});

/** What becomes of an agent by events, each so many ms after NOON. */
function after(before: AgentOnFloor, ...events: readonly (readonly [atMs: number, event: AgentEvent])[]): AgentOnFloor {
  return events.reduce((agent, [atMs, event]) => {
    const step = agentStep(agent, event, NOON + atMs);
    return step.kind === 'stepped' ? step.agent : agent;
  }, before);
}

const release = (rule: WrapUpRule): AgentEvent => ({ kind: 'release', ...call, wrapUp: rule });

describe('the end of a talk', () => {
  it.each<[mode: WrapUpMode, state: string, until: number | null]>([
    ['none', 'available', null],
    ['optional', 'wrap-up', NOON + 30 * SECOND],
    ['forced', 'wrap-up', NOON + 30 * SECOND],
    ['unlimited', 'wrap-up', null],
    ['on-request', 'available', null],
  ])('with wrap-up "%s" is %s', (mode, state, until) => {
    const agent = after(STATES.talking, [0, release(wrapUp(mode))]);
    expect(agent).toMatchObject({ state: { kind: state }, idleSince: NOON, since: NOON });
    expect(dueAt(agent)).toBe(until);
  });

  it('has a wrap-up on request when it was asked for, of this talk only', () => {
    const asked = after(STATES.talking, [0, EVENTS.ask], [1, release(wrapUp('on-request'))]);
    expect(asked).toMatchObject({ state: { kind: 'wrap-up', until: NOON + 1 + 30 * SECOND }, wrapUpAsked: false });
    const unasked = after(STATES.talking, [0, EVENTS.ask], [1, { kind: 'wrap-up-ask', on: false }], [2, release(wrapUp('on-request'))]);
    expect(unasked.state.kind).toBe('available');
  });

  it('needs no wrap-up of no length', () => {
    expect(after(STATES.held, [0, release({ mode: 'forced', ms: 0, extensionMs: 0 })]).state.kind).toBe('available');
  });

  it.each<[mode: WrapUpMode, required: boolean, disposed: boolean, expected: string]>([
    ['forced', false, false, '!needs-disposition'],
    ['forced', false, true, 'available, wrapped-up'],
    ['optional', false, false, 'available, wrapped-up'],
    ['optional', true, false, '!needs-disposition'],
    ['unlimited', false, false, 'available, wrapped-up'],
    ['unlimited', true, false, '!needs-disposition'],
    ['on-request', false, false, 'available, wrapped-up'],
  ])('is over before time in mode %s, required %s, disposed %s: %s', (mode, dispositionRequired, disposed, expected) => {
    const before = STATES['wrap-up'];
    expect(inShort(before, agentStep(before, { kind: 'wrap-up-done', wrapUp: wrapUp(mode), dispositionRequired, disposed }, NOON))).toBe(
      expected,
    );
  });

  it('ends by the clock, not a moment early, and says how long it was', () => {
    const before = after(STATES.talking, [0, release(wrapUp('forced'))]);
    expect(agentStep(before, EVENTS.due, NOON + 30 * SECOND - 1)).toEqual({ kind: 'refused', reason: 'not-due' });
    expect(agentStep(before, EVENTS.due, NOON + 30 * SECOND)).toMatchObject({
      agent: { state: { kind: 'available' }, idleSince: NOON },
      effects: [{ kind: 'wrapped-up', ...onCall, wrapMs: 30 * SECOND }],
    });
  });

  it('may be put off once', () => {
    const rule = wrapUp('forced', MINUTE);
    const extended = after(STATES.talking, [0, release(rule)], [5, { kind: 'wrap-up-extend', wrapUp: rule }]);
    expect(extended).toMatchObject({ since: NOON, state: { until: NOON + 90 * SECOND, extended: true } });
    expect(agentStep(extended, { kind: 'wrap-up-extend', wrapUp: rule }, NOON + 6)).toEqual({ kind: 'refused', reason: 'no-extension' });
    const fixed = after(STATES.talking, [0, release(wrapUp('forced'))]);
    expect(agentStep(fixed, { kind: 'wrap-up-extend', wrapUp: wrapUp('forced') }, NOON)).toEqual({
      kind: 'refused',
      reason: 'no-extension',
    });
  });

  it('leads to what was planned meanwhile; the last word counts', () => {
    const pause = EVENTS.pause;
    expect(after(STATES.talking, [0, pause], [1, release(wrapUp('none'))])).toMatchObject({
      state: { kind: 'paused', reason: 'break' },
      next: null,
    });
    expect(after(STATES.talking, [0, EVENTS.logout], [1, release(wrapUp('none'))])).toMatchObject({
      state: { kind: 'offline' },
      next: null,
    });
    expect(after(STATES.talking, [0, EVENTS.logout], [1, EVENTS.available], [2, release(wrapUp('none'))]).state.kind).toBe('available');
    expect(after(STATES.talking, [0, EVENTS.logout], [1, EVENTS.login], [2, release(wrapUp('none'))]).state.kind).toBe('available');
    expect(after(STATES.talking, [0, pause], [1, EVENTS.login], [2, release(wrapUp('none'))]).state.kind).toBe('paused');
    expect(after(STATES['wrap-up'], [0, EVENTS.logout], [MINUTE, EVENTS.due]).state.kind).toBe('offline');
  });

  it('without an end of its own is over when the agent is logged out', () => {
    const before = after(STATES.talking, [0, release(wrapUp('unlimited'))]);
    expect(inShort(before, agentStep(before, EVENTS.logout, NOON + 5))).toBe('offline, wrapped-up');
    expect(agentStep(before, EVENTS.due, NOON + 60 * MINUTE)).toEqual({ kind: 'refused', reason: 'not-due' });
  });
});

describe('an agent whose page is gone', () => {
  const lost = EVENTS['heartbeat lost'];

  it('is not available before the wrap-up is over, and unreachable then (C17)', () => {
    const before = after(STATES.talking, [0, release(wrapUp('forced'))], [5 * SECOND, lost]);
    expect(before.state.kind).toBe('wrap-up');
    expect(after(before, [30 * SECOND - 1, EVENTS.due]).state.kind).toBe('wrap-up');
    const over = after(before, [30 * SECOND, EVENTS.due]);
    expect(over).toMatchObject({ state: { kind: 'unreachable', reason: 'heartbeat' }, since: NOON + 30 * SECOND });
    expect(after(over, [MINUTE, EVENTS['heartbeat back']])).toMatchObject({ state: { kind: 'available' }, idleSince: NOON });
  });

  it('is available after the wrap-up when the page came back in time', () => {
    const back = after(STATES.talking, [0, release(wrapUp('forced'))], [5, lost], [9, EVENTS.superseded], [30 * SECOND, EVENTS.due]);
    expect(back).toMatchObject({ state: { kind: 'available' }, missing: [] });
  });

  it('is out of reach while the page is silent, and in the pause again afterwards', () => {
    const away = after(STATES.paused, [0, lost]);
    expect(away).toMatchObject({ state: { kind: 'unreachable', reason: 'heartbeat' }, missing: ['heartbeat'] });
    expect(after(away, [3, EVENTS['heartbeat back']])).toMatchObject({ state: { kind: 'paused', reason: 'meal' }, next: null });
  });

  it('who logs in has a page', () => {
    const here = after(STATES.offline, [0, lost], [2, EVENTS.login]);
    expect(here).toMatchObject({ state: { kind: 'available' }, idleSince: NOON + 2, missing: [] });
  });
});

describe('idle time', () => {
  it('goes on in pauses, vain offers and out of reach, and begins anew with a login', () => {
    const idle = STATES.available.idleSince;
    const events = [
      EVENTS.pause,
      EVENTS.available,
      EVENTS.reserve,
      EVENTS.ring,
      EVENTS.rescind,
      EVENTS['heartbeat lost'],
      EVENTS['heartbeat back'],
    ];
    const same = events.reduce((agent, event, index) => after(agent, [index, event]), STATES.available);
    expect(same).toMatchObject({ state: { kind: 'available' }, idleSince: idle });
    expect(after(same, [9, EVENTS.logout], [10, EVENTS.login]).idleSince).toBe(NOON + 10);
  });
});

describe('an agent who calls somebody in a pause', () => {
  it('is paused again afterwards', () => {
    const calling = after(STATES.paused, [0, EVENTS['own call']], [1, EVENTS.answer]);
    expect(calling.state).toEqual({ kind: 'talking', ...call, queue: null });
    expect(after(calling, [9, release(wrapUp('none'))]).state).toEqual({ kind: 'paused', reason: 'meal' });
  });

  it('is paused as before when nothing comes of it', () => {
    expect(after(STATES.paused, [0, EVENTS['own call']], [1, EVENTS['no answer']]).state).toEqual({ kind: 'paused', reason: 'meal' });
  });
});
