import type { NumberCallStore } from '../ports/campaign-store.ts';
import { calledSince } from './campaign-facts.ts';
import type { Database } from './database.ts';

/** When numbers were called, whoever called them. */
export function createNumberCallStore(database: Database): NumberCallStore {
  return {
    since: (brand, number, since) => database.snapshot((db) => calledSince(db, brand, number, since)),
    note: (brand, number, id, at) =>
      database.write('campaigns', async (db) => {
        const insert = db.insertInto('number_calls').values({ brand, number_token: number, id, at });
        await insert.onConflict((conflict) => conflict.columns(['brand', 'number_token', 'id']).doNothing()).execute();
      }),
    forgetBefore: (at) =>
      database.write('campaigns', async (db) => {
        const { numDeletedRows } = await db.deleteFrom('number_calls').where('at', '<', at).executeTakeFirst();
        return Number(numDeletedRows);
      }),
  };
}
