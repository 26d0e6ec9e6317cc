import type { BrandId } from '../../../src/domain/brand.ts';
import type { Dealer } from '../../../src/domain/dealer.ts';
import type { Log } from '../../../src/ports/log.ts';
import type { DealerStore } from '../../../src/ports/stores.ts';

export const BRAND = 'santral' as BrandId;
export const HEADER = 'code;name;province;district;address;postcode;phone;hours;latitude;longitude';

/** Dealers in memory, as the port promises them; counts its reads. */
export function memoryDealerStore(): DealerStore & { reads: number; failing: boolean } {
  const rows = new Map<string, Dealer>();
  const key = (brand: string, code: string) => `${brand}/${code}`;
  const store = {
    reads: 0,
    failing: false,
    upsert: async (dealers: readonly Dealer[]) => {
      const counts = { added: 0, changed: 0, unchanged: 0 };
      for (const dealer of dealers) {
        const before = rows.get(key(dealer.brand, dealer.code));
        counts[before === undefined ? 'added' : JSON.stringify(before) === JSON.stringify(dealer) ? 'unchanged' : 'changed'] += 1;
        rows.set(key(dealer.brand, dealer.code), dealer);
      }
      return counts;
    },
    list: async ({ brand, province, limit, after = '' }: Parameters<DealerStore['list']>[0]) => {
      store.reads += 1;
      if (store.failing) throw new Error('the database is away');
      return [...rows.values()]
        .filter((dealer) => dealer.brand === brand && dealer.code > after && (province === undefined || dealer.province === province))
        .sort((a, b) => (a.code < b.code ? -1 : 1))
        .slice(0, limit);
    },
    get: async (brand: BrandId, code: string) => rows.get(key(brand, code)),
    remove: async (brand: BrandId, code: string) => rows.delete(key(brand, code)),
    count: async (brand: BrandId) => [...rows.values()].filter((dealer) => dealer.brand === brand).length,
  };
  return store;
}

export function silentLog(): Log & { warnings: string[] } {
  const warnings: string[] = [];
  const log: Log & { warnings: string[] } = {
    warnings,
    debug: () => {},
    info: () => {},
    warn: (_, message) => void warnings.push(message),
    error: (_, message) => void warnings.push(message),
    child: () => log,
  };
  return log;
}

export function testDealer(code: string, change: Partial<Dealer> = {}): Dealer {
  return {
    brand: BRAND,
    code,
    name: `${code} Servis`,
    province: 34,
    district: 'Kadıköy',
    address: 'Moda Caddesi No: 61',
    postcode: '34710',
    phone: '+902165550003',
    hours: [[{ from: 540, to: 1080 }], [], [], [], [], [], []],
    latitude: 40.987,
    longitude: 29.027,
    ...change,
  };
}
