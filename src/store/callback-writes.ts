import { type CompiledQuery, type Kysely, sql, type Transaction } from 'kysely';
import { newCallback, nextCallback } from '../acd/callback-state.ts';
import { CALLBACK_RULES, type Callback, type CallbackContact, type CallbackFinding, type CallbackOutcome } from '../domain/callback.ts';
import { ID_KINDS } from '../domain/ids.ts';
import { maskNumber } from '../domain/mask-number.ts';
import type { E164 } from '../domain/phone-number.ts';
import type { CallbackNote } from '../ports/callbacks.ts';
import { fromCallbackEntryRow, numberToken, toCallbackChangeRow } from './callback-entry-rows.ts';
import type { CallbackRow } from './callback-schema.ts';
import type { Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** What is written in a transaction of somebody else: of the floor, which knows first who hung up and who talks with whom. */
type Db = Transaction<Schema>;

/** Two engines at most change an entry at the same time; each try sees what the other did. */
const TRIES = 5;

/** Adds who was found, or merges it. Told again under the same id, it changes nothing. */
export async function writeFinding(db: Db, seal: SessionSeal, finding: CallbackFinding): Promise<Callback | null> {
  const { id, brand, group, at, callId, who } = finding;
  if (finding.origin === 'call' && callId !== null && (await wasAttended(db, callId))) return null;
  const line = { id, brand, group_name: group, at, call_id: callId };
  const why = who.kind === 'nobody' ? who.why : await whyNot(db, seal, finding, who.number);
  const first = await db
    .insertInto('callback_findings')
    .values({ ...line, entry: null, how: why ?? 'added' })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  if (first.numInsertedOrUpdatedRows === 0n || why !== null || who.kind === 'nobody') return null;
  const { entry, how } = await addOrMerge(db, seal, { ...finding, who });
  await db.updateTable('callback_findings').set({ entry: entry.id, how }).where('id', '=', id).execute();
  return entry;
}

async function whyNot(
  db: Db,
  seal: SessionSeal,
  { brand, callId, kind }: CallbackFinding,
  number: E164,
): Promise<'do-not-contact' | 'served' | null> {
  const token = numberToken(seal, number);
  const block = db.selectFrom('do_not_contact').select('brand').where('brand', '=', brand).where('recipient_token', '=', token);
  if ((await block.executeTakeFirst()) !== undefined) return 'do-not-contact';
  if (kind === 'requested' || callId === null) return null;
  const talk = db.selectFrom('acd_events').select('id').where('call_id', '=', callId).where('kind', '=', 'connected').limit(1);
  return (await talk.executeTakeFirst()) === undefined ? null : 'served';
}

/** They came to a queue, whose own rules say what becomes of them, talked with somebody, or left a message. */
async function wasAttended(db: Db, callId: string): Promise<boolean> {
  const floor = db.selectFrom('acd_events').select('id').where('call_id', '=', callId).limit(1);
  const talk = db.selectFrom('legs').select('id').where('call_id', '=', callId).where('role', '<>', 'customer');
  const message = db.selectFrom('recordings').select('id').where('call_id', '=', callId).limit(1);
  const answered = talk.where('outcome', '=', 'answered').limit(1);
  return [await floor.executeTakeFirst(), await answered.executeTakeFirst(), await message.executeTakeFirst()].some(
    (row) => row !== undefined,
  );
}

type Found = CallbackFinding & { readonly who: { readonly kind: 'number'; readonly number: E164 } };

async function addOrMerge(
  db: Db,
  seal: SessionSeal,
  finding: Found,
): Promise<{ readonly entry: Callback; readonly how: 'added' | 'merged' }> {
  const token = numberToken(seal, finding.who.number);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const open = await openRows(db, finding.brand, token).where('group_name', '=', finding.group).executeTakeFirst();
    if (open === undefined) {
      const fresh = newCallback(entryIdOf(finding), finding, maskNumber(finding.who.number));
      const row: CallbackRow = { ...toCallbackChangeRow(fresh, seal), number: seal.seal(finding.who.number), number_token: token };
      const added = await db
        .insertInto('callback_entries')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (added.numInsertedOrUpdatedRows !== 0n) {
        await writeLine(db, fresh, { event: 'found', by: 'engine', note: finding.origin });
        return { entry: fresh, how: 'added' };
      }
    } else {
      const before = fromCallbackEntryRow(open, seal);
      const step = nextCallback(before, { kind: 'found', finding }, { group: before.group, ...CALLBACK_RULES }, finding.at);
      if (step.kind === 'changed' && (await writeChange(db, seal, step.callback, { event: 'found', by: 'engine', note: finding.origin })))
        return { entry: step.callback, how: 'merged' };
    }
  }
  throw new Error('a callback was changed by others again and again');
}

/** Of the finding's own time and randomness, so that a transaction that is run again adds the same one. */
function entryIdOf({ id }: CallbackFinding): Callback['id'] {
  return `${ID_KINDS.callbackEntry}_${id.slice(id.indexOf('_') + 1)}` as Callback['id'];
}

/** Closes what a talk keeps, in the transaction that tells of the talk. */
export async function writeContact(db: Db, seal: SessionSeal, contact: CallbackContact): Promise<readonly Callback[]> {
  const { brand, groups, number, callId, how, agent, at } = contact;
  if (groups.length === 0) return [];
  await dropWishes(db, seal, contact);
  const closed: Callback[] = [];
  const rows = await openRows(db, brand, numberToken(seal, number))
    .where('group_name', 'in', [...groups])
    .execute();
  for (const { id } of rows) {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const row = await db.selectFrom('callback_entries').selectAll().where('id', '=', id).executeTakeFirst();
      if (row === undefined) break;
      const before = fromCallbackEntryRow(row, seal);
      const step = nextCallback(before, { kind: 'served', callId, how }, { group: before.group, ...CALLBACK_RULES }, at);
      if (step.kind === 'ignored') break;
      if (!(await writeChange(db, seal, step.callback, { event: 'served', by: agent, note: how }))) continue;
      // Our own call for it was the one that reached them; else it came to nothing.
      if (before.state === 'dialing' && before.callId !== null)
        await endAttempt(db, before.callId, before.callId === callId ? 'answered' : 'cancelled', at);
      closed.push(step.callback);
      break;
    }
  }
  return closed;
}

/** What they asked a flow for, in this call or before, and nobody took over yet: they have been talked with. */
async function dropWishes(db: Db, seal: SessionSeal, { brand, names, number, callId, at }: CallbackContact): Promise<void> {
  const open = db.selectFrom('callback_requests').select(['id', 'group_name', 'call_id']).where('brand', '=', brand);
  const rows = await open
    .where('state', '=', 'open')
    .where('group_name', 'in', [...names])
    .where('requested_at', '<=', at)
    .where((eb) => eb.or([eb('call_id', '=', callId), eb('number_token', '=', numberToken(seal, number))]))
    .execute();
  for (const { id, group_name, call_id } of rows) {
    const line = { id, brand, group_name, at, call_id, entry: null, how: 'served' };
    await db
      .insertInto('callback_findings')
      .values(line)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    await db.deleteFrom('callback_requests').where('id', '=', id).execute();
  }
}

function openRows(db: Db | Kysely<Schema>, brand: string, token: string) {
  const query = db.selectFrom('callback_entries').selectAll().where('brand', '=', brand).where('number_token', '=', token);
  // Written out: bound to a place, SQLite would compile the question anew each time it is asked, to see whether the index of open entries serves.
  return query.where('state', '<>', sql.lit('closed')).orderBy('id');
}

/** Every call that arrives is looked up, and again when it ends: the question is put into words once. */
export function askOpenEntries(seal: SessionSeal): (db: Kysely<Schema>, brand: string, number: E164) => Promise<readonly Callback[]> {
  let words: CompiledQuery<CallbackRow> | undefined;
  return async (db, brand, number) => {
    const token = numberToken(seal, number);
    words ??= openRows(db, brand, token).compile();
    const { rows } = await db.executeQuery<CallbackRow>({ ...words, parameters: [brand, token, ...words.parameters.slice(2)] });
    return rows.map((row) => fromCallbackEntryRow(row, seal));
  };
}

/** False where the version before the change stands no more. */
export async function writeChange(db: Db, seal: SessionSeal, callback: Callback, note: CallbackNote): Promise<boolean> {
  const { id, version } = callback;
  const update = db.updateTable('callback_entries').set(toCallbackChangeRow(callback, seal)).where('id', '=', id);
  const result = await update.where('version', '=', version - 1).executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  await writeLine(db, callback, note);
  return true;
}

async function writeLine(db: Db, { id, version, changedAt, state }: Callback, { event, by, note = '' }: CallbackNote): Promise<void> {
  await db.insertInto('callback_history').values({ entry: id, version, at: changedAt, event, state, by_whom: by, note }).execute();
}

export async function endAttempt(db: Db, callId: string, outcome: CallbackOutcome, at: number): Promise<void> {
  const update = db.updateTable('callback_attempts').set({ outcome, ended_at: at }).where('call_id', '=', callId);
  // A mailbox is known only once it seemed to be a talk.
  await update.where((eb) => (outcome === 'mailbox' ? eb('outcome', '=', 'answered') : eb('outcome', 'is', null))).execute();
}
