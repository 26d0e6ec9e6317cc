import type { CampaignId } from '../domain/ids.ts';

/** How far each campaign has come, in calls by weight. */
export type Shares = ReadonlyMap<CampaignId, number>;

export interface Sharer {
  readonly id: CampaignId;
  readonly weight: number;
}

/**
 * Which campaign calls next: the one that has had least for its weight. Who had nothing to call lent its share and gets
 * no more for it afterwards. Undefined when nobody wants.
 */
export function nextSharer<T extends Sharer>(shares: Shares, wanting: readonly T[]): T | undefined {
  return wanting.reduce<T | undefined>((best, one) => (best === undefined || had(shares, one) < had(shares, best) ? one : best), undefined);
}

/** One call of a campaign, among those that wanted it. */
export function sharedWith(shares: Shares, one: Sharer, wanting: readonly Sharer[]): Shares {
  const least = Math.min(...wanting.map((sharer) => had(shares, sharer)));
  const next = new Map(wanting.map((sharer) => [sharer.id, had(shares, sharer)] as const));
  for (const [id, value] of shares) if (!next.has(id)) next.set(id, Math.max(value, least));
  next.set(one.id, had(shares, one) + 1 / one.weight);
  return next;
}

/** A newcomer begins where the others are. */
function had(shares: Shares, { id }: Sharer): number {
  return shares.get(id) ?? (shares.size === 0 ? 0 : Math.min(...shares.values()));
}
