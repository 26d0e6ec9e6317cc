import type { Transaction } from 'kysely';
import type { PublishedScenarios, ScenarioChange, ScenarioTextStore } from '../ports/drafts.ts';
import type { Database } from './database.ts';
import type { FlowScenariosRow } from './flow-schema.ts';
import type { Schema } from './schema.ts';

/** Scenario files that were published with their flows. */
export function createScenarioTextStore(database: Database): ScenarioTextStore {
  return {
    newest: () =>
      database.run(async (db) => {
        const release = await db.selectFrom('releases').select('flows').orderBy('id', 'desc').limit(1).executeTakeFirst();
        const flows = Object.keys(release === undefined ? {} : (JSON.parse(release.flows) as Record<string, number>));
        if (flows.length === 0) return [];
        const newest = db
          .selectFrom('flow_scenarios')
          .select(({ fn }) => ['flow as of_flow', fn.max('number').as('last')])
          .groupBy('flow')
          .as('newest');
        const rows = await db
          .selectFrom('flow_scenarios')
          .innerJoin(newest, (join) =>
            join.onRef('newest.of_flow', '=', 'flow_scenarios.flow').onRef('newest.last', '=', 'flow_scenarios.number'),
          )
          .selectAll('flow_scenarios')
          .where('flow', 'in', flows)
          .orderBy('flow')
          .execute();
        return rows.map(fromRow);
      }),

    at: (flow, revision) =>
      database.run(async (db) => {
        const query = db.selectFrom('flow_scenarios').selectAll().where('flow', '=', flow).where('revision', '<=', revision);
        const row = await query.orderBy('number', 'desc').limit(1).executeTakeFirst();
        return row && fromRow(row);
      }),
  };
}

/** Within a release's transaction: the scenarios that are published with a revision of their flow. */
export async function insertScenarios(
  db: Transaction<Schema>,
  { source, replaces }: ScenarioChange,
  place: { readonly flow: string; readonly revision: number; readonly by: string; readonly now: number },
): Promise<void> {
  const { flow, revision, by, now } = place;
  const last = await db
    .selectFrom('flow_scenarios')
    .select('number')
    .where('flow', '=', flow)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const number = (last?.number ?? 0) + 1;
  await db.insertInto('flow_scenarios').values({ flow, number, revision, source, replaces, created_at: now, created_by: by }).execute();
}

function fromRow({ flow, revision, source, replaces }: FlowScenariosRow): PublishedScenarios {
  return { flow, revision, source, replaces };
}
