import type { Transaction } from 'kysely';
import type { AuditEntry } from '../domain/audit.ts';
import type { BrandId } from '../domain/brand.ts';
import type { AuditId } from '../domain/ids.ts';
import type { ValueMap } from '../domain/value.ts';
import type { AuditStore } from '../ports/audit.ts';
import type { Database } from './database.ts';
import type { AuditRow, Schema } from './schema.ts';

/** Who changed what. Services that change a row note it in the same transaction by `insertAudit`. */
export function createAuditStore(database: Database): AuditStore {
  return {
    add: (entry) => database.run(async (db) => void (await db.insertInto('audit').values(toAuditRow(entry)).execute())),

    list: ({ brand, subject, before, limit }) =>
      database.run(async (db) => {
        let query = db.selectFrom('audit').selectAll().where('brand', '=', brand);
        if (subject !== undefined) query = query.where('subject', '=', subject);
        if (before !== undefined) query = query.where('id', '<', before);
        return (await query.orderBy('id', 'desc').limit(limit).execute()).map(fromAuditRow);
      }),

    latest: (brand, what) =>
      database.run(async (db) => {
        const newest = db
          .selectFrom('audit')
          .select((eb) => eb.fn.max('id').as('id'))
          .where('brand', '=', brand)
          .where('what', '=', what)
          .groupBy('subject');
        const rows = await db.selectFrom('audit').selectAll().where('id', 'in', newest).execute();
        return new Map(rows.map((row) => [row.subject, fromAuditRow(row)]));
      }),
  };
}

export async function insertAudit(db: Transaction<Schema>, entry: AuditEntry): Promise<void> {
  await db.insertInto('audit').values(toAuditRow(entry)).execute();
}

function toAuditRow({ details, ...entry }: AuditEntry): AuditRow {
  return { ...entry, details: JSON.stringify(details) };
}

function fromAuditRow(row: AuditRow): AuditEntry {
  return {
    id: row.id as AuditId,
    brand: row.brand as BrandId,
    at: row.at,
    actor: row.actor,
    via: row.via as AuditEntry['via'],
    what: row.what as AuditEntry['what'],
    subject: row.subject,
    details: JSON.parse(row.details) as ValueMap,
  };
}
