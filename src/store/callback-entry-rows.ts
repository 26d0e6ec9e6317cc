import type { Callback } from '../domain/callback.ts';
import type { CallbackRow } from './callback-schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** Without the number and its token, which never change but by the wiping. */
export type CallbackChangeRow = Omit<CallbackRow, 'number' | 'number_token'>;

export function toCallbackChangeRow(one: Callback, seal: SessionSeal): CallbackChangeRow {
  const { id, brand, kind, origin, shown, language, queue, count, since, state, attempts, faults, agent, linked, reason, version } = one;
  return {
    ...{ id, brand, kind, origin, shown, language, queue, count, since, state, attempts, faults, agent, linked, reason, version },
    group_name: one.group,
    // What people say may hold their name.
    about: one.about === '' ? '' : seal.seal(one.about),
    first_at: one.firstAt,
    last_at: one.lastAt,
    due_at: one.dueAt,
    expires_at: one.expiresAt,
    call_id: one.callId,
    changed_at: one.changedAt,
    closed_at: one.closedAt,
    closed_by: one.closedBy,
  };
}

/** A number whose seal cannot be opened any more is as good as wiped: nobody can be called there. */
export function fromCallbackEntryRow(row: CallbackRow, seal: SessionSeal): Callback {
  return {
    id: row.id as Callback['id'],
    brand: row.brand as Callback['brand'],
    group: row.group_name,
    kind: row.kind as Callback['kind'],
    origin: row.origin as Callback['origin'],
    number: (row.number === null ? null : (seal.open(row.number) ?? null)) as Callback['number'],
    shown: row.shown,
    language: row.language as Callback['language'],
    about: aboutOf(row.about, seal),
    queue: row.queue,
    firstAt: row.first_at,
    lastAt: row.last_at,
    count: row.count,
    since: row.since,
    state: row.state as Callback['state'],
    attempts: row.attempts,
    faults: row.faults,
    dueAt: row.due_at,
    expiresAt: row.expires_at,
    agent: row.agent as Callback['agent'],
    callId: row.call_id as Callback['callId'],
    linked: row.linked as Callback['linked'],
    changedAt: row.changed_at,
    closedAt: row.closed_at,
    reason: row.reason as Callback['reason'],
    closedBy: row.closed_by,
    version: row.version,
  };
}

/** Entries of before this was sealed hold it as it is. */
function aboutOf(written: string, seal: SessionSeal): string {
  return written.startsWith('v1.') ? (seal.open(written) ?? '') : written;
}

export const numberToken = (seal: SessionSeal, number: string): string => seal.token('recipient', number);
