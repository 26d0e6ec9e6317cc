import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_BRAND } from '../../../src/domain/brand.ts';
import type { Campaign } from '../../../src/domain/campaign.ts';
import type { CampaignId } from '../../../src/domain/ids.ts';
import type { MadeAttempts, Standing } from '../../../src/ports/campaign-store.ts';
import { createProgress, type Progress } from '../../../src/services/campaigns/progress.ts';
import { campaignOf } from '../../kit/campaigns.ts';
import { type VirtualClock, virtualClock } from '../../kit/virtual-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const RUNNING = campaignOf({ id: 'cmp_1' as CampaignId, state: 'running' });
const STOPPED = campaignOf({ id: 'cmp_2' as CampaignId, state: 'stopped', version: 4 });

let clock: VirtualClock;
let asked: string[];
let made: { readonly first: number; readonly last: number } | null;
let contacts: number;
let calling: number;
let progress: Progress;
beforeEach(() => {
  clock = virtualClock();
  asked = [];
  made = null;
  contacts = 10;
  calling = 0;
  const store = {
    async standings(_brand: unknown, ids: readonly CampaignId[]): Promise<readonly Standing[]> {
      asked.push(ids.join(' '));
      return ids.map((campaign) => ({ campaign, contacts, waiting: contacts, calling, delivered: 0 }));
    },
    madeBetween: async () => made,
    async madeBy(_brand: unknown, _id: CampaignId, stepMs: number): Promise<readonly MadeAttempts[]> {
      asked.push(`${stepMs / MINUTE} min`);
      return [];
    },
  };
  progress = createProgress({ store: store as never, clock, settings: { brand: DEFAULT_BRAND } as never });
});
afterEach(() => expect(clock.pending).toBe(0));

const counted = async (...campaigns: readonly Campaign[]) => [...(await progress.standings(campaigns)).values()].map((one) => one.contacts);

describe('where campaigns stand', () => {
  it('is counted once for all who look within a moment, and anew after it', async () => {
    expect(await counted(RUNNING)).toEqual([10]);
    contacts = 20;
    expect(await counted(RUNNING)).toEqual([10]);
    await clock.pass(2000);
    expect(await counted(RUNNING)).toEqual([20]);
    expect(asked).toEqual([RUNNING.id, RUNNING.id]);
  });

  it('is counted once for a campaign that calls nobody, until it is changed itself', async () => {
    await counted(RUNNING, STOPPED);
    contacts = 20;
    await clock.pass(HOUR);
    expect((await progress.standings([STOPPED])).get(STOPPED.id)?.contacts).toBe(10);
    expect((await progress.standings([{ ...STOPPED, version: 5 }])).get(STOPPED.id)?.contacts).toBe(20);
  });

  it('is counted on while somebody still talks, whatever its state', async () => {
    calling = 1;
    await counted(STOPPED);
    await clock.pass(2000);
    await counted(STOPPED);
    expect(asked).toEqual([STOPPED.id, STOPPED.id]);
  });
});

describe('the course of calls', () => {
  it('has no steps before the first call', async () => {
    expect(await progress.course(RUNNING.id)).toEqual({ stepMs: MINUTE, steps: [] });
    expect(asked).toEqual([]);
  });

  it.each([
    [10 * MINUTE, 1],
    [5 * HOUR, 5],
    [25 * HOUR, 15],
    [100 * HOUR, 60],
    [60 * 24 * HOUR, 360],
    [200 * 24 * HOUR, 1440],
    [1000 * 24 * HOUR, 5760],
  ])('over %d ms has steps of %d minutes, so that a chart has room for them', async (long, minutes) => {
    made = { first: 0, last: long };
    await progress.course(RUNNING.id);
    expect(asked).toEqual([`${minutes} min`]);
  });
});
