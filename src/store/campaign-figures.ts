import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import type { AttemptOutcome } from '../domain/attempt.ts';
import type { CampaignId } from '../domain/ids.ts';
import type { CampaignStore, Standing } from '../ports/campaign-store.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

type Figures = 'sums' | 'standings' | 'madeBetween' | 'madeBy' | 'madeSince' | 'choices';

/** What campaign managers look at, counted from the rows themselves. */
export function campaignFigures(database: Database): Pick<CampaignStore, Figures> {
  return {
    sums: (_brand, id) => database.run((db) => sumsOf(db, id)),

    standings: (_brand, ids) =>
      database.run(async (db) => {
        if (ids.length === 0) return [];
        const rows = await db
          .selectFrom('campaign_contacts')
          .select(['campaign', 'state', 'outcome'])
          .select((eb) => eb.fn.countAll().as('count'))
          .where('campaign', 'in', ids)
          .groupBy(['campaign', 'state', 'outcome'])
          .execute();
        return [...new Set(rows.map(({ campaign }) => campaign))].map((campaign): Standing => {
          const sum = (fits: (row: (typeof rows)[number]) => boolean): number =>
            rows.filter((row) => row.campaign === campaign && fits(row)).reduce((total, { count }) => total + Number(count), 0);
          return {
            campaign: campaign as CampaignId,
            contacts: sum(() => true),
            waiting: sum(({ state }) => state === 'pending' || state === 'waiting-retry'),
            calling: sum(({ state }) => state === 'leased' || state === 'dialing'),
            delivered: sum(({ outcome }) => outcome === 'delivered'),
          };
        });
      }),

    madeBetween: (_brand, id) =>
      database.run(async (db) => {
        const made = db.selectFrom('attempts').where('campaign', '=', id).where('originated_at', 'is not', null);
        const row = await made
          .select((eb) => [eb.fn.min('originated_at').as('first'), eb.fn.max('originated_at').as('last')])
          .executeTakeFirst();
        return row?.first == null || row.last == null ? null : { first: Number(row.first), last: Number(row.last) };
      }),

    madeBy: (_brand, id, stepMs) =>
      database.run(async (db) => {
        // A bound value is floating point in SQLite, and would not divide into whole steps.
        const step = sql<number>`originated_at / ${sql.lit(Math.trunc(stepMs))}`;
        const made = db.selectFrom('attempts').where('campaign', '=', id).where('originated_at', 'is not', null);
        const rows = await made
          .where(wasMade)
          .select(step.as('step'))
          .select((eb) => [
            eb.fn.countAll().as('made'),
            eb.fn.count('answered_at').as('answered'),
            eb.fn.sum(eb.case().when('outcome', '=', 'delivered').then(1).else(0).end()).as('delivered'),
          ])
          .groupBy(step)
          .orderBy('step')
          .execute();
        return rows.map((row) => ({
          at: Number(row.step) * stepMs,
          made: Number(row.made),
          answered: Number(row.answered),
          delivered: Number(row.delivered),
        }));
      }),

    madeSince: (_brand, id, since) =>
      database.run(async (db) => {
        const made = db.selectFrom('attempts').where('campaign', '=', id).where('originated_at', '>=', since);
        const row = await made
          .select((eb) => eb.fn.countAll().as('count'))
          .where(wasMade)
          .executeTakeFirst();
        return Number(row?.count ?? 0);
      }),

    choices: (_brand, id) =>
      database.run(async (db) => {
        const rows = await db
          .selectFrom('attempt_choices')
          .select(['flow', 'node', 'keys'])
          .select((eb) => eb.fn.count('attempt').distinct().as('count'))
          .where('campaign', '=', id)
          .groupBy(['flow', 'node', 'keys'])
          .orderBy('flow')
          .orderBy('node')
          .orderBy('keys')
          .execute();
        return rows.map((row) => ({ ...row, count: Number(row.count) }));
      }),
  };
}

/** Neither void nor taken back by ourselves. */
function wasMade(eb: ExpressionBuilder<Schema, 'attempts'>) {
  return eb.and([eb('state', 'in', ['dialing', 'ended']), eb.or([eb('outcome', 'is', null), eb('outcome', '<>', 'withdrawn')])]);
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
    .select((eb) => [
      eb.fn.sum(eb('ended_at', '-', eb.ref('answered_at'))).as('ms'),
      eb.fn.sum(eb('ended_at', '-', eb.ref('originated_at'))).as('line'),
      eb.fn.count('contact').distinct().as('tried'),
    ])
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
    lineMs: Number(talks?.line ?? 0),
    byOutcome: rows.map((row) => ({ outcome: row.outcome as AttemptOutcome, count: Number(row.count) })),
  };
}
