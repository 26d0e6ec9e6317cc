import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Announcement, announced, estimatedWait, FEWEST_SAMPLES, RECENT_SAMPLES, type WaitSample } from '../../src/acd/estimate.ts';

const waits = (position: number, ...waited: number[]): readonly WaitSample[] => waited.map((waitedMs) => ({ position, waitedMs }));

describe('the estimated wait', () => {
  it('is the average of waits from the same position', () => {
    const known = [...waits(2, 10, 20, 30, 40, 50), ...waits(3, 900, 900, 900, 900, 900)];
    expect(estimatedWait({ waits: known, handledMs: [], agents: 0 }, 2)).toBe(30);
    expect(estimatedWait({ waits: known, handledMs: [], agents: 0 }, 3)).toBe(900);
  });

  it('moves: only the latest count', () => {
    const old = Array.from({ length: 50 }, () => 9_999);
    const late = Array.from({ length: RECENT_SAMPLES }, () => 100);
    expect(estimatedWait({ waits: waits(1, ...old, ...late), handledMs: [], agents: 1 }, 1)).toBe(100);
  });

  it('falls back to position × handling / agents', () => {
    const handledMs = [100, 200, 300, 400, 500];
    expect(estimatedWait({ waits: waits(1, 5, 5, 5, 5), handledMs, agents: 2 }, 1)).toBe(150);
    expect(estimatedWait({ waits: [], handledMs, agents: 2 }, 4)).toBe(600);
  });

  it('is unknown with too few samples of either, and without agents', () => {
    const few = Array.from({ length: FEWEST_SAMPLES - 1 }, () => 100);
    expect(estimatedWait({ waits: waits(1, ...few), handledMs: few, agents: 3 }, 1)).toBeNull();
    expect(estimatedWait({ waits: [], handledMs: [...few, 100], agents: 0 }, 1)).toBeNull();
  });
});

describe('what is announced', () => {
  it.each<[before: Announcement | null, now: Announcement, told: Announcement]>([
    [null, { position: 5, estimatedWaitMs: null }, { position: 5, estimatedWaitMs: null }],
    [
      { position: 3, estimatedWaitMs: 60 },
      { position: 4, estimatedWaitMs: 90 },
      { position: 3, estimatedWaitMs: 60 },
    ],
    [
      { position: 3, estimatedWaitMs: 60 },
      { position: 2, estimatedWaitMs: 90 },
      { position: 2, estimatedWaitMs: 60 },
    ],
    [
      { position: 3, estimatedWaitMs: null },
      { position: 3, estimatedWaitMs: 30 },
      { position: 3, estimatedWaitMs: 30 },
    ],
    [
      { position: 3, estimatedWaitMs: 30 },
      { position: 1, estimatedWaitMs: null },
      { position: 1, estimatedWaitMs: 30 },
    ],
  ])('after %o, with %o, is %o', (before, now, told) => {
    expect(announced(before, now)).toEqual(told);
  });

  it('never gets worse', () => {
    const one = fc.record({ position: fc.integer({ min: 1, max: 99 }), estimatedWaitMs: fc.option(fc.nat(), { nil: null }) });
    fc.assert(
      fc.property(fc.array(one, { minLength: 2 }), (figures) => {
        let told: Announcement | null = null;
        for (const next of figures) {
          const now: Announcement = announced(told, next);
          if (told !== null) {
            expect(now.position).toBeLessThanOrEqual(told.position);
            expect(now.estimatedWaitMs ?? Infinity).toBeLessThanOrEqual(told.estimatedWaitMs ?? Infinity);
          }
          told = now;
        }
      }),
    );
  });
});
