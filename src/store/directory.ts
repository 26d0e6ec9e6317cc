import type { BrandId } from '../domain/brand.ts';
import type { DirectoryEntry, DirectoryKind } from '../domain/directory.ts';
import type { AbsenceId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { DirectoryStore, KeptAbsence } from '../ports/directory.ts';
import type { Database } from './database.ts';
import type { DirectoryAbsenceRow, DirectoryPersonRow } from './directory-schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** Absences, and people who were put in over the API; their telephones lie sealed. */
export function createDirectoryStore(database: Database, seal: SessionSeal): DirectoryStore {
  return {
    absences: (brand, now) =>
      database.run(async (db) => {
        const query = db.selectFrom('directory_absences').selectAll().where('brand', '=', brand).where('until_at', '>', now);
        return (await query.orderBy('from_at').orderBy('id').execute()).map(fromAbsenceRow);
      }),

    addAbsence: (absence) =>
      database.run(async (db) => void (await db.insertInto('directory_absences').values(toAbsenceRow(absence)).execute())),

    removeAbsence: (brand, id) =>
      database.run(async (db) => {
        const result = await db.deleteFrom('directory_absences').where('brand', '=', brand).where('id', '=', id).executeTakeFirst();
        return result.numDeletedRows > 0n;
      }),

    people: (brand) =>
      database.run(async (db) => {
        const rows = await db.selectFrom('directory_people').selectAll().where('brand', '=', brand).orderBy('code').execute();
        return rows.map((row) => fromPersonRow(row, seal));
      }),

    putPerson: (brand, person, now) =>
      database.run(async (db) => {
        const row = toPersonRow(brand, person, now, seal);
        const { brand: _brand, code: _code, ...changed } = row;
        const insert = db.insertInto('directory_people').values(row);
        await insert.onConflict((conflict) => conflict.columns(['brand', 'code']).doUpdateSet(changed)).execute();
      }),

    removePerson: (brand, code) =>
      database.run(async (db) => {
        const result = await db.deleteFrom('directory_people').where('brand', '=', brand).where('code', '=', code).executeTakeFirst();
        return result.numDeletedRows > 0n;
      }),
  };
}

function toAbsenceRow({ id, brand, of, from, until, instead, createdAt, createdBy }: KeptAbsence): DirectoryAbsenceRow {
  const times = { from_at: from, until_at: until, created_at: createdAt };
  const standIn = { instead_kind: instead?.kind ?? null, instead_id: instead?.id ?? null };
  return { id, brand, kind: of.kind, ref_id: of.id, ...times, ...standIn, created_by: createdBy };
}

function fromAbsenceRow(row: DirectoryAbsenceRow): KeptAbsence {
  const standIn = row.instead_kind === null || row.instead_id === null ? null : { kind: row.instead_kind, id: row.instead_id };
  return {
    id: row.id as AbsenceId,
    brand: row.brand as BrandId,
    of: { kind: row.kind as DirectoryKind, id: row.ref_id },
    from: row.from_at,
    until: row.until_at,
    instead: standIn as KeptAbsence['instead'],
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}

function toPersonRow(brand: BrandId, person: DirectoryEntry, now: number, seal: SessionSeal): DirectoryPersonRow {
  const { id: code, label, language, calendar, email, webhook, rounds } = person;
  const telephones = seal.seal(JSON.stringify(rounds));
  return { brand, code, name: label?.tr ?? code, language, calendar, email, webhook, telephones, updated_at: now };
}

function fromPersonRow(row: DirectoryPersonRow, seal: SessionSeal): DirectoryEntry {
  const telephones = seal.open(row.telephones);
  return {
    kind: 'person',
    id: row.code,
    label: { tr: row.name, en: row.name },
    language: row.language as Language | null,
    calendar: row.calendar,
    rounds: telephones === undefined ? [] : (JSON.parse(telephones) as DirectoryEntry['rounds']),
    email: row.email,
    webhook: row.webhook,
  };
}
