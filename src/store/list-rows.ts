import type { Kysely, Transaction } from 'kysely';
import type { BrandId } from '../domain/brand.ts';
import type { ListId } from '../domain/ids.ts';
import type { ListRow, ListVariable } from '../ports/list-store.ts';
import type { ContactListRow } from './list-schema.ts';
import type { Schema } from './schema.ts';
import { shortToken } from './token-order.ts';

/** Seen by nobody; its rows are on their way out. */
export const REMOVED = 'removed';

export async function listOf(db: Kysely<Schema>, brand: BrandId, id: ListId): Promise<ContactListRow | undefined> {
  const query = db.selectFrom('lists').selectAll().where('brand', '=', brand).where('id', '=', id);
  return query.where('state', '<>', REMOVED).executeTakeFirst();
}

export async function nextNo(db: Transaction<Schema>): Promise<number> {
  const last = await db
    .selectFrom('lists')
    .select((eb) => eb.fn.max('no').as('no'))
    .executeTakeFirst();
  return Number(last?.no ?? 0) + 1;
}

export function newList(list: Omit<ListRow, 'contacts' | 'state'>, no: number): Omit<ContactListRow, 'state'> {
  const { id, brand, name, variables, createdAt, createdBy } = list;
  const empty = { contacts: 0, places: 0 };
  return { no, id, brand, name, variables: JSON.stringify(variables), ...empty, created_at: createdAt, created_by: createdBy };
}

export function fromList(row: ContactListRow): ListRow {
  return {
    id: row.id as ListId,
    brand: row.brand as BrandId,
    name: row.name,
    state: row.state as ListRow['state'],
    variables: JSON.parse(row.variables) as ListVariable[],
    contacts: row.contacts,
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}

/** Which of these numbers' tokens are in the list already. */
export async function knownTokens(db: Transaction<Schema>, listNo: number, tokens: readonly string[]): Promise<ReadonlySet<string>> {
  if (tokens.length === 0) return new Set();
  const blocks = await db.selectFrom('list_blocks').select('block').where('list_no', '=', listNo).execute();
  // A new list has nothing to be looked through.
  if (blocks.length === 0) return new Set();
  const inList = new Set(blocks.map(({ block }) => block));
  const query = db.selectFrom('contact_tokens').select(['token', 'block']).where('list_no', '=', listNo);
  const rows = await query.where('token', 'in', tokens.map(shortToken)).execute();
  const found = new Set(rows.filter(({ block }) => inList.has(block)).map(({ token }) => token));
  return new Set(tokens.filter((token) => found.has(shortToken(token))));
}
