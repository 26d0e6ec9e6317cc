import type { CampaignId } from '../../domain/ids.ts';
import type { DialDeps } from './deps.ts';

/** So many rows are taken in one transaction: calls wait no longer for it than for another call. */
const ROWS = 500;

/** Takes what is new in the campaign's lists, a portion of each. True when there was something. */
export async function fillLists(
  { store, lists, settings: { brand } }: Pick<DialDeps, 'store' | 'lists' | 'settings'>,
  id: CampaignId,
): Promise<boolean> {
  let any = false;
  for (const { list, upTo } of await store.filled(brand, id)) {
    const rows = await lists.rows(brand, list, upTo, ROWS);
    if (rows.length > 0 && (await store.fill(brand, id, list, upTo, rows))) any = true;
  }
  return any;
}
