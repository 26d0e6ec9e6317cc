import type { BrandId } from '../../domain/brand.ts';
import type { Dealer } from '../../domain/dealer.ts';
import type { ActionHandler } from '../../ports/actions.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { DealerStore, Stores } from '../../ports/stores.ts';
import { dealerActions } from './dealer-actions.ts';
import { createDealerDirectory, type DealerDirectory } from './dealer-directory.ts';
import { type DealerImportReport, importDealers } from './import-dealers.ts';

/** Everything there is to do with dealers; changes made here are seen by the next call. */
export interface Dealers {
  readonly actions: Readonly<Record<string, ActionHandler>>;
  /** A brand's dealers from memory: what a call's path uses. */
  all: DealerDirectory['all'];
  list: DealerStore['list'];
  get: DealerStore['get'];
  put(dealer: Dealer): Promise<void>;
  /** False when the brand has no such dealer. */
  remove(brand: BrandId, code: string): Promise<boolean>;
  /** A dry run stores nothing and tells what would be done. */
  importCsv(brand: BrandId, bytes: Uint8Array, options: { readonly dryRun: boolean }): Promise<DealerImportReport>;
}

export function createDealers(deps: {
  readonly stores: Pick<Stores, 'dealers'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}): Dealers {
  const store = deps.stores.dealers;
  const directory = createDealerDirectory({ store, clock: deps.clock, log: deps.log });
  return {
    actions: dealerActions(directory),
    all: (brand) => directory.all(brand),
    list: (filter) => store.list(filter),
    get: (brand, code) => store.get(brand, code),
    put: async (dealer) => {
      await store.upsert([dealer], deps.clock.now());
      directory.forget(dealer.brand);
    },
    remove: async (brand, code) => {
      const removed = await store.remove(brand, code);
      directory.forget(brand);
      return removed;
    },
    importCsv: async (brand, bytes, { dryRun }) => {
      const report = await importDealers(store, { brand, bytes, dryRun, now: deps.clock.now() });
      directory.forget(brand);
      return report;
    },
  };
}
