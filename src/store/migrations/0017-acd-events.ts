import type { Migration } from '../ddl.ts';

/** What happened on the floor: append-only, the one source of all figures. */
export const acdEvents: Migration = {
  version: 17,
  name: 'acd-events',
  statements: ({ text, bigint, table }) => [
    `create table acd_events (
      id ${text} primary key,
      brand ${text} not null,
      at ${bigint} not null,
      kind ${text} not null,
      call_id ${text},
      agent ${text},
      data ${text} not null
    ) ${table}`,
    'create index acd_events_by_time on acd_events (brand, at, id)',
    'create index acd_events_by_call on acd_events (call_id, id)',
    'create index acd_events_by_agent on acd_events (agent, at)',
  ],
};
