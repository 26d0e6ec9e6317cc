import type { BrandId } from '../domain/brand.ts';
import type { Database } from './database.ts';

/** Of the engines on a database one leads, of each brand: until it says nothing for long enough. */
const LEADERS = { campaigns: 'dialler_leaders', registry: 'registry_links' } as const;

/** Whether this engine leads, until then. */
export function lead(
  database: Database,
  what: keyof typeof LEADERS,
  brand: BrandId,
  holder: string,
  now: number,
  until: number,
): Promise<boolean> {
  const table = LEADERS[what];
  return database.write(what, async (db) => {
    const row = await db.selectFrom(table).select(['holder', 'until']).where('brand', '=', brand).executeTakeFirst();
    if (row !== undefined && row.holder !== holder && row.until > now) return false;
    const insert = db.insertInto(table).values({ brand, holder, until });
    await insert.onConflict((conflict) => conflict.column('brand').doUpdateSet({ holder, until })).execute();
    return true;
  });
}
