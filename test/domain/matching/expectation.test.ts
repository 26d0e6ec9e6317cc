import { describe, expect, it } from 'vitest';
import { adviceFor, expectedFigures, falselyVip, realFigures } from '../../../src/domain/matching/expectation.ts';

const percent = (share: number | null) => Math.round((share ?? 0) * 1000) / 10;

describe('what matching by last digits leads to', () => {
  it.each([
    [1000, 1.01, 99.0, 1.0],
    [10_000, 1.1, 90.5, 9.5],
    [50_000, 1.5, 60.7, 39.3],
    [100_000, 2.0, 36.8, 63.2],
    [250_000, 3.5, 8.2, 91.8],
    [500_000, 6.0, 0.7, 99.3],
    [1_000_000, 11.0, 0, 100],
  ])('%i customers and five digits: a list of %d, %d %% alone, %d %% of strangers bring somebody up', (customers, list, unique, pop) => {
    const figures = expectedFigures(customers, 10 ** 5);
    expect(figures.expectedList).toBeCloseTo(list, customers < 10_000 ? 2 : 1);
    expect(percent(figures.unique)).toBe(unique);
    expect(percent(figures.falsePop)).toBe(pop);
  });

  it.each([
    [10_000, 2, 2],
    [50_000, 3, 4],
    [100_000, 4, 5],
    [250_000, 6, 8],
    [500_000, 10, 12],
    [1_000_000, 16, 19],
  ])('%i customers: 95 %% of lists have at most %i entries, 99 %% at most %i', (customers, p95, p99) => {
    expect(expectedFigures(customers, 10 ** 5)).toMatchObject({ p95, p99 });
  });

  it.each([
    [1000, 4, 1.1],
    [10_000, 4, 2.0],
    [50_000, 6, 1.05],
    [100_000, 6, 1.1],
    [250_000, 6, 1.25],
    [500_000, 7, 1.05],
    [1_000_000, 6, 2.0],
    [1_000_000, 7, 1.1],
    [1_000_000, 8, 1.01],
  ])('%i customers and %i digits: a list of %d', (customers, digits, list) => {
    expect(expectedFigures(customers, 10 ** digits).expectedList).toBeCloseTo(list, 2);
  });

  it.each([
    [100_000, 20, 1.1],
    [1_000_000, 20, 1.95],
    [1_000_000, 24, 1.06],
  ])('%i customers and %i bits of a token: a list of %d', (customers, bits, list) => {
    expect(Math.round(expectedFigures(customers, 2 ** bits).expectedList * 100) / 100).toBeCloseTo(list, 2);
  });

  it.each([
    [1000, 1],
    [5000, 4.9],
    [10_000, 9.5],
    [20_000, 18.1],
  ])('%i VIPs: %d %% of others would count as one by five digits', (vips, share) => {
    expect(percent(falselyVip(vips, 5))).toBe(share);
  });

  it.each([
    [10_000, 5, 'suffix'],
    [10_001, 6, 'suffix'],
    [100_000, 6, 'suffix'],
    [1_000_000, 7, 'suffix'],
    [1_000_001, null, 'hmac-full'],
  ])('advises for %i customers %s digits, %s', (customers, digits, mode) => {
    expect(adviceFor(customers, expectedFigures(customers, 10 ** 5))).toMatchObject({ digits, mode });
  });

  it('warns above two on the list', () => {
    expect(adviceFor(1, { expectedList: 2 }).tooMany).toBe(false);
    expect(adviceFor(1, { expectedList: 2.01 }).tooMany).toBe(true);
  });

  it('counts real keys: blocks and families make lists longer', () => {
    // 90 customers alone, five keys with two, nothing else.
    expect(
      realFigures(
        [
          [2, 5],
          [1, 90],
        ],
        { kind: 'suffix', digits: 5 },
      ),
    ).toEqual({
      expectedList: 1.1,
      unique: 0.9,
      falsePop: 0.00095,
      p95: 2,
      p99: 2,
      longest: 2,
    });
    expect(realFigures([], { kind: 'hmac-full' })).toMatchObject({ expectedList: 0, falsePop: null });
  });
});
