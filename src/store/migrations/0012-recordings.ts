import type { Migration } from '../ddl.ts';

/** What callers leave behind: what they said, and that they want to be called. */
export const recordings: Migration = {
  version: 12,
  name: 'recordings',
  statements: ({ text, bigint, table }) => [
    `create table recordings (
      id ${text} primary key,
      brand ${text} not null,
      call_id ${text} not null,
      kind ${text} not null,
      flow ${text} not null,
      node ${text} not null,
      language ${text} not null,
      duration_ms ${bigint} not null,
      created_at ${bigint} not null,
      keep_until ${bigint} not null,
      heard_at ${bigint},
      heard_by ${text}
    ) ${table}`,
    'create index recordings_by_kind on recordings (brand, kind, id)',
    'create index recordings_by_end on recordings (keep_until)',
    `create table callback_requests (
      id ${text} primary key,
      brand ${text} not null,
      group_name ${text} not null,
      number ${text} not null,
      number_token ${text} not null,
      call_id ${text} not null,
      language ${text} not null,
      reason ${text} not null,
      requested_at ${bigint} not null,
      state ${text} not null,
      closed_at ${bigint},
      closed_by ${text}
    ) ${table}`,
    // Who asks twice is called once.
    "create unique index callback_requests_open on callback_requests (brand, group_name, number_token) where state = 'open'",
    'create index callback_requests_by_state on callback_requests (brand, state, id)',
  ],
};
