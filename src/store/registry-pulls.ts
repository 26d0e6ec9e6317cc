import type { ExpressionBuilder, Kysely, Transaction } from 'kysely';
import type { BrandId } from '../domain/brand.ts';
import { LOST_FOR_MS } from '../domain/consent-registry.ts';
import type { Heard, PullState, RegistryStore, Unchecked } from '../ports/registry-store.ts';
import { insertAudit } from './audit.ts';
import { tokenFor } from './consent-rows.ts';
import { recordConsent } from './consents.ts';
import type { Database } from './database.ts';
import { putHeld, putUnread } from './registry-held.ts';
import type { RegistryPullRow } from './registry-schema.ts';
import type { Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** What is heard of the registry. */
export function registryPulls(
  database: Database,
  seal: SessionSeal,
): Pick<RegistryStore, 'pulls' | 'take' | 'pullFailed' | 'unchecked' | 'markUnread' | 'closeGap' | 'hear'> {
  return {
    pulls: (brand) =>
      database.run(async (db) => {
        const rows = await db.selectFrom('registry_pulls').selectAll().where('brand', '=', brand).orderBy('side').execute();
        return rows.map(fromPullRow);
      }),

    take: (brand, { side, consents, unread, lost, note, cursor, at, pulledAt, gap }) =>
      // Under the lock of consents: what stands is read and written.
      database.write('consents', async (db) => {
        let changed = 0;
        for (const one of consents) if (await takeOne(db, seal, one, 'change')) changed += 1;
        const fresh = await markAll(
          db,
          brand,
          unread.map((key) => ({ ...key, token: tokenFor(seal, key.recipient) })),
          at,
        );
        if (fresh + lost > 0) await insertAudit(db, note(fresh + lost));
        const missing = { gap_from: gap?.from ?? null, gap_seen_at: gap?.seenAt ?? null };
        const row = { brand, side, after: cursor, pulled_at: pulledAt, failed_at: null, error: null, ...missing };
        const { pulled_at: _at, ...rest } = row;
        const insert = db.insertInto('registry_pulls').values({ ...row, lost: 0, lost_at: null });
        const changes = { ...(pulledAt === null ? rest : row) };
        await insert.onConflict((conflict) => conflict.columns(['brand', 'side']).doUpdateSet(changes)).execute();
        if (lost > 0) await countLost(db, brand, side, lost, at);
        return changed;
      }),

    hear: (one) => database.write('consents', (db) => takeOne(db, seal, one, 'standing')),

    unchecked: (brand, whose, before, limit) =>
      database.run(async (db) => {
        const standing = toCheck(db, brand).orderBy('c.recipient_token').orderBy('c.recipient_type').orderBy('c.type');
        const rows = await (whose === 'unread'
          ? standing.where('h.unread_at', 'is not', null).where('h.learned_at', '<', before)
          : standing.where((eb) => eb.or([eb('h.learned_at', 'is', null), eb('h.learned_at', '<', before)]))
        )
          .limit(limit)
          .execute();
        return rows.map(
          (row): Unchecked => ({
            token: row.recipient_token,
            recipient: seal.open(row.recipient) ?? null,
            recipientType: row.recipient_type as Unchecked['recipientType'],
            type: row.type as Unchecked['type'],
          }),
        );
      }),

    markUnread: (brand, ones, at, note) =>
      database.write('consents', async (db) => {
        const fresh = await markAll(db, brand, ones, at);
        if (fresh > 0) await insertAudit(db, note(fresh));
      }),

    closeGap: (brand) =>
      database.run(async (db) => {
        await db
          .updateTable('registry_pulls')
          .set({ gap_from: null, gap_seen_at: null, lost: 0, lost_at: null })
          .where('brand', '=', brand)
          .execute();
      }),

    pullFailed: (brand, side, at, error) =>
      database.run(async (db) => {
        const failed = { failed_at: at, error };
        const insert = db
          .insertInto('registry_pulls')
          .values({ brand, side, after: null, pulled_at: null, gap_from: null, gap_seen_at: null, lost: 0, lost_at: null, ...failed });
        await insert.onConflict((conflict) => conflict.columns(['brand', 'side']).doUpdateSet(failed)).execute();
      }),
  };
}

/** Consents (c), and what the registry is known to hold of them (h). */
export function consentsAndHeld(db: Kysely<Schema>, brand: BrandId) {
  return db
    .selectFrom('consents as c')
    .leftJoin('registry_held as h', (join) =>
      join
        .onRef('h.brand', '=', 'c.brand')
        .onRef('h.recipient_token', '=', 'c.recipient_token')
        .onRef('h.recipient_type', '=', 'c.recipient_type')
        .onRef('h.type', '=', 'c.type'),
    )
    .where('c.brand', '=', brand);
}

/** Consents that stand. */
export function toCheck(db: Kysely<Schema>, brand: BrandId) {
  return consentsAndHeld(db, brand)
    .select(['c.recipient_token', 'c.recipient', 'c.recipient_type', 'c.type'])
    .where('c.status', '=', 'ONAY');
}

/** Together with those of the last days. */
async function countLost(db: Transaction<Schema>, brand: BrandId, side: string, lost: number, at: number): Promise<void> {
  const counted = (eb: ExpressionBuilder<Schema, 'registry_pulls'>) =>
    eb
      .case()
      .when('lost_at', '>', at - LOST_FOR_MS)
      .then(eb('lost', '+', lost))
      .else(lost)
      .end();
  const update = db.updateTable('registry_pulls').set((eb) => ({ lost: counted(eb), lost_at: at }));
  await update.where('brand', '=', brand).where('side', '=', side).execute();
}

/** Gives how many are new. */
async function markAll(
  db: Transaction<Schema>,
  brand: BrandId,
  ones: readonly Pick<Unchecked, 'token' | 'recipientType' | 'type'>[],
  at: number,
): Promise<number> {
  let fresh = 0;
  for (const { token, recipientType, type } of ones)
    if (await putUnread(db, { brand, recipient_token: token, recipient_type: recipientType, type }, at)) fresh += 1;
  return fresh;
}

/** What is as it stands, such as what we sent ourselves, or what was read before, makes no new line of history. */
async function takeOne(db: Transaction<Schema>, seal: SessionSeal, { consent, how }: Heard, by: 'change' | 'standing'): Promise<boolean> {
  const { brand, recipientType, type, status, consentDate } = consent;
  const token = tokenFor(seal, consent.recipient);
  const key = { brand, recipient_token: token, recipient_type: recipientType, type };
  await putHeld(db, key, { status, consentDate }, how.at, by);
  const known = db.selectFrom('consent_history').select('id').where('brand', '=', brand).where('recipient_token', '=', token);
  const same = known.where('recipient_type', '=', recipientType).where('type', '=', type).where('status', '=', status);
  // The registry's clock has seconds, ours has more.
  const repeated = same.where('consent_date', '>=', consentDate).where('consent_date', '<', consentDate + 1000);
  if ((await repeated.executeTakeFirst()) !== undefined) return false;
  return (await recordConsent(db, seal, consent, how)) === 'stands';
}

function fromPullRow(row: RegistryPullRow): PullState {
  return {
    side: row.side as PullState['side'],
    cursor: row.after,
    pulledAt: row.pulled_at,
    failedAt: row.failed_at,
    error: row.error,
    gap: row.gap_from === null || row.gap_seen_at === null ? null : { from: row.gap_from, seenAt: row.gap_seen_at },
  };
}
