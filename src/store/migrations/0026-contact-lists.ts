import type { Migration } from '../ddl.ts';

/**
 * Lists of contacts, and the loads they are made of. A list's contacts lie in blocks: one for each file, and for what is
 * appended between two files. A block that is named in `list_blocks` is in the list; the others are seen by nobody. A
 * contact's place in the list is its block's `base` and its own number: publishing a million rows is one row.
 */
export const contactLists: Migration = {
  version: 26,
  name: 'contact lists',
  statements: ({ text, bigint, table, clustered }) => [
    'alter table imports add column list_id text',
    'alter table imports add column file_hash text',
    'create index imports_by_list on imports (list_id) where list_id is not null',
    'create index imports_by_file on imports (brand, file_hash) where file_hash is not null',
    `create table lists (
      no ${bigint} primary key,
      id ${text} not null unique,
      brand ${text} not null,
      name ${text} not null,
      state ${text} not null,
      variables ${text} not null,
      contacts ${bigint} not null,
      places ${bigint} not null,
      created_at ${bigint} not null,
      created_by ${text} not null
    ) ${table}`,
    // The name of a list that was removed is free.
    `create unique index lists_by_name on lists (brand, name) where state <> 'removed'`,
    `create table list_blocks (
      list_no ${bigint} not null,
      block ${bigint} not null,
      base ${bigint} not null,
      size ${bigint} not null,
      primary key (list_no, block)
    ) ${clustered}`,
  ],
};
