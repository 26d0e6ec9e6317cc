import type { Transaction } from 'kysely';
import { type Consent, type DoNotContact, supersedes } from '../domain/consent.ts';
import type { ConsentEntryId } from '../domain/ids.ts';
import type { ConsentLine, ConsentStore, Recorded } from '../ports/consents.ts';
import { toConsentRow, tokenFor } from './consent-rows.ts';
import type { Database } from './database.ts';
import type { ConsentHistoryRow, ConsentRow, DoNotContactRow, Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** Consents by brand and recipient: what stands, what was ever recorded, and who is never contacted. */
export function createConsentStore(database: Database, seal: SessionSeal): ConsentStore {
  const tokenOf = (recipient: string) => tokenFor(seal, recipient);
  return {
    record: (consent, how) => database.write('consents', (db) => recordConsent(db, seal, consent, how)),

    setDoNotContact: (entry, id) => database.write('consents', (db) => block(db, seal, entry, id)),

    liftDoNotContact: (brand, recipient, { id, at, by }) =>
      database.write('consents', async (db) => {
        const token = tokenOf(recipient);
        const removed = await db
          .deleteFrom('do_not_contact')
          .where('brand', '=', brand)
          .where('recipient_token', '=', token)
          .executeTakeFirst();
        if (removed.numDeletedRows === 0n) return false;
        const line = { id, brand, recipient_token: token, reason: '', since: at, recorded_by: by };
        await db
          .insertInto('consent_history')
          .values(blockLine(line, 'lifted', at))
          .execute();
        return true;
      }),

    of: (brand, recipient) =>
      database.snapshot(async (db) => {
        const token = tokenOf(recipient);
        const rows = await db.selectFrom('consents').selectAll().where('brand', '=', brand).where('recipient_token', '=', token).execute();
        const blocked = await db
          .selectFrom('do_not_contact')
          .selectAll()
          .where('brand', '=', brand)
          .where('recipient_token', '=', token)
          .executeTakeFirst();
        const consents = rows.map((row) => fromConsentRow(row, recipient)).toSorted(inOrder);
        return { consents, doNotContact: blocked === undefined ? null : fromBlockRow(blocked, recipient) };
      }),

    history: (brand, recipient, limit) =>
      database.run(async (db) => {
        const query = db.selectFrom('consent_history').selectAll().where('brand', '=', brand);
        const rows = await query.where('recipient_token', '=', tokenOf(recipient)).orderBy('id', 'desc').limit(limit).execute();
        return rows.map(fromHistoryRow);
      }),
  };
}

/** Writes a consent in a transaction of somebody else, with its line of history. */
export async function recordConsent(
  db: Transaction<Schema>,
  seal: SessionSeal,
  consent: Consent,
  how: { readonly id: ConsentEntryId; readonly at: number; readonly by: string },
): Promise<Recorded> {
  const row = toConsentRow(consent, seal, how);
  const { recipient: _sealed, ...line } = row;
  await db
    .insertInto('consent_history')
    .values({ id: how.id, kind: 'consent', ...line })
    .execute();
  const key = db.selectFrom('consents').select(['consent_date', 'status']).where('brand', '=', row.brand);
  const standing = await key
    .where('recipient_token', '=', row.recipient_token)
    .where('recipient_type', '=', row.recipient_type)
    .where('type', '=', row.type)
    .executeTakeFirst();
  const before = standing && { consentDate: standing.consent_date, status: standing.status as Consent['status'] };
  if (before !== undefined && !supersedes(consent, before)) return 'older';
  const { brand: _b, recipient_token: _t, recipient_type: _r, type: _y, ...changed } = row;
  const insert = db.insertInto('consents').values(row);
  await insert
    .onConflict((conflict) => conflict.columns(['brand', 'recipient_token', 'recipient_type', 'type']).doUpdateSet(changed))
    .execute();
  return 'stands';
}

async function block(db: Transaction<Schema>, seal: SessionSeal, entry: DoNotContact, id: ConsentEntryId): Promise<void> {
  const { brand, recipient, reason, since, by } = entry;
  const key = { brand, recipient_token: tokenFor(seal, recipient) };
  const row: DoNotContactRow = { ...key, recipient: seal.seal(recipient), reason, since, recorded_by: by };
  const insert = db.insertInto('do_not_contact').values(row);
  // Who asked first keeps the date: it is what the brand is held to.
  const made = await insert.onConflict((conflict) => conflict.columns(['brand', 'recipient_token']).doNothing()).executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 0n) return;
  const line = { id, ...key, reason, since, recorded_by: by };
  await db
    .insertInto('consent_history')
    .values(blockLine(line, 'set', since))
    .execute();
}

function blockLine(
  { id, brand, recipient_token, reason, since, recorded_by }: Omit<DoNotContactRow, 'recipient'> & { readonly id: string },
  status: 'set' | 'lifted',
  at: number,
): ConsentHistoryRow {
  const kind = { kind: 'do-not-contact', recipient_type: null, type: null, status, source: '' };
  return { id, brand, recipient_token, ...kind, consent_date: since, evidence: reason, recorded_at: at, recorded_by };
}

function fromConsentRow(row: ConsentRow, recipient: string): Consent {
  return {
    brand: row.brand as Consent['brand'],
    recipient,
    recipientType: row.recipient_type as Consent['recipientType'],
    type: row.type as Consent['type'],
    status: row.status as Consent['status'],
    source: row.source as Consent['source'],
    consentDate: row.consent_date,
    evidence: row.evidence,
  };
}

function fromBlockRow({ brand, reason, since, recorded_by }: DoNotContactRow, recipient: string): DoNotContact {
  return { brand: brand as DoNotContact['brand'], recipient, reason, since, by: recorded_by };
}

function fromHistoryRow(row: ConsentHistoryRow): ConsentLine {
  return {
    id: row.id as ConsentEntryId,
    kind: row.kind as ConsentLine['kind'],
    recipientType: row.recipient_type as ConsentLine['recipientType'],
    type: row.type as ConsentLine['type'],
    status: row.status as ConsentLine['status'],
    source: row.source,
    consentDate: row.consent_date,
    evidence: row.evidence,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  };
}

function inOrder(a: Consent, b: Consent): number {
  return a.recipientType < b.recipientType ? -1 : a.recipientType > b.recipientType ? 1 : a.type < b.type ? -1 : 1;
}
