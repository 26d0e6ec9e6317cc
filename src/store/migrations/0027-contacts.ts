import type { Migration } from '../ddl.ts';

/** Contacts of lists: the number and what is known of the person sealed, found by the number's token. And rows of files that were not taken. */
export const contacts: Migration = {
  version: 27,
  name: 'contacts',
  statements: ({ text, bigint, clustered }) => [
    `create table contacts (
      list_no ${bigint} not null,
      block ${bigint} not null,
      no ${bigint} not null,
      id ${text} not null,
      number_token ${text} not null,
      person ${text} not null,
      primary key (list_no, block, no)
    ) ${clustered}`,
    // By the first letters of the number's token. Not an index: while a file is staged nobody looks, and a million tokens in
    // no order cost more than everything else; they are written in their order when all are there.
    `create table contact_tokens (
      list_no ${bigint} not null,
      token ${text} not null,
      block ${bigint} not null,
      no ${bigint} not null,
      primary key (list_no, token, block)
    ) ${clustered}`,
    'create index contacts_by_id on contacts (id)',
    `create table import_problems (
      brand ${text} not null,
      seq ${bigint} not null,
      row_no ${bigint} not null,
      column_name ${text},
      value ${text} not null,
      reason ${text} not null,
      primary key (brand, seq, row_no)
    ) ${clustered}`,
  ],
};
