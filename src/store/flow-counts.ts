import { sql } from 'kysely';
import type { CountedStep, FlowCountStore } from '../ports/drafts.ts';
import type { Database } from './database.ts';
import type { FlowCountRow } from './flow-schema.ts';

/** Rows of one statement: below the number of parameters that both engines take. */
const ROWS_AT_ONCE = 200;

/** How often callers took each way through a flow, by the hour: read as sums of few rows, however many calls there were. */
export function createFlowCountStore(database: Database): FlowCountStore {
  return {
    add: (hour, steps) =>
      database.write('counts', async (db) => {
        const rows = steps.map((step) => toRow(step, hour));
        for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
          await db
            .insertInto('flow_counts')
            .values(rows.slice(from, from + ROWS_AT_ONCE))
            .onConflict((conflict) =>
              conflict
                .columns(['flow', 'hour', 'kind', 'node', 'exit', 'target'])
                .doUpdateSet({ count: sql<number>`flow_counts.count + excluded.count` }),
            )
            .execute();
      }),

    of: (flow, since) =>
      database.run(async (db) => {
        const rows = await db
          .selectFrom('flow_counts')
          .select(['flow', 'kind', 'node', 'exit', 'target'])
          .select((eb) => eb.cast<number>(eb.fn.sum('count'), 'bigint').as('count'))
          .where('flow', '=', flow)
          .where('hour', '>=', since)
          .groupBy(['flow', 'kind', 'node', 'exit', 'target'])
          .orderBy('node')
          .orderBy('kind')
          .orderBy('exit')
          .orderBy('target')
          .execute();
        return rows.map(fromRow);
      }),

    forget: (before) =>
      database.write('counts', async (db) => void (await db.deleteFrom('flow_counts').where('hour', '<', before).execute())),
  };
}

function toRow(step: CountedStep, hour: number): FlowCountRow {
  const { flow, kind, node, count } = step;
  const way = step.kind === 'exit' ? { exit: step.exit, target: step.to ?? '' } : { exit: '', target: '' };
  return { flow, hour, kind, node, ...way, count };
}

function fromRow({ flow, kind, node, exit, target, count }: Omit<FlowCountRow, 'hour'>): CountedStep {
  if (kind === 'exit') return { kind, flow, node, exit, to: target === '' ? null : target, count };
  return { kind: kind === 'hang-up' ? 'hang-up' : 'entered', flow, node, count };
}
