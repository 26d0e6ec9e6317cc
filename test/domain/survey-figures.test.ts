import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTallies, npsFigures, percentOf, scaleFigures, type Tally } from '../../src/domain/survey-figures.ts';

const tally = (counts: Readonly<Record<number, number>>): Tally =>
  new Map(Object.entries(counts).map(([value, count]) => [Number(value), count]));

describe('NPS', () => {
  /*
   * Worked out by hand. p, d: shares of promoters and detractors; v = p + d − (p − d)²; margin = 1.96 × √(v/n) × 100.
   *
   * answers            n    P   N   D  score            p     d     v        margin
   * 5×10 3×8 2×3       10   5   3   2  100×3/10 = 30    .5    .2    .61      1.96×√.061    ×100 = 48.4084
   * 50×9 30×7 20×6     100  50  30  20 100×30/100 = 30  .5    .2    .61      1.96×√.0061   ×100 = 15.3081
   * 1×0 1×10           2    1   0   1  0                .5    .5    1        1.96×√.5      ×100 = 138.5929
   * 4×7 4×8            8    0   8   0  0                0     0     0        0
   * 3×10               3    3   0   0  100              1     0     0        0
   * 7×0 1×6            8    0   0   8  −100             0     1     0        0
   * 1 of each 0 to 10  11   2   2   7  100×−5/11        2/11  7/11  .611570  1.96×√.0555973×100 = 46.2150
   */
  it.each<
    [counts: Readonly<Record<number, number>>, promoters: number, passives: number, detractors: number, score: number, margin: number]
  >([
    [{ 10: 5, 8: 3, 3: 2 }, 5, 3, 2, 30, 48.4084],
    [{ 9: 50, 7: 30, 6: 20 }, 50, 30, 20, 30, 15.3081],
    [{ 0: 1, 10: 1 }, 1, 0, 1, 0, 138.5929],
    [{ 7: 4, 8: 4 }, 0, 8, 0, 0, 0],
    [{ 10: 3 }, 3, 0, 0, 100, 0],
    [{ 0: 7, 6: 1 }, 0, 0, 8, -100, 0],
    [{ 0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 1 }, 2, 2, 7, -45.4545, 46.215],
  ])('of %o', (counts, promoters, passives, detractors, score, margin) => {
    const figures = npsFigures(tally(counts));
    expect(figures).toMatchObject({ promoters, passives, detractors, answers: promoters + passives + detractors });
    expect(figures.score).toBeCloseTo(score, 4);
    expect(figures.margin).toBeCloseTo(margin, 4);
  });

  it('of nothing is null, never 0', () => {
    expect(npsFigures(new Map())).toEqual({ answers: 0, promoters: 0, passives: 0, detractors: 0, score: null, margin: null });
  });

  it('lies between -100 and 100, and counts everybody once', () => {
    const counts = fc.dictionary(fc.integer({ min: 0, max: 10 }).map(String), fc.integer({ min: 1, max: 50 }), { minKeys: 1 });
    fc.assert(
      fc.property(counts, (given) => {
        const { answers, promoters, passives, detractors, score, margin } = npsFigures(tally(given));
        expect(promoters + passives + detractors).toBe(answers);
        expect(Math.abs(score ?? Infinity)).toBeLessThanOrEqual(100);
        expect(margin).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('a scale', () => {
  /* 2×1 1×3 4×4 3×5: n = 10, two best boxes 7, share 70 %, mean (2 + 3 + 16 + 15) / 10 = 3.6 */
  it.each<[counts: Readonly<Record<number, number>>, points: number, topTwo: number, share: number, mean: number]>([
    [{ 1: 2, 3: 1, 4: 4, 5: 3 }, 5, 7, 70, 3.6],
    [{ 6: 1, 7: 1, 1: 2 }, 7, 2, 50, 3.75],
    [{ 2: 4 }, 5, 0, 0, 2],
  ])('%o of %i', (counts, points, topTwo, share, mean) => {
    expect(scaleFigures(tally(counts), points)).toMatchObject({ topTwo, share, mean });
  });

  it('of nothing is null, never 0', () => {
    expect(scaleFigures(new Map(), 5)).toEqual({ answers: 0, topTwo: 0, share: null, mean: null });
    expect(percentOf(0, 0)).toBeNull();
    expect(percentOf(0, 4)).toBe(0);
  });
});

it('counts of groups add up to the whole', () => {
  expect(addTallies([tally({ 9: 1 }), tally({ 9: 2, 3: 1 })])).toEqual(tally({ 9: 3, 3: 1 }));
});
