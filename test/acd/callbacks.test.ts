import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { callable, candidateOf } from '../../src/acd/callback-candidate.ts';
import { dueOf } from '../../src/acd/callback-due.ts';
import { afterAttempt } from '../../src/acd/callback-retry.ts';
import { type CallbackEvent, newCallback, nextCallback } from '../../src/acd/callback-state.ts';
import type { Callback, CallbackFinding } from '../../src/domain/callback.ts';
import { callback, finding, NUMBER, RULES } from './callback-kit.ts';
import { agentOf, callOf, MINUTE, NOON, SECOND } from './kit.ts';

const HOUR = 60 * MINUTE;
const OURS = callOf('ours');
const THEIRS = callOf('theirs');
const AYSE = agentOf('ayse');

function after(start: Callback, ...events: readonly CallbackEvent[]): Callback {
  return events.reduce((now, event) => {
    const step = nextCallback(now, event, RULES, NOON);
    return step.kind === 'changed' ? step.callback : now;
  }, start);
}
const called = { kind: 'caller-called', callId: THEIRS, stopped: null } as const;
const reserve: CallbackEvent = { kind: 'reserve', agent: AYSE, callId: OURS };
const dial: CallbackEvent = { kind: 'dial', callId: OURS };
const ended = (outcome: Extract<CallbackEvent, { kind: 'ended' }>['outcome'], callId = OURS): CallbackEvent => ({
  kind: 'ended',
  callId,
  outcome,
});

describe('who is to be called back', () => {
  const waited = { caller: '05550000017', waitedMs: 9 * SECOND, open: true };
  const rules = { shortAbandonMs: 5 * SECOND, rules: RULES, own: new Set(['+902125550001']) };
  test.each([
    ['who waited', {}, NUMBER],
    ['who hung up after 3 s (C1)', { waitedMs: 3 * SECOND }, 'short'],
    ['who withholds the number (C11)', { caller: 'anonymous' }, 'no-number'],
    ['nobody at all (C11)', { caller: '' }, 'no-number'],
    ['an extension of the house', { caller: '1001' }, 'internal'],
    ['a number of our own', { caller: '02125550001' }, 'own-number'],
    ['what is no number', { caller: '0099' + '12345678901234567' }, 'bad-number'],
    ['a service number', { caller: '08505550000' }, 'bad-number'],
    ['who called when it was closed, where the policy takes them', { open: false }, NUMBER],
  ])('%s', (_, change, expected) => {
    const found = candidateOf({ ...waited, ...change }, rules);
    expect(found.kind === 'number' ? found.number : found.why).toBe(expected);
  });

  it('leaves those alone who called a closed queue, where the policy says so', () => {
    const found = candidateOf({ ...waited, open: false }, { ...rules, rules: { ...RULES, skipWhenClosed: true } });
    expect(found).toEqual({ kind: 'nobody', why: 'closed' });
  });

  it.each(['0555 000 00 17', '+90 (555) 000-00-17', '00905550000017', '5550000017', '905550000017'])(
    'knows %s for the same number (C3)',
    (caller) => {
      expect(callable(caller, false)).toEqual({ kind: 'number', number: NUMBER });
    },
  );

  it('takes numbers abroad only where they are wanted', () => {
    expect(callable('+4930123456', false)).toMatchObject({ why: 'bad-number' });
    expect(callable('+4930123456', true)).toMatchObject({ number: '+4930123456' });
  });
});

describe('a callback', () => {
  it('that is found again keeps its first time and counts (C2)', () => {
    const again = (ms: number): CallbackEvent => ({
      kind: 'found',
      finding: finding({ at: NOON + ms, since: NOON + ms, expiresAt: NOON + ms + 5 }),
    });
    expect(after(callback(), again(MINUTE), again(2 * MINUTE))).toMatchObject({
      count: 3,
      firstAt: NOON,
      since: NOON,
      lastAt: NOON + 2 * MINUTE,
      state: 'open',
    });
  });

  it('is neither put off nor changed by a web form, which may come from anybody; it is only called sooner', () => {
    const form = (notBefore?: number): CallbackEvent => {
      const later = notBefore === undefined ? {} : { notBefore, since: notBefore };
      const asked = finding({ kind: 'requested', origin: 'form', queue: 'sales', about: 'Ayşe', at: NOON + 5, since: NOON + 5, ...later });
      return { kind: 'found', finding: asked };
    };
    for (const now of [
      callback({ about: 'kampanya' }),
      callback({ kind: 'requested', origin: 'flow', about: 'kampanya' }),
      callback({ state: 'retry-wait', dueAt: NOON + HOUR, about: 'kampanya' }),
    ]) {
      const { kind, origin, queue, about, dueAt, since, state } = now;
      expect(after(now, form(NOON + 2 * HOUR))).toMatchObject({ kind, origin, queue, about, dueAt, since, state, count: 2 });
    }
    expect(after(callback({ dueAt: NOON + HOUR }), form()).dueAt).toBe(NOON + 5);
    expect(after(callback({ dueAt: NOON + HOUR }), form(NOON + MINUTE)).dueAt).toBe(NOON + MINUTE);
    expect(after(callback(), form())).toMatchObject({ about: 'Ayşe', origin: 'queue' });
  });

  it('that is asked for takes the place of the one that was found, and the earlier place in the order (rule 5)', () => {
    const asked = finding({ kind: 'requested', origin: 'flow', since: NOON - MINUTE, about: 'kampanya' });
    const both = after(callback(), { kind: 'found', finding: asked });
    expect(both).toMatchObject({ kind: 'requested', origin: 'flow', since: NOON - MINUTE, about: 'kampanya', count: 2 });
    expect(after(both, { kind: 'found', finding: finding() })).toMatchObject({ kind: 'requested', about: 'kampanya' });
  });

  it('waits for the time that somebody wishes for; the newest wish counts, and no wish shortens a delay', () => {
    const wish = (notBefore?: number) =>
      finding({ kind: 'requested', origin: 'form', ...(notBefore === undefined ? {} : { notBefore, since: notBefore }) });
    const fresh = newCallback(callback().id, { ...wish(NOON + HOUR), who: finding().who }, '');
    expect([fresh.dueAt, fresh.since]).toEqual([NOON + HOUR, NOON + HOUR]);
    const due = (now: Callback, one: CallbackFinding) => after(now, { kind: 'found', finding: one }).dueAt;
    expect(due(fresh, wish(NOON + 2 * HOUR))).toBe(NOON + 2 * HOUR);
    expect(due(fresh, wish())).toBe(NOON);
    expect(due(fresh, finding())).toBe(NOON + HOUR);
    const waits = callback({ kind: 'requested', origin: 'form', state: 'retry-wait', dueAt: NOON + HOUR });
    expect(due(waits, wish())).toBe(NOON + HOUR);
    expect(due(waits, wish(NOON + 2 * HOUR))).toBe(NOON + 2 * HOUR);
  });

  it('goes to the next agent when one does not take it, and that is no attempt (C8)', () => {
    expect(after(callback(), reserve, { kind: 'let-go', callId: OURS })).toMatchObject({ state: 'open', attempts: 0, agent: null });
  });

  it('is closed when the customer is served, whichever way and whatever it was about to do (C4, C7)', () => {
    for (const before of [[], [reserve], [reserve, dial], [reserve, dial, ended('busy')]] as const)
      for (const how of ['served-inbound', 'served-outbound'] as const)
        expect(after(callback(), ...before, { kind: 'served', callId: THEIRS, how })).toMatchObject({ state: 'closed', reason: how });
  });

  it('is over after three calls that nobody answers, each at its time (C9)', () => {
    const first = after(callback(), reserve, dial, ended('no-answer'));
    expect(first).toMatchObject({ state: 'retry-wait', attempts: 1, dueAt: NOON + 15 * MINUTE });
    const second = after({ ...first, dueAt: NOON }, reserve, dial, ended('no-answer'));
    expect(second).toMatchObject({ state: 'retry-wait', attempts: 2, dueAt: NOON + 60 * MINUTE });
    expect(after({ ...second, dueAt: NOON }, reserve, dial, ended('no-answer'))).toMatchObject({ state: 'closed', reason: 'exhausted' });
  });

  it('is not reserved before its time, on the line, or twice', () => {
    const waits = after(callback(), reserve, dial, ended('busy'));
    expect(after(waits, reserve)).toBe(waits);
    const linked = after(callback(), called);
    expect(after(linked, reserve)).toBe(linked);
    const reserved = after(callback(), reserve);
    expect(after(reserved, { ...reserve, callId: callOf('other') })).toBe(reserved);
  });

  it('waits while the customer calls, and is there again when that came to nothing (rule 13)', () => {
    const linked = after(callback(), called);
    expect(linked).toMatchObject({ state: 'open', linked: THEIRS });
    expect(after(linked, { kind: 'caller-left', callId: THEIRS })).toMatchObject({ state: 'open', linked: null, count: 1 });
    const abandoned: CallbackEvent = { kind: 'found', finding: finding({ callId: THEIRS, at: NOON + 9 }) };
    expect(after(linked, abandoned)).toMatchObject({ linked: null, count: 2, since: NOON });
  });

  it('is not dialled when the customer calls before that: the agent is theirs (rule 14)', () => {
    const linked = after(callback(), reserve, called);
    expect(linked).toMatchObject({ state: 'reserved', linked: THEIRS, agent: AYSE });
    expect(after(linked, dial)).toBe(linked);
    const given = after(linked, { kind: 'let-go', callId: OURS });
    expect(given).toMatchObject({ state: 'open', linked: THEIRS, agent: null, attempts: 0 });
    expect(after(given, reserve)).toBe(given);
  });

  it('is taken back when the customer calls while we ring: no attempt, but they are not rung again at once (rule 15)', () => {
    const linked = after(callback(), reserve, dial, { ...called, stopped: OURS });
    const rests = { state: 'retry-wait', agent: null, attempts: 0, dueAt: NOON + 15 * MINUTE };
    expect(linked).toMatchObject({ ...rests, linked: THEIRS });
    expect(after(linked, { kind: 'caller-left', callId: THEIRS })).toMatchObject({ ...rests, linked: null });
    const again: CallbackEvent = { kind: 'found', finding: finding({ callId: THEIRS }) };
    expect(after(linked, again)).toMatchObject({ ...rests, linked: null, count: 2 });
    const second = after(callback({ attempts: 1 }), reserve, dial, { ...called, stopped: OURS });
    expect(second).toMatchObject({ attempts: 1, dueAt: NOON + HOUR });
    for (const late of [dial, ended('cancelled')]) expect(after(linked, late)).toBe(linked);
  });

  it('goes on ringing, for all it knows, where our leg was not taken back, or another one was (rule 15)', () => {
    const ringing = after(callback(), reserve, dial);
    for (const stopped of [null, callOf('older')]) expect(after(ringing, { ...called, stopped })).toBe(ringing);
    expect(after(ringing, ended('no-answer'))).toMatchObject({ state: 'retry-wait', attempts: 1 });
  });

  it('is left alone for a while after a fault of ours before anybody was dialled, and that is nobody’s attempt', () => {
    const off = after(callback(), reserve, { kind: 'put-off', callId: OURS });
    expect(off).toMatchObject({ state: 'retry-wait', attempts: 0, faults: 0, agent: null, dueAt: NOON + RULES.faultMs });
    const ringing = after(callback(), reserve, dial);
    expect(after(ringing, { kind: 'put-off', callId: OURS })).toBe(ringing);
  });

  it('is open again when the talk that closed it was none: an attempt where we dialled, and none by hand', () => {
    const closed = after(callback(), reserve, dial, { kind: 'served', callId: OURS, how: 'served-outbound' });
    const none: CallbackEvent = { kind: 'not-reached', callId: OURS, isAttempt: true };
    expect(after(closed, none)).toMatchObject({
      state: 'retry-wait',
      attempts: 1,
      reason: null,
      closedAt: null,
      dueAt: NOON + 15 * MINUTE,
    });
    expect(after({ ...closed, attempts: 2 }, none)).toMatchObject({ state: 'closed', reason: 'exhausted', attempts: 3 });
    expect(after(closed, { ...none, isAttempt: false })).toMatchObject({ state: 'open', attempts: 0, dueAt: NOON });
    const theirs = after(callback(), { kind: 'served', callId: THEIRS, how: 'served-inbound' });
    for (const other of [theirs, after(callback(), reserve, dial), { ...closed, number: null }]) expect(after(other, none)).toBe(other);
    expect(after(closed, { ...none, callId: THEIRS })).toBe(closed);
    expect(after(theirs, { ...none, callId: THEIRS })).toBe(theirs);
  });

  it('is an agent’s alone while they dial it by hand, and free again when nobody was reached (rule 16)', () => {
    const hand: CallbackEvent = { kind: 'by-hand', callId: THEIRS };
    const locked = after(callback(), hand);
    expect(after(locked, reserve)).toBe(locked);
    expect(after(locked, { kind: 'caller-left', callId: THEIRS }, reserve)).toMatchObject({ state: 'reserved' });
    for (const busy of [[reserve], [reserve, dial], [called]] as const) {
      const before = after(callback(), ...busy);
      expect(after(before, { ...hand, callId: callOf('hand') })).toBe(before);
    }
  });

  it('after a crash goes back, or waits its delay: never a second ring at once (C14)', () => {
    expect(after(callback(), reserve, { kind: 'lost', callId: OURS })).toMatchObject({ state: 'open', attempts: 0 });
    expect(after(callback(), reserve, dial, { kind: 'lost', callId: OURS })).toMatchObject({
      state: 'retry-wait',
      attempts: 1,
      dueAt: NOON + 15 * MINUTE,
    });
    const later = after(callback(), reserve, dial);
    expect(after(later, { kind: 'lost', callId: callOf('older') })).toBe(later);
  });

  it('expires only while nobody is at work on it', () => {
    const old = callback({ expiresAt: NOON });
    expect(after(old, { kind: 'expire' })).toMatchObject({ state: 'closed', reason: 'expired' });
    expect(after(callback(), { kind: 'expire' })).toMatchObject({ state: 'open' });
    const ringing = { ...after(callback(), reserve, dial), expiresAt: NOON };
    expect(after(ringing, { kind: 'expire' })).toBe(ringing);
  });

  it('does not expire under a customer who is on the line: their call says what becomes of it', () => {
    const linked = callback({ expiresAt: NOON, linked: THEIRS });
    expect(after(linked, { kind: 'expire' })).toBe(linked);
    expect(dueOf(linked, { open: true, opensAt: null, doNotContact: false, calls: 0, oldestCallAt: null, cap: 3 }, NOON)).toMatchObject({
      why: 'on-the-line',
    });
    const left = after(linked, { kind: 'caller-left', callId: THEIRS });
    expect(after(left, { kind: 'expire' })).toMatchObject({ state: 'closed', reason: 'expired' });
  });

  it('is moved and closed by people, with their name', () => {
    expect(after(callback(), { kind: 'move', since: 5 })).toMatchObject({ since: 5, firstAt: NOON });
    expect(after(callback(), { kind: 'close', reason: 'by-user', by: 'ayse' })).toMatchObject({
      state: 'closed',
      closedBy: 'ayse',
      reason: 'by-user',
    });
  });
});

describe('after an attempt', () => {
  test.each([
    ['busy', { attempts: 1, dueAt: NOON + 5 * MINUTE }],
    ['no-answer', { attempts: 1, dueAt: NOON + 15 * MINUTE }],
    ['rejected', { attempts: 1, dueAt: NOON + 15 * MINUTE }],
    ['unknown', { attempts: 1, dueAt: NOON + 15 * MINUTE }],
    ['cancelled', { attempts: 1, dueAt: NOON + 15 * MINUTE }],
    ['dropped', { attempts: 1, dueAt: NOON + 15 * MINUTE }],
    ['congestion', { attempts: 0, dueAt: NOON + 2 * MINUTE }],
    ['failed', { attempts: 0, dueAt: NOON + 2 * MINUTE }],
    ['invalid-number', { attempts: 1, reason: 'invalid-number' }],
  ] as const)('%s', (outcome, expected) => {
    const { attempts, next } = afterAttempt({ attempts: 0, faults: 0 }, outcome, RULES, NOON);
    expect({ attempts, ...(next.kind === 'wait' ? { dueAt: next.dueAt } : { reason: next.reason }) }).toEqual(expected);
  });

  it('gives up a line that fails again and again', () => {
    expect(afterAttempt({ attempts: 0, faults: 4 }, 'congestion', RULES, NOON).next).toEqual({ kind: 'close', reason: 'exhausted' });
  });

  it('repeats the last delay', () => {
    const rules = { ...RULES, attempts: 9, delaysMs: [1, 2] };
    expect(afterAttempt({ attempts: 5, faults: 0 }, 'no-answer', rules, NOON).next).toEqual({ kind: 'wait', dueAt: NOON + 2 });
  });
});

describe('whether it may be called now', () => {
  const facts = { open: true, opensAt: null, doNotContact: false, calls: 0, oldestCallAt: null, cap: 3 };
  test.each([
    ['it may', callback(), {}, { kind: 'due' }],
    ['the window is shut', callback(), { open: false, opensAt: NOON + 9 }, { why: 'window', until: NOON + 9 }],
    ['it was called often enough', callback(), { calls: 3, oldestCallAt: NOON - 1 }, { why: 'cap', until: NOON - 1 + 86_400_000 }],
    ['they never want to be called', callback(), { doNotContact: true }, { why: 'do-not-contact' }],
    ['it waits for its delay', callback({ state: 'retry-wait', dueAt: NOON + 1 }), {}, { why: 'retry', until: NOON + 1 }],
    ['they are on the line', callback({ linked: THEIRS }), {}, { why: 'on-the-line' }],
    ['somebody is at it', callback({ state: 'dialing' }), {}, { why: 'busy' }],
    ['it is too late', callback({ expiresAt: NOON }), {}, { why: 'expired' }],
    ['it is closed', callback({ state: 'closed' }), {}, { why: 'closed' }],
  ] as const)('%s', (_, one, change, expected) => {
    expect(dueOf(one, { ...facts, ...change }, NOON)).toMatchObject(expected);
  });
});

/** When they may be rung again at the soonest, after what this step made of a ring; null: it was no ring's end. */
function restsUntil(before: Callback, one: CallbackEvent, at: number): number | null {
  if (before.state !== 'dialing') return null;
  if (one.kind === 'ended' && one.outcome === 'busy') return at + RULES.busyMs;
  // The telephone never rang.
  if (one.kind === 'ended' && one.outcome === 'failed') return at + RULES.faultMs;
  if (one.kind !== 'ended' && one.kind !== 'lost') return null;
  return at + (RULES.delaysMs[before.attempts] ?? RULES.delaysMs.at(-1) ?? 0);
}

describe('whatever happens, in whatever order', () => {
  const EXPIRES = NOON + 3 * HOUR;
  const calls = fc.constantFrom(...['a', 'a', 'a', 'b'].map(callOf));
  const outcome = fc.constantFrom('busy', 'no-answer', 'unknown', 'failed', 'cancelled', 'dropped') as fc.Arbitrary<'busy'>;
  const often = (weight: number, arbitrary: fc.Arbitrary<CallbackEvent>) => ({ weight, arbitrary });
  const kinds = (...all: readonly ('let-go' | 'put-off' | 'dial' | 'by-hand' | 'caller-left' | 'lost')[]) =>
    fc.record({ kind: fc.constantFrom(...all), callId: calls });
  // What leads from one ring to the next comes often: there are several in most histories.
  const event: fc.Arbitrary<CallbackEvent> = fc.oneof(
    often(20, fc.record({ kind: fc.constant('reserve' as const), agent: fc.constantFrom(agentOf('a'), agentOf('b')), callId: calls })),
    often(20, kinds('dial')),
    often(20, fc.record({ kind: fc.constant('ended' as const), callId: calls, outcome })),
    often(8, kinds('caller-left')),
    often(4, kinds('let-go', 'put-off', 'by-hand', 'lost')),
    often(4, fc.record({ kind: fc.constant('caller-called' as const), callId: calls, stopped: fc.oneof(fc.constant(null), calls) })),
    often(4, fc.constant({ kind: 'found', finding: finding({ expiresAt: EXPIRES }) })),
    often(
      1,
      fc.record({
        kind: fc.constant('served' as const),
        callId: calls,
        how: fc.constantFrom('served-inbound' as const, 'served-outbound' as const),
      }),
    ),
    often(1, fc.constant({ kind: 'expire' })),
    often(1, fc.constant({ kind: 'close', reason: 'by-user', by: 'x' })),
  );
  const history = fc.array(fc.tuple(event, fc.integer({ min: 0, max: 10 * MINUTE })), { maxLength: 80, size: 'max' });

  it('nobody is rung twice within the delay, while they are on the line, more often than allowed, or once it is closed', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let now = callback({ expiresAt: EXPIRES });
        let at = NOON;
        let rests = NOON;
        for (const [one, ms] of steps) {
          at += ms;
          const step = nextCallback(now, one, RULES, at);
          if (step.kind === 'ignored') continue;
          const next = step.callback;
          expect(now.state).not.toBe('closed');
          expect(next.version).toBe(now.version + 1);
          if (next.state === 'dialing' && now.state !== 'dialing') {
            expect(now.linked).toBeNull();
            expect(now.state).toBe('reserved');
            expect(at).toBeGreaterThanOrEqual(rests);
          }
          if (next.state === 'reserved' && now.state !== 'reserved') expect(at).toBeLessThan(EXPIRES);
          rests = restsUntil(now, one, at) ?? rests;
          if (next.state === 'reserved' || next.state === 'dialing') expect(next.agent).not.toBeNull();
          if (next.state === 'closed') expect(next.reason).not.toBeNull();
          now = next;
        }
        expect(now.attempts).toBeLessThanOrEqual(RULES.attempts);
      }),
      { numRuns: 4000 },
    );
  });
});
