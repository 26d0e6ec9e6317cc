import { expect, it } from 'vitest';
import type { CallId } from '../../../src/domain/ids.ts';
import { callbackFigures } from '../../../src/services/callbacks/figures.ts';
import { callback } from '../../acd/callback-kit.ts';

const NOON = callback().firstAt;
const closed = (reason: 'served-outbound' | 'served-inbound' | 'exhausted' | 'expired' | 'by-user', afterMs: number) =>
  callback({ state: 'closed', reason, closedAt: NOON + afterMs });

it('counts each entry once: reached, cured by themselves, given up, and what is open', () => {
  const entries = [
    closed('served-outbound', 1000),
    closed('served-outbound', 3000),
    closed('served-inbound', 2000),
    closed('exhausted', 9000),
    closed('expired', 9000),
    closed('by-user', 1),
    callback(),
  ];
  const attempts = [1, 2, 3, 4].map((n) => ({
    entry: callback().id,
    callId: `call_${n}` as CallId,
    outcome: 'no-answer' as const,
    isDone: true,
  }));
  const figures = callbackFigures({ entries, attempts, nobody: [] });
  expect(figures).toMatchObject({ entries: 7, open: 1, reached: 2, selfCured: 1, exhausted: 1, expired: 1, other: 1, attempts: 4 });
  expect(figures.successRate).toBe(2 / 7);
  expect(figures.selfCuredRate).toBe(1 / 7);
  expect(figures.medianToContactMs).toBe(2000);
  expect(figures.attemptsPerSuccess).toBe(2);
});

it('says nothing where there is nothing, and takes the middle of two', () => {
  expect(callbackFigures({ entries: [], attempts: [], nobody: [] })).toMatchObject({
    successRate: null,
    selfCuredRate: null,
    medianToContactMs: null,
    attemptsPerSuccess: null,
  });
  expect(
    callbackFigures({ entries: [closed('served-inbound', 1000), closed('served-inbound', 2001)], attempts: [], nobody: [] })
      .medianToContactMs,
  ).toBe(1501);
});

it('counts as attempts per success those that were made in vain or reached somebody, of entries that are done with', () => {
  const one = { entry: callback().id, callId: 'call_1' as CallId, isDone: true };
  const attempts = [
    ...(['answered', 'busy', 'unknown', 'mailbox'] as const).map((outcome) => ({ ...one, outcome })),
    ...(['congestion', 'failed', 'cancelled'] as const).map((outcome) => ({ ...one, outcome })),
    { ...one, outcome: 'no-answer' as const, isDone: false },
    { ...one, outcome: null, isDone: false },
  ];
  const figures = callbackFigures({ entries: [closed('served-outbound', 1)], attempts, nobody: [] });
  expect(figures).toMatchObject({ attempts: 9, attemptsPerSuccess: 4 });
});
