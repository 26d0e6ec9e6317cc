import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCounted, nextOf, withinWindow } from '../../src/dialer/retry.ts';
import { callingWindow } from '../../src/dialer/window.ts';
import { ATTEMPT_OUTCOMES, type AttemptOutcome } from '../../src/domain/attempt.ts';
import type { Calendar } from '../../src/domain/opening-hours.ts';
import { openness } from '../../src/domain/openness.ts';
import { USUAL_RETRIES } from '../../src/domain/retry-table.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.parse('2026-11-25T12:00:00+03:00');

function calendar(hours: string): Calendar {
  const window = callingWindow({ hours, zone: 'Europe/Istanbul', holidays: [] });
  if (window.kind === 'bad') throw new Error('bad hours');
  return window.calendar;
}
const ALWAYS = calendar('24/7');
const next = (outcome: AttemptOutcome, former: readonly AttemptOutcome[] = [], changes: Partial<Parameters<typeof nextOf>[0]> = {}) =>
  nextOf({
    outcome,
    former,
    messageLeft: false,
    now: NOON,
    table: USUAL_RETRIES,
    maxAttempts: 3,
    calendar: ALWAYS,
    endAt: null,
    ...changes,
  });

describe('what follows from an outcome (B19)', () => {
  it.each<[AttemptOutcome, readonly AttemptOutcome[], number | string]>([
    ['busy', [], 10 * MINUTE],
    ['busy', ['busy'], 10 * MINUTE],
    ['busy', ['busy', 'busy'], 'busy'],
    ['no-answer', [], 2 * HOUR],
    ['no-answer', ['no-answer', 'no-answer'], 'no-answer'],
    ['machine', [], 6 * HOUR],
    ['machine', ['no-answer', 'machine'], 'machine'],
    ['rejected', [], 4 * HOUR],
    ['unknown', [], 2 * HOUR],
    ['congestion', ['no-answer', 'no-answer'], 2 * MINUTE],
    ['congestion', ['congestion', 'congestion', 'congestion', 'congestion', 'congestion'], 'congestion'],
    ['failed', ['congestion'], 2 * MINUTE],
    ['invalid-number', [], 'invalid-number'],
    ['delivered', [], 'delivered'],
    ['hung-up-early', [], 'hung-up-early'],
    ['dropped', [], 'dropped'],
    ['withdrawn', ['busy'], 'back'],
  ])('%s after %j: %s', (outcome, former, expected) => {
    const found = next(outcome, former);
    if (typeof expected === 'number') expect(found).toEqual({ kind: 'retry', at: NOON + expected });
    else expect(found.kind === 'done' ? found.outcome : found.kind).toBe(expected);
  });

  it('calls nobody again whose machine has the message', () => {
    expect(next('machine', [], { messageLeft: true })).toEqual({ kind: 'done', outcome: 'machine' });
  });

  it('counts what is not the trunk’s fault', () => {
    const counted = ATTEMPT_OUTCOMES.filter((outcome) => isCounted(outcome, USUAL_RETRIES));
    expect(counted).toEqual(expect.arrayContaining(['busy', 'no-answer', 'rejected', 'unknown', 'delivered', 'invalid-number']));
    expect(counted).not.toEqual(expect.arrayContaining(['congestion']));
    expect(counted).not.toContain('failed');
    expect(counted).not.toContain('withdrawn');
  });

  it('ends with the campaign, and where the window never opens again', () => {
    expect(next('busy', [], { endAt: NOON + 10 * MINUTE })).toEqual({ kind: 'done', outcome: 'busy' });
    expect(next('busy', [], { calendar: calendar('mon closed') })).toEqual({ kind: 'done', outcome: 'busy' });
  });
});

describe('a retry outside the window', () => {
  const OFFICE = calendar('mon-fri 09:00-18:00; sat 22:00-02:00');

  it('comes after the next opening, the later the later it was wanted', () => {
    const evening = Date.parse('2026-11-25T17:50:00+03:00');
    const opens = Date.parse('2026-11-26T09:00:00+03:00');
    const first = withinWindow(OFFICE, evening, evening + 20 * MINUTE) ?? 0;
    const second = withinWindow(OFFICE, evening, evening + 2 * HOUR) ?? 0;
    expect(first).toBeGreaterThanOrEqual(opens);
    expect(second).toBeGreaterThan(first);
    expect(second).toBeLessThan(opens + 10 * MINUTE);
  });

  it('is never in a closed window, nor before it was wanted, and of those that are moved nobody overtakes', () => {
    const instants = fc.integer({ min: NOON, max: NOON + 14 * 24 * HOUR });
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 3 * 24 * HOUR }), fc.integer({ min: 0, max: HOUR }), (now, wait, later) => {
        const at = withinWindow(OFFICE, now, now + wait) ?? 0;
        const behind = withinWindow(OFFICE, now, now + wait + later) ?? 0;
        expect(at).toBeGreaterThanOrEqual(now + wait);
        expect(openness(OFFICE, at).kind).toBe('open');
        // Who was wanted in open hours is called then, also where others are still being spread.
        if (openness(OFFICE, now + wait + later).kind !== 'open') expect(behind).toBeGreaterThanOrEqual(at);
      }),
    );
  });
});
