import type { MissedCallStore } from '../ports/directory.ts';
import type { Database } from './database.ts';
import { fromMissedCallRow } from './missed-call-rows.ts';
import type { SessionSeal } from './session-seal.ts';

/** Calls that nobody answered. */
export function createMissedCallStore(database: Database, seal: SessionSeal): MissedCallStore {
  return {
    list: ({ brand, kind, ref, from, to, before, limit }) =>
      database.run(async (db) => {
        let query = db.selectFrom('missed_calls').selectAll().where('brand', '=', brand);
        if (kind !== undefined) query = query.where('kind', '=', kind);
        if (ref !== undefined) query = query.where('ref_id', '=', ref);
        if (from !== undefined) query = query.where('at', '>=', from);
        if (to !== undefined) query = query.where('at', '<', to);
        if (before !== undefined) query = query.where('id', '<', before);
        return (await query.orderBy('id', 'desc').limit(limit).execute()).map((row) => fromMissedCallRow(row, seal));
      }),

    wipe: (before) =>
      database.run(async (db) => {
        const update = db.updateTable('missed_calls').set({ number: null, number_token: null });
        const result = await update.where('at', '<', before).where('number', 'is not', null).executeTakeFirst();
        return Number(result.numUpdatedRows);
      }),
  };
}
