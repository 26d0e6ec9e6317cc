import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import type { ImportId } from '../../domain/ids.ts';
import { maskNumbersIn } from '../../domain/mask-number.ts';
import type { SpooledFile } from '../../ports/import-spool.ts';
import type { ImportKind, StoredImport } from '../../ports/matching.ts';

import type { ConfirmRequest, ImportsDeps, StagedFile, UploadRequest, Waiting } from './import-shapes.ts';
import { type Begun, createLoader, DEAD_MS, jobOf } from './loader.ts';
import type { Mapping } from './prepare.ts';

/** Files on their way into the engine: sent, looked at, confirmed; then all of it counts or none. */
export interface Imports {
  /** Rejects with `request.invalid` what is no table, `request.too-many` when too many files wait. */
  upload(request: UploadRequest): Promise<StagedFile>;
  /** Another look with other meanings of the headings; undefined when no such file waits. */
  preview(brand: BrandId, id: ImportId, mapping: Mapping): Promise<StagedFile | undefined>;
  /**
   * Begins to load; false when no such file waits. What becomes of it is told by `get` from then on. Rejects with
   * `request.conflict` while another file of the brand is being loaded: this one goes on waiting then.
   */
  confirm(brand: BrandId, id: ImportId, request: ConfirmRequest): Promise<boolean>;
  /** A staged file is forgotten; false when there was none. */
  discard(brand: BrandId, id: ImportId): Promise<boolean>;
  /** Loads a file when those of this process are done, and gives what became of it. Rejects with `request.conflict` when another process loads one. */
  load(request: UploadRequest & ConfirmRequest): Promise<StoredImport>;
  waiting(brand: BrandId): readonly StagedFile[];
  /** How much of its file a load of this process has read, 0 to 1; null when it is not under way here. */
  share(id: ImportId): number | null;
  get(brand: BrandId, id: ImportId): Promise<StoredImport | undefined>;
  /** Of these kinds, newest first. */
  list(brand: BrandId, limit: number, kinds: readonly ImportKind[]): Promise<readonly StoredImport[]>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  /** Removes files that nobody confirmed and rows that do not count any more. */
  sweep(brand: BrandId): Promise<void>;
  close(): Promise<void>;
}

/** How long a file waits for its confirmation, and how many wait at the same time. */
const KEEP_MS = 30 * 60_000;
const MOST_WAITING = 8;
const SWEEP_ROWS = 1000;

export function createImports(deps: ImportsDeps): Imports {
  const { store, spool, clock, log } = deps;
  const waiting = new Map<ImportId, Waiting>();
  const loader = createLoader(deps);
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: only then is it known what is new. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  async function stage({ brand, kind, name, by, chunks }: UploadRequest, mapping: Mapping): Promise<Waiting> {
    if (waiting.size >= MOST_WAITING)
      throw new SantralError('request.too-many', `${MOST_WAITING} files wait to be confirmed. Confirm or discard one of them.`);
    const file = await spool.write(chunks, deps.maxBytes);
    try {
      const preview = await deps.reader.preview(file, await jobOf(deps, brand, kind, mapping));
      const id = deps.ids.next('import');
      return {
        id,
        kind,
        name: maskNumbersIn(name).slice(0, 200),
        bytes: file.bytes,
        expiresAt: clock.now() + KEEP_MS,
        preview,
        hash: file.hash,
        brand,
        by,
        file,
      };
    } catch (error) {
      await spool.remove(file);
      throw error;
    }
  }

  async function removing<T>(file: SpooledFile, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      await spool.remove(file);
    }
  }

  function take(brand: BrandId, id: ImportId): Waiting | undefined {
    const found = waiting.get(id);
    if (found?.brand !== brand) return undefined;
    waiting.delete(id);
    return found;
  }

  async function forgetOld(): Promise<void> {
    for (const staged of [...waiting.values()]) if (staged.expiresAt <= clock.now()) await discard(staged.brand, staged.id);
  }

  async function discard(brand: BrandId, id: ImportId): Promise<boolean> {
    const staged = take(brand, id);
    if (staged !== undefined) await spool.remove(staged.file);
    return staged !== undefined;
  }

  return {
    async upload(request) {
      await forgetOld();
      const staged = await stage(request, {});
      waiting.set(staged.id, staged);
      return viewOf(staged);
    },
    async preview(brand, id, mapping) {
      const found = waiting.get(id);
      if (found?.brand !== brand) return undefined;
      const preview = await deps.reader.preview(found.file, await jobOf(deps, brand, found.kind, mapping));
      return viewOf({ ...found, preview });
    },
    async confirm(brand, id, request) {
      await forgetOld();
      const staged = take(brand, id);
      if (staged === undefined) return false;
      let begun: Begun;
      try {
        begun = await loader.begin(staged, request);
      } catch (error) {
        waiting.set(id, staged);
        throw error;
      }
      const loading = removing(staged.file, () => loader.run(begun));
      loading.catch((error: unknown) => log.warn({ import: id, err: error }, 'an import failed; nothing of its file counts'));
      last = Promise.allSettled([last, loading]);
      return true;
    },
    discard,
    async load(request) {
      const staged = await stage(request, request.mapping ?? {});
      return inTurn(() => removing(staged.file, async () => loader.run(await loader.begin(staged, request))));
    },
    share: (id) => loader.share(id),
    waiting: (brand) => [...waiting.values()].filter((one) => one.brand === brand).map(viewOf),
    get: (brand, id) => store.get(brand, id),
    list: (brand, limit, kinds) => store.list(brand, limit, kinds),
    settled: () => last.then(() => undefined),
    async sweep(brand) {
      await forgetOld();
      await spool.sweep();
      while ((await store.sweep(brand, clock.now() - DEAD_MS, SWEEP_ROWS)) >= SWEEP_ROWS);
    },
    async close() {
      await last;
      for (const { brand, id } of [...waiting.values()]) await discard(brand, id);
    },
  };
}

function viewOf({ id, kind, name, bytes, expiresAt, preview, hash }: Waiting): StagedFile {
  return { id, kind, name, bytes, expiresAt, preview, hash };
}
