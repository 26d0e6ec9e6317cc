import { describe, expect, it } from 'vitest';
import type { CollectSpec } from '../../src/flow/commands.ts';
import { digits, menu, phone, taken } from './dialogue-phone.ts';

describe('timers', () => {
  it('behaviour 9: the first-digit time starts when the prompt has ended', () => {
    const p = phone();
    p.durations.set('long', 30_000);
    p.begin([{ media: ['long'], bargeIn: true, durationMs: 30_000 }], menu('1'));
    p.wait(34_999);
    expect(p.results).toEqual([]);
    p.wait(1);
    expect(p.results).toEqual([{ at: 35_000, input: { kind: 'silence', step: 1 } }]);
  });

  it('behaviour 10: a key during the prompt starts the inter-digit time', () => {
    const p = phone();
    p.begin(['enter code'], digits(4, 4));
    p.wait(500);
    p.press('1');
    p.wait(1999);
    expect(p.results).toEqual([]);
    p.wait(1);
    expect(p.results).toEqual([{ at: 2500, input: taken('1', 'incomplete') }]);
  });

  it('behaviour 11: one of four keys, then silence, is incomplete after the inter-digit time', () => {
    const p = phone();
    p.begin([], digits(4, 4));
    p.wait(3000);
    p.press('1');
    p.wait(2000);
    expect(p.results).toEqual([{ at: 5000, input: taken('1', 'incomplete') }]);
  });

  it('behaviour 12: the last key of an exact length completes at once', () => {
    const p = phone();
    p.begin([], digits(4, 4));
    p.press('1234', 140);
    expect(p.results[0]).toEqual({ at: 420, input: taken('1234') });
  });

  it('behaviour 13: the terminator ends a variable length and is not part of it', () => {
    const p = phone();
    p.begin([], digits(3, 10));
    p.press('12345#', 100);
    expect(p.results[0]).toEqual({ at: 500, input: taken('12345') });
  });

  it('behaviour 13: too few keys before the terminator are incomplete', () => {
    const p = phone();
    p.begin([], digits(3, 10));
    p.press('12#');
    expect(p.last()).toEqual(taken('12', 'incomplete'));
  });

  it('behaviour 14: a terminator first is an empty input', () => {
    const p = phone();
    p.begin([], digits(3, 10));
    p.press('#');
    expect(p.last()).toEqual(taken('', 'empty'));
  });

  it.each([0, 500, 999])('behaviour 15: a terminator %i ms after the full length does not leak', (gap) => {
    const p = phone();
    p.begin([], digits(4, 4));
    p.press('1234');
    p.wait(gap);
    p.begin(['next'], menu('#', '1'));
    p.press('#');
    p.wait(100);
    expect(p.results).toHaveLength(1);
    p.press('1');
    p.wait(0);
    expect(p.last()).toEqual(taken('1'));
  });

  it('behaviour 15: typed ahead in one go, the terminator after the full length is swallowed too', () => {
    const p = phone();
    p.press('1234#2');
    p.begin([], digits(4, 4));
    p.begin([], menu('#', '2'));
    expect(p.last()).toEqual(taken('2'));
  });

  it('behaviour 15: a second later the same key is a key again', () => {
    const p = phone();
    p.begin([], digits(4, 4));
    p.press('1234');
    p.wait(1001);
    p.begin([], menu('#'));
    p.press('#');
    expect(p.last()).toEqual(taken('#'));
  });
});

describe('matching', () => {
  it('behaviour 16: an option that begins a longer one waits, the longer one does not', () => {
    const p = phone();
    p.begin([], menu('1', '12', '3'));
    p.press('1');
    p.wait(1999);
    expect(p.results).toEqual([]);
    p.wait(1);
    expect(p.last()).toEqual(taken('1'));
    p.begin([], menu('1', '12', '3'));
    p.press('12');
    expect(p.results[1]).toEqual({ at: 2000, input: taken('12') });
    p.begin([], menu('1', '12', '3'));
    p.press('3');
    expect(p.results[2]).toEqual({ at: 2000, input: taken('3') });
  });

  it('behaviour 17: star and pound are options, A to D only where they are listed', () => {
    const p = phone();
    p.begin([], menu('*', '#', 'A'));
    p.press('B');
    expect(p.results).toEqual([]);
    p.press('*');
    expect(p.last()).toEqual(taken('*'));
    p.begin([], menu('*', '#', 'A'));
    p.press('A');
    expect(p.last()).toEqual(taken('A'));
  });

  it('a key that no option begins with is a no-match at once', () => {
    const p = phone();
    p.begin([], menu('1'));
    p.press('9');
    expect(p.last()).toEqual(taken('9', 'no-match'));
  });

  it('behaviour 23: ten digits 140 ms apart arrive in order', () => {
    const p = phone();
    p.begin(['number'], digits(10, 10));
    p.wait(200);
    p.press('5551234567', 140);
    expect(p.last()).toEqual(taken('5551234567'));
  });
});

describe('the terminator of a menu', () => {
  const ending = (...options: string[]): CollectSpec => ({ ...menu(...options), terminator: '#' });

  it('takes an option that begins a longer one at once', () => {
    const p = phone();
    p.begin(['one or twelve'], ending('1', '12'));
    p.wait(100);
    p.press('1#');
    p.wait(0);
    expect(p.results).toEqual([{ at: 100, input: taken('1') }]);
  });

  it('pressed after an option that needed none does not leak into the next menu', () => {
    const p = phone();
    p.begin([], ending('3', '12'));
    p.press('3');
    p.begin([], menu('#', '1'));
    p.press('#1');
    expect(p.results.map(({ input }) => input)).toEqual([taken('3'), taken('1')]);
  });
});

describe('keys as Asterisk tells them', () => {
  it('behaviour 22: one event is one key, however long it was pressed; two events are two, however close', () => {
    // Asterisk tells a key when it is let go: a tone of 1.5 s is one event.
    const long = phone();
    long.begin(['enter code'], digits(2, 2));
    long.wait(1500);
    long.press('1');
    expect(long.dialogue.job?.typed).toBe('1');
    expect(long.results).toEqual([]);
    // Two tones of 60 ms, 60 ms apart.
    const twice = phone();
    twice.begin(['enter code'], digits(2, 2));
    twice.wait(60);
    twice.press('1');
    expect(twice.results).toEqual([]);
    twice.wait(120);
    twice.press('1');
    expect(twice.results).toEqual([{ at: 180, input: taken('11') }]);
  });
});
