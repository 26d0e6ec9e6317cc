import type { Transaction } from 'kysely';
import type { ContactVerdict } from '../dialer/gate.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { CampaignStore, Leased, LeaseOrder } from '../ports/campaign-store.ts';
import { calledSince, campaignOf, change, emergencyOf, isBeingCalled, isCalledBack, standingOf } from './campaign-facts.ts';
import { leavingsOf } from './campaign-leavers.ts';
import { fromAttemptRow } from './campaign-rows.ts';
import type { AttemptRow, CampaignContactRow } from './campaign-schema.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** Taking the next contact: gate, contact and attempt in one transaction. */
export function leaseWrites(database: Database): Pick<CampaignStore, 'lease'> {
  return { lease: (order) => database.write('campaigns', (db) => lease(db, order)) };
}

async function lease(db: Transaction<Schema>, order: LeaseOrder): Promise<Leased> {
  const { brand, gate, now, look } = order;
  const campaign = await campaignOf(db, brand, order.campaign);
  if (campaign === undefined) return { kind: 'shut' };
  if (gate.campaign({ campaign, emergency: await emergencyOf(db, brand) }).kind === 'shut') return { kind: 'shut' };
  const candidates = await dueContacts(db, order.campaign, now, look);
  for (const row of candidates) {
    const verdict = await judge(db, order, campaign, row);
    if (verdict.kind === 'call') return { kind: 'leased', attempt: await take(db, order, campaign, row), campaign };
    await passOver(db, row, verdict);
  }
  return candidates.length === 0 ? nobodyDue(db, order) : { kind: 'passed' };
}

/** Those who wait for another try come first: they were promised a time. */
async function dueContacts(db: Transaction<Schema>, campaign: string, now: number, look: number): Promise<readonly CampaignContactRow[]> {
  const all = db.selectFrom('campaign_contacts').selectAll().where('campaign', '=', campaign);
  const retries = all.where('state', '=', 'waiting-retry').where('due_at', '<=', now);
  const due = await retries.orderBy('due_at').orderBy('seq').limit(look).execute();
  if (due.length > 0) return due;
  return all.where('state', '=', 'pending').orderBy('due_at').orderBy('seq').limit(look).execute();
}

async function judge(db: Transaction<Schema>, order: LeaseOrder, campaign: Campaign, row: CampaignContactRow): Promise<ContactVerdict> {
  const { brand, now, cap, gate } = order;
  const standing = await standingOf(db, brand, row.number_token);
  const calledAt = await calledSince(db, brand, row.number_token, now - cap.withinMs);
  const isBusy = (await isBeingCalled(db, brand, row.number_token)) || (await isCalledBack(db, brand, row.number_token));
  const leavings = await leavingsOf(db, brand, row.campaign, row.number_token);
  return gate.contact({ campaign, standing, leavings, calledAt, isBusy });
}

async function take(db: Transaction<Schema>, order: LeaseOrder, campaign: Campaign, row: CampaignContactRow) {
  const { brand, attemptId, callId, now, leaseMs, callerIdOf } = order;
  const last = await db
    .selectFrom('attempts')
    .select((eb) => eb.fn.max('no').as('no'))
    .where('campaign', '=', row.campaign)
    .where('contact', '=', row.contact)
    .executeTakeFirst();
  // Whom they saw calling first is who calls again.
  const callerId = row.caller_id ?? callerIdOf(campaign, row.seq);
  const attempt: AttemptRow = {
    id: attemptId,
    brand,
    campaign: row.campaign,
    contact: row.contact,
    no: Number(last?.no ?? 0) + 1,
    call_id: callId,
    caller_id: callerId,
    state: 'leased',
    campaign_version: campaign.version,
    created_at: now,
    lease_until: now + leaseMs,
    ...{ originated_at: null, answered_at: null, ended_at: null, outcome: null, sip_code: null },
    ...{ counted: 0, heard_share: null, keys: 0 },
  };
  await db.insertInto('attempts').values(attempt).execute();
  await db.insertInto('number_calls').values({ brand, number_token: row.number_token, id: attemptId, at: now }).execute();
  await change(db, row, { state: 'leased', caller_id: callerId, wait_reason: null });
  return fromAttemptRow(attempt);
}

async function passOver(
  db: Transaction<Schema>,
  row: CampaignContactRow,
  verdict: Exclude<ContactVerdict, { kind: 'call' }>,
): Promise<void> {
  if (verdict.kind === 'suppress') await change(db, row, { state: 'suppressed', outcome: verdict.outcome, wait_reason: null });
  else await change(db, row, { state: 'waiting-retry', due_at: verdict.until, wait_reason: verdict.reason });
}

async function nobodyDue(db: Transaction<Schema>, { campaign }: LeaseOrder): Promise<Leased> {
  const all = db.selectFrom('campaign_contacts').where('campaign', '=', campaign);
  const next = await all
    .select((eb) => eb.fn.min('due_at').as('at'))
    .where('state', '=', 'waiting-retry')
    .executeTakeFirst();
  const busy = await all
    .select((eb) => eb.fn.countAll().as('count'))
    .where('state', 'in', ['leased', 'dialing'])
    .executeTakeFirst();
  const at = next?.at ?? null;
  return { kind: 'none', nextAt: at === null ? null : Number(at), busy: Number(busy?.count ?? 0) };
}
