import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIRST_WORD_MS, type Greeting, PAUSE_MS, whoAnswers } from '../../src/dialer/machine.ts';

const AT = Date.parse('2026-11-25T12:00:00+03:00');
const LONGEST = 2000;
const greeting = (since: number | null, isOver = false): Greeting => ({
  answeredAt: AT,
  since: since === null ? null : AT + since,
  isOver,
});

describe('who answers', () => {
  it.each<[string, Greeting, number, object]>([
    ['nobody has spoken yet', greeting(null), 0, { kind: 'unsure', until: AT + FIRST_WORD_MS }],
    ['nobody spoke: a person who waits', greeting(null), FIRST_WORD_MS, { kind: 'person' }],
    ['somebody speaks', greeting(300), 400, { kind: 'unsure', until: AT + 300 + LONGEST + PAUSE_MS }],
    ['a word and silence: a person', greeting(300, true), 1400, { kind: 'person' }],
    ['still within a breath of the longest greeting', greeting(300), 300 + LONGEST + PAUSE_MS - 1, { kind: 'unsure' }],
    ['longer than people greet: a machine', greeting(300), 300 + LONGEST + PAUSE_MS, { kind: 'machine' }],
    ['who began late has as long', greeting(2400), 2400 + LONGEST, { kind: 'unsure' }],
  ])('%s', (_what, given, after, expected) => {
    expect(whoAnswers(given, LONGEST, AT + after)).toMatchObject(expected);
  });

  it('always knows at the time it asks for, and never takes for a machine who fell silent or said nothing', () => {
    fc.assert(
      fc.property(fc.option(fc.nat(FIRST_WORD_MS)), fc.boolean(), fc.nat(60_000), (since, isOver, after) => {
        const given = greeting(since, since !== null && isOver);
        const who = whoAnswers(given, LONGEST, AT + after);
        if (who.kind === 'machine') expect(since !== null && !given.isOver && after >= since + LONGEST).toBe(true);
        if (who.kind !== 'unsure') return;
        expect(who.until).toBeGreaterThan(AT + after);
        expect(whoAnswers(given, LONGEST, who.until).kind).not.toBe('unsure');
      }),
    );
  });
});
