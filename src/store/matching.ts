import type { BrandId } from '../domain/brand.ts';
import type { CustomerRecord } from '../domain/matching/customer-record.ts';
import type { BucketSizes } from '../domain/matching/expectation.ts';
import type { MatchForm } from '../domain/matching/match-mode.ts';
import type { ImportCounts, MatchSettings, MatchStore, StoredCustomer } from '../ports/matching.ts';
import { insertAudit } from './audit.ts';
import type { Database } from './database.ts';
import { countingCustomers, createImportStore, liveSeqs } from './match-imports.ts';
import type { MatchCustomerRow, MatchKeyRow } from './match-schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** Rows of one customer that may wait to be swept: a key is read deep enough to see past them. */
const MOST_VERSIONS = 4;
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
            // Look-ups by key, and no join: SQLite would begin a join with the imports, and read all of their rows.
            const hits: Pick<MatchKeyRow, 'customer' | 'seq'>[] = [];
            // One after the other: for any of several keys SQLite would read all that the brand has.
            for (const { form, key } of keys) {
              const query = db.selectFrom('match_keys').select(['customer', 'seq']).where('brand', '=', brand).where('form', '=', form);
              hits.push(
                ...(await query
                  .where('match_key', '=', key)
                  .limit(limit * MOST_VERSIONS)
                  .execute()),
              );
            }
            const current = await countingCustomers(db, brand, [...new Set(hits.map(({ customer }) => customer))]);
            const found = hits.flatMap(({ customer, seq }) =>
              current.get(customer)?.seq === seq ? [current.get(customer) as MatchCustomerRow] : [],
            );
            return read([...new Set(found)].slice(0, limit));
          }),

    get: (brand, customer) => database.run(async (db) => read([...(await countingCustomers(db, brand, [customer])).values()])[0]),

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
        // By what the imports told: counting a million rows would hold up the calls. The oldest that counts has them all.
        const query = db.selectFrom('imports').select('counts').where('brand', '=', brand).where('kind', '=', 'customers');
        const live = await query.where('state', '=', 'live').orderBy('seq').execute();
        return live.reduce((sum, row, index) => {
          const { added, changed, unchanged } = JSON.parse(row.counts) as ImportCounts;
          return sum + added + (index === 0 ? changed + unchanged : 0);
        }, 0);
      }),

    bucketSizes: (brand, form) => bucketSizes(database, brand, form),

    segmentOf: (brand, tokens) =>
      database.run(async (db) => {
        if (tokens.length === 0) return undefined;
        const query = db.selectFrom('segment_members').selectAll().where('brand', '=', brand).where('token', 'in', tokens);
        const rows = (await query.execute()).toSorted((a, b) => b.seq - a.seq);
        const live = await liveSeqs(db, brand);
        return tokens.flatMap((token) => rows.find((row) => row.token === token && live.has(row.seq))?.segment ?? [])[0];
      }),

    segmentSizes: (brand) =>
      database.run(async (db) => {
        const live = [...(await liveSeqs(db, brand))];
        if (live.length === 0) return new Map();
        const members = db.selectFrom('segment_members as m').where('m.brand', '=', brand).where('m.seq', 'in', live);
        const rows = await members
          // A later file says of the same number what counts.
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('segment_members as later')
                  .select('later.seq')
                  .where('later.brand', '=', brand)
                  .whereRef('later.token', '=', 'm.token')
                  .whereRef('later.seq', '>', 'm.seq')
                  .where('later.seq', 'in', live),
              ),
            ),
          )
          .select((eb) => ['m.segment', eb.fn.countAll<number>().as('n')])
          .groupBy('m.segment')
          .execute();
        return new Map(rows.map(({ segment, n }) => [segment, Number(n)]));
      }),
  };
}

/** Counted in slices by the first two signs, so that a million keys never hold up the calls. Rows that wait to be swept may count. */
async function bucketSizes(database: Database, brand: BrandId, form: MatchForm): Promise<BucketSizes> {
  const sizes = new Map<number, number>();
  const live = [...(await database.run((db) => liveSeqs(db, brand)))];
  if (live.length === 0) return [];
  for (const first of HEX)
    for (const second of HEX) {
      const prefix = `${first}${second}`;
      const rows = await database.run((db) =>
        db
          .selectFrom('match_keys')
          .select((eb) => eb.fn.count<number>('customer').distinct().as('size'))
          .where('brand', '=', brand)
          .where('form', '=', form)
          .where('match_key', '>=', prefix)
          .where('match_key', '<', `${prefix}~`)
          .where('seq', 'in', live)
          .groupBy('match_key')
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
