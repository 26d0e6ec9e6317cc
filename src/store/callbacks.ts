import type { Kysely, Transaction } from 'kysely';
import { isFault } from '../acd/callback-retry.ts';
import type { Callback } from '../domain/callback.ts';
import type { CallbackId, CallId, UserId } from '../domain/ids.ts';
import type { CallbackAttempt, CallbackStore, NumberStanding } from '../ports/callbacks.ts';
import { fromCallbackEntryRow, numberToken } from './callback-entry-rows.ts';
import { fromCallbackRow } from './callback-rows.ts';
import type { CallbackAttemptRow } from './callback-schema.ts';
import { callbackWipe } from './callback-wipe.ts';
import { askOpenEntries, endAttempt, writeChange, writeContact, writeFinding } from './callback-writes.ts';
import { isBeingCalled, isCalledBack } from './campaign-facts.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** So many wishes of flows are taken over in one transaction. */
const REQUESTS_AT_ONCE = 100;

/** Promised return calls. */
export function createCallbackStore(database: Database, seal: SessionSeal): CallbackStore {
  const from = (row: Parameters<typeof fromCallbackEntryRow>[0]): Callback => fromCallbackEntryRow(row, seal);
  const openEntriesOf = askOpenEntries(seal);
  return {
    found: (finding) => database.write('callbacks', (db) => writeFinding(db, seal, finding)),

    served: (contact) => database.write('callbacks', (db) => writeContact(db, seal, contact)),

    async takeRequests(brand, findingOf) {
      // Who is on the line still is not called meanwhile, and may be served yet.
      const requests = (db: Kysely<Schema>) =>
        db
          .selectFrom('callback_requests')
          .where('brand', '=', brand)
          .where('state', '=', 'open')
          .where((eb) =>
            eb.not(
              eb.exists(
                eb
                  .selectFrom('calls')
                  .select('calls.id')
                  .whereRef('calls.id', '=', 'callback_requests.call_id')
                  .where('calls.state', '=', 'open'),
              ),
            ),
          );
      // Asked every few seconds, and there are hardly ever any: writers are kept waiting for those only.
      if ((await database.run((db) => requests(db).select('id').limit(1).execute())).length === 0) return 0;
      return database.write('callbacks', async (db) => {
        const rows = await requests(db).selectAll().orderBy('id').limit(REQUESTS_AT_ONCE).execute();
        for (const row of rows) {
          const request = fromCallbackRow(row, seal);
          await writeFinding(db, seal, findingOf(request));
          // The number lives in the entry alone.
          await db.deleteFrom('callback_requests').where('id', '=', row.id).execute();
        }
        return rows.length;
      });
    },

    get: (id) =>
      database.run(async (db) => {
        const row = await db.selectFrom('callback_entries').selectAll().where('id', '=', id).executeTakeFirst();
        return row && from(row);
      }),

    open: (brand) =>
      database.run(async (db) => {
        const query = db.selectFrom('callback_entries').selectAll().where('brand', '=', brand).where('state', '<>', 'closed');
        return (await query.orderBy('since').orderBy('id').execute()).map(from);
      }),

    openOf: (brand, number) => database.run((db) => openEntriesOf(db, brand, number)),

    closedIn: (brand, number, callId) =>
      database.run(async (db) => {
        const query = db.selectFrom('callback_entries').selectAll().where('brand', '=', brand);
        const mine = query.where('number_token', '=', numberToken(seal, number)).where('call_id', '=', callId);
        return (await mine.where('state', '=', 'closed').orderBy('id').execute()).map(from);
      }),

    list: ({ brand, state, group, before, limit }) =>
      database.run(async (db) => {
        let query = db.selectFrom('callback_entries').selectAll().where('brand', '=', brand);
        if (state !== undefined) query = query.where('state', '=', state);
        if (group !== undefined) query = query.where('group_name', '=', group);
        if (before !== undefined) query = query.where('id', '<', before);
        return (await query.orderBy('id', 'desc').limit(limit).execute()).map(from);
      }),

    move: (callback, note, outcome) =>
      database.write('callbacks', async (db) => {
        const { number, brand, group, id, callId, changedAt } = callback;
        const isAgain = note.event === 'not-reached' && callback.state !== 'closed' && number !== null;
        const others = isAgain ? await openEntriesOf(db, brand, number) : [];
        if (others.some((one) => one.group === group && one.id !== id)) return false;
        if (!(await writeChange(db, seal, callback, note))) return false;
        if (outcome === undefined || callId === null) return true;
        await endAttempt(db, callId, outcome, changedAt);
        // Who was not rung, or called us meanwhile, has not been called: the cap counts it no more.
        if (isFault(outcome) || note.event === 'caller-called') await forgetCall(db, callback, callId);
        return true;
      }),

    dial: (callback, note, { cap, since }) =>
      database.write('callbacks', async (db) => {
        const { id, brand, callId, agent, attempts, faults, changedAt, number } = callback;
        if (number === null || callId === null) return 'changed';
        const { doNotContact, calls } = await standingOf(db, seal, brand, number, since);
        if (doNotContact) return 'do-not-contact';
        if (calls >= cap) return 'cap';
        // One telephone rings once, though several groups or a campaign want to call it.
        const token = numberToken(seal, number);
        if ((await isCalledBack(db, brand, token, id)) || (await isBeingCalled(db, brand, token))) return 'busy';
        if (!(await writeChange(db, seal, callback, note))) return 'changed';
        const row = { call_id: callId, entry: id, brand, number_token: token, no: attempts + faults + 1 };
        await db
          .insertInto('callback_attempts')
          .values({ ...row, agent, at: changedAt, ended_at: null, outcome: null })
          .execute();
        // What the cap counts, here and in campaigns.
        await db.insertInto('number_calls').values({ brand, number_token: row.number_token, id: callId, at: changedAt }).execute();
        return 'dials';
      }),

    standing: (brand, number, since) => database.run((db) => standingOf(db, seal, brand, number, since)),

    attempts: (id) =>
      database.run(async (db) => {
        const query = db.selectFrom('callback_attempts').selectAll().where('entry', '=', id);
        return (await query.orderBy('at').orderBy('call_id').execute()).map(fromAttemptRow);
      }),

    history: (id) =>
      database.run(async (db) => {
        const rows = await db.selectFrom('callback_history').selectAll().where('entry', '=', id).orderBy('version').execute();
        return rows.map(({ at, event, state, by_whom: by, note }) => ({ at, event, state: state as Callback['state'], by, note }));
      }),

    period: (brand, start, end) =>
      database.snapshot(async (db) => {
        // Whom they are about stays sealed: a report opens nothing.
        const entries = db.selectFrom('callback_entries').select(['state', 'reason', 'first_at', 'closed_at']).where('brand', '=', brand);
        const rows = await entries.where('first_at', '>=', start).where('first_at', '<', end).orderBy('id').execute();
        const attempts = await db
          .selectFrom('callback_attempts')
          .innerJoin('callback_entries', 'callback_entries.id', 'callback_attempts.entry')
          .select(['callback_attempts.entry', 'callback_attempts.call_id', 'callback_attempts.outcome', 'callback_entries.state'])
          .where('callback_entries.brand', '=', brand)
          .where('callback_entries.first_at', '>=', start)
          .where('callback_entries.first_at', '<', end)
          .execute();
        const nobody = await db
          .selectFrom('callback_findings')
          .select((eb) => ['how', eb.fn.countAll().as('count')])
          .where('brand', '=', brand)
          .where('at', '>=', start)
          .where('at', '<', end)
          .where('entry', 'is', null)
          .groupBy('how')
          .orderBy('how')
          .execute();
        return {
          entries: rows.map(({ state, reason, first_at, closed_at }) => ({
            ...{ state: state as Callback['state'], reason: reason as Callback['reason'] },
            ...{ firstAt: first_at, closedAt: closed_at },
          })),
          attempts: attempts.map(({ entry, call_id, outcome, state }) => ({
            ...{ entry: entry as CallbackId, callId: call_id as CallId },
            ...{ outcome: outcome as CallbackAttempt['outcome'], isDone: state === 'closed' },
          })),
          nobody: nobody.map(({ how, count }) => ({ why: how as never, count: Number(count) })),
        };
      }),

    wipe: callbackWipe(database, seal),
  };
}

async function forgetCall(db: Transaction<Schema>, { id, brand }: Callback, callId: CallId): Promise<void> {
  const token = db.selectFrom('callback_entries').select('number_token').where('id', '=', id);
  const noted = db.deleteFrom('number_calls').where('brand', '=', brand).where('number_token', '=', token);
  await noted.where('id', '=', callId).execute();
}

async function standingOf(
  db: Kysely<Schema> | Transaction<Schema>,
  seal: SessionSeal,
  brand: string,
  number: string,
  since: number,
): Promise<NumberStanding> {
  const token = numberToken(seal, number);
  const block = db.selectFrom('do_not_contact').select('brand').where('brand', '=', brand).where('recipient_token', '=', token);
  const calls = db
    .selectFrom('number_calls')
    .select((eb) => [eb.fn.countAll().as('calls'), eb.fn.min('at').as('oldest')])
    .where('brand', '=', brand)
    .where('number_token', '=', token)
    .where('at', '>', since);
  const [blocked, counted] = [await block.executeTakeFirst(), await calls.executeTakeFirst()];
  const oldest = counted?.oldest;
  return {
    doNotContact: blocked !== undefined,
    calls: Number(counted?.calls ?? 0),
    oldestCallAt: oldest === null || oldest === undefined ? null : Number(oldest),
  };
}

function fromAttemptRow(row: CallbackAttemptRow): CallbackAttempt {
  return {
    callId: row.call_id as CallId,
    no: row.no,
    agent: row.agent as UserId | null,
    at: row.at,
    endedAt: row.ended_at,
    outcome: row.outcome as CallbackAttempt['outcome'],
  };
}
