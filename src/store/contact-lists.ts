import type { Kysely, Transaction } from 'kysely';
import type { BrandId } from '../domain/brand.ts';
import { SantralError } from '../domain/errors.ts';
import type { ContactId, ListId } from '../domain/ids.ts';
import type { E164 } from '../domain/phone-number.ts';
import type { ContactListStore, SealedContact } from '../ports/contact-lists.ts';
import type { ContactRow, ListRow, NewContact } from '../ports/list-store.ts';
import { insertAudit } from './audit.ts';
import { tokenFor } from './consent-rows.ts';
import { createContactLoads } from './contact-loads.ts';
import type { Database } from './database.ts';
import { fromList, knownTokens, listOf, newList, nextNo, REMOVED } from './list-rows.ts';
import type { ContactListRow, ListBlockRow, StoredContactRow } from './list-schema.ts';
import type { Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';
import { shortToken } from './token-order.ts';

/** Lists of contacts. What is in a list is said in migration 26. */
export function createContactListStore(database: Database, seal: SessionSeal): ContactListStore {
  return {
    loads: createContactLoads(database),
    ...readingStore(database, seal),

    create: (list) =>
      database.write('matching', async (db) => {
        const values = { ...newList(list, await nextNo(db)), state: 'ready' };
        await db.insertInto('lists').values(values).execute();
      }),

    append: (brand, id, contacts) => database.write('matching', (db) => append(db, seal, { brand, id, contacts })),

    remove: (brand, id, audit) =>
      database.write('matching', async (db) => {
        const loading = db.selectFrom('imports').select('id').where('list_id', '=', id).where('state', '=', 'loading');
        if ((await loading.executeTakeFirst()) !== undefined) return false;
        const gone = db.updateTable('lists').set({ state: REMOVED }).where('brand', '=', brand).where('id', '=', id);
        const { numUpdatedRows } = await gone.where('state', '<>', REMOVED).executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await insertAudit(db, audit);
        return true;
      }),
  };
}

type Reading = 'get' | 'list' | 'withFile' | 'contact' | 'rows';

function readingStore(database: Database, seal: SessionSeal): Pick<ContactListStore, Reading> {
  return {
    get: (brand, id) => database.run(async (db) => fromMaybe(await listOf(db, brand, id))),

    list: (brand) =>
      database.run(async (db) => {
        const query = db.selectFrom('lists').selectAll().where('brand', '=', brand).where('state', '<>', REMOVED).orderBy('name');
        return (await query.execute()).map(fromList);
      }),

    withFile: (brand, hash) =>
      database.run(async (db) => {
        const loads = db.selectFrom('imports').select('list_id').where('brand', '=', brand).where('file_hash', '=', hash);
        const query = db.selectFrom('lists').selectAll().where('brand', '=', brand).where('state', '<>', REMOVED);
        return (
          await query
            .where('id', 'in', loads.where('state', '=', 'live'))
            .orderBy('name')
            .execute()
        ).map(fromList);
      }),

    contact: (brand, id) =>
      database.snapshot(async (db) => {
        const row = await db.selectFrom('contacts').selectAll().where('id', '=', id).executeTakeFirst();
        if (row === undefined) return undefined;
        const list = db.selectFrom('lists').selectAll().where('no', '=', row.list_no).where('brand', '=', brand);
        const found = await list.where('state', '<>', REMOVED).executeTakeFirst();
        const block = await blockOf(db, row.list_no, row.block);
        return found && block && fromContact(row, found, block, seal);
      }),

    rows: (brand, id, after, limit) =>
      database.snapshot(async (db) => {
        const list = await listOf(db, brand, id);
        if (list === undefined) return [];
        const blocks = db.selectFrom('list_blocks').selectAll().where('list_no', '=', list.no).orderBy('base');
        const found: ContactRow[] = [];
        for (const block of await blocks.where((eb) => eb(eb('base', '+', eb.ref('size')), '>', after)).execute()) {
          if (found.length >= limit) break;
          const query = db.selectFrom('contacts').selectAll().where('list_no', '=', list.no).where('block', '=', block.block);
          const rows = query.where('no', '>', after - block.base).orderBy('no');
          for (const row of await rows.limit(limit - found.length).execute()) {
            const contact = fromContact(row, list, block, seal);
            if (contact !== undefined) found.push(contact);
          }
        }
        return found;
      }),
  };
}

async function append(
  db: Transaction<Schema>,
  seal: SessionSeal,
  { brand, id, contacts }: { readonly brand: BrandId; readonly id: ListId; readonly contacts: readonly NewContact[] },
): Promise<{ readonly added: readonly ContactId[]; readonly known: number }> {
  const list = await listOf(db, brand, id);
  if (list?.state !== 'ready') throw new SantralError('request.not-found', 'There is no such list, or it is not ready.');
  const tokens = contacts.map(({ number }) => tokenFor(seal, number));
  const known = await knownTokens(db, list.no, tokens);
  const fresh = contacts.filter((_, index) => {
    const token = tokens[index] ?? '';
    return !known.has(token) && tokens.indexOf(token) === index;
  });
  if (fresh.length > 0) {
    const block = await openBlock(db, list, fresh.length);
    const rows = fresh.map(({ id: contact, number, variables }, index) => ({
      list_no: list.no,
      block: block.block,
      no: block.size + index + 1,
      id: contact,
      number_token: tokenFor(seal, number),
      person: seal.seal(JSON.stringify({ number, more: [], variables })),
    }));
    await db.insertInto('contacts').values(rows).execute();
    const tokenRows = rows.map(({ list_no, block: own, no, number_token }) => ({
      list_no,
      block: own,
      no,
      token: shortToken(number_token),
    }));
    await db.insertInto('contact_tokens').values(tokenRows).execute();
    const [contactCount, places] = [list.contacts + fresh.length, list.places + fresh.length];
    await db.updateTable('lists').set({ contacts: contactCount, places }).where('no', '=', list.no).execute();
  }
  return { added: fresh.map((one) => one.id), known: contacts.length - fresh.length };
}

/** The block that appended contacts go to: the last one, unless a file has come behind it. Longer by `more` from here on. */
async function openBlock(db: Transaction<Schema>, list: ContactListRow, more: number): Promise<ListBlockRow> {
  const query = db.selectFrom('list_blocks').selectAll().where('list_no', '=', list.no).orderBy('base', 'desc').limit(1);
  const last = await query.executeTakeFirst();
  if (last !== undefined && last.block < 0 && last.base + last.size === list.places) {
    const longer = db
      .updateTable('list_blocks')
      .set({ size: last.size + more })
      .where('list_no', '=', list.no);
    await longer.where('block', '=', last.block).execute();
    return last;
  }
  const block = { list_no: list.no, block: -list.places - 1, base: list.places };
  await db
    .insertInto('list_blocks')
    .values({ ...block, size: more })
    .execute();
  return { ...block, size: 0 };
}

async function blockOf(db: Kysely<Schema>, listNo: number, block: number): Promise<ListBlockRow | undefined> {
  return db.selectFrom('list_blocks').selectAll().where('list_no', '=', listNo).where('block', '=', block).executeTakeFirst();
}

function fromMaybe(row: ContactListRow | undefined): ListRow | undefined {
  return row && fromList(row);
}

/** What was sealed with another key is as if it had never been known. */
function fromContact(row: StoredContactRow, list: ContactListRow, block: ListBlockRow, seal: SessionSeal): ContactRow | undefined {
  const text = seal.open(row.person);
  if (text === undefined) return undefined;
  const { number, variables } = JSON.parse(text) as SealedContact;
  return {
    id: row.id as ContactId,
    list: list.id as ListId,
    rowNo: block.base + row.no,
    number: number as E164,
    numberToken: row.number_token,
    variables,
  };
}
