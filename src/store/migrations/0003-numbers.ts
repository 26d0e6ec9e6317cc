import type { Migration } from '../ddl.ts';

/** A number may be routed by the file and over the API at once; the API's route wins, and the file's stands behind it. */
export const numbers: Migration = {
  version: 3,
  name: 'numbers',
  statements: ({ text, bigint, table }) => [
    `create table numbers (
      did ${text} not null,
      source ${text} not null,
      brand ${text} not null,
      flow ${text} not null,
      language ${text} not null,
      label ${text} not null,
      updated_at ${bigint} not null,
      primary key (did, source)
    ) ${table}`,
  ],
};
