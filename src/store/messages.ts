import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Message, MessageChannel } from '../domain/message.ts';
import type { Changed, ClaimedMessage, Ending, MessageFilter, OutboxStore, StoredMessage } from '../ports/outbox.ts';
import type { Database } from './database.ts';
import { toMessageRow } from './message-rows.ts';
import type { OutboxRow } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** Rows of one statement: keeps the number of bound parameters below both engines' limits. */
const CHUNK = 500;
const OPEN = ['queued', 'retrying', 'sending'] as const;

type Row = Selectable<OutboxRow>;

/** The outbox: messages that wait, are being sent, or have been done with. Every change is one statement. */
export function createOutboxStore(database: Database, seal: SessionSeal): OutboxStore {
  return { ...sending(database, seal), ...reading(database, seal), ...correcting(database), ...keeping(database) };
}

/** What becomes of a message on its way. */
function sending(database: Database, seal: SessionSeal): Pick<OutboxStore, 'add' | 'claim' | 'end' | 'nextDue'> {
  return {
    add: (messages) =>
      database.run(async (db) => {
        for (let at = 0; at < messages.length; at += CHUNK) {
          const rows = messages.slice(at, at + CHUNK).map((message) => toMessageRow(message, seal));
          await db
            .insertInto('messages')
            .values(rows)
            .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
            .execute();
        }
      }),

    claim: (channel, { now, leaseUntil, limit }) =>
      database.run(async (db) => {
        const locking = database.engine === 'postgresql' ? sql`for update skip locked` : sql``;
        const { rows } = await claimStatement(channel, now, leaseUntil, limit, locking).execute(db);
        return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((row) => claimed(row, seal));
      }),

    end: (id, attempt, ending, now, wipe) =>
      database.run(async (db) => {
        const query = db.updateTable('messages').set({ ...endingOf(ending, now), ...(wipe ? { payload: null } : {}) });
        const mine = query.where('id', '=', id).where('state', '=', 'sending').where('attempts', '=', attempt);
        return (await mine.executeTakeFirst()).numUpdatedRows > 0n;
      }),

    nextDue: (channels) =>
      database.run(async (db) => {
        if (channels.length === 0) return undefined;
        const query = db.selectFrom('messages').select((eb) => eb.fn.min('next_at').as('at'));
        const row = await query.where('state', 'in', OPEN).where('channel', 'in', channels).executeTakeFirst();
        return row?.at ?? undefined;
      }),
  };
}

/** What people look at. */
function reading(database: Database, seal: SessionSeal): Pick<OutboxStore, 'list' | 'get' | 'figures'> {
  const read = (row: Row) => fromRow(row, seal);
  return {
    list: (filter) =>
      database.run(async (db) => {
        let query = db.selectFrom('messages').selectAll();
        for (const [column, value] of equals(filter)) query = query.where(column, '=', value);
        if (filter.from !== undefined) query = query.where('created_at', '>=', filter.from);
        if (filter.to !== undefined) query = query.where('created_at', '<', filter.to);
        if (filter.before !== undefined) query = query.where('id', '<', filter.before);
        return (await query.orderBy('id', 'desc').limit(filter.limit).execute()).map(read);
      }),

    get: (id) =>
      database.run(async (db) => {
        const row = await db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst();
        return row && read(row);
      }),

    figures: () =>
      database.run(async (db) => {
        const query = db.selectFrom('messages').select(['channel', 'state', (eb) => eb.fn.countAll<number>().as('count')]);
        const rows = await query
          .where('state', 'in', [...OPEN, 'dead'])
          .groupBy(['channel', 'state'])
          .execute();
        return rows.map(({ channel, state, count }) => ({
          channel: channel as MessageChannel,
          state: state as StoredMessage['state'],
          count: Number(count),
        }));
      }),
  };
}

/** What people change. */
function correcting(database: Database): Pick<OutboxStore, 'replay' | 'replayAll' | 'cancel'> {
  return {
    replay: (id, now) =>
      database.run(async (db) => {
        const query = db.updateTable('messages').set(anew(now)).where('id', '=', id).where('state', '=', 'dead');
        const { numUpdatedRows } = await query.where('payload', 'is not', null).executeTakeFirst();
        if (numUpdatedRows > 0n) return 'done';
        return whyNot(await db.selectFrom('messages').select(['state', 'payload']).where('id', '=', id).executeTakeFirst(), 'dead');
      }),

    replayAll: (filter, now) =>
      database.run(async (db) => {
        let query = db.updateTable('messages').set(anew(now)).where('state', '=', 'dead').where('payload', 'is not', null);
        for (const [column, value] of equals(filter)) query = query.where(column, '=', value);
        return Number((await query.executeTakeFirst()).numUpdatedRows);
      }),

    cancel: (id, now) =>
      database.run(async (db) => {
        const query = db.updateTable('messages').set({ state: 'cancelled', ended_at: now, payload: null });
        const { numUpdatedRows } = await query.where('id', '=', id).where('state', 'in', ['queued', 'retrying']).executeTakeFirst();
        if (numUpdatedRows > 0n) return 'done';
        return whyNot(await db.selectFrom('messages').select(['state', 'payload']).where('id', '=', id).executeTakeFirst(), 'queued');
      }),
  };
}

/** What time changes. */
function keeping(database: Database): Pick<OutboxStore, 'expire' | 'wipe'> {
  return {
    expire: (dueBefore, now, reason) =>
      database.run(async (db) => {
        const query = db.updateTable('messages').set({ state: 'dead', ended_at: now, last_error: reason });
        const { numUpdatedRows } = await query.where('state', '=', 'queued').where('next_at', '<', dueBefore).executeTakeFirst();
        return Number(numUpdatedRows);
      }),

    wipe: ({ ended, dead }) =>
      database.run(async (db) => {
        const query = db.updateTable('messages').set({ payload: null }).where('payload', 'is not', null);
        const { numUpdatedRows } = await query
          .where((eb) =>
            eb.or([
              eb.and([eb('state', 'in', ['sent', 'suppressed', 'cancelled']), eb('ended_at', '<', ended)]),
              eb.and([eb('state', '=', 'dead'), eb('ended_at', '<', dead)]),
            ]),
          )
          .executeTakeFirst();
        return Number(numUpdatedRows);
      }),
  };
}

/**
 * One statement, so that no crash leaves a message half taken. A message waits while an older one of its key and channel
 * is being sent, is to be tried again, or is itself due; a lease that ran out makes a message due like any other.
 */
function claimStatement(channel: MessageChannel, now: number, leaseUntil: number, limit: number, locking: RawBuilder<unknown>) {
  return sql<Row>`
    with due as materialized (
      select m.id from messages m
      where m.channel = ${channel} and m.state in ('queued', 'retrying', 'sending') and m.next_at <= ${now}
        and (m.order_key is null or not exists (
          select 1 from messages b
          where b.order_key = m.order_key and b.channel = m.channel and b.id < m.id
            and (b.state in ('sending', 'retrying') or (b.state = 'queued' and b.next_at <= ${now}))))
      order by m.next_at, m.id limit ${limit} ${locking})
    update messages set state = 'sending', attempts = attempts + 1, next_at = ${leaseUntil}
    where id in (select id from due) returning *`;
}

function claimed(row: Row, seal: SessionSeal): ClaimedMessage {
  const { id, brand, channel, attempts: attempt } = row;
  const payload = open(row, seal);
  if (payload === undefined) return { kind: 'unreadable', id: id as Message['id'], channel: channel as MessageChannel, attempt };
  const message: Message = {
    ...payload,
    id: id as Message['id'],
    brand: brand as Message['brand'],
    channel: channel as MessageChannel,
    template: row.template,
    language: row.language as Message['language'],
    messageClass: row.message_class as Message['messageClass'],
    dedupeKey: row.dedupe_key,
    orderKey: row.order_key,
    callId: row.call_id as Message['callId'],
    createdAt: row.created_at,
    // The time it was first meant for is not kept once it is taken; what counts is when it was stored.
    notBefore: row.created_at,
  };
  return { kind: 'whole', message, attempt };
}

function open({ payload }: Pick<Row, 'payload'>, seal: SessionSeal): Pick<Message, 'to' | 'data'> | undefined {
  const text = payload === null ? undefined : seal.open(payload);
  return text === undefined ? undefined : (JSON.parse(text) as Pick<Message, 'to' | 'data'>);
}

function endingOf(ending: Ending, now: number): Partial<Row> {
  switch (ending.kind) {
    case 'sent':
      return { state: 'sent', ended_at: now, last_error: null, provider_ref: ending.reference };
    case 'retrying':
      return { state: 'retrying', next_at: ending.at, last_error: ending.reason };
    case 'dead':
    case 'suppressed':
      return { state: ending.kind, ended_at: now, last_error: ending.reason };
  }
}

function anew(now: number): Partial<Row> {
  return { state: 'queued', attempts: 0, next_at: now, ended_at: null, last_error: null };
}

function whyNot(row: Pick<Row, 'state' | 'payload'> | undefined, wanted: 'dead' | 'queued'): Changed {
  if (row === undefined) return 'unknown';
  return row.state === wanted && row.payload === null ? 'wiped' : 'wrong-state';
}

function equals(filter: Partial<MessageFilter>): ['brand' | 'state' | 'channel' | 'template', string][] {
  return (['brand', 'state', 'channel', 'template'] as const).flatMap((column) => {
    const value = filter[column];
    return value === undefined ? [] : [[column, value] as [typeof column, string]];
  });
}

function fromRow(row: Row, seal: SessionSeal): StoredMessage {
  return {
    id: row.id as StoredMessage['id'],
    brand: row.brand as StoredMessage['brand'],
    channel: row.channel as MessageChannel,
    template: row.template,
    messageClass: row.message_class as StoredMessage['messageClass'],
    language: row.language as StoredMessage['language'],
    callId: row.call_id as StoredMessage['callId'],
    state: row.state as StoredMessage['state'],
    attempts: row.attempts,
    nextAt: row.next_at,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    reason: row.last_error,
    reference: row.provider_ref,
    to: open(row, seal)?.to ?? null,
  };
}
