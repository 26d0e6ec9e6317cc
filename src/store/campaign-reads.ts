import type { Kysely } from 'kysely';
import type { AttemptId } from '../domain/ids.ts';
import type { CampaignStore, ContactCount, ContactHistory } from '../ports/campaign-store.ts';
import { fromAttemptRow, fromContactRow } from './campaign-rows.ts';
import type { CampaignContactRow } from './campaign-schema.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

type Reads = 'openAttempts' | 'counts' | 'contacts' | 'history' | 'contact';

/** What is told of campaigns: everything is counted from the rows themselves. */
export function campaignReads(database: Database): Pick<CampaignStore, Reads> {
  return {
    openAttempts: (brand) =>
      database.run(async (db) => {
        const open = db.selectFrom('attempts').selectAll().where('brand', '=', brand).where('state', '=', 'dialing');
        return (await open.orderBy('id').execute()).map(fromAttemptRow);
      }),

    counts: (_brand, id) =>
      database.run(async (db) => {
        const rows = await db
          .selectFrom('campaign_contacts')
          .select(['state', 'outcome', 'wait_reason'])
          .select((eb) => [eb.fn.countAll().as('count'), eb.fn.min('due_at').as('first'), eb.fn.max('due_at').as('last')])
          .where('campaign', '=', id)
          .groupBy(['state', 'outcome', 'wait_reason'])
          .execute();
        return rows.map((row) => ({
          state: row.state as ContactCount['state'],
          outcome: row.outcome as ContactCount['outcome'],
          waitReason: row.wait_reason as ContactCount['waitReason'],
          count: Number(row.count),
          firstAt: Number(row.first),
          lastAt: Number(row.last),
        }));
      }),

    contacts: (_brand, id, { state, outcome, number, after, limit }) =>
      database.run(async (db) => {
        let query = db.selectFrom('campaign_contacts').selectAll().where('campaign', '=', id);
        if (state !== undefined) query = query.where('state', '=', state);
        if (outcome !== undefined) query = query.where('outcome', '=', outcome);
        if (number !== undefined) query = query.where('number_token', '=', number);
        if (after !== undefined) query = query.where('seq', '>', after);
        return withAttempts(db, await query.orderBy('seq').limit(limit).execute());
      }),

    history: (brand, number, limit) =>
      database.run(async (db) => {
        const query = db.selectFrom('campaign_contacts').selectAll().where('brand', '=', brand).where('number_token', '=', number);
        return withAttempts(db, await query.orderBy('campaign', 'desc').limit(limit).execute());
      }),

    contact: (brand, campaign, contact) =>
      database.run(async (db) => {
        const query = db.selectFrom('campaign_contacts').selectAll().where('campaign', '=', campaign).where('contact', '=', contact);
        const row = await query.where('brand', '=', brand).executeTakeFirst();
        return row && fromContactRow(row);
      }),
  };
}

async function withAttempts(db: Kysely<Schema>, rows: readonly CampaignContactRow[]): Promise<readonly ContactHistory[]> {
  if (rows.length === 0) return [];
  const campaigns = [...new Set(rows.map(({ campaign }) => campaign))];
  const contacts = [...new Set(rows.map(({ contact }) => contact))];
  const made = db.selectFrom('attempts').selectAll().where('campaign', 'in', campaigns).where('contact', 'in', contacts);
  const attempts = (await made.where('state', '<>', 'void').orderBy('no').execute()).map(fromAttemptRow);
  const answered = attempts.filter(({ answeredAt }) => answeredAt !== null).map(({ id }) => id);
  const choices = await choicesIn(db, campaigns, answered);
  return rows.map((row) => {
    const own = attempts.filter(({ campaign, contact }) => campaign === row.campaign && contact === row.contact);
    const ids = new Set(own.map(({ id }) => id));
    return { contact: fromContactRow(row), attempts: own, choices: choices.filter(({ attempt }) => ids.has(attempt)) };
  });
}

async function choicesIn(
  db: Kysely<Schema>,
  campaigns: readonly string[],
  attempts: readonly AttemptId[],
): Promise<ContactHistory['choices']> {
  if (attempts.length === 0) return [];
  const made = db.selectFrom('attempt_choices').select(['attempt', 'flow', 'node', 'keys']).where('campaign', 'in', campaigns);
  const rows = await made.where('attempt', 'in', attempts).orderBy('attempt').orderBy('seq').execute();
  return rows.map((row) => ({ ...row, attempt: row.attempt as AttemptId }));
}
