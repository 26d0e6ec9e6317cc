import type { Kysely, Transaction } from 'kysely';
import type { Call } from '../domain/call.ts';
import type { UserId } from '../domain/ids.ts';
import type { FloorStore, LastTalk, StoredAgentState, StoredWait } from '../ports/floor-store.ts';
import { writeContact, writeFinding } from './callback-writes.ts';
import { noteLeaver } from './campaign-leavers.ts';
import type { Database } from './database.ts';
import { fromEventRow, fromStateRow, fromWaitRow, toEventRow, toStateRow, toWaitRow } from './floor-rows.ts';
import type { QueueWaitRow } from './floor-schema.ts';
import type { Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** Purpose of the tokens by which a caller is known again. */
const CALLER = 'queue-caller';

/** The floor's facts, agents' states and open waits; `asterisk`: on which this engine's calls are. */
export function createFloorStore(database: Database, seal: SessionSeal, asterisk: string | null = null): FloorStore {
  return {
    open: (brand) =>
      database.snapshot(async (db) => {
        const states = await db.selectFrom('agent_states').selectAll().where('brand', '=', brand).execute();
        const all = waitsIn(db).where('queue_waits.brand', '=', brand);
        const ours =
          asterisk === null ? all : all.where((is) => is.or([is('calls.asterisk', 'is', null), is('calls.asterisk', '=', asterisk)]));
        const waits = await ours.orderBy('queue_waits.wait_id').execute();
        const last = await db
          .selectFrom('acd_events')
          .select((eb) => eb.fn.max('at').as('at'))
          .where('brand', '=', brand)
          .executeTakeFirst();
        const lastEventAt = last?.at === null || last?.at === undefined ? null : Number(last.at);
        return {
          agents: states.map(fromStateRow),
          waits: waits.map(waitOfCall),
          lastEventAt,
        };
      }),

    waitsOf: (calls) =>
      database.run(async (db) => {
        if (calls.length === 0) return [];
        const rows = await waitsIn(db)
          .where('queue_waits.call_id', 'in', [...calls])
          .orderBy('queue_waits.wait_id')
          .execute();
        return rows.map(waitOfCall);
      }),

    write: ({ events, agents, waits, endedWaits, lastTalks, promises = [] }) =>
      database.write('floor', async (db) => {
        for (const event of events)
          await db
            .insertInto('acd_events')
            .values(toEventRow(event))
            .onConflict((conflict) => conflict.column('id').doNothing())
            .execute();
        for (const agent of agents) await putState(db, agent);
        for (const wait of waits) await putWait(db, wait);
        for (const callId of endedWaits) await db.deleteFrom('queue_waits').where('call_id', '=', callId).execute();
        for (const talk of lastTalks) {
          await putTalk(db, talk, seal.token(CALLER, talk.caller));
          await noteLeaver(db, seal, { brand: talk.brand, number: talk.caller, reason: 'served', at: talk.at });
        }
        for (const promise of promises)
          if (promise.kind === 'served') await writeContact(db, seal, promise.contact);
          else await writeFinding(db, seal, promise.finding);
      }),

    claim: (agent) =>
      database.write('floor', async (db) => {
        const row = toStateRow(agent);
        const before = await db.selectFrom('agent_states').select('version').where('user_id', '=', agent.userId).executeTakeFirst();
        if (before !== undefined && before.version !== agent.version - 1) return false;
        const { user_id, ...changed } = row;
        if (before === undefined) await db.insertInto('agent_states').values(row).execute();
        else await db.updateTable('agent_states').set(changed).where('user_id', '=', user_id).execute();
        return true;
      }),

    stateOf: (agent) =>
      database.run(async (db) => {
        const row = await db.selectFrom('agent_states').selectAll().where('user_id', '=', agent).executeTakeFirst();
        return row && fromStateRow(row);
      }),

    lastAgentOf: (brand, caller, since) =>
      database.run(async (db) => {
        const token = seal.token(CALLER, caller);
        const query = db.selectFrom('last_talks').select('agent').where('brand', '=', brand).where('caller_token', '=', token);
        const row = await query.where('at', '>=', since).executeTakeFirst();
        return row?.agent as UserId | undefined;
      }),

    events: ({ brand, from, to, after, kinds, limit, newest = false }) =>
      database.run(async (db) => {
        let query = db.selectFrom('acd_events').selectAll().where('brand', '=', brand).where('at', '>=', from).where('at', '<', to);
        if (after !== undefined) query = query.where('id', '>', after);
        if (kinds !== undefined) query = query.where('kind', 'in', [...kinds]);
        const rows = await query
          .orderBy('id', newest ? 'desc' : 'asc')
          .limit(limit)
          .execute();
        return (newest ? rows.toReversed() : rows).map(fromEventRow);
      }),

    eventsOfCall: (callId) =>
      database.run(async (db) => {
        const rows = await db.selectFrom('acd_events').selectAll().where('call_id', '=', callId).orderBy('id').execute();
        return rows.map(fromEventRow);
      }),
  };
}

function waitsIn(db: Kysely<Schema>) {
  return db
    .selectFrom('queue_waits')
    .leftJoin('calls', 'calls.id', 'queue_waits.call_id')
    .selectAll('queue_waits')
    .select(['calls.ani', 'calls.did', 'calls.direction']);
}

/** With what its call tells; a call that is not on record says nothing. */
function waitOfCall({ ani, did, direction, ...row }: QueueWaitRow & { [K in 'ani' | 'did' | 'direction']: string | null }): StoredWait {
  const wait = fromWaitRow(row);
  if (direction === null) return wait;
  return { ...wait, direction: direction as Call['direction'], caller: (direction === 'inbound' ? ani : did) ?? '' };
}

async function putState(db: Transaction<Schema>, agent: StoredAgentState): Promise<void> {
  const row = toStateRow(agent);
  const { user_id: _id, ...changed } = row;
  await db
    .insertInto('agent_states')
    .values(row)
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(changed).where('agent_states.version', '<', row.version))
    .execute();
}

async function putWait(db: Transaction<Schema>, wait: StoredWait): Promise<void> {
  const row = toWaitRow(wait);
  const { call_id: _id, ...changed } = row;
  await db
    .insertInto('queue_waits')
    .values(row)
    .onConflict((conflict) => conflict.column('call_id').doUpdateSet(changed))
    .execute();
}

async function putTalk(db: Transaction<Schema>, { brand, agent, at }: LastTalk, token: string): Promise<void> {
  await db
    .insertInto('last_talks')
    .values({ brand, caller_token: token, agent, at })
    .onConflict((conflict) => conflict.columns(['brand', 'caller_token']).doUpdateSet({ agent, at }))
    .execute();
}
