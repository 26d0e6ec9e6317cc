import type { CallId } from '../domain/ids.ts';
import type { CallKeyStore } from '../ports/call-keys.ts';
import type { Database } from './database.ts';
import type { SessionSeal } from './session-seal.ts';

const KEEP_MS = 86_400_000;
/** A claim whose call is not on record after so long was left by an engine that died in between: it binds nobody. */
const PLACING_MS = 60_000;

/** Keys of orders for calls. */
export function createCallKeyStore(database: Database, seal: SessionSeal): CallKeyStore {
  return {
    claim: ({ brand, key, order, callId, at }) =>
      database.write('callKeys', async (db) => {
        await db
          .deleteFrom('call_keys')
          .where('claimed_at', '<=', at - KEEP_MS)
          .execute();
        // An order holds a telephone number, which nobody shall read here.
        const token = seal.token('call order', order);
        const held = await db
          .selectFrom('call_keys')
          .leftJoin('calls', 'calls.id', 'call_keys.call_id')
          .select(['call_keys.order_token', 'call_keys.call_id', 'call_keys.claimed_at', 'calls.id as placed'])
          .where('call_keys.brand', '=', brand)
          .where('call_keys.order_key', '=', key)
          .executeTakeFirst();
        const isVoid = held !== undefined && held.placed === null && held.claimed_at <= at - PLACING_MS;
        if (held !== undefined && !isVoid) {
          if (held.order_token !== token) return { kind: 'other' };
          return held.placed === null ? { kind: 'placing' } : { kind: 'placed', callId: held.call_id as CallId };
        }
        const claim = { order_token: token, call_id: callId, claimed_at: at };
        const insert = db.insertInto('call_keys').values({ brand, order_key: key, ...claim });
        await insert.onConflict((conflict) => conflict.columns(['brand', 'order_key']).doUpdateSet(claim)).execute();
        return { kind: 'ours' };
      }),

    release: ({ brand, key, callId }) =>
      database.write('callKeys', async (db) => {
        const gone = db.deleteFrom('call_keys').where('brand', '=', brand).where('order_key', '=', key);
        await gone.where('call_id', '=', callId).execute();
      }),
  };
}
