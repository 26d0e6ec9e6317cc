import type { CallbackRequestStore } from '../ports/callback-requests.ts';
import { fromCallbackRow } from './callback-rows.ts';
import type { Database } from './database.ts';
import type { SessionSeal } from './session-seal.ts';

/** Promised return calls. */
export function createCallbackRequestStore(database: Database, seal: SessionSeal): CallbackRequestStore {
  return {
    get: (id) =>
      database.run(async (db) => {
        const row = await db.selectFrom('callback_requests').selectAll().where('id', '=', id).executeTakeFirst();
        return row && fromCallbackRow(row, seal);
      }),

    list: ({ brand, state, group, before, limit }) =>
      database.run(async (db) => {
        let query = db.selectFrom('callback_requests').selectAll().where('brand', '=', brand);
        if (state !== undefined) query = query.where('state', '=', state);
        if (group !== undefined) query = query.where('group_name', '=', group);
        if (before !== undefined) query = query.where('id', '<', before);
        return (await query.orderBy('id', 'desc').limit(limit).execute()).map((row) => fromCallbackRow(row, seal));
      }),

    close: (id, state, by, at) =>
      database.run(async (db) => {
        const update = db.updateTable('callback_requests').set({ state, closed_at: at, closed_by: by });
        const result = await update.where('id', '=', id).where('state', '=', 'open').executeTakeFirst();
        return result.numUpdatedRows > 0n;
      }),
  };
}
