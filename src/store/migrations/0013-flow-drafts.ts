import type { Migration } from '../ddl.ts';

/**
 * The workshop's tables. A draft is the one text of a flow that is being worked on; `version` counts its savings, so that
 * two editors notice each other. Counts: how often callers took each way through a flow, by the hour.
 */
export const flowDrafts: Migration = {
  version: 13,
  name: 'flow-drafts',
  statements: ({ text, bigint, table, clustered }) => [
    `create table flow_drafts (
      flow ${text} primary key,
      source ${text} not null,
      version ${bigint} not null,
      based_on ${bigint},
      author ${text} not null,
      updated_at ${bigint} not null
    ) ${table}`,
    `create table flow_counts (
      flow ${text} not null,
      hour ${bigint} not null,
      kind ${text} not null,
      node ${text} not null,
      exit ${text} not null,
      target ${text} not null,
      count ${bigint} not null,
      primary key (flow, hour, kind, node, exit, target)
    ) ${clustered}`,
  ],
};
