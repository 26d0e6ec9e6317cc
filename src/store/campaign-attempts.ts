import type { Transaction } from 'kysely';
import type { Choice } from '../domain/attempt.ts';
import type { BrandId } from '../domain/brand.ts';
import type { CampaignStore, Confirmed, Settlement } from '../ports/campaign-store.ts';
import { campaignOf, change, emergencyOf, isCalledBack, standingOf } from './campaign-facts.ts';
import { leavingsOf } from './campaign-leavers.ts';
import { fromAttemptRow, fromContactRow } from './campaign-rows.ts';
import type { AttemptRow, CampaignContactRow } from './campaign-schema.ts';
import type { Database } from './database.ts';
import { toMessageRow } from './message-rows.ts';
import type { Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** Who chooses more often than this in one call only plays. */
const MOST_CHOICES = 50;

/** An attempt from the last look before it is made to its end. */
export function attemptWrites(
  database: Database,
  seal: SessionSeal,
): Pick<CampaignStore, 'confirm' | 'withdraw' | 'settle' | 'releaseStale'> {
  return {
    confirm: ({ brand, attempt, now, gate }) =>
      database.write('campaigns', async (db): Promise<Confirmed> => {
        const row = await attemptOf(db, brand, attempt);
        // A lease that ran out may be somebody else's by now.
        if (row?.state !== 'leased' || row.lease_until <= now) return 'withdrawn';
        const contact = await contactOf(db, row);
        const campaign = await campaignOf(db, brand, row.campaign);
        if (contact === undefined || campaign === undefined) return 'withdrawn';
        const open = gate.campaign({ campaign, emergency: await emergencyOf(db, brand) }).kind === 'open';
        const standing = await standingOf(db, brand, contact.number_token);
        // The cap was asked when the lease was taken, and has this call among its own.
        const leavings = await leavingsOf(db, brand, row.campaign, contact.number_token);
        // That a campaign calls the number is this lease; a callback may have begun since.
        const isBusy = await isCalledBack(db, brand, contact.number_token);
        const verdict = gate.contact({ campaign, standing, leavings, calledAt: [], isBusy });
        if (!open || campaign.version !== row.campaign_version || verdict.kind !== 'call') {
          await takeBack(db, row, contact, verdict.kind === 'suppress' ? { state: 'suppressed', outcome: verdict.outcome } : undefined);
          return 'withdrawn';
        }
        await db.updateTable('attempts').set({ state: 'dialing', originated_at: now }).where('id', '=', row.id).execute();
        await change(db, contact, { state: 'dialing' });
        return 'go';
      }),

    withdraw: (brand, attempt, outcome) =>
      database.write('campaigns', async (db) => {
        const row = await attemptOf(db, brand, attempt);
        if (row?.state !== 'leased') return;
        const contact = await contactOf(db, row);
        if (contact !== undefined) await takeBack(db, row, contact, outcome === undefined ? undefined : { state: 'done', outcome });
      }),

    settle: (brand, id, end, decide, tell) =>
      database.write('campaigns', async (db): Promise<Settlement | undefined> => {
        const row = await attemptOf(db, brand, id);
        if (row?.state !== 'dialing') return undefined;
        const contact = await contactOf(db, row);
        const campaign = await campaignOf(db, brand, row.campaign);
        if (contact === undefined || campaign === undefined) return undefined;
        const former = await formerAttempts(db, row);
        const before = fromContactRow(contact);
        const { next, counted } = decide(campaign, before, former);
        const ended: AttemptRow = {
          ...row,
          state: 'ended',
          answered_at: end.answeredAt,
          ended_at: end.endedAt,
          outcome: end.outcome,
          sip_code: end.sipCode,
          counted: counted ? 1 : 0,
          heard_share: end.heardShare,
          keys: end.keys,
        };
        await db.updateTable('attempts').set(ended).where('id', '=', row.id).execute();
        await putChoices(db, row, end.choices);
        if (!counted) await forgetCall(db, row, contact);
        const changes = after(next, contact, former.length > 0, counted, isOver(campaign.state));
        await change(db, contact, changes);
        const settlement = { campaign, contact: fromContactRow({ ...contact, ...changes }), attempt: fromAttemptRow(ended), next };
        for (const message of tell(settlement)) {
          const insert = db.insertInto('messages').values(toMessageRow(message, seal));
          await insert.onConflict((conflict) => conflict.column('dedupe_key').doNothing()).execute();
        }
        return settlement;
      }),

    releaseStale: (brand, now) =>
      database.write('campaigns', async (db) => {
        const leased = db.selectFrom('attempts').selectAll().where('brand', '=', brand).where('state', '=', 'leased');
        const rows = await leased.where('lease_until', '<=', now).execute();
        for (const row of rows) {
          const contact = await contactOf(db, row);
          if (contact !== undefined) await takeBack(db, row, contact);
        }
        return rows.length;
      }),
  };
}

async function putChoices(
  db: Transaction<Schema>,
  { campaign, id: attempt, brand }: AttemptRow,
  choices: readonly Choice[],
): Promise<void> {
  if (choices.length === 0) return;
  const rows = choices.slice(0, MOST_CHOICES).map((choice, index) => ({ campaign, attempt, seq: index + 1, brand, ...choice }));
  await db.insertInto('attempt_choices').values(rows).execute();
}

function isOver(state: string): boolean {
  return state === 'cancelled' || state === 'done';
}

/** A campaign that is over calls nobody again: who would have been is closed with it. */
function after(
  next: Settlement['next'],
  contact: CampaignContactRow,
  wasTried: boolean,
  counted: boolean,
  over: boolean,
): Partial<CampaignContactRow> {
  const attempts = contact.attempts + (counted ? 1 : 0);
  if (next.kind === 'done') return { state: 'done', outcome: next.outcome, attempts, wait_reason: null };
  if (over) return { state: 'done', outcome: 'cancelled', attempts, wait_reason: null };
  if (next.kind === 'retry') return { state: 'waiting-retry', due_at: next.at, attempts, wait_reason: 'retry' };
  return { ...asBefore(wasTried), attempts };
}

function asBefore(wasTried: boolean): Partial<CampaignContactRow> {
  return wasTried ? { state: 'waiting-retry', wait_reason: 'retry' } : { state: 'pending', wait_reason: null };
}

/** Nobody was dialled: the attempt is void, and the contact as before, or what `instead` says. */
async function takeBack(
  db: Transaction<Schema>,
  row: AttemptRow,
  contact: CampaignContactRow,
  instead?: Partial<CampaignContactRow>,
): Promise<void> {
  await db.updateTable('attempts').set({ state: 'void' }).where('id', '=', row.id).execute();
  await forgetCall(db, row, contact);
  const campaign = await campaignOf(db, row.brand as BrandId, row.campaign);
  const closed = campaign !== undefined && isOver(campaign.state) ? { state: 'done', outcome: 'cancelled' } : undefined;
  const former = await formerAttempts(db, row);
  await change(db, contact, { ...asBefore(former.length > 0), ...closed, ...instead });
}

async function forgetCall(db: Transaction<Schema>, row: AttemptRow, { number_token }: CampaignContactRow): Promise<void> {
  const noted = db.deleteFrom('number_calls').where('brand', '=', row.brand).where('number_token', '=', number_token);
  await noted.where('id', '=', row.id).execute();
}

async function attemptOf(db: Transaction<Schema>, brand: BrandId, id: string): Promise<AttemptRow | undefined> {
  return db.selectFrom('attempts').selectAll().where('id', '=', id).where('brand', '=', brand).executeTakeFirst();
}

async function contactOf(db: Transaction<Schema>, { campaign, contact }: AttemptRow): Promise<CampaignContactRow | undefined> {
  return db.selectFrom('campaign_contacts').selectAll().where('campaign', '=', campaign).where('contact', '=', contact).executeTakeFirst();
}

/** Those that were made before, without the void ones. */
async function formerAttempts(db: Transaction<Schema>, row: AttemptRow) {
  const all = db.selectFrom('attempts').selectAll().where('campaign', '=', row.campaign).where('contact', '=', row.contact);
  const rows = await all.where('state', '=', 'ended').where('no', '<', row.no).orderBy('no').execute();
  return rows.map(fromAttemptRow);
}
