import type { CallbackRequest } from '../domain/callback-request.ts';
import type { CallbackRequestStore } from '../ports/callback-requests.ts';
import type { Database } from './database.ts';
import type { CallbackRequestRow } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** Promised return calls. A number whose seal cannot be opened any more comes back empty: nobody can be called there. */
export function createCallbackRequestStore(database: Database, seal: SessionSeal): CallbackRequestStore {
  return {
    get: (id) =>
      database.run(async (db) => {
        const row = await db.selectFrom('callback_requests').selectAll().where('id', '=', id).executeTakeFirst();
        return row && fromCallbackRow(row, seal);
      }),

    list: ({ brand, state, group, before, limit }) =>
      database.run(async (db) => {
        let query = db.selectFrom('callback_requests').selectAll().where('brand', '=', brand);
        if (state !== undefined) query = query.where('state', '=', state);
        if (group !== undefined) query = query.where('group_name', '=', group);
        if (before !== undefined) query = query.where('id', '<', before);
        return (await query.orderBy('id', 'desc').limit(limit).execute()).map((row) => fromCallbackRow(row, seal));
      }),

    close: (id, state, by, at) =>
      database.run(async (db) => {
        const update = db.updateTable('callback_requests').set({ state, closed_at: at, closed_by: by });
        const result = await update.where('id', '=', id).where('state', '=', 'open').executeTakeFirst();
        return result.numUpdatedRows > 0n;
      }),
  };
}

export function toCallbackRow(request: CallbackRequest, seal: SessionSeal): CallbackRequestRow {
  const { id, brand, language, reason, state } = request;
  return {
    ...{ id, brand, language, reason, state },
    group_name: request.group,
    number: seal.seal(request.number),
    number_token: seal.token('recipient', request.number),
    call_id: request.callId,
    requested_at: request.requestedAt,
    closed_at: request.closedAt,
    closed_by: request.closedBy,
  };
}

function fromCallbackRow(row: CallbackRequestRow, seal: SessionSeal): CallbackRequest {
  return {
    id: row.id as CallbackRequest['id'],
    brand: row.brand as CallbackRequest['brand'],
    callId: row.call_id as CallbackRequest['callId'],
    group: row.group_name,
    number: (seal.open(row.number) ?? '') as CallbackRequest['number'],
    language: row.language as CallbackRequest['language'],
    reason: row.reason,
    requestedAt: row.requested_at,
    state: row.state as CallbackRequest['state'],
    closedAt: row.closed_at,
    closedBy: row.closed_by,
  };
}
