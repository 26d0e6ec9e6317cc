import type { Transaction } from 'kysely';
import type { BrandId } from '../domain/brand.ts';
import type { Campaign } from '../domain/campaign.ts';
import { SantralError } from '../domain/errors.ts';
import type { CampaignId, ListId } from '../domain/ids.ts';
import type { CampaignStore } from '../ports/campaign-store.ts';
import { attemptWrites } from './campaign-attempts.ts';
import { campaignOf } from './campaign-facts.ts';
import { campaignFigures } from './campaign-figures.ts';
import { leaseWrites } from './campaign-leases.ts';
import { leaverWrites } from './campaign-leavers.ts';
import { campaignReads } from './campaign-reads.ts';
import { fromCampaignRow, fromEmergencyRow, toCampaignRow } from './campaign-rows.ts';
import type { CampaignContactRow } from './campaign-schema.ts';
import type { Database } from './database.ts';
import { lead } from './lead.ts';
import type { Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** SQLite binds so many values at most in one statement, with room to spare. */
const ROWS_AT_ONCE = 500;

/** Campaigns, who is in them, and every try to reach somebody. */
export function createCampaignStore(database: Database, seal: SessionSeal): CampaignStore {
  return {
    ...plansOf(database),
    ...leaseWrites(database),
    ...leaverWrites(database),
    ...attemptWrites(database, seal),
    ...campaignReads(database),
    ...campaignFigures(database),
    ...stopsOf(database),
    lead: (brand, holder, now, until) => lead(database, 'campaigns', brand, holder, now, until),
  };
}

type Plans = 'create' | 'get' | 'list' | 'change' | 'move' | 'filled' | 'fill';

function plansOf(database: Database): Pick<CampaignStore, Plans> {
  return {
    create: (campaign) =>
      database.write('campaigns', async (db) => {
        await db.insertInto('campaigns').values(toCampaignRow(campaign)).execute();
        await putLists(db, campaign);
      }),

    get: (brand, id) =>
      database.run(async (db) => {
        const row = await db.selectFrom('campaigns').selectAll().where('brand', '=', brand).where('id', '=', id).executeTakeFirst();
        return row && fromCampaignRow(row);
      }),

    list: (brand) =>
      database.run(async (db) => {
        const rows = await db.selectFrom('campaigns').selectAll().where('brand', '=', brand).orderBy('id', 'desc').execute();
        return rows.map(fromCampaignRow);
      }),

    change: (brand, id, version, plan) =>
      database.write('campaigns', async (db) => {
        const before = await campaignOf(db, brand, id);
        if (before?.version !== version) throw new SantralError('store.conflict', 'The campaign was changed meanwhile.');
        const campaign = { ...before, ...plan, version: version + 1 };
        await db.updateTable('campaigns').set(toCampaignRow(campaign)).where('id', '=', id).execute();
        await putLists(db, campaign);
        return campaign;
      }),

    move: (brand, id, { from, to, at }) =>
      database.write('campaigns', async (db) => {
        const before = await campaignOf(db, brand, id);
        if (before === undefined || !from.includes(before.state)) return undefined;
        const isOver = to === 'done' || to === 'cancelled';
        const startedAt = to === 'running' ? (before.startedAt ?? at) : before.startedAt;
        const campaign: Campaign = { ...before, state: to, version: before.version + 1, startedAt, endedAt: isOver ? at : null };
        await db.updateTable('campaigns').set(toCampaignRow(campaign)).where('id', '=', id).execute();
        if (isOver) await closeWaiting(db, id, to === 'cancelled' ? 'cancelled' : 'expired');
        return campaign;
      }),

    filled: (_brand, id) =>
      database.run(async (db) => {
        const rows = await db.selectFrom('campaign_lists').selectAll().where('campaign', '=', id).orderBy('list').execute();
        return rows.map(({ list, filled_to }) => ({ list: list as ListId, upTo: filled_to }));
      }),

    fill: (brand, id, list, after, rows) =>
      database.write('campaigns', async (db) => {
        const upTo = rows.at(-1)?.rowNo;
        if (upTo === undefined) return true;
        const moved = db.updateTable('campaign_lists').set({ filled_to: upTo }).where('campaign', '=', id).where('list', '=', list);
        const { numUpdatedRows } = await moved.where('filled_to', '=', after).executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        const last = await db
          .selectFrom('campaign_contacts')
          .select((eb) => eb.fn.max('seq').as('seq'))
          .where('campaign', '=', id)
          .executeTakeFirst();
        const first = Number(last?.seq ?? 0) + 1;
        const all = rows.map((row, index) => newContact(brand, id, first + index, row));
        for (let from = 0; from < all.length; from += ROWS_AT_ONCE) {
          const insert = db.insertInto('campaign_contacts').values(all.slice(from, from + ROWS_AT_ONCE));
          await insert.onConflict((conflict) => conflict.columns(['campaign', 'number_token']).doNothing()).execute();
        }
        return true;
      }),
  };
}

function newContact(brand: BrandId, campaign: CampaignId, seq: number, row: { readonly id: string; readonly numberToken: string }) {
  const fresh = { state: 'pending', outcome: null, attempts: 0, due_at: 0, wait_reason: null, caller_id: null, version: 1 };
  return { ...fresh, campaign, seq, brand, contact: row.id, number_token: row.numberToken } satisfies CampaignContactRow;
}

/** A list that is taken away from a campaign leaves those who came from it. */
async function putLists(db: Transaction<Schema>, { id, lists }: Campaign): Promise<void> {
  for (const list of lists) {
    const insert = db.insertInto('campaign_lists').values({ campaign: id, list, filled_to: 0 });
    await insert.onConflict((conflict) => conflict.columns(['campaign', 'list']).doNothing()).execute();
  }
}

/** Who is being called keeps the outcome of that call. */
async function closeWaiting(db: Transaction<Schema>, campaign: CampaignId, outcome: 'cancelled' | 'expired'): Promise<void> {
  const waiting = db.updateTable('campaign_contacts').where('campaign', '=', campaign).where('state', 'in', ['pending', 'waiting-retry']);
  await waiting.set((eb) => ({ state: 'done', outcome, wait_reason: null, version: eb('version', '+', 1) })).execute();
}

function stopsOf(database: Database): Pick<CampaignStore, 'emergency' | 'setEmergency' | 'liftEmergency'> {
  return {
    emergency: (brand) =>
      database.run(async (db) => {
        const row = await db.selectFrom('emergency_stops').selectAll().where('brand', '=', brand).executeTakeFirst();
        return row === undefined ? null : fromEmergencyRow(row);
      }),
    setEmergency: ({ brand, since, by, reason }) =>
      database.write('campaigns', async (db) => {
        const insert = db.insertInto('emergency_stops').values({ brand, since, stopped_by: by, reason });
        await insert.onConflict((conflict) => conflict.column('brand').doNothing()).execute();
      }),
    liftEmergency: (brand) =>
      database.write('campaigns', async (db) => {
        const { numDeletedRows } = await db.deleteFrom('emergency_stops').where('brand', '=', brand).executeTakeFirst();
        return numDeletedRows > 0n;
      }),
  };
}
