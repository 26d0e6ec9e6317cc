import type { BrandId } from '../../domain/brand.ts';
import type { Dealer } from '../../domain/dealer.ts';
import type { DealerStore } from '../../ports/stores.ts';

const PAGE = 1000;

/** Every dealer of a brand, read page by page. */
export async function allDealers(store: DealerStore, brand: BrandId): Promise<readonly Dealer[]> {
  const found: Dealer[] = [];
  for (let after: string | undefined; ; ) {
    const page = await store.list({ brand, limit: PAGE, ...(after === undefined ? {} : { after }) });
    found.push(...page);
    if (page.length < PAGE) return found;
    after = page.at(-1)?.code;
  }
}
