import type { Kysely, Transaction } from 'kysely';
import { freePlaces } from '../domain/appointments/slots.ts';
import { SantralError } from '../domain/errors.ts';
import type { AppointmentStore, BookOutcome, ChangeOutcome, ChangeRequest, HoldOutcome, HoldRequest } from '../ports/appointments.ts';
import { callerToken, fromAppointmentRow, heldRow, personColumns } from './appointment-rows.ts';
import type { AppointmentRow } from './appointment-schema.ts';
import { insertAudit } from './audit.ts';
import { noteLeaver } from './campaign-leavers.ts';
import type { Database } from './database.ts';
import { sendMessages, withdrawMessages } from './message-rows.ts';
import type { Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';
import { createTurns } from './turns.ts';

type Db = Kysely<Schema> | Transaction<Schema>;
const OPEN = ['held', 'booked'];

/** Appointments. All that takes or frees a place goes through one lock, so that two never get the last one. */
export function createAppointmentStore(database: Database, seal: SessionSeal): AppointmentStore {
  const inTurn = createTurns();
  const write = <T>(work: (db: Transaction<Schema>) => Promise<T>): Promise<T> => inTurn(() => database.write('appointments', work));
  const read = (row: AppointmentRow) => fromAppointmentRow(row, seal);
  const change = (work: (db: Transaction<Schema>) => Promise<AppointmentRow | undefined>): Promise<ChangeOutcome> =>
    write(async (db) => {
      const row = await work(db);
      return row === undefined ? { kind: 'gone' } : { kind: 'done', appointment: read(row) };
    });
  return {
    ...readingStore(database, seal),
    hold: (request) => write((db) => hold(db, request, seal)),

    book: (request) =>
      write(async (db): Promise<BookOutcome> => {
        const { person, customer } = request;
        if (await hasTooMany(db, request, seal)) return { kind: 'too-many' };
        const columns = { state: 'booked', held_until: null, customer, ...personColumns(person, seal) };
        const row = await replace(db, request, seal, 'held', columns);
        return row === undefined ? { kind: 'gone' } : { kind: 'done', appointment: read(row) };
      }),

    confirm: (request) =>
      change(async (db) => {
        const row = await replace(db, request, seal, 'booked', { confirmed_at: request.now });
        const { phone, caller } = row === undefined ? { phone: null, caller: null } : read(row).person;
        const number = phone ?? caller;
        if (row !== undefined && number !== null)
          await noteLeaver(db, seal, { brand: row.brand, number, reason: 'appointment-confirmed', at: request.now });
        return row;
      }),

    cancel: (request) => change((db) => replace(db, request, seal, 'booked', { state: 'cancelled' })),

    move: (request) => change((db) => move(db, request, seal)),

    expire: (now) => write((db) => expire(db, now)),
  };
}

type Reading = 'taken' | 'get' | 'byCode' | 'byCaller' | 'lastDealer' | 'list';

function readingStore(database: Database, seal: SessionSeal): Pick<AppointmentStore, Reading> {
  const read = (row: AppointmentRow) => fromAppointmentRow(row, seal);
  return {
    taken: (calendar, { from, to, now }) => database.run((db) => takenPlaces(db, { ...calendar, startsAt: from, endsAt: to }, now)),

    get: (id) =>
      database.run(async (db) => {
        const row = await rowOf(db, id);
        return row && read(row);
      }),

    byCode: (brand, code, now) =>
      database.run(async (db) => {
        const query = db.selectFrom('appointments').selectAll().where('brand', '=', brand).where('code', '=', code);
        const row = await query.where('state', '=', 'booked').where('ends_at', '>', now).executeTakeFirst();
        return row && read(row);
      }),

    byCaller: (brand, caller, now, limit) =>
      database.run(async (db) => {
        const query = ofCaller(db, brand, callerToken(seal, caller)).selectAll().where('ends_at', '>', now);
        return (await query.orderBy('starts_at').orderBy('id').limit(limit).execute()).map(read);
      }),

    lastDealer: (brand, caller, now) =>
      database.run(async (db) => {
        const query = ofCaller(db, brand, callerToken(seal, caller)).select('dealer').where('ends_at', '<=', now);
        return (await query.orderBy('starts_at', 'desc').limit(1).executeTakeFirst())?.dealer;
      }),

    list: ({ brand, dealer, code, states, from, to, after, limit }) =>
      database.run(async (db) => {
        let query = db.selectFrom('appointments').selectAll().where('brand', '=', brand);
        if (dealer !== undefined) query = query.where('dealer', '=', dealer);
        if (code !== undefined) query = query.where('code', '=', code);
        if (states !== undefined) query = query.where('state', 'in', states);
        if (from !== undefined) query = query.where('starts_at', '>=', from);
        if (to !== undefined) query = query.where('starts_at', '<', to);
        if (after !== undefined) {
          const { startsAt, id } = after;
          query = query.where((eb) => eb.or([eb('starts_at', '>', startsAt), eb.and([eb('starts_at', '=', startsAt), eb('id', '>', id)])]));
        }
        return (await query.orderBy('starts_at').orderBy('id').limit(limit).execute()).map(read);
      }),
  };
}

function ofCaller(db: Db, brand: string, token: string) {
  return db.selectFrom('appointments').where('brand', '=', brand).where('caller_token', '=', token).where('state', '=', 'booked');
}

function rowOf(db: Db, id: string): Promise<AppointmentRow | undefined> {
  return db.selectFrom('appointments').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Places that touch a stretch of time. A hold that ran out is free, though its row may not say so yet. */
async function takenPlaces(db: Db, span: Pick<HoldRequest, 'brand' | 'dealer' | 'service' | 'startsAt' | 'endsAt'>, now: number) {
  const rows = await db
    .selectFrom('appointments')
    .select(['starts_at', 'ends_at', 'place'])
    .where('brand', '=', span.brand)
    .where('dealer', '=', span.dealer)
    .where('service', '=', span.service)
    .where('starts_at', '<', span.endsAt)
    .where('ends_at', '>', span.startsAt)
    .where((eb) => eb.or([eb('state', '=', 'booked'), eb.and([eb('state', '=', 'held'), eb('held_until', '>', now)])]))
    .execute();
  return rows.map((row) => ({ startsAt: row.starts_at, endsAt: row.ends_at, place: row.place }));
}

async function hold(db: Transaction<Schema>, request: HoldRequest, seal: SessionSeal): Promise<HoldOutcome> {
  const { brand, key, now, person, mostAhead, capacity, codes, holder } = request;
  const before = await db.selectFrom('appointments').selectAll().where('hold_key', '=', key).executeTakeFirst();
  if (before !== undefined && before.state !== 'expired') return { kind: 'held', appointment: fromAppointmentRow(before, seal) };
  await expire(db, now, holder);
  if (before !== undefined) return { kind: 'full' };
  if (person.caller !== null && (await ahead(db, brand, callerToken(seal, person.caller), now)) >= mostAhead) return { kind: 'too-many' };
  const [place] = freePlaces(capacity, request, await takenPlaces(db, request, now));
  if (place === undefined) return { kind: 'full' };
  const row = heldRow(request, seal, { code: await freeCode(db, brand, codes), place });
  await db.insertInto('appointments').values(row).execute();
  return { kind: 'held', appointment: fromAppointmentRow(row, seal) };
}

async function ahead(db: Transaction<Schema>, brand: string, token: string, now: number): Promise<number> {
  const query = ofCaller(db, brand, token).select((eb) => eb.fn.countAll<number>().as('n'));
  return Number((await query.where('ends_at', '>', now).executeTakeFirstOrThrow()).n);
}

/** By number; of a call that gave none, by the call: callers who withhold their number cannot take all places either. */
async function hasTooMany(
  db: Transaction<Schema>,
  { id, key, now, person, mostAhead }: Parameters<AppointmentStore['book']>[0],
  seal: SessionSeal,
): Promise<boolean> {
  const row = await rowOf(db, id);
  if (row?.state !== 'held' || row.change_key === key) return false;
  if (person.caller !== null) return (await ahead(db, row.brand, callerToken(seal, person.caller), now)) >= mostAhead;
  if (row.call_id === null) return false;
  const query = db.selectFrom('appointments').where('brand', '=', row.brand).where('call_id', '=', row.call_id);
  const counted = query.where('state', '=', 'booked').select((eb) => eb.fn.countAll<number>().as('n'));
  return Number((await counted.executeTakeFirstOrThrow()).n) >= mostAhead;
}

async function freeCode(db: Transaction<Schema>, brand: string, codes: readonly string[]): Promise<string> {
  const query = db.selectFrom('appointments').select('code').where('brand', '=', brand).where('code', 'in', codes);
  const used = new Set((await query.where('state', 'in', OPEN).execute()).map(({ code }) => code));
  const code = codes.find((one) => !used.has(one));
  if (code === undefined) throw new SantralError('store.conflict', 'Every code that was drawn belongs to an open appointment. Try again.');
  return code;
}

/** Changes a row that is in the state the change begins with, and its messages with it. Undefined when it is not. */
async function replace(
  db: Transaction<Schema>,
  request: ChangeRequest,
  seal: SessionSeal,
  from: 'held' | 'booked',
  columns: Partial<AppointmentRow>,
): Promise<AppointmentRow | undefined> {
  const { id, key, now, messages, withdraw } = request;
  const row = await rowOf(db, id);
  if (row?.change_key === key) return row;
  if (row === undefined || row.state !== from) return undefined;
  const sequence = from === 'booked' ? row.sequence + 1 : row.sequence;
  const changed = { ...row, sequence, ...columns, change_key: key, updated_at: now };
  const { id: _id, ...set } = changed;
  await db.updateTable('appointments').set(set).where('id', '=', id).execute();
  await withdrawMessages(db, withdraw, now);
  await sendMessages(db, messages, seal);
  if (request.audit !== undefined) await insertAudit(db, request.audit);
  return changed;
}

/** The new place is there already, as a hold: the old one is freed only now, and never without it. */
async function move(
  db: Transaction<Schema>,
  request: ChangeRequest & { readonly from: string },
  seal: SessionSeal,
): Promise<AppointmentRow | undefined> {
  const held = await rowOf(db, request.id);
  if (held?.change_key === request.key) return held;
  const old = await rowOf(db, request.from);
  if (old?.state !== 'booked' || held?.state !== 'held') return undefined;
  const { key, now } = request;
  const freed = { state: 'moved', change_key: key, updated_at: now };
  await db.updateTable('appointments').set(freed).where('id', '=', old.id).execute();
  const { code, series, person, caller_token, customer, language } = old;
  const inherited = { code, series, person, caller_token, customer, language, sequence: old.sequence + 1 };
  return replace(db, request, seal, 'held', { state: 'booked', held_until: null, ...inherited });
}

/** Closes holds that ran out, and one holder's. */
async function expire(db: Transaction<Schema>, now: number, holder: string | null = null): Promise<number> {
  const update = db.updateTable('appointments').set({ state: 'expired', updated_at: now }).where('state', '=', 'held');
  const ended = update.where((eb) => eb.or([eb('held_until', '<=', now), ...(holder === null ? [] : [eb('holder', '=', holder)])]));
  return Number((await ended.executeTakeFirst()).numUpdatedRows);
}
