import type { AuditEntry } from '../../domain/audit.ts';
import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import type { ImportId } from '../../domain/ids.ts';
import { maskNumbersIn } from '../../domain/mask-number.ts';
import type { ImportCounts, ImportKind, RejectedLine, Staged, StoredImport } from '../../ports/matching.ts';
import type { ImportJob } from './import-job.ts';
import type { ConfirmRequest, ImportsDeps, Waiting } from './import-shapes.ts';
import type { Mapping } from './prepare.ts';
import { type OpenLoad, openLoad } from './sinks.ts';

/** A loading import that has not stirred for so long belongs to a process that is no more. */
export const DEAD_MS = 60_000;
/** Lines of what was not taken that are kept with the import, and in a list's own report; the counts are always whole. */
const MOST_REJECTED = 1000;
const MOST_REPORTED = 100_000;
const IN_LIST = 'is in the list already';
const NOTHING_TO_REPLACE_WITH =
  'No row of the file was taken: it replaces nothing, and all that was there stays. Mend the rows, and send it again.';

export interface Begun {
  readonly staged: Waiting;
  readonly load: OpenLoad;
  readonly job: ImportJob;
  readonly replace: boolean;
}

/** Reads one file from its first row to its last and publishes it; when anything fails nothing of it counts. */
export function createLoader(deps: ImportsDeps) {
  const { store, clock } = deps;
  const shares = new Map<ImportId, number>();

  async function readAll({ staged: { id, file }, load, job }: Begun) {
    const tally = createTally();
    let columns: readonly string[] = [];
    for await (const batch of deps.reader.rows(file, job)) {
      columns = batch.columns;
      shares.set(id, batch.share);
      const staged = await load.stage(batch.records, { counts: tally.counts, now: clock.now() });
      const known = staged.known.map(({ row }) => ({ row, column: null, value: '', reason: IN_LIST }));
      const lines = [...batch.rejected.map(lineOf), ...known].toSorted((a, b) => a.row - b.row);
      await load.reject(lines.slice(0, Math.max(0, MOST_REPORTED - tally.lines)));
      tally.add(batch, staged, lines.length);
    }
    return { ...tally, counts: tally.counts, columns };
  }

  return {
    share: (id: ImportId): number | null => shares.get(id) ?? null,

    /** From here on the import is known. Rejects with `request.conflict` when it cannot be begun now. */
    async begin(staged: Waiting, request: ConfirmRequest): Promise<Begun> {
      const { id, brand, kind, name, by, hash } = staged;
      const job = { ...(await jobOf(deps, brand, kind, request.mapping ?? {})), numbers: request.numbers ?? ('several' as const) };
      const row = { id, brand, kind, name, startedAt: clock.now(), startedBy: by };
      const replace = request.replace === true;
      const load = await openLoad(deps, { row, replace, list: request.list, hash, deadBefore: clock.now() - DEAD_MS });
      return { staged, load, job: { ...job, variables: load.variables }, replace };
    },

    async run(begun: Begun): Promise<StoredImport> {
      const { replace, load } = begun;
      const { id, brand, kind, by } = begun.staged;
      try {
        const { counts, rejected, columns } = await readAll(begun);
        if (replace && taken(counts) === 0) throw new SantralError('request.invalid', NOTHING_TO_REPLACE_WITH);
        await load.publish({ counts, rejected, columns, finishedAt: clock.now() }, auditOf(deps, { id, brand, kind, by, counts, replace }));
        deps.changed(brand, kind);
      } catch (error) {
        load.abandon();
        await store.fail(brand, load.seq, maskNumbersIn(error instanceof SantralError ? error.message : 'internal'), clock.now());
        throw error;
      } finally {
        shares.delete(id);
      }
      const done = await store.get(brand, id);
      if (done === undefined) throw new Error(`the import ${id} is not there after it was published`);
      return done;
    },
  };
}

export async function jobOf(deps: ImportsDeps, brand: BrandId, kind: ImportKind, mapping: Mapping): Promise<ImportJob> {
  return { ...(await deps.jobFor(brand, kind)), kind, brand, mapping, numbers: 'several', variables: [] };
}

function taken({ added, changed, unchanged }: ImportCounts): number {
  return added + changed + unchanged;
}

function lineOf({ row, column, value, reason }: RejectedLine): RejectedLine {
  return { row, column, value, reason };
}

function createTally() {
  let counts: ImportCounts = { rows: 0, added: 0, changed: 0, unchanged: 0, duplicates: 0, bad: 0 };
  let told = 0;
  const rejected: RejectedLine[] = [];
  return {
    get counts() {
      return counts;
    },
    /** Lines that were told of so far. */
    get lines() {
      return told;
    },
    rejected,
    add(
      batch: { readonly rows: number; readonly rejected: readonly (RejectedLine & { readonly duplicateOf: number | null })[] },
      staged: Staged,
      lines: number,
    ): void {
      const duplicates = batch.rejected.filter(({ duplicateOf }) => duplicateOf !== null).length;
      counts = {
        rows: counts.rows + batch.rows,
        added: counts.added + staged.added,
        changed: counts.changed + staged.changed,
        unchanged: counts.unchanged + staged.unchanged,
        duplicates: counts.duplicates + duplicates,
        bad: counts.bad + batch.rejected.length - duplicates,
      };
      told += lines;
      for (const line of batch.rejected) if (rejected.length < MOST_REJECTED) rejected.push(lineOf(line));
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
