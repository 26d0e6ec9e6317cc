import type { Migration } from '../ddl.ts';

/** Promised return calls: who is to be called, what was tried, and who was found or left alone. */
export const callbacks: Migration = {
  version: 50,
  name: 'callbacks',
  statements: ({ text, bigint, table }) => [
    `create table callback_entries (
      id ${text} primary key,
      brand ${text} not null,
      group_name ${text} not null,
      kind ${text} not null,
      origin ${text} not null,
      number ${text},
      number_token ${text} not null,
      shown ${text} not null,
      language ${text} not null,
      about ${text} not null,
      queue ${text} not null,
      first_at ${bigint} not null,
      last_at ${bigint} not null,
      count ${bigint} not null,
      since ${bigint} not null,
      state ${text} not null,
      attempts ${bigint} not null,
      faults ${bigint} not null,
      due_at ${bigint} not null,
      expires_at ${bigint} not null,
      agent ${text},
      call_id ${text},
      linked ${text},
      changed_at ${bigint} not null,
      closed_at ${bigint},
      reason ${text},
      closed_by ${text},
      version ${bigint} not null
    ) ${table}`,
    // The promise: whoever waits for a call is there once, whatever two engines do at the same time.
    "create unique index callback_entries_open on callback_entries (brand, group_name, number_token) where state <> 'closed'",
    'create index callback_entries_by_state on callback_entries (brand, state, id)',
    'create index callback_entries_by_number on callback_entries (brand, number_token)',
    'create index callback_entries_by_end on callback_entries (closed_at) where number is not null',
    `create table callback_attempts (
      call_id ${text} primary key,
      entry ${text} not null,
      brand ${text} not null,
      number_token ${text} not null,
      no ${bigint} not null,
      agent ${text},
      at ${bigint} not null,
      ended_at ${bigint},
      outcome ${text}
    ) ${table}`,
    'create index callback_attempts_by_entry on callback_attempts (entry, at)',
    'create index callback_attempts_by_number on callback_attempts (brand, number_token, at)',
    `create table callback_findings (
      id ${text} primary key,
      brand ${text} not null,
      group_name ${text} not null,
      at ${bigint} not null,
      call_id ${text},
      entry ${text},
      how ${text} not null
    ) ${table}`,
    'create index callback_findings_by_time on callback_findings (brand, at)',
    'create index callback_findings_by_entry on callback_findings (entry)',
    `create table callback_history (
      entry ${text} not null,
      version ${bigint} not null,
      at ${bigint} not null,
      event ${text} not null,
      state ${text} not null,
      by_whom ${text} not null,
      note ${text} not null,
      primary key (entry, version)
    ) ${table}`,
  ],
};
