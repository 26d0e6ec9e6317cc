import { createHash } from 'node:crypto';
import type { BrandId } from '../../src/domain/brand.ts';
import { evenHash } from '../../src/domain/hash.ts';
import type { StagedCustomer } from '../../src/ports/matching.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { createNumberTokens } from '../../src/services/matching/number-tokens.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { sealWith } from '../../src/store/session-seal.ts';
import { silentLog, type TestAsterisk } from '../kit/asterisk.ts';
import { countedIds } from '../kit/imports.ts';

const BATCH = 1000;
const BRAND = 'santral' as BrandId;
const FORM = createNumberTokens({ current: 1, keys: new Map([[1, 'the key of the bench, long enough for all']]) }).form({
  kind: 'suffix',
  digits: 5,
});

/** Numbers of the plan's mobile shape, as evenly scattered as drawn ones, and the same at every run. */
export const numberOf = (index: number): string => `5${String(Math.floor(evenHash(`customer ${index}`) * 10 ** 9)).padStart(9, '0')}`;

/** Customers by the last five digits of their numbers, published. */
export async function fill(stores: Stores, customers: number): Promise<void> {
  const { imports } = stores.matching;
  const id = countedIds().next('import');
  const seq = await imports.begin({ id, brand: BRAND, kind: 'customers', name: 'bench', startedAt: 1, startedBy: 'bench' }, 0);
  if (seq === 'busy') throw new Error('another import is under way');
  for (let from = 0; from < customers; from += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, customers - from) }, (_, i) => customerOf(from + i));
    await imports.stageCustomers(BRAND, seq, rows, { all: true, now: 1 });
  }
  const counts = { rows: customers, added: customers, changed: 0, unchanged: 0, duplicates: 0, bad: 0 };
  const audit = {
    id: countedIds().next('audit'),
    brand: BRAND,
    at: 1,
    actor: 'bench',
    via: 'api',
    what: 'import-published',
    subject: id,
    details: {},
  } as const;
  await imports.publish({ brand: BRAND, seq, kind: 'customers', counts, rejected: [], finishedAt: 1, replace: false }, audit);
}

function customerOf(index: number): StagedCustomer {
  const customer = createHash('sha256').update(String(index)).digest('base64url').slice(0, 22);
  const record = {
    name: `Müşteri ${index} Yılmaz`,
    city: 'İstanbul',
    customerNo: `M${index}`,
    birthYear: '1984',
    postcode: '34710',
    plate: '',
    idLast4: '',
    segment: '',
    dealer: 'IST-001',
    lastContactAt: index,
    appointmentAt: null,
  };
  return { customer, record, form: FORM, keys: [numberOf(index).slice(-5)], digest: customer };
}

/** The same in an engine's own SQLite file, before it starts. */
export async function fillCustomers({ config, secrets }: TestAsterisk, customers: number): Promise<void> {
  const stores = await openStores({ sqliteFile: config.places.database, log: silentLog, seal: sealWith(secrets.sessionKey) });
  try {
    await fill(stores, customers);
  } finally {
    await stores.close();
  }
}
