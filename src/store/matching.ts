import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import type { BrandId } from '../domain/brand.ts';
import type { CustomerRecord } from '../domain/matching/customer-record.ts';
import type { BucketSizes } from '../domain/matching/expectation.ts';
import type { MatchForm } from '../domain/matching/match-mode.ts';
import type { MatchSettings, MatchStore, StoredCustomer } from '../ports/matching.ts';
import { insertAudit } from './audit.ts';
import type { Database } from './database.ts';
import { createImportStore } from './match-imports.ts';
import type { MatchCustomerRow } from './match-schema.ts';
import type { Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

const HEX = [...'0123456789abcdef'];

/** Customers by keys of their numbers, and segments. What counts is said in migration 21. */
export function createMatchStore(database: Database, seal: SessionSeal): MatchStore {
  const read = (rows: readonly MatchCustomerRow[]) => rows.flatMap((row) => fromCustomerRow(row, seal) ?? []);
  return {
    imports: createImportStore(database, seal),

    settings: (brand) =>
      database.run(async (db) => {
        const row = await db.selectFrom('match_settings').select('settings').where('brand', '=', brand).executeTakeFirst();
        return row && (JSON.parse(row.settings) as MatchSettings);
      }),

    putSettings: (brand, settings, audit) =>
      database.write('matching', async (db) => {
        const changed = { settings: JSON.stringify(settings), updated_at: audit.at };
        const insert = db.insertInto('match_settings').values({ brand, ...changed });
        await insert.onConflict((conflict) => conflict.column('brand').doUpdateSet(changed)).execute();
        await insertAudit(db, audit);
      }),

    forms: (brand) =>
      database.run(async (db) => {
        // One form after the other by the index: a list of all keys would take as long as there are customers.
        const forms: MatchForm[] = [];
        for (let last = ''; ; ) {
          const next = db
            .selectFrom('match_keys')
            .select('form')
            .where('brand', '=', brand)
            .where('form', '>', last)
            .orderBy('form')
            .limit(1);
          const found = await next.executeTakeFirst();
          if (found === undefined) return forms;
          last = found.form;
          forms.push(last as MatchForm);
        }
      }),

    find: (brand, keys, limit) =>
      keys.length === 0
        ? Promise.resolve([])
        : database.run(async (db) => {
            const query = counting(db, brand).selectAll('c').distinct();
            return read(
              await query
                .where((eb) => anyKey(eb, keys))
                .limit(limit)
                .execute(),
            );
          }),

    get: (brand, customer) =>
      database.run(async (db) => {
        const query = db.selectFrom('match_customers as c').selectAll('c').where('c.brand', '=', brand).where('c.customer', '=', customer);
        const live = query.where(
          'c.seq',
          'in',
          db.selectFrom('imports').select('seq').where('brand', '=', brand).where('state', '=', 'live'),
        );
        return read(await live.orderBy('c.seq', 'desc').limit(1).execute())[0];
      }),

    rekey: (brand, customer, from, to) =>
      database.write('matching', async (db) => {
        const key = db.selectFrom('match_keys').select('seq').where('brand', '=', brand).where('form', '=', from.form);
        const old = await key.where('match_key', '=', from.key).where('customer', '=', customer).execute();
        for (const { seq } of old) {
          const fresh = db.insertInto('match_keys').values({ brand, form: to.form, match_key: to.key, customer, seq });
          await fresh.onConflict((conflict) => conflict.doNothing()).execute();
          const remove = db
            .deleteFrom('match_keys')
            .where('brand', '=', brand)
            .where('form', '=', from.form)
            .where('match_key', '=', from.key);
          await remove.where('customer', '=', customer).where('seq', '=', seq).execute();
        }
      }),

    touched: (brand, customer, at) =>
      database.run(async (db) => {
        const rows = db
          .updateTable('match_customers')
          .set({ last_contact_at: at })
          .where('brand', '=', brand)
          .where('customer', '=', customer);
        await rows.where((eb) => eb.or([eb('last_contact_at', 'is', null), eb('last_contact_at', '<', at)])).execute();
      }),

    count: (brand) =>
      database.run(async (db) => {
        const rows = db
          .selectFrom('match_customers as c')
          .innerJoin('imports as i', (join) => join.onRef('i.brand', '=', 'c.brand').onRef('i.seq', '=', 'c.seq'))
          .select((eb) => eb.fn.count<number>('c.customer').distinct().as('n'));
        return Number((await rows.where('c.brand', '=', brand).where('i.state', '=', 'live').executeTakeFirstOrThrow()).n);
      }),

    bucketSizes: (brand, form) => bucketSizes(database, brand, form),

    segmentOf: (brand, tokens) =>
      database.run(async (db) => {
        if (tokens.length === 0) return undefined;
        const rows = await db
          .selectFrom('segment_members as m')
          .innerJoin('imports as i', (join) => join.onRef('i.brand', '=', 'm.brand').onRef('i.seq', '=', 'm.seq'))
          .select(['m.token', 'm.segment'])
          .where('m.brand', '=', brand)
          .where('m.token', 'in', tokens)
          .where('i.state', '=', 'live')
          .orderBy('m.seq', 'desc')
          .execute();
        return tokens.flatMap((token) => rows.find((row) => row.token === token)?.segment ?? [])[0];
      }),

    segmentSizes: (brand) =>
      database.run(async (db) => {
        const rows = await db
          .selectFrom('segment_members as m')
          .innerJoin('imports as i', (join) => join.onRef('i.brand', '=', 'm.brand').onRef('i.seq', '=', 'm.seq'))
          .select((eb) => ['m.segment', eb.fn.count<number>('m.token').distinct().as('n')])
          .where('m.brand', '=', brand)
          .where('i.state', '=', 'live')
          .groupBy('m.segment')
          .execute();
        return new Map(rows.map(({ segment, n }) => [segment, Number(n)]));
      }),
  };
}

/** Keys with their customers, of live imports, where no later live import has the same customer. */
function counting(db: Kysely<Schema>, brand: BrandId) {
  return db
    .selectFrom('match_keys as k')
    .innerJoin('match_customers as c', (join) =>
      join.onRef('c.brand', '=', 'k.brand').onRef('c.customer', '=', 'k.customer').onRef('c.seq', '=', 'k.seq'),
    )
    .innerJoin('imports as i', (join) => join.onRef('i.brand', '=', 'c.brand').onRef('i.seq', '=', 'c.seq'))
    .where('k.brand', '=', brand)
    .where('i.state', '=', 'live')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('match_customers as later')
            .innerJoin('imports as j', (join) => join.onRef('j.brand', '=', 'later.brand').onRef('j.seq', '=', 'later.seq'))
            .select(sql.lit(1).as('one'))
            .whereRef('later.brand', '=', 'c.brand')
            .whereRef('later.customer', '=', 'c.customer')
            .whereRef('later.seq', '>', 'c.seq')
            .where('j.state', '=', 'live'),
        ),
      ),
    );
}

type Keys = Parameters<MatchStore['find']>[1];

function anyKey(eb: ExpressionBuilder<{ k: Schema['match_keys'] }, 'k'>, keys: Keys) {
  return eb.or(keys.map(({ form, key }) => eb.and([eb('k.form', '=', form), eb('k.match_key', '=', key)])));
}

/** Counted in slices by the first two signs, so that a million keys never hold up the calls. */
async function bucketSizes(database: Database, brand: BrandId, form: MatchForm): Promise<BucketSizes> {
  const sizes = new Map<number, number>();
  for (const first of HEX)
    for (const second of HEX) {
      const prefix = `${first}${second}`;
      const rows = await database.run((db) =>
        counting(db, brand)
          .select((eb) => eb.fn.count<number>('k.customer').distinct().as('size'))
          .where('k.form', '=', form)
          .where('k.match_key', '>=', prefix)
          .where('k.match_key', '<', `${prefix}~`)
          .groupBy('k.match_key')
          .execute(),
      );
      for (const { size } of rows) sizes.set(Number(size), (sizes.get(Number(size)) ?? 0) + 1);
    }
  return [...sizes].toSorted(([a], [b]) => a - b);
}

/** What was sealed with another key is as if it had never been known. */
function fromCustomerRow(row: MatchCustomerRow, seal: SessionSeal): StoredCustomer | undefined {
  const text = seal.open(row.person);
  if (text === undefined) return undefined;
  const person = JSON.parse(text) as Omit<CustomerRecord, 'lastContactAt' | 'appointmentAt'>;
  return { customer: row.customer, record: { ...person, lastContactAt: row.last_contact_at, appointmentAt: row.appointment_at } };
}
