import { sql, type Transaction } from 'kysely';
import { SantralError } from '../domain/errors.ts';
import { type E164, POLICY_TYPES, parsePhoneNumber } from '../domain/phone-number.ts';
import type { CallbackStore, CallbackWipe } from '../ports/callbacks.ts';
import type { Database } from './database.ts';
import type { CallRow, Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

type Db = Transaction<Schema>;
type Found = Pick<CallRow, 'id' | 'direction' | 'state' | 'channel_id' | 'ani' | 'did'>;

/**
 * Takes the numbers of closed entries away, and what people said: from the entries, and from all calls of the number, whoever
 * called and whatever for, where they are left as people may see them. An entry whose number is on the line keeps it until the
 * call is over, as the call is written again; of a number that another entry still waits to be called at, the calls are left to
 * that one. Rejects with `store.busy` where all is wiped but the write-ahead log could not be emptied: the next wiping does it.
 */
export function callbackWipe(database: Database, seal: SessionSeal): CallbackStore['wipe'] {
  // What was there before lies in the write-ahead log still; a process that died may have left it so.
  let owed = database.engine === 'sqlite';
  return async (wipe) => {
    const wiped = await database.write('callbacks', (db) => wipeDue(db, seal, wipe));
    owed ||= wiped > 0 && database.engine === 'sqlite';
    if (owed && !(await isLogEmptied(database)))
      throw new SantralError('store.busy', 'The write-ahead log could not be emptied, as somebody reads the database.', {
        details: { wiped },
      });
    owed = false;
    return wiped;
  };
}

async function wipeDue(db: Db, seal: SessionSeal, { brand, closedBefore, limit }: CallbackWipe): Promise<number> {
  const query = db.selectFrom('callback_entries').select(['id', 'group_name', 'number', 'number_token', 'shown', 'call_id', 'closed_at']);
  const rows = await query
    .where('brand', '=', brand)
    .where('state', '=', 'closed')
    .where('number', 'is not', null)
    .orderBy('closed_at')
    .execute();
  let wiped = 0;
  for (const { id, group_name, number, number_token, shown, call_id, closed_at } of rows) {
    if (wiped === limit) break;
    if ((closed_at ?? Infinity) > closedBefore(group_name)) continue;
    const plain = number === null ? null : ((seal.open(number) ?? null) as E164 | null);
    const calls = [...(await callsOfEntry(db, id, call_id)), ...(plain === null ? [] : await callsOfNumber(db, brand, plain))];
    if (await isAnyUp(db, calls)) continue;
    // Whoever opened it again in the meantime keeps it: the version tells the two apart.
    const update = db.updateTable('callback_entries').set((eb) => ({ number: null, about: '', version: eb('version', '+', 1) }));
    const done = await update.where('id', '=', id).where('state', '=', 'closed').executeTakeFirst();
    if (done.numUpdatedRows === 0n) continue;
    wiped += 1;
    if (await isAwaited(db, brand, number_token)) continue;
    for (const call of calls) await wipeCall(db, call, plain, shown);
  }
  return wiped;
}

const CALL = ['id', 'direction', 'state', 'channel_id', 'ani', 'did'] as const;

/** In whatever form the number came there. */
async function callsOfEntry(db: Db, entry: string, last: string | null): Promise<readonly Found[]> {
  const found = await db.selectFrom('callback_findings').select('call_id').where('entry', '=', entry).execute();
  const tried = await db.selectFrom('callback_attempts').select('call_id').where('entry', '=', entry).execute();
  const ids = new Set([...found, ...tried, { call_id: last }].flatMap(({ call_id }) => call_id ?? []));
  if (ids.size === 0) return [];
  return db
    .selectFrom('calls')
    .select(CALL)
    .where('id', 'in', [...ids])
    .execute();
}

/** Those that belong to no entry, too: hung up too soon, served, dialled by hand or by a campaign. */
async function callsOfNumber(db: Db, brand: string, number: E164): Promise<readonly Found[]> {
  const end = number.slice(-4);
  const calls = db.selectFrom('calls').select(CALL).where('brand', '=', brand);
  // Written out as the indexes have it.
  const inbound = calls.where('direction', '=', sql.lit('inbound')).where(sql`substr(ani, length(ani) - 3)`, '=', end);
  const outbound = calls.where('direction', '=', sql.lit('outbound')).where(sql`substr(did, length(did) - 3)`, '=', end);
  const rows = [...(await inbound.execute()), ...(await outbound.execute())];
  return rows.filter(({ direction, ani, did }) => isNumber(direction === 'inbound' ? ani : did, number));
}

/** A call that is over but for what its flow does then is written again, too. */
async function isAnyUp(db: Db, calls: readonly Found[]): Promise<boolean> {
  if (calls.some(({ state }) => state === 'open')) return true;
  const ids = calls.map(({ id }) => id);
  if (ids.length === 0) return false;
  return (await db.selectFrom('sessions').select('call_id').where('call_id', 'in', ids).limit(1).executeTakeFirst()) !== undefined;
}

async function isAwaited(db: Db, brand: string, token: string): Promise<boolean> {
  const open = db.selectFrom('callback_entries').select('id').where('brand', '=', brand).where('number_token', '=', token);
  return (await open.where('state', '<>', sql.lit('closed')).limit(1).executeTakeFirst()) !== undefined;
}

async function wipeCall(db: Db, { id, direction, channel_id }: Found, number: E164 | null, shown: string): Promise<void> {
  await db
    .updateTable('calls')
    .set(direction === 'inbound' ? { ani: shown } : { did: shown })
    .where('id', '=', id)
    .execute();
  // Legs name whom they dialled.
  const legs = await db.selectFrom('legs').select(['id', 'channel_id', 'endpoint']).where('call_id', '=', id).execute();
  for (const leg of legs) {
    const isCustomers = direction === 'outbound' && leg.channel_id === channel_id;
    const dialled = /\+?\d{7,}/.exec(leg.endpoint)?.[0] ?? '';
    if (isCustomers || (number !== null && isNumber(dialled, number)))
      await db.updateTable('legs').set({ endpoint: shown }).where('id', '=', leg.id).execute();
  }
}

function isNumber(text: string, number: E164): boolean {
  const parsed = parsePhoneNumber(text, { region: 'TR', allow: POLICY_TYPES });
  return parsed.kind === 'ok' && parsed.e164 === number;
}

async function isLogEmptied(database: Database): Promise<boolean> {
  const { rows } = await database.run((db) => sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db));
  return rows[0]?.busy === 0;
}
