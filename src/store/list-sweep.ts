import type { Transaction } from 'kysely';
import type { BrandId } from '../domain/brand.ts';
import { REMOVED } from './list-rows.ts';
import type { Schema } from './schema.ts';
import { shortToken } from './token-order.ts';

/** Removes up to `limit` contacts of a load that never counted, and its report when it has none left; gives how many rows. */
export async function sweepLoad(db: Transaction<Schema>, brand: BrandId, seq: number, limit: number): Promise<number> {
  const load = db.selectFrom('imports').select(['kind', 'list_id']).where('brand', '=', brand).where('seq', '=', seq);
  const { kind, list_id: id } = (await load.executeTakeFirst()) ?? { kind: '', list_id: null };
  if (kind !== 'contacts' || id === null) return 0;
  const list = await db.selectFrom('lists').select('no').where('id', '=', id).executeTakeFirst();
  return list === undefined ? 0 : removeContacts(db, list.no, seq, limit);
}

/** Removes up to `limit` rows of lists that were removed, and the lists that have none left; gives how many. */
export async function sweepLists(db: Transaction<Schema>, brand: BrandId, limit: number): Promise<number> {
  let removed = 0;
  while (removed < limit) {
    const gone = db.selectFrom('lists').select(['no', 'id']).where('brand', '=', brand).where('state', '=', REMOVED).limit(1);
    const list = await gone.executeTakeFirst();
    if (list === undefined) return removed;
    removed += await sweepList(db, brand, list, limit - removed);
  }
  return removed;
}

/** Contacts first, then reports, the list last: it can be gone on with at any point. */
async function sweepList(
  db: Transaction<Schema>,
  brand: BrandId,
  { no, id }: { readonly no: number; readonly id: string },
  limit: number,
): Promise<number> {
  const one = db.selectFrom('contacts').select('block').where('list_no', '=', no).orderBy('block').limit(1);
  const left = await one.executeTakeFirst();
  if (left !== undefined) return removeContacts(db, no, left.block, limit);
  const loads = (await db.selectFrom('imports').select('seq').where('list_id', '=', id).execute()).map(({ seq }) => seq);
  for (const seq of loads) {
    const lines = db.selectFrom('import_problems').select('row_no').where('brand', '=', brand).where('seq', '=', seq).orderBy('row_no');
    const rows = (await lines.limit(limit).execute()).map((line) => line.row_no);
    const last = rows.at(-1);
    if (last === undefined) continue;
    const remove = db.deleteFrom('import_problems').where('brand', '=', brand).where('seq', '=', seq);
    await remove.where('row_no', '<=', last).execute();
    return rows.length;
  }
  await db.deleteFrom('list_blocks').where('list_no', '=', no).execute();
  await db.deleteFrom('lists').where('no', '=', no).execute();
  return 1;
}

async function removeContacts(db: Transaction<Schema>, listNo: number, block: number, limit: number): Promise<number> {
  const rows = db.selectFrom('contacts').select(['no', 'number_token']).where('list_no', '=', listNo).where('block', '=', block);
  const slice = await rows.orderBy('no').limit(limit).execute();
  const last = slice.at(-1)?.no;
  if (last === undefined) return 0;
  const tokens = slice.map(({ number_token: token }) => shortToken(token));
  const found = db.deleteFrom('contact_tokens').where('list_no', '=', listNo).where('token', 'in', tokens);
  await found.where('block', '=', block).execute();
  const remove = db.deleteFrom('contacts').where('list_no', '=', listNo).where('block', '=', block);
  await remove.where('no', '<=', last).execute();
  return slice.length;
}
