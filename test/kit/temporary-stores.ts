import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Stores } from '../../src/ports/stores.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { silentLog } from './asterisk.ts';
import { TEST_SEAL } from './seal.ts';

/** Stores on a SQLite file that vanishes when they are closed. */
export async function openTemporaryStores(): Promise<Stores> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'santral-stores-'));
  const stores = await openStores({ sqliteFile: path.join(dir, 'test.db'), log: silentLog, seal: TEST_SEAL });
  return {
    ...stores,
    close: async () => {
      await stores.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
