import type { Migration } from '../ddl.ts';

/** Recordings of whole calls; their audio lies in files. */
export const callRecordings: Migration = {
  version: 24,
  name: 'call-recordings',
  statements: ({ text, bigint, table }) => [
    `create table call_recordings (
      id ${text} primary key,
      brand ${text} not null,
      call_id ${text} not null unique,
      queue ${text},
      state ${text} not null,
      started_at ${bigint} not null,
      ended_at ${bigint},
      parts ${text} not null,
      paused_by ${text} not null,
      paused_until ${bigint},
      duration_ms ${bigint} not null,
      peaks ${text} not null,
      keep_until ${bigint} not null
    ) ${table}`,
    'create index call_recordings_by_state on call_recordings (state, ended_at)',
    'create index call_recordings_by_end on call_recordings (keep_until)',
  ],
};
