import { type Kysely, sql } from 'kysely';
import { hasCode } from '../domain/errors.ts';
import type { Session } from '../flow/session.ts';
import type { CallChange, CallStore } from '../ports/stores.ts';
import { callRows, fromCallRow, fromJournalRow, fromLegRow } from './call-rows.ts';
import type { Database } from './database.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import type { LegRow, Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** Changes that share one transaction at most: keeps the longest transaction in the low milliseconds. */
const MAX_BATCH = 64;
/** How long a change that nobody waits for may wait to share another one's transaction. */
const PATIENCE_MS = 100;

/** Calls, legs, sessions and the journal; `asterisk`: on which this engine's calls are. `pending` settles when no commit is under way. */
export function createCallStore(
  database: Database,
  seal: SessionSeal,
  asterisk: string | null = null,
): CallStore & { pending(): Promise<void> } {
  const commits: GroupCommit<CallChange> = createGroupCommit({
    write: (changes) => database.writeCalls(callRows(changes, seal, asterisk)),
    concernsAll: (error) => hasCode(error, 'store.busy', 'store.full', 'store.unavailable'),
    maxBatch: MAX_BATCH,
    isUnhurried: ({ unhurried = false }) => unhurried,
    patienceMs: PATIENCE_MS,
  });
  return {
    commit: (change) => commits.add(change),
    hurry: () => commits.hurry(),
    pending: () => commits.drained(),

    get: (id) =>
      database.run(async (db) => {
        const row = await db.selectFrom('calls').selectAll().where('id', '=', id).executeTakeFirst();
        return row && fromCallRow(row);
      }),

    list: (filter) =>
      database.run(async (db) => {
        let query = db.selectFrom('calls').selectAll();
        if (filter.state !== undefined) query = query.where('state', '=', filter.state);
        if (filter.brand !== undefined) query = query.where('brand', '=', filter.brand);
        if (filter.flow !== undefined) query = query.where('flow', '=', filter.flow);
        if (filter.from !== undefined) query = query.where('started_at', '>=', filter.from);
        if (filter.to !== undefined) query = query.where('started_at', '<', filter.to);
        if (filter.before !== undefined) query = query.where('id', '<', filter.before);
        const rows = await query.orderBy('id', 'desc').limit(filter.limit).execute();
        return rows.map(fromCallRow);
      }),

    legs: (id) =>
      database.run(async (db) => {
        const rows = await db.selectFrom('legs').selectAll().where('call_id', '=', id).orderBy('id').execute();
        return rows.map(fromLegRow);
      }),

    journal: (id, after, limit) =>
      database.run(async (db) => {
        const query = db.selectFrom('journal').selectAll().where('call_id', '=', id).where('seq', '>', after);
        const rows = await query.orderBy('seq').limit(limit).execute();
        return rows.map(fromJournalRow);
      }),

    open: () =>
      database.snapshot((db) => {
        const all = unfinished(db);
        if (asterisk === null) return openCalls(db, seal, all);
        const own = db.selectFrom('calls').select('id').where('id', 'in', all);
        return openCalls(
          db,
          seal,
          own.where((is) => is.or([is('asterisk', 'is', null), is('asterisk', '=', asterisk)])),
        );
      }),

    isTaken: (id) =>
      database.run(async (db) => {
        const row = await db.selectFrom('calls').select(['state', 'asterisk']).where('id', '=', id).executeTakeFirst();
        if (row === undefined) return false;
        return row.state === 'ended' || (asterisk !== null && row.asterisk !== null && row.asterisk !== asterisk);
      }),

    alive: (beat) =>
      database.run(async (db) => {
        if (asterisk === null) return;
        const insert = db.insertInto('asterisks').values({ id: asterisk, alive_at: beat });
        await insert.onConflict((conflict) => conflict.column('id').doUpdateSet({ alive_at: beat })).execute();
      }),

    others: () =>
      database.run(async (db) => {
        if (asterisk === null) return [];
        const query = db.selectFrom('calls').leftJoin('asterisks', 'asterisks.id', 'calls.asterisk').distinct();
        return query
          .select([sql<string>`calls.asterisk`.as('asterisk'), 'asterisks.alive_at as beat'])
          .where('calls.id', 'in', unfinished(db))
          .where('calls.asterisk', '<>', asterisk)
          .execute();
      }),

    takeOver: (gone) =>
      database.write('asterisks', async (db) => {
        if (asterisk === null || gone.length === 0) return [];
        const names = gone.map((one) => one.asterisk);
        const said = await db.selectFrom('asterisks').selectAll().where('id', 'in', names).execute();
        const beats = new Map(said.map(({ id, alive_at }) => [id, alive_at]));
        const silent = gone.filter((one) => (beats.get(one.asterisk) ?? null) === one.beat).map((one) => one.asterisk);
        if (silent.length === 0) return [];
        const theirs = db.selectFrom('calls').select('id').where('id', 'in', unfinished(db)).where('asterisk', 'in', silent);
        const ids = (await theirs.where('asterisk', '<>', asterisk).execute()).map(({ id }) => id);
        if (ids.length === 0) return [];
        await db.updateTable('calls').set({ asterisk }).where('id', 'in', ids).execute();
        return openCalls(db, seal, db.selectFrom('calls').select('id').where('id', 'in', ids));
      }),
  };
}

type CallIds = ReturnType<typeof unfinished>;

async function openCalls(db: Kysely<Schema>, seal: SessionSeal, ids: Pick<CallIds, keyof CallIds>): ReturnType<CallStore['open']> {
  const calls = await db
    .selectFrom('calls')
    .leftJoin('sessions', 'sessions.call_id', 'calls.id')
    .selectAll('calls')
    .select('sessions.state as session')
    .select(sql<number | null>`(select max(seq) from journal where journal.call_id = calls.id)`.as('last_seq'))
    .where('calls.id', 'in', ids)
    .orderBy('calls.id')
    .execute();
  const legs = await db.selectFrom('legs').selectAll().where('call_id', 'in', ids).orderBy('id').execute();
  const legsOf = new Map<string, LegRow[]>();
  for (const leg of legs) legsOf.set(leg.call_id, [...(legsOf.get(leg.call_id) ?? []), leg]);
  return calls.map((row) => ({
    call: fromCallRow(row),
    legs: (legsOf.get(row.id) ?? []).map(fromLegRow),
    session: sessionOf(row.session, seal),
    lastSeq: row.last_seq ?? 0,
  }));
}

/** Calls that are up, and those that have ended with a session: sessions are dropped when nothing is left to do. */
function unfinished(db: Kysely<Schema>) {
  return db.selectFrom('calls').select('id').where('state', '=', 'open').union(db.selectFrom('sessions').select('call_id as id'));
}

/** A session that cannot be opened any more is as if it had never been stored: the call begins its flow anew. */
function sessionOf(state: string | null, seal: SessionSeal): Session | null {
  const text = state === null ? undefined : seal.open(state);
  return text === undefined ? null : (JSON.parse(text) as Session);
}
