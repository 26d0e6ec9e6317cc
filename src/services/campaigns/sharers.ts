import type { Campaign } from '../../domain/campaign.ts';

/** Campaigns as those who share lines and speed. */
export function sharersOf(campaigns: readonly Campaign[]) {
  return campaigns.map((campaign) => ({ id: campaign.id, weight: campaign.weight, campaign }));
}
