import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterCall, BREAKER_LIMITS, type Breaker, CLOSED_BREAKER, isResting, slowed } from '../../src/dialer/breaker.ts';
import { progressiveRoom } from '../../src/dialer/progressive.ts';
import { NEW_PACE, newRate, type Pace, paced, placeAt, readyAt, taken } from '../../src/dialer/rate.ts';
import { nextSharer, type Shares, sharedWith } from '../../src/dialer/share.ts';
import type { CampaignId } from '../../src/domain/ids.ts';

const NOW = 1_790_000_000_000;

describe('calls per second', () => {
  it('are held over a minute although every call is a little late', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 50 }),
        (perSecond, late) => {
          let rate = newRate(perSecond);
          let made = 0;
          for (let now = NOW; ; made += 1) {
            now = readyAt(rate, now) + (late[made % late.length] ?? 0);
            if (now >= NOW + 60_000) break;
            rate = taken(rate, now);
          }
          expect(Math.abs(made - perSecond * 60)).toBeLessThanOrEqual(Math.max(2, perSecond * 60 * 0.02));
        },
      ),
    );
  });

  it('are never more in any sliding second, however they arrive', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 120 }), (perSecond, gaps) => {
        let pace: Pace = NEW_PACE;
        const all: number[] = [];
        let now = NOW;
        for (const gap of gaps) {
          now = placeAt(pace, perSecond, now + gap);
          pace = paced(pace, perSecond, now);
          all.push(now);
        }
        for (const from of all) expect(all.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(perSecond);
      }),
    );
  });

  it('keep their beat when each is a little late, and who comes behind others knows its place', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 50 }),
        (perSecond, late) => {
          let pace: Pace = NEW_PACE;
          let made = 0;
          for (let now = NOW; ; made += 1) {
            const [first = 0, second = 0, nextSecond = 0] = [0, 1, perSecond].map((ahead) => placeAt(pace, perSecond, now, ahead));
            if (first > second || second > nextSecond) throw new Error(`places run backwards: ${first}, ${second}, ${nextSecond}`);
            now = first + (late[made % late.length] ?? 0);
            if (now >= NOW + 60_000) break;
            pace = paced(pace, perSecond, now);
          }
          expect(made).toBeGreaterThanOrEqual(perSecond * 60 * 0.985);
          expect(made).toBeLessThanOrEqual(perSecond * 60);
        },
      ),
    );
  });

  it('come without a burst after a pause', () => {
    const rate = taken(newRate(5), NOW);
    const later = taken(rate, NOW + 10_000);
    expect(readyAt(later, NOW + 10_000)).toBe(NOW + 10_200);
    expect(readyAt(newRate(0), NOW)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('shares', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((id, n) => ({ id: id as CampaignId, weight: n + 1 })) as [Sharer, Sharer, Sharer];
  type Sharer = { id: CampaignId; weight: number };

  function play(rounds: number, wanting: (n: number) => readonly Sharer[]): Record<string, number> {
    let shares: Shares = new Map();
    const counts: Record<string, number> = {};
    for (let n = 0; n < rounds; n += 1) {
      const all = wanting(n);
      const one = nextSharer(shares, all);
      if (one === undefined) continue;
      shares = sharedWith(shares, one, all);
      counts[one.id] = (counts[one.id] ?? 0) + 1;
    }
    return counts;
  }

  it('follow the weights', () => {
    const counts = play(600, () => [a, b, c]);
    expect(counts['a']).toBeCloseTo(100, -1);
    expect(counts['b']).toBeCloseTo(200, -1);
    expect(counts['c']).toBeCloseTo(300, -1);
  });

  it('who wants nothing lends its share, and gets no more for it afterwards', () => {
    const counts = play(1200, (n) => (n < 600 ? [a, c] : [a, b, c]));
    // 150 while b was away, then 100 of 600.
    expect(counts['a']).toBeCloseTo(250, -1);
    expect(counts['b']).toBeCloseTo(200, -1);
  });

  it('nobody wants: nobody calls', () => {
    expect(nextSharer(new Map(), [])).toBeUndefined();
  });
});

describe('a congested trunk', () => {
  const calls = (breaker: Breaker, congested: boolean, count: number): Breaker => {
    let now = breaker;
    for (let n = 0; n < count; n += 1) now = afterCall(now, congested, 8, NOW, BREAKER_LIMITS);
    return now;
  };

  it('is asked half as fast each time, then rests for a minute, and gets faster again when it is well', () => {
    let breaker = calls(CLOSED_BREAKER, true, 19);
    expect(slowed(breaker, 8)).toBe(8);
    breaker = calls(breaker, true, 1);
    expect(slowed(breaker, 8)).toBe(4);
    breaker = calls(breaker, true, 40);
    expect(slowed(breaker, 8)).toBe(1);
    expect(isResting(breaker, NOW)).toBe(false);
    breaker = calls(breaker, true, 20);
    expect([isResting(breaker, NOW + 59_999), isResting(breaker, NOW + 60_000)]).toEqual([true, false]);
    expect(slowed(calls(breaker, false, 60), 8)).toBe(8);
  });
});

describe('progressive pacing', () => {
  it.each([
    [3, 0, 0, 0, 3],
    [3, 2, 0, 0, 1],
    [1, 4, 0, 0, 0],
    [10, 0, 100, 3, 10],
    [10, 0, 100, 4, 8],
    [3, 0, 10, 1, 2],
    // Kept free for ever, a lone agent would never be called for again.
    [1, 0, 10, 1, 1],
    [1, 1, 10, 1, 0],
    [0, 0, 10, 1, 0],
  ])('%i free, %i ringing, of %i answered %i dropped: %i more', (free, ringing, answered, dropped, room) => {
    expect(progressiveRoom({ free, ringing, answered, dropped, dropPercent: 3 })).toBe(room);
  });
});
