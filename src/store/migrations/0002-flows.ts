import type { Migration } from '../ddl.ts';

export const flows: Migration = {
  version: 2,
  name: 'flows',
  statements: ({ text, bigint, table }) => [
    `create table flow_revisions (
      flow ${text} not null,
      revision ${bigint} not null,
      source ${text} not null,
      hash ${text} not null,
      created_at ${bigint} not null,
      created_by ${text} not null,
      primary key (flow, revision)
    ) ${table}`,
    `create table releases (
      id ${bigint} primary key,
      created_at ${bigint} not null,
      created_by ${text} not null,
      flows ${text} not null
    ) ${table}`,
  ],
};
