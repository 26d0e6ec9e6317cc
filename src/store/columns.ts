import type { MissedCallRow } from './directory-schema.ts';
import type {
  CallbackRequestRow,
  CallRow,
  ConsentHistoryRow,
  ConsentRow,
  JournalRow,
  LegRow,
  MessageRow,
  RecordingRow,
  SessionRow,
} from './schema.ts';

/** Column types that both engines have. */
type ColumnType = 'text' | 'bigint';

/** A table of the hot path: its columns in order, and its key. The SQL of both engines is made from this. */
export interface HotTable<Row> {
  readonly name: string;
  readonly key: readonly (keyof Row & string)[];
  readonly columns: { readonly [C in keyof Row & string]: ColumnType };
}

export const CALLS: HotTable<CallRow> = {
  name: 'calls',
  key: ['id'],
  columns: {
    id: 'text',
    brand: 'text',
    direction: 'text',
    state: 'text',
    did: 'text',
    ani: 'text',
    flow: 'text',
    release_id: 'bigint',
    language: 'text',
    session_id: 'text',
    channel_id: 'text',
    started_at: 'bigint',
    answered_at: 'bigint',
    ended_at: 'bigint',
    termination: 'text',
    asterisk: 'text',
  },
};

export const LEGS: HotTable<LegRow> = {
  name: 'legs',
  key: ['id'],
  columns: {
    id: 'text',
    call_id: 'text',
    role: 'text',
    channel_id: 'text',
    endpoint: 'text',
    agent: 'text',
    started_at: 'bigint',
    answered_at: 'bigint',
    ended_at: 'bigint',
    outcome: 'text',
    hangup_cause: 'bigint',
    sip_code: 'bigint',
  },
};

export const SESSIONS: HotTable<SessionRow> = {
  name: 'sessions',
  key: ['call_id'],
  columns: { call_id: 'text', session_id: 'text', step: 'bigint', state: 'text' },
};

export const JOURNAL: HotTable<JournalRow> = {
  name: 'journal',
  key: ['call_id', 'seq'],
  columns: { call_id: 'text', seq: 'bigint', at: 'bigint', kind: 'text', data: 'text' },
};

export const MESSAGES: HotTable<MessageRow> = {
  name: 'messages',
  // The same fact told twice is one message.
  key: ['dedupe_key'],
  columns: {
    id: 'text',
    brand: 'text',
    channel: 'text',
    dedupe_key: 'text',
    order_key: 'text',
    call_id: 'text',
    message_class: 'text',
    language: 'text',
    template: 'text',
    payload: 'text',
    state: 'text',
    attempts: 'bigint',
    next_at: 'bigint',
    created_at: 'bigint',
    ended_at: 'bigint',
    last_error: 'text',
  },
};

export const RECORDINGS: HotTable<RecordingRow> = {
  name: 'recordings',
  key: ['id'],
  columns: {
    id: 'text',
    brand: 'text',
    call_id: 'text',
    kind: 'text',
    flow: 'text',
    node: 'text',
    language: 'text',
    duration_ms: 'bigint',
    created_at: 'bigint',
    keep_until: 'bigint',
    heard_at: 'bigint',
    heard_by: 'text',
  },
};

export const CONSENTS: HotTable<ConsentRow> = {
  name: 'consents',
  key: ['brand', 'recipient_token', 'recipient_type', 'type'],
  columns: {
    brand: 'text',
    recipient_token: 'text',
    recipient_type: 'text',
    type: 'text',
    recipient: 'text',
    status: 'text',
    source: 'text',
    consent_date: 'bigint',
    evidence: 'text',
    recorded_at: 'bigint',
    recorded_by: 'text',
  },
};

export const CONSENT_HISTORY: HotTable<ConsentHistoryRow> = {
  name: 'consent_history',
  key: ['id'],
  columns: {
    id: 'text',
    brand: 'text',
    recipient_token: 'text',
    kind: 'text',
    recipient_type: 'text',
    type: 'text',
    status: 'text',
    source: 'text',
    consent_date: 'bigint',
    evidence: 'text',
    recorded_at: 'bigint',
    recorded_by: 'text',
  },
};

export const CALLBACK_REQUESTS: HotTable<CallbackRequestRow> = {
  name: 'callback_requests',
  // Also kept from being there twice by (brand, group, number) while it is open.
  key: [],
  columns: {
    id: 'text',
    brand: 'text',
    group_name: 'text',
    number: 'text',
    number_token: 'text',
    call_id: 'text',
    language: 'text',
    reason: 'text',
    requested_at: 'bigint',
    state: 'text',
    closed_at: 'bigint',
    closed_by: 'text',
    origin: 'text',
    since: 'bigint',
  },
};

export const MISSED_CALLS: HotTable<MissedCallRow> = {
  name: 'missed_calls',
  // Also kept from being there twice by its call.
  key: [],
  columns: {
    id: 'text',
    brand: 'text',
    call_id: 'text',
    kind: 'text',
    ref_id: 'text',
    number: 'text',
    number_token: 'text',
    language: 'text',
    at: 'bigint',
  },
};

/** Of two consents of one instant the refusal wins; see `supersedes` (src/domain/consent.ts). */
const LATER_CONSENT = `excluded.consent_date > consents.consent_date
  or (excluded.consent_date = consents.consent_date and excluded.status = 'RET' and consents.status = 'ONAY')`;

/** A call ends once: what an engine writes that does not know of it yet, because another one closed the call, comes too late. */
const OPEN_CALL = "calls.state = 'open'";

export type ConflictRule = 'replace' | 'keep' | 'later' | 'until-ended';

/** `on conflict …` that replaces the whole row, or leaves the first one standing; later: for consents; until-ended: for calls. */
export function onConflict<Row>(table: HotTable<Row>, rule: ConflictRule): string {
  const key = table.key.length === 0 ? 'on conflict' : `on conflict (${table.key.join(', ')})`;
  if (rule === 'keep') return `${key} do nothing`;
  const others = Object.keys(table.columns).filter((column) => !table.key.some((part) => part === column));
  const update = `${key} do update set ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  if (rule === 'until-ended') return `${update} where ${OPEN_CALL}`;
  return rule === 'later' ? `${update} where ${LATER_CONSENT}` : update;
}
