import { sql } from 'kysely';
import type { AgentStateKind } from '../domain/agent.ts';
import type { UserId } from '../domain/ids.ts';
import type { AcdLog } from '../ports/acd-log.ts';
import type { Database } from './database.ts';
import { fromEventRow } from './floor-rows.ts';

/** Reads the floor's facts by the index of their time, so that a page costs the same wherever it lies. */
export function createAcdLog(database: Database): AcdLog {
  return {
    page: ({ brand, from, to, after, kinds, agent, limit }) =>
      database.run(async (db) => {
        let query = db.selectFrom('acd_events').selectAll().where('brand', '=', brand).where('at', '>=', from).where('at', '<', to);
        if (after !== undefined) query = query.where(sql<boolean>`(at, id) > (${after.at}, ${after.id})`);
        if (kinds !== undefined) query = query.where('kind', 'in', [...kinds]);
        if (agent !== undefined) query = query.where('agent', '=', agent);
        return (await query.orderBy('at').orderBy('id').limit(limit).execute()).map(fromEventRow);
      }),

    statesAt: (brand, at) =>
      database.run(async (db) => {
        const rows = await db
          .selectFrom('agent_states')
          .select((eb) => [
            'user_id',
            eb
              .selectFrom('acd_events')
              .select('data')
              .whereRef('acd_events.agent', '=', 'agent_states.user_id')
              .where('acd_events.brand', '=', brand)
              .where('acd_events.kind', '=', 'agent-state')
              .where('acd_events.at', '<', at)
              .orderBy('acd_events.at', 'desc')
              .orderBy('acd_events.id', 'desc')
              .limit(1)
              .as('last'),
          ])
          .where('brand', '=', brand)
          .execute();
        return new Map(rows.flatMap(({ user_id, last }) => (last === null ? [] : [[user_id as UserId, stateIn(last)] as const])));
      }),

    ofCalls: (calls) =>
      database.run(async (db) => {
        if (calls.length === 0) return [];
        const rows = await db
          .selectFrom('acd_events')
          .selectAll()
          .where('call_id', 'in', [...new Set(calls)])
          .orderBy('at')
          .orderBy('id')
          .execute();
        return rows.map(fromEventRow);
      }),
  };
}

function stateIn(data: string): AgentStateKind {
  return (JSON.parse(data) as { readonly to: AgentStateKind }).to;
}
