import type { Transaction } from 'kysely';
import type { BrandId } from '../domain/brand.ts';
import { SantralError } from '../domain/errors.ts';
import type { BegunLoad, ContactLoads, IntoList } from '../ports/contact-lists.ts';
import type { ListVariable } from '../ports/list-store.ts';
import type { StoredImport } from '../ports/matching.ts';
import { insertAudit } from './audit.ts';
import { bulkInsert } from './bulk-insert.ts';
import type { Database } from './database.ts';
import { fromList, knownTokens, listOf, newList, nextNo, REMOVED } from './list-rows.ts';
import type { ContactListRow } from './list-schema.ts';
import { beginImport, fromImportRow, mustLoad, OVER } from './match-imports.ts';
import type { Schema } from './schema.ts';
import { createTokenOrder, shortToken, type TokenOrder } from './token-order.ts';

/** Tokens written in one transaction. */
const MOST_TOKENS = 1000;

/** Files into lists: staged in short transactions into a block that nobody sees; published by naming it. */
export function createContactLoads(database: Database): ContactLoads {
  const insertContacts = bulkInsert(database.engine, 'contacts', ['list_no', 'block', 'no', 'id', 'number_token', 'person']);
  const insertTokens = bulkInsert(database.engine, 'contact_tokens', ['list_no', 'token', 'block', 'no']);
  /** Of the load that is under way: one of a brand at a time. */
  const orders = new Map<BrandId, { readonly seq: number; readonly order: TokenOrder }>();

  function orderOf(brand: BrandId, seq: number): TokenOrder {
    const found = orders.get(brand);
    if (found?.seq !== seq) throw new SantralError('store.conflict', OVER);
    return found.order;
  }

  return {
    async begin(row, into, deadBefore) {
      const begun = await database.write('matching', (db) => begin(db, row, into, deadBefore));
      if (typeof begun !== 'string') orders.set(row.brand, { seq: begun.seq, order: createTokenOrder() });
      return begun;
    },

    async stage({ brand, seq, list }, rows, { counts, now }) {
      const fresh = await database.write('matching', async (db) => {
        await stir(db, brand, seq, { alive_at: now, counts: JSON.stringify(counts) });
        const { no: listNo } = await demandList(db, brand, list);
        const inList = await knownTokens(
          db,
          listNo,
          rows.map(({ numberToken }) => numberToken),
        );
        const staged = inList.size === 0 ? rows : rows.filter(({ numberToken }) => !inList.has(numberToken));
        const places = staged.map(({ id, numberToken, person }, index) => [listNo, seq, counts.added + index + 1, id, numberToken, person]);
        await insertContacts(db, places);
        return staged;
      });
      // Once it is stored: what runs in a transaction may run twice.
      const order = orderOf(brand, seq);
      fresh.forEach(({ numberToken }, index) => order.add(numberToken, counts.added + index + 1));
      if (fresh.length === rows.length) return { added: fresh.length, changed: 0, unchanged: 0, known: [] };
      const added = new Set(fresh);
      const known = rows.filter((row) => !added.has(row));
      return { added: fresh.length, changed: 0, unchanged: known.length, known };
    },

    async index({ brand, seq, list }, slice, now) {
      const places = orderOf(brand, seq).slice(slice);
      for (let from = 0; from < places.length; from += MOST_TOKENS)
        await database.write('matching', async (db) => {
          await stir(db, brand, seq, { alive_at: now });
          const { no: listNo } = await demandList(db, brand, list);
          const rows = places.slice(from, from + MOST_TOKENS);
          await insertTokens(
            db,
            rows.map(({ token, no }) => [listNo, token, seq, no]),
          );
        });
    },

    abandon: (brand, seq) => {
      if (orders.get(brand)?.seq === seq) orders.delete(brand);
    },

    reject: (brand, seq, lines) =>
      database.run(async (db) => {
        const rows = lines.map(({ row, column, value, reason }) => ({ brand, seq, row_no: row, column_name: column, value, reason }));
        if (rows.length > 0) await db.insertInto('import_problems').values(rows).execute();
      }),

    publish: (done, audit) =>
      database.write('matching', async (db) => {
        const { brand, seq, list: id, counts, variables, finishedAt } = done;
        const list = await demandList(db, brand, id);
        const late = list.places > done.from ? await leaveOutAppended(db, list, seq, done.from) : 0;
        const held = { ...counts, added: counts.added - late, unchanged: counts.unchanged + late };
        const live = { state: 'live', finished_at: finishedAt, counts: JSON.stringify(held) };
        const own = db.updateTable('imports').set(live).where('brand', '=', brand).where('seq', '=', seq);
        mustLoad(await own.where('state', '=', 'loading').executeTakeFirst());
        // Places, not contacts: those that were left out leave theirs empty.
        if (held.added > 0)
          await db.insertInto('list_blocks').values({ list_no: list.no, block: seq, base: list.places, size: counts.added }).execute();
        await db
          .updateTable('lists')
          .set({
            state: 'ready',
            contacts: list.contacts + held.added,
            places: list.places + (held.added > 0 ? counts.added : 0),
            variables: JSON.stringify(joined(JSON.parse(list.variables) as ListVariable[], variables)),
          })
          .where('no', '=', list.no)
          .execute();
        await insertAudit(db, audit);
      }),

    rejected: (brand, id, after, limit) =>
      database.run(async (db) => {
        const query = db
          .selectFrom('import_problems as p')
          .innerJoin('imports as i', (join) => join.onRef('i.brand', '=', 'p.brand').onRef('i.seq', '=', 'p.seq'))
          .select(['p.row_no', 'p.column_name', 'p.value', 'p.reason'])
          .where('i.brand', '=', brand)
          .where('i.id', '=', id)
          .where('p.row_no', '>', after);
        const rows = await query.orderBy('p.row_no').limit(limit).execute();
        return rows.map(({ row_no, column_name, value, reason }) => ({ row: row_no, column: column_name, value, reason }));
      }),

    of: (brand, list, limit) =>
      database.run(async (db) => {
        const query = db.selectFrom('imports').selectAll().where('brand', '=', brand).where('list_id', '=', list);
        return (await query.orderBy('seq', 'desc').limit(limit).execute()).map(fromImportRow);
      }),
  };
}

/** Shows that the load lives; rejects with `store.conflict` when it was taken for dead. */
async function stir(
  db: Transaction<Schema>,
  brand: BrandId,
  seq: number,
  fresh: { readonly alive_at: number; readonly counts?: string },
): Promise<void> {
  const own = db.updateTable('imports').set(fresh).where('brand', '=', brand).where('seq', '=', seq);
  mustLoad(await own.where('state', '=', 'loading').executeTakeFirst());
}

async function begin(
  db: Transaction<Schema>,
  row: Pick<StoredImport, 'id' | 'brand' | 'name' | 'startedAt' | 'startedBy'>,
  into: IntoList,
  deadBefore: number,
): Promise<BegunLoad | 'busy' | 'taken'> {
  const { brand, startedAt: createdAt, startedBy: createdBy } = row;
  const seq = await beginImport(db, { ...row, kind: 'contacts' }, deadBefore);
  if (seq === 'busy') return seq;
  const named = db.selectFrom('lists').selectAll().where('brand', '=', brand).where('name', '=', into.name);
  let list = await named.where('state', '<>', REMOVED).executeTakeFirst();
  if (list?.state === 'ready' && list.places > 0 && !into.append && !(await hasFile(db, list, into.hash))) {
    await db.deleteFrom('imports').where('brand', '=', brand).where('seq', '=', seq).execute();
    return 'taken';
  }
  if (list === undefined) {
    const fresh = { id: into.list, brand, name: into.name, variables: [], createdAt, createdBy };
    list = { ...newList(fresh, await nextNo(db)), state: 'loading' };
    await db.insertInto('lists').values(list).execute();
  } else if (list.state === 'failed') {
    await db.updateTable('lists').set({ state: 'loading' }).where('no', '=', list.no).execute();
  }
  const own = db.updateTable('imports').set({ list_id: list.id, file_hash: into.hash }).where('brand', '=', brand);
  await own.where('seq', '=', seq).execute();
  return { seq, list: fromList(list), from: list.places };
}

async function hasFile(db: Transaction<Schema>, list: ContactListRow, hash: string): Promise<boolean> {
  const loads = db.selectFrom('imports').select('id').where('list_id', '=', list.id).where('file_hash', '=', hash);
  return (await loads.where('state', '=', 'live').executeTakeFirst()) !== undefined;
}

async function demandList(db: Transaction<Schema>, brand: BrandId, id: BegunLoad['list']['id']): Promise<ContactListRow> {
  const list = await listOf(db, brand, id);
  if (list === undefined) throw new SantralError('store.conflict', OVER);
  return list;
}

/** Numbers that were appended while the file was being loaded stay as they were appended; gives how many. */
async function leaveOutAppended(db: Transaction<Schema>, list: ContactListRow, seq: number, from: number): Promise<number> {
  const blocks = db.selectFrom('list_blocks').select(['block', 'base', 'size']).where('list_no', '=', list.no).where('block', '<', 0);
  const since = (await blocks.execute()).filter(({ base, size }) => base + size > from);
  let removed = 0;
  for (const { block, base } of since) {
    const appended = db.selectFrom('contacts').select('number_token').where('list_no', '=', list.no).where('block', '=', block);
    for (const { number_token: token } of await appended.where('no', '>', Math.max(0, from - base)).execute()) {
      const both = db.selectFrom('contact_tokens').select('no').where('list_no', '=', list.no).where('token', '=', shortToken(token));
      const late = await both.where('block', '=', seq).executeTakeFirst();
      if (late === undefined) continue;
      await db.deleteFrom('contacts').where('list_no', '=', list.no).where('block', '=', seq).where('no', '=', late.no).execute();
      const gone = db.deleteFrom('contact_tokens').where('list_no', '=', list.no).where('token', '=', shortToken(token));
      await gone.where('block', '=', seq).execute();
      removed += 1;
    }
  }
  return removed;
}

function joined(known: readonly ListVariable[], more: readonly ListVariable[]): readonly ListVariable[] {
  return [...known, ...more.filter(({ name }) => !known.some((one) => one.name === name))];
}
