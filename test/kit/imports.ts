import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { BrandId } from '../../src/domain/brand.ts';
import { type IdKind, type IdSource, makeId } from '../../src/domain/ids.ts';
import { formOf, type MatchMode } from '../../src/domain/matching/match-mode.ts';
import { importSpoolIn, openSpooled } from '../../src/files/import-spool.ts';
import type { ContactLoads } from '../../src/ports/contact-lists.ts';
import type { ImportStore, StoredImport } from '../../src/ports/matching.ts';
import { type ImportReader, previewJob, type ReaderTools, rowsOfJob, sealingOf } from '../../src/services/importer/import-job.ts';
import type { ImportsDeps } from '../../src/services/importer/import-shapes.ts';
import { createImports, type Imports } from '../../src/services/importer/imports.ts';
import { IMPORT_LIMITS } from '../../src/services/importer/limits.ts';
import { contactSeal } from '../../src/store/contact-seal.ts';
import { systemIds } from '../../src/system-clock.ts';
import { silentLog } from './asterisk.ts';

export const MATCH_BRAND = 'santral' as BrandId;
export const TEST_TOKEN_KEYS = { current: 1, keys: new Map([[1, 'the first key of the tests, long enough']]) };

const TOOLS: ReaderTools = { ids: systemIds, sealWith: contactSeal };
/** What `TEST_SEAL` is made of. */
export const TEST_SEAL_KEY = 'the key of the tests';

/** Reads in the same thread: what a file means is the same wherever it is read. */
export const directReader: ImportReader = {
  async preview(file, job) {
    const source = await openSpooled(file);
    try {
      return await previewJob(source, job);
    } finally {
      await source.close();
    }
  },
  async *rows(file, job) {
    const source = await openSpooled(file);
    try {
      const sealed = sealingOf(job, TOOLS);
      for await (const batch of rowsOfJob(source, job)) yield sealed(batch);
    } finally {
      await source.close();
    }
  },
};

let count = 0;

/** No two houses of a test give the same id. */
export function countedIds(): IdSource {
  return {
    next<K extends IdKind>(kind: K) {
      count += 1;
      return makeId(kind, 1_790_000_000_000 + count, []);
    },
  };
}

export interface ImportHouse {
  readonly imports: Imports;
  readonly dir: string;
  load(text: string | Uint8Array, options?: Partial<Parameters<Imports['load']>[0]>): Promise<StoredImport>;
  close(): Promise<void>;
}

/** An importer on a store, with uploads in a directory of its own. */
export function importHouse(
  store: ImportStore,
  options: { readonly mode?: MatchMode; readonly segments?: readonly string[]; readonly ids?: IdSource } & Partial<ImportsDeps> = {},
): ImportHouse {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'santral-imports-'));
  const { mode = { kind: 'suffix', digits: 5 }, segments = [], ...changed } = options;
  const form = formOf(mode, TEST_TOKEN_KEYS.current);
  const rest = { limits: IMPORT_LIMITS, tokens: TEST_TOKEN_KEYS, rules: { region: 'TR' }, zone: 'Europe/Istanbul', sealKey: TEST_SEAL_KEY };
  const imports = createImports({
    store,
    lists: NO_LISTS,
    spool: importSpoolIn(dir),
    reader: directReader,
    clock: { now: () => 1_790_000_000_000 },
    ids: countedIds(),
    log: silentLog,
    maxBytes: IMPORT_LIMITS.bytes,
    jobFor: async () => ({ ...rest, form, segments }),
    changed: () => undefined,
    ...changed,
  });
  return {
    imports,
    dir,
    load: (text, more = {}) =>
      imports.load({ brand: MATCH_BRAND, kind: 'customers', name: 'customers.csv', by: 'tests', chunks: inPieces(text), ...more }),
    close: async () => {
      await imports.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const none = () => Promise.reject(new Error('there are no lists in this house'));
const NO_LISTS: ContactLoads = {
  begin: none,
  stage: none,
  index: none,
  abandon: () => undefined,
  reject: none,
  publish: none,
  rejected: none,
  of: none,
};

export async function* inPieces(text: string | Uint8Array, size = 10_000): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
