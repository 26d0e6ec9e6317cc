import { type ExpressionBuilder, sql, type Transaction } from 'kysely';
import { DEAD_STATES, type Held, LOST_FOR_MS, REGISTRY, type SendState } from '../domain/consent-registry.ts';
import type { ConsentEntryId } from '../domain/ids.ts';
import type { RegistryKey } from '../ports/consent-registry.ts';
import type { RegistryStore, SendChange } from '../ports/registry-store.ts';
import { insertAudit } from './audit.ts';
import { tokenFor } from './consent-rows.ts';
import type { Database } from './database.ts';
import { lead } from './lead.ts';
import { type HeldKey, putHeld, readHeld } from './registry-held.ts';
import { registryPulls, toCheck } from './registry-pulls.ts';
import { fromSendRow } from './registry-rows.ts';
import type { RegistrySendRow } from './registry-schema.ts';
import type { ConsentHistoryRow, Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** Lines that are taken at once. */
const COLLECTED_AT_ONCE = 500;
/** A line may be stored so much later than it says. */
const OVERLAP_MS = 3_600_000;
const OPEN = ['queued', 'sent'] as const satisfies readonly SendState[];

/** What is told to the registry of consents, what it holds, and how far its changes were read. */
export function createRegistryStore(database: Database, seal: SessionSeal): RegistryStore {
  return { ...sending(database, seal), ...knowing(database, seal), ...registryPulls(database, seal), ...reading(database, seal) };
}

type Sending = 'lead' | 'sweep' | 'collect' | 'due' | 'begin' | 'end' | 'replay';

function sending(database: Database, seal: SessionSeal): Pick<RegistryStore, Sending> {
  return {
    lead: (brand, holder, now, until) => lead(database, 'registry', brand, holder, now, until),

    collect: (brand, from, now, dueOf) =>
      database.write('registry', async (db) => {
        const link = await db.selectFrom('registry_links').select('collected_to').where('brand', '=', brand).executeTakeFirst();
        const since = link?.collected_to == null ? from : link.collected_to - OVERLAP_MS;
        const lines = await newLines(db, brand, since);
        const rows = lines.map((line): RegistrySendRow => {
          const { dueAt, alarmAt } = dueOf(line.consent_date);
          const none = { reason: null, reference: null, request: null, place: null, attempts: 0, ended_at: null };
          const due = { due_at: dueAt, alarm_at: alarmAt, forced: 0, created_at: now, next_at: now };
          const { recorded_at: _at, ...rest } = line;
          return { ...rest, ...none, ...due, state: 'queued' };
        });
        if (rows.length > 0) await db.insertInto('registry_sends').values(rows).execute();
        const last = rows.length < COLLECTED_AT_ONCE ? now : (lines.at(-1)?.recorded_at ?? now);
        await db.updateTable('registry_links').set({ collected_to: last }).where('brand', '=', brand).execute();
        return rows.length;
      }),

    due: (brand, now, limit) =>
      database.run(async (db) => {
        const query = db.selectFrom('registry_sends').selectAll().where('brand', '=', brand).where('state', 'in', OPEN);
        const rows = await query.where('next_at', '<=', now).where(isOldest).orderBy('due_at').orderBy('id').limit(limit).execute();
        return rows.map((row) => fromSendRow(row, seal));
      }),

    begin: (ids, nextAt) =>
      database.run(async (db) => {
        const update = db.updateTable('registry_sends').set((eb) => ({ attempts: eb('attempts', '+', 1), next_at: nextAt }));
        if (ids.length > 0) await update.where('id', 'in', ids).where('state', '=', 'queued').execute();
      }),

    end: (changes, now) =>
      database.write('registry', async (db) => {
        for (const [id, change] of changes) {
          const one = db.updateTable('registry_sends').where('id', '=', id).where('state', 'in', OPEN);
          const [row] = await one.set(columnsOf(change, now)).returningAll().execute();
          if (row !== undefined && change.kind === 'accepted') await hold(db, row, now);
        }
      }),

    sweep: (before, limit) =>
      database.write('registry', async (db) => {
        const old = db.selectFrom('registry_sends').select('id').where('ended_at', '<', before).orderBy('ended_at').limit(limit);
        const { numDeletedRows } = await db.deleteFrom('registry_sends').where('id', 'in', old).executeTakeFirst();
        return Number(numDeletedRows);
      }),

    replay: (brand, id, now, note) =>
      database.write('registry', async (db) => {
        const anew = { state: 'queued', forced: 1, attempts: 0, next_at: now, ended_at: null, reason: null, request: null, place: null };
        let update = db.updateTable('registry_sends').set(anew).where('brand', '=', brand).where('state', 'in', DEAD_STATES);
        if (id !== null) update = update.where('id', '=', id);
        const rows = await update.returning('id').execute();
        for (const one of rows.map((row) => row.id as ConsentEntryId).sort()) await insertAudit(db, note(one));
        return rows.length;
      }),
  };
}

/** What was recorded here, and was neither taken before nor heard from the registry. */
async function newLines(db: Transaction<Schema>, brand: string, since: number) {
  const lines = db
    .selectFrom('consent_history as h')
    .innerJoin('consents as c', (join) =>
      join
        .onRef('c.brand', '=', 'h.brand')
        .onRef('c.recipient_token', '=', 'h.recipient_token')
        .onRef('c.recipient_type', '=', 'h.recipient_type')
        .onRef('c.type', '=', 'h.type'),
    )
    .leftJoin('registry_sends as s', 's.id', 'h.id')
    .select(['h.id', 'h.brand', 'h.recipient_token', 'c.recipient_type', 'c.type', 'c.recipient'])
    .select(['h.status', 'h.source', 'h.consent_date', 'h.recorded_at']);
  const own = lines.where('h.brand', '=', brand).where('h.kind', '=', 'consent').where('h.recorded_by', '<>', REGISTRY);
  const fresh = own.where('h.recorded_at', '>=', since).where('s.id', 'is', null);
  return fresh.orderBy('h.recorded_at').orderBy('h.id').limit(COLLECTED_AT_ONCE).execute() as Promise<readonly NewLine[]>;
}
type NewLine = Omit<ConsentHistoryRow, 'kind' | 'evidence' | 'recorded_by' | 'recipient_type' | 'type'> &
  Pick<RegistrySendRow, 'recipient_type' | 'type' | 'recipient'>;

/** The registry takes what comes later by its date only: nothing overtakes an older one of the same person. */
function isOldest(eb: ExpressionBuilder<Schema, 'registry_sends'>) {
  const older = eb
    .selectFrom('registry_sends as o')
    .select('o.id')
    .whereRef('o.brand', '=', 'registry_sends.brand')
    .whereRef('o.recipient_token', '=', 'registry_sends.recipient_token')
    .whereRef('o.recipient_type', '=', 'registry_sends.recipient_type')
    .whereRef('o.type', '=', 'registry_sends.type')
    .where('o.state', 'in', OPEN)
    .where(
      sql<boolean>`(o.consent_date < registry_sends.consent_date or (o.consent_date = registry_sends.consent_date and o.id < registry_sends.id))`,
    );
  return eb.not(eb.exists(older));
}

function columnsOf(change: SendChange, now: number): Partial<RegistrySendRow> {
  switch (change.kind) {
    case 'sent':
      return { state: 'sent', request: change.request, place: change.place, next_at: change.nextAt, reason: null };
    case 'later':
      return { next_at: change.nextAt, reason: change.reason };
    case 'again':
      return { state: 'queued', request: null, place: null, next_at: change.nextAt, reason: change.reason };
    case 'accepted':
      return { state: 'accepted', reference: change.reference, reason: null, ended_at: now };
    case 'skipped':
    case 'rejected':
    case 'overdue':
      return { state: change.kind, reason: change.reason, ended_at: now };
  }
}

async function hold(db: Transaction<Schema>, row: RegistrySendRow, now: number): Promise<void> {
  await putHeld(db, row, { status: row.status as Held['status'], consentDate: row.consent_date }, now);
}

function knowing(database: Database, seal: SessionSeal): Pick<RegistryStore, 'held' | 'learn'> {
  const keyOf = (brand: string, { recipient, recipientType, type }: RegistryKey): HeldKey => ({
    ...{ brand, recipient_token: tokenFor(seal, recipient) },
    ...{ recipient_type: recipientType, type },
  });
  return {
    held: (brand, key) => database.run(async (db) => readHeld(db, keyOf(brand, key))),
    learn: (brand, key, held, now) => database.write('registry', async (db) => putHeld(db, keyOf(brand, key), held, now)),
  };
}

function reading(database: Database, seal: SessionSeal): Pick<RegistryStore, 'list' | 'figures'> {
  return {
    list: (brand, { states, before, limit }) =>
      database.run(async (db) => {
        let query = db.selectFrom('registry_sends').selectAll().where('brand', '=', brand);
        if (states !== undefined) query = query.where('state', 'in', states);
        if (before !== undefined) query = query.where('id', '<', before);
        return (await query.orderBy('id', 'desc').limit(limit).execute()).map((row) => fromSendRow(row, seal));
      }),

    figures: (brand, now) =>
      database.snapshot(async (db) => {
        const all = db.selectFrom('registry_sends').where('brand', '=', brand);
        const states = await all
          .select(['state', (eb) => eb.fn.countAll().as('count')])
          .groupBy('state')
          .execute();
        const open = all.where('state', 'in', OPEN);
        const first = await open.select((eb) => eb.fn.min('due_at').as('at')).executeTakeFirst();
        const near = await open
          .select((eb) => eb.fn.countAll().as('count'))
          .where('alarm_at', '<=', now)
          .executeTakeFirst();
        const unread = await toCheck(db, brand)
          .clearSelect()
          .select((eb) => eb.fn.countAll().as('count'))
          .where('h.unread_at', 'is not', null)
          .executeTakeFirst();
        const lost = await db
          .selectFrom('registry_pulls')
          .select((eb) => eb.fn.sum('lost').as('count'))
          .where('brand', '=', brand)
          .where('lost_at', '>', now - LOST_FOR_MS)
          .executeTakeFirst();
        const byState = Object.fromEntries(states.map(({ state, count }) => [state, Number(count)]));
        return {
          byState,
          alarms: Number(near?.count ?? 0),
          firstDueAt: first?.at == null ? null : Number(first.at),
          unread: Number(unread?.count ?? 0) + Number(lost?.count ?? 0),
        };
      }),
  };
}
