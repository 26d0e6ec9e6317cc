import type { Migration } from '../ddl.ts';

/**
 * Scenarios that are written in the workshop: with a flow's draft, and published with it. `revision`: the flow's, so that who
 * goes back to an older text gets its scenarios back. `replaces`: the hash of the file on disk whose place it takes.
 */
export const flowScenarios: Migration = {
  version: 38,
  name: 'flow-scenarios',
  statements: ({ text, bigint, table }) => [
    `alter table flow_drafts add column scenarios ${text}`,
    `create table flow_scenarios (
      flow ${text} not null,
      number ${bigint} not null,
      revision ${bigint} not null,
      source ${text},
      replaces ${text},
      created_at ${bigint} not null,
      created_by ${text} not null,
      primary key (flow, number)
    ) ${table}`,
  ],
};
