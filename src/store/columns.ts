import type { CallRow, JournalRow, LegRow, MessageRow, SessionRow } from './schema.ts';

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

/** `on conflict …` that replaces the whole row, or leaves the first one standing. */
export function onConflict<Row>(table: HotTable<Row>, rule: 'replace' | 'keep'): string {
  const key = `on conflict (${table.key.join(', ')})`;
  if (rule === 'keep') return `${key} do nothing`;
  const others = Object.keys(table.columns).filter((column) => !table.key.some((part) => part === column));
  return `${key} do update set ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`;
}
