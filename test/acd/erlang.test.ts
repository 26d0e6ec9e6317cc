import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agentsNeeded,
  type ErlangC,
  erlangA,
  erlangB,
  erlangC,
  type Load,
  MOST_AGENTS,
  measuredPatience,
  offeredLoad,
} from '../../src/acd/erlang.ts';
import { MINUTE, SECOND } from './kit.ts';

const TEN: Load = { calls: 100, intervalMs: 30 * MINUTE, handleMs: 180 * SECOND };
const FIVE: Load = { calls: 30, intervalMs: 30 * MINUTE, handleMs: 300 * SECOND };

function stable(result: ErlangC): Extract<ErlangC, { kind: 'stable' }> {
  if (result.kind === 'unstable') throw new Error('unstable');
  return result;
}

describe('Erlang C', () => {
  it.each([
    [TEN, 10, 12, 0.4494, 0.6402, 40.44, 0.833],
    [TEN, 10, 13, 0.2853, 0.7956, 17.12, 0.769],
    [TEN, 10, 14, 0.1741, 0.8884, 7.84, 0.714],
    [FIVE, 5, 8, 0.1673, 0.8631, 16.73, 0.625],
  ])('of %o (%i erlang) with %i agents: Pw %f, SL %f, ASA %f s, occupancy %f', (load, erlang, agents, pw, sl, asa, busy) => {
    expect(offeredLoad(load)).toBe(erlang);
    const result = stable(erlangC(load, agents, 20 * SECOND));
    expect(result.waitProbability).toBeCloseTo(pw, 4);
    expect(result.serviceLevel).toBeCloseTo(sl, 4);
    expect(result.averageWaitMs / SECOND).toBeCloseTo(asa, 2);
    expect(result.occupancy).toBeCloseTo(busy, 3);
  });

  it.each([10, 9, 0])('is unstable for 10 erlang with %i agents', (agents) => {
    expect(erlangC(TEN, agents, 20 * SECOND)).toEqual({ kind: 'unstable' });
  });

  it('keeps everybody from waiting where there is no work', () => {
    const none = { kind: 'stable', waitProbability: 0, serviceLevel: 1, averageWaitMs: 0, occupancy: 0 };
    expect(erlangC({ ...TEN, calls: 0 }, 1, 0)).toEqual(none);
    expect(erlangC({ ...TEN, handleMs: 0 }, 1, 0)).toEqual(none);
    expect(erlangC({ ...TEN, calls: 0 }, 0, 0)).toEqual({ kind: 'unstable' });
  });
});

describe('Erlang A', () => {
  it.each([
    [10, 0.4969, 0.1375, 16.5],
    [12, 0.2798, 0.0616, 7.4],
    [14, 0.127, 0.0228, 2.7],
  ])('of 10 erlang with %i agents and 120 s of patience: Pw %f, abandoned %f, wait %f s', (agents, pw, abandoned, wait) => {
    const result = erlangA(TEN, agents, 120 * SECOND);
    expect(result.waitProbability).toBeCloseTo(pw, 4);
    expect(result.abandoned).toBeCloseTo(abandoned, 4);
    expect(result.averageWaitMs / SECOND).toBeCloseTo(wait, 1);
    // Who does not hang up is handled.
    expect(result.occupancy).toBeCloseTo((10 * (1 - result.abandoned)) / agents, 6);
    expect(measuredPatience(result.averageWaitMs, result.abandoned)).toBeCloseTo(120 * SECOND, 3);
  });

  it('comes to Erlang C as patience grows, and to Erlang B as it shrinks', () => {
    expect(erlangA(TEN, 14, 1e12).waitProbability).toBeCloseTo(stable(erlangC(TEN, 14, 0)).waitProbability, 4);
    expect(erlangA(TEN, 14, 1e-3).abandoned).toBeCloseTo(erlangB(10, 14), 4);
  });

  it('without agents loses everybody, and without calls nobody', () => {
    expect(erlangA(TEN, 0, 120 * SECOND)).toMatchObject({ waitProbability: 1, occupancy: 0 });
    expect(erlangA(TEN, 0, 120 * SECOND).abandoned).toBeCloseTo(1, 6);
    expect(erlangA({ ...TEN, calls: 0 }, 3, 120 * SECOND)).toMatchObject({ abandoned: 0, averageWaitMs: 0 });
  });

  it('knows no patience where nobody waited or hung up', () => {
    expect(measuredPatience(0, 0.1)).toBeNull();
    expect(measuredPatience(1000, 0)).toBeNull();
  });
});

describe('the agents needed', () => {
  it.each([
    [0.8, 14],
    [0.79, 13],
    [0.64, 12],
    [0, 11],
  ])('for a service level of %f in 20 s at 10 erlang are %i', (serviceLevel, agents) => {
    expect(agentsNeeded(TEN, { serviceLevel, withinMs: 20 * SECOND })).toBe(agents);
  });

  it('are more where agents must not be so busy, and unknown where no number would do', () => {
    expect(agentsNeeded(TEN, { serviceLevel: 0.8, withinMs: 20 * SECOND, mostBusy: 0.5 })).toBe(20);
    expect(agentsNeeded({ ...TEN, calls: 100 * MOST_AGENTS }, { serviceLevel: 0.8, withinMs: 20 * SECOND })).toBeNull();
  });

  it('do the job, and one less would not', () => {
    const load = fc.record({
      calls: fc.integer({ min: 1, max: 2000 }),
      intervalMs: fc.constant(30 * MINUTE),
      handleMs: fc.integer({ min: 1000, max: 600_000 }),
    });
    fc.assert(
      fc.property(load, fc.double({ min: 0.1, max: 0.99, noNaN: true }), (given, serviceLevel) => {
        const agents = agentsNeeded(given, { serviceLevel, withinMs: 20 * SECOND }) ?? 0;
        expect(stable(erlangC(given, agents, 20 * SECOND)).serviceLevel).toBeGreaterThanOrEqual(serviceLevel);
        const fewer = erlangC(given, agents - 1, 20 * SECOND);
        if (fewer.kind === 'stable') expect(fewer.serviceLevel).toBeLessThan(serviceLevel);
      }),
    );
  });
});
