import type { Migration } from '../ddl.ts';

/** Callers who wait, so that a restart takes nobody's place away; and who talked with whom last, the caller by token only. */
export const queueWaits: Migration = {
  version: 18,
  name: 'queue-waits',
  statements: ({ text, bigint, table }) => [
    `create table queue_waits (
      call_id ${text} primary key,
      wait_id ${text} not null,
      brand ${text} not null,
      queue ${text} not null,
      since ${bigint} not null,
      entered_at ${bigint} not null,
      class ${text} not null,
      skills ${text} not null,
      last_agent ${text},
      passed_by ${text} not null,
      joined_at ${bigint} not null,
      told ${text}
    ) ${table}`,
    `create table last_talks (
      brand ${text} not null,
      caller_token ${text} not null,
      agent ${text} not null,
      at ${bigint} not null,
      primary key (brand, caller_token)
    ) ${table}`,
  ],
};
