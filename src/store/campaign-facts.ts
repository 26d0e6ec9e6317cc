import type { Transaction } from 'kysely';
import type { ContactFacts } from '../dialer/gate.ts';
import type { BrandId } from '../domain/brand.ts';
import type { Campaign, EmergencyStop } from '../domain/campaign.ts';
import type { ConsentStatus, ConsentType, RecipientType } from '../domain/consent.ts';
import { fromCampaignRow, fromEmergencyRow } from './campaign-rows.ts';
import type { CampaignContactRow } from './campaign-schema.ts';
import { consentsAndHeld } from './registry-pulls.ts';
import type { Schema } from './schema.ts';

/** What a person said about being called, as it stands in this transaction. */
export async function standingOf(db: Transaction<Schema>, brand: BrandId, token: string): Promise<ContactFacts['standing']> {
  const consents = consentsAndHeld(db, brand).select(['c.recipient_type', 'c.type', 'c.status', 'h.unread_at']);
  const rows = await consents.where('c.recipient_token', '=', token).execute();
  // A consent of which nobody knows whether the registry still has it is none; a refusal is one all the same.
  const known = rows.filter(({ status, unread_at: unreadAt }) => status !== 'ONAY' || unreadAt === null);
  const blocked = db.selectFrom('do_not_contact').select('since').where('brand', '=', brand).where('recipient_token', '=', token);
  return {
    consents: known.map((row) => ({
      recipientType: row.recipient_type as RecipientType,
      type: row.type as ConsentType,
      status: row.status as ConsentStatus,
    })),
    doNotContact: (await blocked.executeTakeFirst()) !== undefined,
  };
}

/** When the number was called after `after`, oldest first. */
export async function calledSince(db: Transaction<Schema>, brand: BrandId, token: string, after: number): Promise<readonly number[]> {
  const calls = db.selectFrom('number_calls').select('at').where('brand', '=', brand).where('number_token', '=', token);
  const rows = await calls.where('at', '>', after).orderBy('at').execute();
  return rows.map(({ at }) => at);
}

/** Whether any campaign is calling the number at this moment. */
export async function isBeingCalled(db: Transaction<Schema>, brand: BrandId, token: string): Promise<boolean> {
  const rows = db.selectFrom('campaign_contacts').select('seq').where('brand', '=', brand).where('number_token', '=', token);
  return (await rows.where('state', 'in', ['leased', 'dialing']).executeTakeFirst()) !== undefined;
}

/** Whether somebody at that number is rung for a callback at this moment, or talks with whom it, or their own call, brought them to; but for `entry`. */
export async function isCalledBack(db: Transaction<Schema>, brand: string, token: string, entry = ''): Promise<boolean> {
  const all = db.selectFrom('callback_entries').select('id').where('brand', '=', brand).where('number_token', '=', token);
  const others = all.where('id', '<>', entry);
  if ((await others.where('state', '=', 'dialing').executeTakeFirst()) !== undefined) return true;
  const talks = others.where('state', '=', 'closed').where((eb) => {
    const up = eb.selectFrom('calls').select('calls.id').whereRef('calls.id', '=', 'callback_entries.call_id');
    return eb.exists(up.where('calls.state', '=', 'open'));
  });
  return (await talks.executeTakeFirst()) !== undefined;
}

export async function emergencyOf(db: Transaction<Schema>, brand: BrandId): Promise<EmergencyStop | null> {
  const row = await db.selectFrom('emergency_stops').selectAll().where('brand', '=', brand).executeTakeFirst();
  return row === undefined ? null : fromEmergencyRow(row);
}

export async function campaignOf(db: Transaction<Schema>, brand: BrandId, id: string): Promise<Campaign | undefined> {
  const row = await db.selectFrom('campaigns').selectAll().where('brand', '=', brand).where('id', '=', id).executeTakeFirst();
  return row && fromCampaignRow(row);
}

/** Every change of a contact in a campaign counts up its version. */
export async function change(db: Transaction<Schema>, row: CampaignContactRow, changes: Partial<CampaignContactRow>): Promise<void> {
  const one = db.updateTable('campaign_contacts').where('campaign', '=', row.campaign).where('seq', '=', row.seq);
  await one.set({ ...changes, version: row.version + 1 }).execute();
}
