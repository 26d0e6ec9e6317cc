import type { CallbackRequest } from '../domain/callback-request.ts';
import type { CallbackRequestRow } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

export function toCallbackRow(request: CallbackRequest, seal: SessionSeal): CallbackRequestRow {
  const { id, brand, language, reason, state, origin, since } = request;
  return {
    ...{ id, brand, language, reason, state, origin, since },
    group_name: request.group,
    number: seal.seal(request.number),
    number_token: seal.token('recipient', request.number),
    call_id: request.callId,
    requested_at: request.requestedAt,
    closed_at: request.closedAt,
    closed_by: request.closedBy,
  };
}

/** A number whose seal cannot be opened any more comes back empty: nobody can be called there. */
export function fromCallbackRow(row: CallbackRequestRow, seal: SessionSeal): CallbackRequest {
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
    origin: row.origin as CallbackRequest['origin'],
    since: row.since,
  };
}
