import type { Migration } from '../ddl.ts';

export const calls: Migration = {
  version: 1,
  name: 'calls',
  statements: ({ text, bigint, table, clustered }) => [
    `create table calls (
      id ${text} primary key,
      brand ${text} not null,
      direction ${text} not null,
      state ${text} not null,
      did ${text} not null,
      ani ${text} not null,
      flow ${text} not null,
      release_id ${bigint} not null,
      language ${text} not null,
      session_id ${text} not null,
      channel_id ${text} not null,
      started_at ${bigint} not null,
      answered_at ${bigint},
      ended_at ${bigint},
      termination ${text}
    ) ${table}`,
    // Open calls are few among many ended ones; the id in the index gives the newest first.
    'create index calls_by_state on calls (state, id)',
    'create index calls_by_start on calls (started_at)',
    `create table legs (
      id ${text} primary key,
      call_id ${text} not null references calls (id) on delete cascade,
      role ${text} not null,
      channel_id ${text} not null,
      endpoint ${text} not null,
      started_at ${bigint} not null,
      answered_at ${bigint},
      ended_at ${bigint},
      outcome ${text},
      hangup_cause ${bigint},
      sip_code ${bigint}
    ) ${table}`,
    'create index legs_by_call on legs (call_id)',
    `create table sessions (
      call_id ${text} primary key references calls (id) on delete cascade,
      session_id ${text} not null,
      step ${bigint} not null,
      state ${text} not null
    ) ${table}`,
    `create table journal (
      call_id ${text} not null references calls (id) on delete cascade,
      seq ${bigint} not null check (seq > 0),
      at ${bigint} not null,
      kind ${text} not null,
      data ${text} not null,
      primary key (call_id, seq)
    ) ${clustered}`,
    `create table heartbeat (id ${bigint} primary key, at ${bigint} not null) ${table}`,
  ],
};
