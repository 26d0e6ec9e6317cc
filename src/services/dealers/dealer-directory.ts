import type { BrandId } from '../../domain/brand.ts';
import type { Dealer } from '../../domain/dealer.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { DealerStore } from '../../ports/stores.ts';
import { allDealers } from './all-dealers.ts';

/** A brand's dealers, kept in memory so that a call asks the database for nothing. */
export interface DealerDirectory {
  all(brand: BrandId): Promise<readonly Dealer[]>;
  /** The next look sees the database: after a change made in this process. */
  forget(brand: BrandId): void;
}

interface Kept {
  readonly dealers: Promise<readonly Dealer[]>;
  readonly readAt: number;
  refreshing: boolean;
}

/** Other processes (`santral dealers import`) change dealers too, so what is older is read anew, behind the caller's back. */
const MAX_AGE_MS = 10_000;

export function createDealerDirectory(deps: {
  readonly store: DealerStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}): DealerDirectory {
  const { store, clock, log } = deps;
  const kept = new Map<BrandId, Kept>();

  const read = (brand: BrandId): Kept => {
    const entry: Kept = { dealers: allDealers(store, brand), readAt: clock.now(), refreshing: false };
    kept.set(brand, entry);
    entry.dealers.catch(() => {
      if (kept.get(brand) === entry) kept.delete(brand);
    });
    return entry;
  };

  /** Callers keep what is known while it is read again; a database that cannot be reached costs them nothing. */
  const refresh = (brand: BrandId, old: Kept): void => {
    old.refreshing = true;
    const readAt = clock.now();
    allDealers(store, brand).then(
      (dealers) => {
        if (kept.get(brand) === old) kept.set(brand, { dealers: Promise.resolve(dealers), readAt, refreshing: false });
      },
      (error: unknown) => {
        if (kept.get(brand) === old) kept.set(brand, { ...old, readAt, refreshing: false });
        log.warn({ brand, err: error }, 'dealers could not be read again; the ones known are used');
      },
    );
  };

  return {
    all: (brand) => {
      const entry = kept.get(brand) ?? read(brand);
      if (!entry.refreshing && clock.now() - entry.readAt > MAX_AGE_MS) refresh(brand, entry);
      return entry.dealers;
    },
    forget: (brand) => void kept.delete(brand),
  };
}
