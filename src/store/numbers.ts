import type { BrandId } from '../domain/brand.ts';
import type { NumberParams, NumberRoute, NumberStore } from '../ports/stores.ts';
import type { Database } from './database.ts';
import type { NumberRow } from './schema.ts';

/** Rows of one statement: keeps the number of bound parameters below both engines' limits. */
const CHUNK = 500;

/** Routes of the numbers callers dial. A route of source `api` hides the file's of the same number, which comes back when it is removed. */
export function createNumberStore(database: Database): NumberStore {
  return {
    list: () =>
      database.run(async (db) => {
        const rows = await db.selectFrom('numbers').selectAll().orderBy('did').orderBy('source', 'desc').execute();
        return [...new Map(rows.map((row) => [row.did, row])).values()].map(fromNumberRow);
      }),

    get: (did) =>
      database.run(async (db) => {
        const row = await db.selectFrom('numbers').selectAll().where('did', '=', did).orderBy('source').limit(1).executeTakeFirst();
        return row && fromNumberRow(row);
      }),

    put: (route) =>
      database.run(async (db) => {
        const row = toNumberRow(route);
        const { did: _did, source: _source, ...changed } = row;
        const insert = db.insertInto('numbers').values(row);
        await insert.onConflict((conflict) => conflict.columns(['did', 'source']).doUpdateSet(changed)).execute();
      }),

    remove: (did) =>
      database.write('numbers', async (db) => {
        const winner = await db.selectFrom('numbers').select('source').where('did', '=', did).orderBy('source').limit(1).executeTakeFirst();
        if (winner === undefined) return false;
        await db.deleteFrom('numbers').where('did', '=', did).where('source', '=', winner.source).execute();
        return true;
      }),

    replaceFileRoutes: (routes, kept = new Set()) =>
      database.write('numbers', async (db) => {
        const given = new Set(routes.map(({ did }) => did));
        const former = await db.selectFrom('numbers').select('did').where('source', '=', 'file').execute();
        const gone = former.map(({ did }) => did).filter((did) => given.has(did) || (kept !== 'all' && !kept.has(did)));
        for (let at = 0; at < gone.length; at += CHUNK) {
          const some = gone.slice(at, at + CHUNK);
          await db.deleteFrom('numbers').where('source', '=', 'file').where('did', 'in', some).execute();
        }
        for (let at = 0; at < routes.length; at += CHUNK) {
          const rows = routes.slice(at, at + CHUNK).map((route) => toNumberRow({ ...route, source: 'file' }));
          await db.insertInto('numbers').values(rows).execute();
        }
      }),
  };
}

function toNumberRow(route: NumberRoute): NumberRow {
  const { did, source, brand, flow, language, label, params, record, updatedAt } = route;
  const labels = { label: label.tr, label_en: label.en === label.tr ? null : label.en };
  const given = params === undefined ? null : JSON.stringify(params);
  const recorded = record === undefined ? null : Number(record);
  return { did, source, brand, flow, language, ...labels, params: given, record: recorded, updated_at: updatedAt };
}

/** `api` sorts before `file`: the first row of a number is the one that counts. */
function fromNumberRow(row: NumberRow): NumberRoute {
  return {
    did: row.did,
    brand: row.brand as BrandId,
    flow: row.flow,
    language: row.language as NumberRoute['language'],
    label: { tr: row.label, en: row.label_en ?? row.label },
    ...(row.params === null ? {} : { params: JSON.parse(row.params) as NumberParams }),
    ...(row.record === null ? {} : { record: row.record === 1 }),
    source: row.source as NumberRoute['source'],
    updatedAt: row.updated_at,
  };
}
