import { readFile } from 'node:fs/promises';
import type { BrandId } from '../domain/brand.ts';
import type { Dealer } from '../domain/dealer.ts';
import { SantralError } from '../domain/errors.ts';
import type { ActionHandler } from '../ports/actions.ts';
import type { DealerStore } from '../ports/stores.ts';
import { dealerActions } from '../services/dealers/dealer-actions.ts';
import { importDealers } from '../services/dealers/import-dealers.ts';

/** The dealer actions over a CSV file, without a database; no file gives no dealers. Bad rows are left out. */
export async function dealersFromFile(file: string | null, brand: BrandId): Promise<Readonly<Record<string, ActionHandler>>> {
  const store = memoryStore();
  if (file !== null) {
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      throw new SantralError('request.invalid', `${file} cannot be read (${error.code ?? error.message}).`, { cause: error });
    });
    await importDealers(store, { brand, bytes, now: 0 });
  }
  const dealers = await store.list({ brand, limit: Number.MAX_SAFE_INTEGER });
  return { ...dealerActions({ all: () => Promise.resolve(dealers) }) };
}

/** The dealers of one run. */
function memoryStore(): DealerStore {
  const kept = new Map<string, Dealer>();
  return {
    upsert(dealers) {
      for (const dealer of dealers) kept.set(dealer.code, dealer);
      return Promise.resolve({ added: dealers.length, changed: 0, unchanged: 0 });
    },
    list: () => Promise.resolve([...kept.values()]),
    get: (_brand, code) => Promise.resolve(kept.get(code)),
    remove: (_brand, code) => Promise.resolve(kept.delete(code)),
    count: () => Promise.resolve(kept.size),
  };
}
