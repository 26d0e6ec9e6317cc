import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { BrandId } from '../../src/domain/brand.ts';
import { evenHash } from '../../src/domain/hash.ts';
import type { CallId } from '../../src/domain/ids.ts';
import type { StagedCustomer } from '../../src/ports/matching.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { createLookUp } from '../../src/services/matching/look-up.ts';
import { createNumberTokens } from '../../src/services/matching/number-tokens.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { silentLog } from '../kit/asterisk.ts';
import { countedIds } from '../kit/imports.ts';
import { TEST_SEAL } from '../kit/seal.ts';

const CUSTOMERS = 1_000_000;
const CALLS = 2000;
const WARM_UP = 200;
const BATCH = 1000;
const MOST_P99_MS = 2;
const BRAND = 'santral' as BrandId;
const FORM = createNumberTokens({ current: 1, keys: new Map([[1, 'the key of the bench, long enough for all']]) }).form({
  kind: 'suffix',
  digits: 5,
});

/** Callers among a million customers by their last five digits, from the number to the ordered candidates. Gives what makes it wrong. */
export async function benchMatch(args: readonly string[]): Promise<readonly string[]> {
  const customers = Number(args[0] ?? CUSTOMERS);
  const dir = mkdtempSync(path.join(os.tmpdir(), 'santral-match-'));
  const stores = await openStores({ sqliteFile: path.join(dir, 'match.db'), log: silentLog, seal: TEST_SEAL });
  try {
    await fill(stores, customers);
    const { times, found } = await lookUpAll(stores, customers);
    const at = (share: number): number =>
      Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 1000) / 1000;
    const [p50Ms, p99Ms] = [at(0.5), at(0.99)];
    process.stdout.write(`${JSON.stringify({ bench: 'match', customers, p50Ms, p99Ms, calls: CALLS, candidates: found / CALLS })}\n`);
    const expected = 1 + (customers - 1) / 10 ** 5;
    return [
      ...(p99Ms > MOST_P99_MS ? [`p99 is ${p99Ms} ms, and may be ${MOST_P99_MS} ms`] : []),
      ...(Math.abs(found / CALLS - expected) > expected * 0.2
        ? [`${found / CALLS} candidates a call, where ${expected} were expected`]
        : []),
    ];
  } finally {
    await stores.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Numbers of the plan's mobile shape, as evenly scattered as drawn ones, and the same at every run. */
const numberOf = (index: number): string => `5${String(Math.floor(evenHash(`customer ${index}`) * 10 ** 9)).padStart(9, '0')}`;

async function fill(stores: Stores, customers: number): Promise<void> {
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

async function lookUpAll(stores: Stores, customers: number): Promise<{ readonly times: readonly number[]; readonly found: number }> {
  const tokens = createNumberTokens({ current: 1, keys: new Map([[1, 'the key of the bench, long enough for all']]) });
  const lookUp = createLookUp({ stores, tokens, clock: { now: () => 1 } });
  const times: number[] = [];
  let found = 0;
  for (let call = -WARM_UP; call < CALLS; call += 1) {
    const ani = `0${numberOf(Math.floor(((call + WARM_UP) * 7919) % customers))}`;
    const began = performance.now();
    const { candidates } = await lookUp.candidates({ id: `call_${call}` as CallId, brand: BRAND, ani, dealer: null });
    if (call < 0) continue;
    times.push(performance.now() - began);
    found += candidates.length;
  }
  return { times: times.toSorted((a, b) => a - b), found };
}
