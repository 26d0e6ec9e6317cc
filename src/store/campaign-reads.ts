import type { Kysely } from 'kysely';
import type { AttemptOutcome } from '../domain/attempt.ts';
import type { CampaignStore, ContactCount, ContactHistory } from '../ports/campaign-store.ts';
import { fromAttemptRow, fromContactRow } from './campaign-rows.ts';
import type { CampaignContactRow } from './campaign-schema.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

type Reads = 'openAttempts' | 'counts' | 'sums' | 'contacts' | 'history' | 'contact';

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

    sums: (_brand, id) => database.run((db) => sumsOf(db, id)),

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
  return rows.map((row) => ({
    contact: fromContactRow(row),
    attempts: attempts.filter(({ campaign, contact }) => campaign === row.campaign && contact === row.contact),
  }));
}

async function sumsOf(db: Kysely<Schema>, id: string) {
  const ended = db.selectFrom('attempts').where('campaign', '=', id).where('state', '=', 'ended').where('outcome', '<>', 'withdrawn');
  const rows = await ended
    .select('outcome')
    .select((eb) => [
      eb.fn.countAll().as('count'),
      eb.fn.count('answered_at').as('answered'),
      eb.fn.count('heard_share').as('heard'),
      eb.fn.sum('heard_share').as('share'),
    ])
    .groupBy('outcome')
    .execute();
  const talks = await ended
    .select((eb) => [eb.fn.sum(eb('ended_at', '-', eb.ref('answered_at'))).as('ms'), eb.fn.count('contact').distinct().as('tried')])
    .executeTakeFirst();
  const keyed = await ended
    .select((eb) => eb.fn.countAll().as('count'))
    .where('keys', '>', 0)
    .executeTakeFirst();
  const sum = (of: (row: (typeof rows)[number]) => unknown): number => rows.reduce((total, row) => total + Number(of(row) ?? 0), 0);
  const heard = sum((row) => row.heard);
  return {
    attempts: sum((row) => row.count),
    tried: Number(talks?.tried ?? 0),
    answered: sum((row) => row.answered),
    interacted: Number(keyed?.count ?? 0),
    heardShare: heard === 0 ? null : sum((row) => row.share) / heard,
    talkMs: Number(talks?.ms ?? 0),
    byOutcome: rows.map((row) => ({ outcome: row.outcome as AttemptOutcome, count: Number(row.count) })),
  };
}
