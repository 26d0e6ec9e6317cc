import type { AuditEntry } from '../../domain/audit.ts';
import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import type { IdSource } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import { type ContactLoads, type LoadProgress, type StagedContact, TOKEN_SLICES } from '../../ports/contact-lists.ts';
import type { ListVariable } from '../../ports/list-store.ts';
import type {
  ImportCounts,
  ImportKind,
  ImportStore,
  MatchKind,
  RejectedLine,
  Staged,
  StagedCustomer,
  StagedSegment,
  StoredImport,
} from '../../ports/matching.ts';
import { variablesOf } from '../lists/contact-columns.ts';
import type { StagedRow } from './import-job.ts';

/** A list that contacts go to. */
export interface TargetList {
  readonly name: string;
  /** true: a list of the name may hold other files; false: only this very one. */
  readonly append: boolean;
}

export interface LoadResult {
  readonly counts: ImportCounts;
  readonly rejected: readonly RejectedLine[];
  /** What the table's columns mean. */
  readonly columns: readonly string[];
  readonly finishedAt: number;
}

/** A load that is under way; where its rows go. */
export interface OpenLoad {
  readonly seq: number;
  /** Variables that are there already. */
  readonly variables: readonly ListVariable[];
  /** What was there already comes back as `known`. */
  stage(rows: readonly StagedRow[], progress: LoadProgress): Promise<Staged & { readonly known: readonly { readonly row: number }[] }>;
  /** Keeps lines of the report; those that it does not keep are to be given to `publish`. */
  reject(lines: readonly RejectedLine[]): Promise<void>;
  publish(done: LoadResult, audit: AuditEntry): Promise<void>;
  /** It will not be published. */
  abandon(): void;
}

export interface LoadOrder {
  readonly row: Pick<StoredImport, 'id' | 'brand' | 'kind' | 'name' | 'startedAt' | 'startedBy'>;
  readonly replace: boolean;
  readonly list: TargetList | undefined;
  /** Of the file. */
  readonly hash: string;
  readonly deadBefore: number;
}

export interface SinkDeps {
  readonly store: ImportStore;
  readonly lists: ContactLoads;
  readonly ids: IdSource;
  readonly clock: Pick<Clock, 'now'>;
}

const BUSY = 'Another file of this brand is being loaded. Try again when it is done.';

/** Begins a load: from here on it is known. Rejects with `request.conflict` when another one of the brand is under way, or the list is of another file. */
export function openLoad(deps: SinkDeps, order: LoadOrder): Promise<OpenLoad> {
  return order.row.kind === 'contacts' ? loadContacts(deps, order) : loadCallers(deps.store, order, order.row.kind);
}

async function loadCallers(store: ImportStore, { row, replace, deadBefore }: LoadOrder, kind: MatchKind): Promise<OpenLoad> {
  const { brand } = row;
  const seq = await store.begin(row, deadBefore);
  if (seq === 'busy') throw new SantralError('request.conflict', BUSY);
  return {
    seq,
    variables: [],
    stage: async (rows, { now }) => ({ ...(await stageCallers(store, { brand, seq, kind }, rows, { all: replace, now })), known: [] }),
    reject: () => Promise.resolve(),
    abandon: () => undefined,
    publish: ({ counts, rejected, finishedAt }, audit) => store.publish({ brand, kind, seq, counts, rejected, finishedAt, replace }, audit),
  };
}

async function loadContacts({ lists, ids, clock }: SinkDeps, { row, list: target, hash, deadBefore }: LoadOrder): Promise<OpenLoad> {
  const { brand } = row;
  if (target === undefined) throw new SantralError('request.invalid', 'Name the list that the contacts go to.');
  const begun = await lists.begin(row, { ...target, list: ids.next('list'), hash }, deadBefore);
  if (begun === 'busy') throw new SantralError('request.conflict', BUSY);
  if (begun === 'taken')
    throw new SantralError(
      'request.conflict',
      `There is a list "${target.name}" already, and it is of another file. Choose another name, or say that this file is appended to it.`,
    );
  const { seq, from, list } = begun;
  return {
    seq,
    variables: list.variables,
    stage: (rows, progress) => lists.stage({ brand, seq, list: list.id }, rows as readonly StagedContact[], progress),
    reject: (lines) => lists.reject(brand, seq, lines),
    async publish({ counts, columns, finishedAt }, audit) {
      for (let slice = 0; slice < TOKEN_SLICES; slice += 1) await lists.index({ brand, seq, list: list.id }, slice, clock.now());
      await lists.publish({ brand, seq, from, list: list.id, counts, variables: variablesOf(columns), finishedAt }, audit);
      lists.abandon(brand, seq);
    },
    abandon: () => lists.abandon(brand, seq),
  };
}

function stageCallers(
  store: ImportStore,
  { brand, seq, kind }: { readonly brand: BrandId; readonly seq: number; readonly kind: Exclude<ImportKind, 'contacts'> },
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
