import type { Transaction } from 'kysely';
import type { RegistryKey } from '../ports/consent-registry.ts';
import type { Heard, PullState, RegistryStore } from '../ports/registry-store.ts';
import { tokenFor } from './consent-rows.ts';
import { recordConsent } from './consents.ts';
import type { Database } from './database.ts';
import { putHeld } from './registry-held.ts';
import type { RegistryPullRow } from './registry-schema.ts';
import type { Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** What is heard of the registry. */
export function registryPulls(
  database: Database,
  seal: SessionSeal,
): Pick<RegistryStore, 'pulls' | 'take' | 'pullFailed' | 'unchecked' | 'closeGap' | 'hear'> {
  return {
    pulls: (brand) =>
      database.run(async (db) => {
        const rows = await db.selectFrom('registry_pulls').selectAll().where('brand', '=', brand).orderBy('side').execute();
        return rows.map(fromPullRow);
      }),

    take: (brand, { side, consents, cursor, pulledAt, gap }) =>
      // Under the lock of consents: what stands is read and written.
      database.write('consents', async (db) => {
        let changed = 0;
        for (const one of consents) if (await takeOne(db, seal, one)) changed += 1;
        const missing = { gap_from: gap?.from ?? null, gap_seen_at: gap?.seenAt ?? null };
        const row = { brand, side, after: cursor, pulled_at: pulledAt, failed_at: null, error: null, ...missing };
        const { pulled_at: _at, ...rest } = row;
        const insert = db.insertInto('registry_pulls').values(row);
        const changes = { ...(pulledAt === null ? rest : row) };
        await insert.onConflict((conflict) => conflict.columns(['brand', 'side']).doUpdateSet(changes)).execute();
        return changed;
      }),

    hear: (one) => database.write('consents', (db) => takeOne(db, seal, one)),

    unchecked: (brand, since, limit) =>
      database.run(async (db) => {
        const agreed = db
          .selectFrom('consents as c')
          .leftJoin('registry_held as h', (join) =>
            join
              .onRef('h.brand', '=', 'c.brand')
              .onRef('h.recipient_token', '=', 'c.recipient_token')
              .onRef('h.recipient_type', '=', 'c.recipient_type')
              .onRef('h.type', '=', 'c.type'),
          )
          .select(['c.recipient', 'c.recipient_type', 'c.type'])
          .where('c.brand', '=', brand)
          .where('c.status', '=', 'ONAY');
        const old = agreed.where((eb) => eb.or([eb('h.learned_at', 'is', null), eb('h.learned_at', '<', since)]));
        const rows = await old.orderBy('c.recipient_token').orderBy('c.type').limit(limit).execute();
        return rows.flatMap(({ recipient, recipient_type, type }) => {
          const open = seal.open(recipient);
          return open === undefined ? [] : [{ recipient: open, recipientType: recipient_type, type } as RegistryKey];
        });
      }),

    closeGap: (brand) =>
      database.run(async (db) => {
        await db.updateTable('registry_pulls').set({ gap_from: null, gap_seen_at: null }).where('brand', '=', brand).execute();
      }),

    pullFailed: (brand, side, at, error) =>
      database.run(async (db) => {
        const failed = { failed_at: at, error };
        const insert = db
          .insertInto('registry_pulls')
          .values({ brand, side, after: null, pulled_at: null, gap_from: null, gap_seen_at: null, ...failed });
        await insert.onConflict((conflict) => conflict.columns(['brand', 'side']).doUpdateSet(failed)).execute();
      }),
  };
}

/** What is as it stands, such as what we sent ourselves, or what was read before, makes no new line of history. */
async function takeOne(db: Transaction<Schema>, seal: SessionSeal, { consent, how }: Heard): Promise<boolean> {
  const { brand, recipientType, type, status, consentDate } = consent;
  const token = tokenFor(seal, consent.recipient);
  const key = { brand, recipient_token: token, recipient_type: recipientType, type };
  await putHeld(db, key, { status, consentDate }, how.at);
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
