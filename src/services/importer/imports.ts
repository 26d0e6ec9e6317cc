import type { AuditEntry } from '../../domain/audit.ts';
import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import type { IdSource, ImportId } from '../../domain/ids.ts';
import { maskNumbersIn } from '../../domain/mask-number.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ImportSpool, SpooledFile } from '../../ports/import-spool.ts';
import type { Log } from '../../ports/log.ts';
import type {
  ImportCounts,
  ImportKind,
  ImportStore,
  RejectedLine,
  Staged,
  StagedCustomer,
  StagedSegment,
  StoredImport,
} from '../../ports/matching.ts';
import type { ImportJob, ImportReader, StagedRow } from './import-job.ts';
import type { Mapping, TablePreview } from './prepare.ts';

/** A file that was sent and waits to be confirmed. */
export interface StagedFile {
  readonly id: ImportId;
  readonly kind: ImportKind;
  readonly name: string;
  readonly bytes: number;
  readonly expiresAt: number;
  readonly preview: TablePreview;
}

export interface UploadRequest {
  readonly brand: BrandId;
  readonly kind: ImportKind;
  readonly name: string;
  readonly by: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface ConfirmRequest {
  readonly mapping?: Mapping;
  /** Customers that the file does not have are forgotten, and so are those whose row is bad. */
  readonly replace?: boolean;
  readonly numbers?: 'several' | 'one';
}

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
  get(brand: BrandId, id: ImportId): Promise<StoredImport | undefined>;
  list(brand: BrandId, limit: number): Promise<readonly StoredImport[]>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  /** Removes files that nobody confirmed and rows that do not count any more. */
  sweep(brand: BrandId): Promise<void>;
  close(): Promise<void>;
}

export interface ImportsDeps {
  readonly store: ImportStore;
  readonly spool: ImportSpool;
  readonly reader: ImportReader;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
  readonly log: Log;
  readonly maxBytes: number;
  /** The brand's part of a job: form of keys, rules, limits. */
  jobFor(brand: BrandId, kind: ImportKind): Promise<Omit<ImportJob, 'kind' | 'brand' | 'mapping' | 'numbers'>>;
  /** Something was published: what is kept in memory is old. */
  changed(brand: BrandId, kind: ImportKind): void;
}

/** How long a file waits for its confirmation, and how many wait at the same time. */
const KEEP_MS = 30 * 60_000;
const MOST_WAITING = 8;
/** Lines of what was not taken that are kept; the counts are always whole. */
const MOST_REJECTED = 1000;
/** A loading import that has not stirred for so long belongs to a process that is no more. */
const DEAD_MS = 60_000;
const SWEEP_ROWS = 1000;
const NOTHING_TO_REPLACE_WITH =
  'No row of the file was taken: it replaces nothing, and all that was there stays. Mend the rows, and send it again.';

interface Waiting extends StagedFile {
  readonly brand: BrandId;
  readonly by: string;
  readonly file: SpooledFile;
}

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
    waiting: (brand) => [...waiting.values()].filter((one) => one.brand === brand).map(viewOf),
    get: (brand, id) => store.get(brand, id),
    list: (brand, limit) => store.list(brand, limit),
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

interface Begun {
  readonly staged: Waiting;
  readonly seq: number;
  readonly job: ImportJob;
  readonly replace: boolean;
}

/** Reads one file from its first row to its last and publishes it; when anything fails nothing of it counts. */
function createLoader(deps: ImportsDeps) {
  const { store, clock } = deps;

  async function readAll({ staged: { brand, kind, file }, seq, job, replace }: Begun): Promise<ReturnType<typeof createTally>> {
    const tally = createTally();
    for await (const batch of deps.reader.rows(file, job)) {
      const how = { all: replace, now: clock.now() };
      tally.add(batch.rows, batch.rejected, await stageRows(store, { brand, seq, kind }, batch.records, how));
    }
    return tally;
  }

  return {
    /** From here on the import is known. Rejects with `request.conflict` when another one of the brand is under way. */
    async begin(staged: Waiting, request: ConfirmRequest): Promise<Begun> {
      const { id, brand, kind, name, by } = staged;
      const job = { ...(await jobOf(deps, brand, kind, request.mapping ?? {})), numbers: request.numbers ?? ('several' as const) };
      const row = { id, brand, kind, name, startedAt: clock.now(), startedBy: by };
      const seq = await store.begin(row, clock.now() - DEAD_MS);
      if (seq === 'busy')
        throw new SantralError('request.conflict', 'Another file of this brand is being loaded. Try again when it is done.');
      return { staged, seq, job, replace: request.replace === true };
    },

    async run(begun: Begun): Promise<StoredImport> {
      const { seq, replace } = begun;
      const { id, brand, kind, by } = begun.staged;
      try {
        const { counts, rejected, taken } = await readAll(begun);
        if (replace && taken === 0) throw new SantralError('request.invalid', NOTHING_TO_REPLACE_WITH);
        await store.publish(
          { brand, kind, seq, counts, rejected, finishedAt: clock.now(), replace },
          auditOf(deps, { id, brand, kind, by, counts, replace }),
        );
        deps.changed(brand, kind);
      } catch (error) {
        await store.fail(brand, seq, maskNumbersIn(error instanceof SantralError ? error.message : 'internal'), clock.now());
        throw error;
      }
      const done = await store.get(brand, id);
      if (done === undefined) throw new Error(`the import ${id} is not there after it was published`);
      return done;
    },
  };
}

async function jobOf(deps: ImportsDeps, brand: BrandId, kind: ImportKind, mapping: Mapping): Promise<ImportJob> {
  return { ...(await deps.jobFor(brand, kind)), kind, brand, mapping, numbers: 'several' };
}

function stageRows(
  store: ImportStore,
  { brand, seq, kind }: { readonly brand: BrandId; readonly seq: number; readonly kind: ImportKind },
  rows: readonly StagedRow[],
  how: { readonly all: boolean; readonly now: number },
): Promise<Staged> {
  switch (kind) {
    case 'customers':
      return store.stageCustomers(brand, seq, rows as readonly StagedCustomer[], how);
    case 'segments':
      return store.stageSegments(brand, seq, rows as readonly StagedSegment[], how);
  }
}

function createTally() {
  let counts: ImportCounts = { rows: 0, added: 0, changed: 0, unchanged: 0, duplicates: 0, bad: 0 };
  const rejected: RejectedLine[] = [];
  return {
    get counts() {
      return counts;
    },
    get taken() {
      return counts.added + counts.changed + counts.unchanged;
    },
    rejected,
    add(rows: number, lines: readonly (RejectedLine & { readonly duplicateOf: number | null })[], staged: Staged): void {
      const duplicates = lines.filter(({ duplicateOf }) => duplicateOf !== null).length;
      counts = {
        rows: counts.rows + rows,
        added: counts.added + staged.added,
        changed: counts.changed + staged.changed,
        unchanged: counts.unchanged + staged.unchanged,
        duplicates: counts.duplicates + duplicates,
        bad: counts.bad + lines.length - duplicates,
      };
      for (const { row, column, value, reason } of lines)
        if (rejected.length < MOST_REJECTED) rejected.push({ row, column, value, reason });
    },
  };
}

function auditOf(
  { ids, clock }: Pick<ImportsDeps, 'ids' | 'clock'>,
  done: Pick<StoredImport, 'id' | 'brand' | 'kind' | 'counts'> & { readonly by: string; readonly replace: boolean },
): AuditEntry {
  const { id, brand, kind, by, counts, replace } = done;
  const details = { kind, replace, rows: counts.rows, added: counts.added, changed: counts.changed };
  return { id: ids.next('audit'), brand, at: clock.now(), actor: by, via: 'api', what: 'import-published', subject: id, details };
}

function viewOf({ id, kind, name, bytes, expiresAt, preview }: Waiting): StagedFile {
  return { id, kind, name, bytes, expiresAt, preview };
}
