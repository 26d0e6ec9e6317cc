import type { Transaction } from 'kysely';
import type { BrandId } from '../domain/brand.ts';
import type { Dealer } from '../domain/dealer.ts';
import type { DealerStore } from '../ports/stores.ts';
import type { Database } from './database.ts';
import type { DealerRow, Schema } from './schema.ts';

/** Rows of one statement: keeps the number of bound parameters below both engines' limits. */
const CHUNK = 500;

type DealerColumns = Omit<DealerRow, 'created_at' | 'updated_at'>;

/** Dealers by brand and code. */
export function createDealerStore(database: Database): DealerStore {
  return {
    upsert: (dealers, now) => database.write('dealers', (db) => upsertDealers(db, dealers, now)),

    list: ({ brand, province, limit, after }) =>
      database.run(async (db) => {
        let query = db.selectFrom('dealers').selectAll().where('brand', '=', brand);
        if (province !== undefined) query = query.where('province', '=', province);
        if (after !== undefined) query = query.where('code', '>', after);
        return (await query.orderBy('code').limit(limit).execute()).map(fromDealerRow);
      }),

    get: (brand, code) =>
      database.run(async (db) => {
        const row = await db.selectFrom('dealers').selectAll().where('brand', '=', brand).where('code', '=', code).executeTakeFirst();
        return row && fromDealerRow(row);
      }),

    remove: (brand, code) =>
      database.run(async (db) => {
        const result = await db.deleteFrom('dealers').where('brand', '=', brand).where('code', '=', code).executeTakeFirst();
        return result.numDeletedRows > 0n;
      }),

    count: (brand) =>
      database.run(async (db) => {
        const query = db.selectFrom('dealers').select((eb) => eb.fn.countAll<number>().as('n'));
        return (await query.where('brand', '=', brand).executeTakeFirstOrThrow()).n;
      }),
  };
}

/** Compares with what is stored and writes only what is new or differs. A code given twice counts twice; the last one stays. */
async function upsertDealers(db: Transaction<Schema>, dealers: readonly Dealer[], now: number): ReturnType<DealerStore['upsert']> {
  const known = await storedDealers(db, dealers);
  const written = new Map<string, DealerRow>();
  const counts = { added: 0, changed: 0, unchanged: 0 };
  for (const dealer of dealers) {
    const columns = toColumns(dealer);
    const key = keyOf(columns);
    const before = written.get(key) ?? known.get(key);
    if (before !== undefined && sameColumns(before, columns)) {
      counts.unchanged += 1;
      continue;
    }
    counts[before === undefined ? 'added' : 'changed'] += 1;
    written.set(key, { ...columns, created_at: before?.created_at ?? now, updated_at: now });
  }
  const rows = [...written.values()];
  for (let at = 0; at < rows.length; at += CHUNK) await replaceRows(db, rows.slice(at, at + CHUNK));
  return counts;
}

async function storedDealers(db: Transaction<Schema>, dealers: readonly Dealer[]): Promise<Map<string, DealerRow>> {
  const known = new Map<string, DealerRow>();
  for (const brand of new Set(dealers.map((dealer) => dealer.brand))) {
    const codes = [...new Set(dealers.filter((dealer) => dealer.brand === brand).map((dealer) => dealer.code))];
    for (let at = 0; at < codes.length; at += CHUNK) {
      const query = db.selectFrom('dealers').selectAll().where('brand', '=', brand);
      for (const row of await query.where('code', 'in', codes.slice(at, at + CHUNK)).execute()) known.set(keyOf(row), row);
    }
  }
  return known;
}

async function replaceRows(db: Transaction<Schema>, rows: readonly DealerRow[]): Promise<void> {
  const insert = db.insertInto('dealers').values(rows);
  const replaced = [
    'name',
    'province',
    'district',
    'address',
    'postcode',
    'phone',
    'hours',
    'latitude',
    'longitude',
    'updated_at',
  ] as const;
  await insert
    .onConflict((conflict) =>
      conflict
        .columns(['brand', 'code'])
        .doUpdateSet((eb) => Object.fromEntries(replaced.map((column) => [column, eb.ref(`excluded.${column}`)]))),
    )
    .execute();
}

function keyOf(row: Pick<DealerRow, 'brand' | 'code'>): string {
  return JSON.stringify([row.brand, row.code]);
}

function sameColumns(stored: DealerRow, columns: DealerColumns): boolean {
  return (Object.keys(columns) as (keyof DealerColumns)[]).every((column) => stored[column] === columns[column]);
}

function toColumns(dealer: Dealer): DealerColumns {
  return { ...dealer, hours: JSON.stringify(dealer.hours.map((day) => day.map(({ from, to }) => ({ from, to })))) };
}

function fromDealerRow(row: DealerRow): Dealer {
  const { created_at: _created, updated_at: _updated, brand, hours, ...columns } = row;
  return { ...columns, brand: brand as BrandId, hours: JSON.parse(hours) as Dealer['hours'] };
}
