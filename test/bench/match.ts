import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { BrandId } from '../../src/domain/brand.ts';
import type { CallId } from '../../src/domain/ids.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { createLookUp } from '../../src/services/matching/look-up.ts';
import { createNumberTokens } from '../../src/services/matching/number-tokens.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { silentLog } from '../kit/asterisk.ts';
import { TEST_SEAL } from '../kit/seal.ts';
import { fill, numberOf } from './customers.ts';

const CUSTOMERS = 1_000_000;
const CALLS = 2000;
const WARM_UP = 200;
const MOST_P99_MS = 2;
const BRAND = 'santral' as BrandId;
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
