import type { Migration } from '../ddl.ts';

/** Files that were imported, and how a brand recognises callers. */
export const imports: Migration = {
  version: 20,
  name: 'imports',
  statements: ({ text, bigint, table }) => [
    `create table imports (
      brand ${text} not null,
      seq ${bigint} not null,
      id ${text} not null unique,
      kind ${text} not null,
      state ${text} not null,
      name ${text} not null,
      started_at ${bigint} not null,
      started_by ${text} not null,
      alive_at ${bigint} not null,
      finished_at ${bigint},
      counts ${text} not null,
      rejected ${text} not null,
      problem ${text},
      tidied ${text},
      primary key (brand, seq)
    ) ${table}`,
    // Two imports at once would not know of each other what is new.
    `create unique index imports_loading on imports (brand) where state = 'loading'`,
    `create table match_settings (
      brand ${text} primary key,
      settings ${text} not null,
      updated_at ${bigint} not null
    ) ${table}`,
  ],
};
