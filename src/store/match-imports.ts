import type { Kysely, Transaction, UpdateResult } from 'kysely';
import type { BrandId } from '../domain/brand.ts';
import { SantralError } from '../domain/errors.ts';
import type { ImportId, ListId } from '../domain/ids.ts';
import type { ImportCounts, ImportStore, RejectedLine, Staged, StagedCustomer, StagedSegment, StoredImport } from '../ports/matching.ts';
import { insertAudit } from './audit.ts';
import type { Database } from './database.ts';
import { sweepLists, sweepLoad } from './list-sweep.ts';
import type { ImportRow, MatchCustomerRow, MatchKeyRow } from './match-schema.ts';
import type { Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

const NO_COUNTS: ImportCounts = { rows: 0, added: 0, changed: 0, unchanged: 0, duplicates: 0, bad: 0 };
const DIED = 'The engine was stopped while it was under way. Send the file again.';
export const OVER = 'The import stood still for so long that it was taken for dead; nothing of it counts. Send the file again.';

/** Imports: staged row by row in short transactions, so that calls never wait for a file; published in one. */
export function createImportStore(database: Database, seal: SessionSeal): ImportStore {
  return {
    begin: (row, deadBefore) => database.write('matching', (db) => beginImport(db, row, deadBefore)),

    stageCustomers: (brand, seq, rows, how) =>
      database.write('matching', async (db) => {
        await alive(db, brand, seq, how.now);
        return stageCustomers(db, seal, { brand, seq, rows, all: how.all });
      }),

    stageSegments: (brand, seq, rows, how) =>
      database.write('matching', async (db) => {
        await alive(db, brand, seq, how.now);
        return stageSegments(db, { brand, seq, rows, all: how.all });
      }),

    publish: ({ brand, seq, kind, counts, rejected, finishedAt, replace }, audit) =>
      database.write('matching', async (db) => {
        if (replace) {
          const former = db.updateTable('imports').set({ state: 'superseded' }).where('brand', '=', brand).where('kind', '=', kind);
          await former.where('state', '=', 'live').execute();
        }
        const done = {
          state: 'live',
          tidied: '',
          finished_at: finishedAt,
          counts: JSON.stringify(counts),
          rejected: JSON.stringify(rejected),
        };
        const own = db.updateTable('imports').set(done).where('brand', '=', brand).where('seq', '=', seq);
        mustLoad(await own.where('state', '=', 'loading').executeTakeFirst());
        await insertAudit(db, audit);
      }),

    fail: (brand, seq, problem, now) =>
      database.write('matching', async (db) => {
        const failed = db.updateTable('imports').set({ state: 'failed', finished_at: now, problem });
        await failed.where('brand', '=', brand).where('seq', '=', seq).where('state', '=', 'loading').execute();
        await failEmptyLists(db, brand);
      }),

    get: (brand, id) =>
      database.run(async (db) => {
        const row = await db.selectFrom('imports').selectAll().where('brand', '=', brand).where('id', '=', id).executeTakeFirst();
        return row && fromImportRow(row);
      }),

    list: (brand, limit, kinds) =>
      database.run(async (db) => {
        const query = db.selectFrom('imports').selectAll().where('brand', '=', brand).where('kind', 'in', kinds);
        return (await query.orderBy('seq', 'desc').limit(limit).execute()).map(fromImportRow);
      }),

    sweep: (brand, deadBefore, limit) =>
      database.write('matching', async (db) => {
        await failDead(db, brand, deadBefore, deadBefore);
        return sweep(db, brand, limit);
      }),
  };
}

/** The import's place in the order of all; `busy` when another one of the brand is under way. */
export async function beginImport(
  db: Transaction<Schema>,
  row: Parameters<ImportStore['begin']>[0],
  deadBefore: number,
): Promise<number | 'busy'> {
  await failDead(db, row.brand, deadBefore, row.startedAt);
  const loading = db.selectFrom('imports').select('seq').where('brand', '=', row.brand).where('state', '=', 'loading');
  if ((await loading.executeTakeFirst()) !== undefined) return 'busy';
  const last = db
    .selectFrom('imports')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('brand', '=', row.brand);
  const seq = Number((await last.executeTakeFirst())?.seq ?? 0) + 1;
  await db.insertInto('imports').values(newRow(row, seq)).execute();
  return seq;
}

interface Staging<R> {
  readonly brand: BrandId;
  readonly seq: number;
  readonly rows: readonly R[];
  readonly all: boolean;
}

async function stageCustomers(
  db: Transaction<Schema>,
  seal: SessionSeal,
  { brand, seq, rows, all }: Staging<StagedCustomer>,
): Promise<Staged> {
  const known = await countingCustomers(
    db,
    brand,
    rows.map(({ customer }) => customer),
  );
  const counts = { added: 0, changed: 0, unchanged: 0 };
  const customers: MatchCustomerRow[] = [];
  const keys: MatchKeyRow[] = [];
  for (const row of rows) {
    const before = known.get(row.customer);
    const change = before === undefined ? 'added' : before.digest === row.digest ? 'unchanged' : 'changed';
    counts[change] += 1;
    if (change === 'unchanged' && !all) continue;
    customers.push(toCustomerRow(brand, seq, row, before, seal));
    for (const key of row.keys) keys.push({ brand, form: row.form, match_key: key, customer: row.customer, seq });
  }
  if (customers.length > 0) await db.insertInto('match_customers').values(customers).execute();
  if (keys.length > 0) await db.insertInto('match_keys').values(keys).execute();
  return counts;
}

async function stageSegments(db: Transaction<Schema>, { brand, seq, rows, all }: Staging<StagedSegment>): Promise<Staged> {
  if (rows.length === 0) return { added: 0, changed: 0, unchanged: 0 };
  const live = await liveSeqs(db, brand);
  const tokens = rows.map(({ token }) => token);
  const query = db.selectFrom('segment_members').selectAll().where('brand', '=', brand).where('token', 'in', tokens);
  const found = (await query.execute()).toSorted((a, b) => a.seq - b.seq);
  const known = new Map(found.filter(({ seq }) => live.has(seq)).map(({ token, segment }) => [token, segment]));
  const counts = { added: 0, changed: 0, unchanged: 0 };
  const members = [];
  for (const { token, segment } of rows) {
    const before = known.get(token);
    const change = before === undefined ? 'added' : before === segment ? 'unchanged' : 'changed';
    counts[change] += 1;
    if (change !== 'unchanged' || all) members.push({ brand, token, segment, seq });
  }
  if (members.length > 0) await db.insertInto('segment_members').values(members).execute();
  return counts;
}

/**
 * The places of the imports that count, in order. Asked for by itself: joined to a million rows, SQLite would begin with
 * the few imports and read all of their rows.
 */
export async function liveSeqs(db: Kysely<Schema>, brand: BrandId): Promise<ReadonlySet<number>> {
  const query = db.selectFrom('imports').select('seq').where('brand', '=', brand).where('state', '=', 'live').orderBy('seq');
  return new Set((await query.execute()).map(({ seq }) => seq));
}

/** The rows of these customers that count at the moment. */
export async function countingCustomers(
  db: Kysely<Schema>,
  brand: BrandId,
  customers: readonly string[],
): Promise<ReadonlyMap<string, MatchCustomerRow>> {
  if (customers.length === 0) return new Map();
  const live = await liveSeqs(db, brand);
  const query = db.selectFrom('match_customers').selectAll().where('brand', '=', brand).where('customer', 'in', customers);
  // In order here: asked to give them by `seq`, SQLite would read all rows of the brand by the index that has them so.
  const rows = (await query.execute()).toSorted((a, b) => a.seq - b.seq);
  // Later rows of the same customer take the place of earlier ones.
  return new Map(rows.filter(({ seq }) => live.has(seq)).map((row) => [row.customer, row]));
}

function toCustomerRow(
  brand: BrandId,
  seq: number,
  { customer, record, digest }: StagedCustomer,
  before: Pick<MatchCustomerRow, 'last_contact_at'> | undefined,
  seal: SessionSeal,
): MatchCustomerRow {
  const { lastContactAt, appointmentAt, ...person } = record;
  // A call that was taken here is later than what another system knows of.
  const contact = Math.max(lastContactAt ?? 0, before?.last_contact_at ?? 0);
  const times = { last_contact_at: contact === 0 ? null : contact, appointment_at: appointmentAt };
  return { brand, customer, seq, person: seal.seal(JSON.stringify(person)), digest, ...times };
}

async function alive(db: Transaction<Schema>, brand: BrandId, seq: number, now: number): Promise<void> {
  const own = db.updateTable('imports').set({ alive_at: now }).where('brand', '=', brand).where('seq', '=', seq);
  mustLoad(await own.where('state', '=', 'loading').executeTakeFirst());
}

/** An import that stood still so long that it was taken for dead is over: its rows are on their way out. */
export function mustLoad({ numUpdatedRows }: UpdateResult): void {
  if (numUpdatedRows === 0n) throw new SantralError('store.conflict', OVER);
}

async function failDead(db: Transaction<Schema>, brand: BrandId, deadBefore: number, now: number): Promise<void> {
  const dead = db.updateTable('imports').set({ state: 'failed', finished_at: now, problem: DIED }).where('brand', '=', brand);
  await dead.where('state', '=', 'loading').where('alive_at', '<', deadBefore).execute();
  await failEmptyLists(db, brand);
}

/** A list whose first file failed holds nothing. */
async function failEmptyLists(db: Transaction<Schema>, brand: BrandId): Promise<void> {
  const loading = db.selectFrom('imports').select('list_id').where('brand', '=', brand).where('state', '=', 'loading');
  const empty = db.updateTable('lists').set({ state: 'failed' }).where('brand', '=', brand).where('state', '=', 'loading');
  await empty.where('id', 'not in', loading.where('list_id', 'is not', null).$castTo<{ list_id: string }>()).execute();
}

/** First what belongs to imports that never counted or do not any more, then what later imports have taken the place of. */
async function sweep(db: Transaction<Schema>, brand: BrandId, limit: number): Promise<number> {
  const gone = db.selectFrom('imports').select('seq').where('brand', '=', brand).where('state', 'in', ['failed', 'superseded']);
  const seqs = (await gone.execute()).map(({ seq }) => seq);
  let removed = 0;
  for (const seq of seqs) {
    if (removed >= limit) return removed;
    removed += await sweepImport(db, brand, seq, limit - removed);
  }
  if (removed < limit) removed += await sweepLists(db, brand, limit - removed);
  return removed + (removed >= limit ? 0 : await sweepReplaced(db, brand, limit - removed));
}

async function sweepImport(db: Transaction<Schema>, brand: BrandId, seq: number, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('match_customers')
    .select('customer')
    .where('brand', '=', brand)
    .where('seq', '=', seq)
    .limit(limit)
    .execute();
  await removeCustomers(
    db,
    brand,
    seq,
    rows.map(({ customer }) => customer),
  );
  const members = db.selectFrom('segment_members').select('token').where('brand', '=', brand).where('seq', '=', seq);
  const tokens = (await members.limit(limit).execute()).map(({ token }) => token);
  if (tokens.length > 0) {
    const remove = db.deleteFrom('segment_members').where('brand', '=', brand).where('seq', '=', seq);
    await remove.where('token', 'in', tokens).execute();
  }
  return rows.length + tokens.length + (await sweepLoad(db, brand, seq, limit));
}

/** Rows that a later import has of the same customer: a slice of its customers at a time, where the last sweep left off. */
async function sweepReplaced(db: Transaction<Schema>, brand: BrandId, limit: number): Promise<number> {
  const untidy = db.selectFrom('imports').select(['seq', 'kind', 'tidied']).where('brand', '=', brand).where('state', '=', 'live');
  const next = await untidy.where('tidied', 'is not', null).orderBy('seq').limit(1).executeTakeFirst();
  if (next === undefined) return 0;
  const { seq, kind, tidied } = next;
  const slice = { brand, seq, after: tidied ?? '', limit };
  const seen = kind === 'segments' ? await tidyMembers(db, slice) : await tidyCustomers(db, slice);
  const reached = seen.length < limit ? null : (seen.at(-1) ?? null);
  await db.updateTable('imports').set({ tidied: reached }).where('brand', '=', brand).where('seq', '=', seq).execute();
  // Something is left to do while an import is not tidy.
  return limit;
}

interface Slice {
  readonly brand: BrandId;
  readonly seq: number;
  readonly after: string;
  readonly limit: number;
}

async function tidyCustomers(db: Transaction<Schema>, { brand, seq, after, limit }: Slice): Promise<readonly string[]> {
  const slice = db.selectFrom('match_customers').select('customer').where('brand', '=', brand).where('seq', '=', seq);
  const rows = await slice.where('customer', '>', after).orderBy('customer').limit(limit).execute();
  const customers = rows.map(({ customer }) => customer);
  if (customers.length > 0)
    for (const table of ['match_keys', 'match_customers'] as const)
      await db.deleteFrom(table).where('brand', '=', brand).where('seq', '<', seq).where('customer', 'in', customers).execute();
  return customers;
}

async function tidyMembers(db: Transaction<Schema>, { brand, seq, after, limit }: Slice): Promise<readonly string[]> {
  const slice = db.selectFrom('segment_members').select('token').where('brand', '=', brand).where('seq', '=', seq);
  const tokens = (await slice.where('token', '>', after).orderBy('token').limit(limit).execute()).map(({ token }) => token);
  const former = db.deleteFrom('segment_members').where('brand', '=', brand).where('seq', '<', seq);
  if (tokens.length > 0) await former.where('token', 'in', tokens).execute();
  return tokens;
}

async function removeCustomers(db: Transaction<Schema>, brand: BrandId, seq: number, customers: readonly string[]): Promise<void> {
  if (customers.length === 0) return;
  for (const table of ['match_keys', 'match_customers'] as const) {
    await db.deleteFrom(table).where('brand', '=', brand).where('seq', '=', seq).where('customer', 'in', customers).execute();
  }
}

function newRow(row: Pick<StoredImport, 'id' | 'brand' | 'kind' | 'name' | 'startedAt' | 'startedBy'>, seq: number): ImportRow {
  const { id, brand, kind, name, startedAt, startedBy } = row;
  const empty = {
    finished_at: null,
    counts: JSON.stringify(NO_COUNTS),
    rejected: '[]',
    problem: null,
    tidied: null,
    list_id: null,
    file_hash: null,
  };
  return { id, brand, seq, kind, name, state: 'loading', started_at: startedAt, started_by: startedBy, alive_at: startedAt, ...empty };
}

export function fromImportRow(row: ImportRow): StoredImport {
  return {
    id: row.id as ImportId,
    brand: row.brand as BrandId,
    kind: row.kind as StoredImport['kind'],
    state: row.state as StoredImport['state'],
    name: row.name,
    startedAt: row.started_at,
    startedBy: row.started_by,
    finishedAt: row.finished_at,
    counts: JSON.parse(row.counts) as ImportCounts,
    rejected: JSON.parse(row.rejected) as RejectedLine[],
    problem: row.problem,
    list: row.list_id as ListId | null,
  };
}
