import type { Recording } from '../domain/recording.ts';
import type { RecordingStore } from '../ports/recordings.ts';
import type { Database } from './database.ts';
import { fromRecordingRow } from './recording-rows.ts';

/** Rows of one statement: keeps the number of bound parameters below both engines' limits. */
const CHUNK = 500;

/** What is known of recordings; their audio lies in files. */
export function createRecordingStore(database: Database): RecordingStore {
  return {
    get: (id) =>
      database.run(async (db) => {
        const row = await db.selectFrom('recordings').selectAll().where('id', '=', id).executeTakeFirst();
        return row && fromRecordingRow(row);
      }),

    list: ({ brand, kind, flow, from, to, unheard, before, limit }) =>
      database.run(async (db) => {
        let query = db.selectFrom('recordings').selectAll().where('brand', '=', brand);
        if (kind !== undefined) query = query.where('kind', '=', kind);
        if (flow !== undefined) query = query.where('flow', '=', flow);
        if (from !== undefined) query = query.where('created_at', '>=', from);
        if (to !== undefined) query = query.where('created_at', '<', to);
        if (unheard === true) query = query.where('heard_at', 'is', null);
        if (before !== undefined) query = query.where('id', '<', before);
        return (await query.orderBy('id', 'desc').limit(limit).execute()).map(fromRecordingRow);
      }),

    heard: (id, by, at) =>
      database.write('recordings', async (db) => {
        const row = await db.selectFrom('recordings').select('heard_at').where('id', '=', id).executeTakeFirst();
        if (row === undefined) return false;
        const first = db.updateTable('recordings').set({ heard_at: at, heard_by: by });
        if (row.heard_at === null) await first.where('id', '=', id).execute();
        return true;
      }),

    remove: (id) =>
      database.run(async (db) => {
        const result = await db.deleteFrom('recordings').where('id', '=', id).executeTakeFirst();
        return result.numDeletedRows > 0n;
      }),

    expired: (now, limit) =>
      database.run(async (db) => {
        const query = db.selectFrom('recordings').select('id').where('keep_until', '<=', now);
        return (await query.orderBy('keep_until').limit(limit).execute()).map(({ id }) => id as Recording['id']);
      }),

    known: (ids) =>
      database.run(async (db) => {
        const known = new Set<Recording['id']>();
        for (let at = 0; at < ids.length; at += CHUNK) {
          const query = db.selectFrom('recordings').select('id');
          for (const { id } of await query.where('id', 'in', ids.slice(at, at + CHUNK)).execute()) known.add(id as Recording['id']);
        }
        return known;
      }),
  };
}
