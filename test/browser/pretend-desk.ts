import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import { createPasswords } from '../../src/services/auth/passwords.ts';
import type { Prompts } from '../../src/services/prompts/prompts.ts';
import { createSwitches, type Switches } from '../../src/services/switches/switches.ts';
import { systemClock as clock, systemIds as ids } from '../../src/system-clock.ts';
import { pretendPrompts } from '../http/pretend-prompts.ts';
import { openTemporaryStores } from '../kit/temporary-stores.ts';

export interface PretendDesk {
  readonly prompts: Prompts;
  readonly switches: Switches;
  close(): Promise<void>;
}

/** The real use cases of the page of prompts, on files and a database of their own. */
export async function pretendDesk(): Promise<PretendDesk> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'santral-desk-'));
  const stores = await openTemporaryStores();
  const passwords = createPasswords((bytes) => randomBytes(bytes), { log2N: 4, r: 1, p: 1 });
  return {
    prompts: pretendPrompts({ dir, brand: DEFAULT_BRAND, audit: stores.audit, clock, ids }),
    switches: createSwitches({ store: stores.switches, audit: stores.audit, passwords, clock, ids, prepare: () => {} }),
    async close() {
      await stores.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
