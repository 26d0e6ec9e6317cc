import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import { CAMPAIGN_DEFAULTS, type Campaign } from '../../src/domain/campaign.ts';
import type { CampaignId } from '../../src/domain/ids.ts';
import { USUAL_RETRIES } from '../../src/domain/retry-table.ts';

/** A campaign that may call around the clock, of information. */
export function campaignOf(changes: Partial<Campaign> & { readonly id: CampaignId }): Campaign {
  return {
    ...CAMPAIGN_DEFAULTS,
    brand: DEFAULT_BRAND,
    name: 'Kış lastiği',
    flow: 'main',
    release: null,
    language: 'tr',
    params: {},
    messageClass: 'informational',
    recipientType: 'BIREYSEL',
    lists: [],
    callerIds: [],
    hours: '24/7',
    zone: 'Europe/Istanbul',
    retries: USUAL_RETRIES,
    webhooks: [],
    startAt: null,
    endAt: null,
    state: 'draft',
    version: 1,
    createdAt: 1_790_000_000_000,
    createdBy: 'ayse',
    startedAt: null,
    endedAt: null,
    ...changes,
  };
}
