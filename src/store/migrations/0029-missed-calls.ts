import type { Migration } from '../ddl.ts';

/** Calls for somebody of the directory whom nobody answered, one per call; the number sealed. */
export const missedCalls: Migration = {
  version: 29,
  name: 'missed-calls',
  statements: ({ text, bigint, table }) => [
    `create table missed_calls (
      id ${text} primary key,
      brand ${text} not null,
      call_id ${text} not null unique,
      kind ${text} not null,
      ref_id ${text} not null,
      number ${text},
      number_token ${text},
      language ${text} not null,
      at ${bigint} not null
    ) ${table}`,
    'create index missed_calls_by_whom on missed_calls (brand, kind, ref_id, id)',
    'create index missed_calls_by_time on missed_calls (at)',
  ],
};
