import type { BrandId } from '../domain/brand.ts';
import type { SwitchName, SwitchState } from '../domain/switch.ts';
import type { SwitchStore } from '../ports/switches.ts';
import { insertAudit } from './audit.ts';
import type { Database } from './database.ts';
import type { SwitchRow } from './schema.ts';

/** How switches stand, and the secrets of their telephones. */
export function createSwitchStore(database: Database): SwitchStore {
  return {
    get: (brand, name) =>
      database.run(async (db) => {
        const row = await db.selectFrom('switches').selectAll().where('brand', '=', brand).where('name', '=', name).executeTakeFirst();
        return row && fromSwitchRow(row);
      }),

    put: (state, entry) =>
      database.write('switches', async (db) => {
        const row = toSwitchRow(state);
        const { brand: _brand, name: _name, ...changed } = row;
        const insert = db.insertInto('switches').values(row);
        await insert.onConflict((conflict) => conflict.columns(['brand', 'name']).doUpdateSet(changed)).execute();
        await insertAudit(db, entry);
      }),

    pin: (brand, name) =>
      database.run(async (db) => {
        const row = await db.selectFrom('switch_pins').selectAll().where('brand', '=', brand).where('name', '=', name).executeTakeFirst();
        return row && { hash: row.hash, failures: row.failures, lockedUntil: row.locked_until };
      }),

    putPin: (brand, name, hash, entry) =>
      database.write('switches', async (db) => {
        await db.deleteFrom('switch_pins').where('brand', '=', brand).where('name', '=', name).execute();
        if (hash !== null) await db.insertInto('switch_pins').values({ brand, name, hash, failures: 0, locked_until: 0 }).execute();
        await insertAudit(db, entry);
      }),

    tryPin: (brand, name, { now, most, lockUntil }) =>
      database.write('switches', async (db) => {
        const row = await db.selectFrom('switch_pins').selectAll().where('brand', '=', brand).where('name', '=', name).executeTakeFirst();
        if (row === undefined || now < row.locked_until) return undefined;
        const isLast = row.failures + 1 >= most;
        const counted = isLast ? { failures: 0, locked_until: lockUntil } : { failures: row.failures + 1 };
        await db.updateTable('switch_pins').set(counted).where('brand', '=', brand).where('name', '=', name).execute();
        return row.hash;
      }),

    clearPinFailures: (brand, name) =>
      database.write('switches', async (db) => {
        const none = { failures: 0, locked_until: 0 };
        await db.updateTable('switch_pins').set(none).where('brand', '=', brand).where('name', '=', name).execute();
      }),
  };
}

function toSwitchRow(state: SwitchState): SwitchRow {
  const { brand, name, on, text, from, until, changedAt, changedBy, changedVia } = state;
  const texts = { text_tr: text.tr ?? null, text_en: text.en ?? null };
  const times = { from_at: from, until_at: until, changed_at: changedAt };
  return { brand, name, is_on: on ? 1 : 0, ...texts, ...times, changed_by: changedBy, changed_via: changedVia };
}

function fromSwitchRow(row: SwitchRow): SwitchState {
  return {
    brand: row.brand as BrandId,
    name: row.name as SwitchName,
    on: row.is_on === 1,
    text: { ...(row.text_tr === null ? {} : { tr: row.text_tr }), ...(row.text_en === null ? {} : { en: row.text_en }) },
    from: row.from_at,
    until: row.until_at,
    changedAt: row.changed_at,
    changedBy: row.changed_by,
    changedVia: row.changed_via as SwitchState['changedVia'],
  };
}
