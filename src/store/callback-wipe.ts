import { sql, type Transaction } from 'kysely';
import type { CallbackWipe } from '../ports/callbacks.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/**
 * Takes the numbers of closed entries away, and what people said: from the entries, and from the calls that belong to them, where they are
 * left as people may see them. Rows of callers who were served are theirs as well.
 */
export async function wipeCallbacks(database: Database, { brand, closedBefore, limit }: CallbackWipe): Promise<number> {
  const wiped = await database.write('callbacks', async (db) => {
    const query = db.selectFrom('callback_entries').select(['id', 'group_name', 'shown', 'call_id', 'closed_at']);
    const rows = await query
      .where('brand', '=', brand)
      .where('state', '=', 'closed')
      .where('number', 'is not', null)
      .orderBy('closed_at')
      .execute();
    const due = rows.filter(({ group_name, closed_at }) => (closed_at ?? Infinity) <= closedBefore(group_name)).slice(0, limit);
    for (const { id, shown, call_id } of due) {
      await db.updateTable('callback_entries').set({ number: null, about: '' }).where('id', '=', id).execute();
      for (const callId of await callsOf(db, id, call_id)) await wipeCall(db, callId, shown);
    }
    return due.length;
  });
  // What was there before lies in the write-ahead log still.
  if (wiped > 0 && database.engine === 'sqlite') await database.run((db) => sql`pragma wal_checkpoint(truncate)`.execute(db));
  return wiped;
}

async function callsOf(db: Transaction<Schema>, entry: string, last: string | null): Promise<ReadonlySet<string>> {
  const found = await db.selectFrom('callback_findings').select('call_id').where('entry', '=', entry).execute();
  const tried = await db.selectFrom('callback_attempts').select('call_id').where('entry', '=', entry).execute();
  return new Set([...found, ...tried, { call_id: last }].flatMap(({ call_id }) => call_id ?? []));
}

async function wipeCall(db: Transaction<Schema>, callId: string, shown: string): Promise<void> {
  const call = await db.selectFrom('calls').select(['direction', 'channel_id', 'state']).where('id', '=', callId).executeTakeFirst();
  if (call === undefined || call.state === 'open') return;
  const change = call.direction === 'inbound' ? { ani: shown } : { did: shown };
  await db.updateTable('calls').set(change).where('id', '=', callId).execute();
  // The leg of a call of ours names whom it dialled.
  if (call.direction !== 'outbound') return;
  await db.updateTable('legs').set({ endpoint: shown }).where('call_id', '=', callId).where('channel_id', '=', call.channel_id).execute();
}
