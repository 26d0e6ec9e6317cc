import { describe, expect, it } from 'vitest';
import { explain } from '../../src/dialer/explain.ts';
import { type CallFacts, heardShare, outcomeOf } from '../../src/dialer/outcome.ts';
import type { Termination } from '../../src/domain/termination.ts';
import { tellWhy } from '../../src/services/campaigns/why-words.ts';

const NOW = Date.parse('2026-11-25T07:00:00+03:00');
const call = (termination: Termination, answered: boolean, talkMs = 20_000) => ({
  answeredAt: answered ? NOW : null,
  endedAt: NOW + talkMs,
  termination,
});
const facts = (changes: Partial<CallFacts> & Pick<CallFacts, 'call'>): CallFacts => ({
  said: null,
  keys: 0,
  dropped: false,
  machine: false,
  ...changes,
});
const LEFT: Termination = { kind: 'caller-hung-up' };
const LOST: Termination = { kind: 'asterisk-lost' };

describe('how an attempt ended', () => {
  it.each<[string, CallFacts]>([
    ['busy', facts({ call: call({ kind: 'not-reached', outcome: 'busy', sipCode: 486 }, false) })],
    ['no-answer', facts({ call: call({ kind: 'not-reached', outcome: 'cancelled', sipCode: 487 }, false) })],
    ['unknown', facts({ call: call({ kind: 'not-reached', outcome: 'unknown', sipCode: null }, false) })],
    ['unknown', facts({ call: call({ kind: 'asterisk-lost' }, false) })],
    // Cut by us in mid-message: nobody hung up.
    ['unknown', facts({ call: call(LOST, true), said: { ms: 10_000, heardMs: 2000 } })],
    ['unknown', facts({ call: call(LOST, true, 60_000) })],
    ['delivered', facts({ call: call(LOST, true), said: { ms: 10_000, heardMs: 8000 } })],
    ['delivered', facts({ call: call(LOST, true), keys: 1 })],
    ['withdrawn', facts({ call: call({ kind: 'ended-by-user', by: 'ayse' }, false) })],
    ['withdrawn', facts({ call: call({ kind: 'refused', reason: 'withdrawn' }, false) })],
    ['delivered', facts({ call: call({ kind: 'flow-hung-up' }, true), said: { ms: 3000, heardMs: 3000 } })],
    ['delivered', facts({ call: call(LEFT, true), said: { ms: 10_000, heardMs: 8000 } })],
    ['hung-up-early', facts({ call: call(LEFT, true), said: { ms: 10_000, heardMs: 7999 } })],
    // Four fifths of a short message are no five seconds.
    ['hung-up-early', facts({ call: call(LEFT, true), said: { ms: 5000, heardMs: 4500 } })],
    ['delivered', facts({ call: call(LEFT, true), said: { ms: 10_000, heardMs: 100 }, keys: 1 })],
    ['dropped', facts({ call: call(LEFT, true), said: { ms: 10_000, heardMs: 10_000 }, dropped: true })],
    ['machine', facts({ call: call({ kind: 'machine-answered' }, true), machine: true })],
    // Spoken to, and to the end: it is a machine all the same.
    ['machine', facts({ call: call({ kind: 'flow-hung-up' }, true), said: { ms: 3000, heardMs: 3000 }, machine: true })],
    ['delivered', facts({ call: call(LEFT, true, 5000) })],
    ['hung-up-early', facts({ call: call(LEFT, true, 4999) })],
  ])('%s', (expected, given) => {
    expect(outcomeOf(given, 80)).toBe(expected);
  });

  it('tells what share was heard, where anybody knows', () => {
    expect(heardShare(facts({ call: call(LEFT, true), said: { ms: 10_000, heardMs: 2500 } }))).toBe(0.25);
    expect(heardShare(facts({ call: call(LEFT, true) }))).toBeNull();
    expect(heardShare(facts({ call: call(LEFT, false), said: { ms: 1, heardMs: 0 } }))).toBeNull();
  });
});

describe('why a campaign does not call (B27)', () => {
  const OPENS = Date.parse('2026-11-25T09:00:00+03:00');
  const counts = [
    { state: 'pending', outcome: null, waitReason: null, count: 300, firstAt: 0 },
    { state: 'waiting-retry', outcome: null, waitReason: 'retry', count: 80, firstAt: NOW + 3 * 3_600_000 },
    { state: 'waiting-retry', outcome: null, waitReason: 'cap', count: 5, firstAt: NOW + 60_000 },
    { state: 'suppressed', outcome: 'no-consent', waitReason: null, count: 32, firstAt: 0 },
    { state: 'dialing', outcome: null, waitReason: null, count: 3, firstAt: 0 },
  ] as const;
  const none = {
    ...{ 'no-line': false, 'other-engine': false, 'trunk-resting': false, 'calls-fail': false },
    ...{ 'lines-taken': false, 'channels-taken': false, 'no-agents': false, speed: true },
  };

  it('outside the window: who waits for what, and the next wake-up', () => {
    const why = explain({ now: NOW, verdict: { kind: 'shut', reason: 'hours', wakeAt: OPENS }, counts, limits: none });
    expect(why).toMatchObject({ waiting: 385, calling: 3, over: 32, limiter: null, wakeAt: OPENS });
    expect(why.groups).toEqual([
      { code: 'hours', count: 300, wakeAt: OPENS },
      { code: 'retry', count: 80, wakeAt: NOW + 3 * 3_600_000 },
      { code: 'cap', count: 5, wakeAt: OPENS },
    ]);
    expect(tellWhy(why, 'Europe/Istanbul', 'en')).toMatch(
      /^385 waiting: 300 outside the calling window \(.*9:00.*\), 80 wait to be tried again/,
    );
    expect(tellWhy(why, 'Europe/Istanbul', 'tr')).toMatch(/^385 kişi bekliyor: 300 arama saatleri dışında \(.*09:00\)/);
  });

  it('in the window: names the limit that binds', () => {
    const open = { kind: 'open', until: null } as const;
    const limited = explain({ now: NOW, verdict: open, counts, limits: { ...none, 'channels-taken': true } });
    expect(limited).toMatchObject({ limiter: 'channels-taken', wakeAt: NOW });
    expect(explain({ now: NOW, verdict: open, counts, limits: none }).limiter).toBe('speed');
    expect(explain({ now: NOW, verdict: open, counts: [], limits: none })).toMatchObject({ limiter: null, wakeAt: null, groups: [] });
  });
});
