import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type JobDeps, startJobs } from '../../src/jobs/jobs.ts';
import { silentLog } from '../kit/asterisk.ts';

const NOON = Date.UTC(2026, 2, 2, 12, 0, 30);

beforeEach(() => void vi.useFakeTimers({ now: NOON }));
afterEach(() => void vi.useRealTimers());

it('numbers of callbacks that are done with are looked for every minute, whatever became of the look before', async () => {
  const at: number[] = [];
  const nothing = new Proxy({}, { get: () => async () => undefined });
  const sweep = async (): Promise<void> => {
    at.push(Date.now());
    throw new Error('the database is locked');
  };
  const deps = new Proxy({}, { get: (_, name) => (name === 'log' ? silentLog : name === 'callbacks' ? { sweep } : nothing) });
  const stop = startJobs(deps as JobDeps);
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  await stop();
  expect(at).toHaveLength(10);
  const gaps = at.map((one, n) => one - (at[n - 1] ?? NOON));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(61_000);
});
