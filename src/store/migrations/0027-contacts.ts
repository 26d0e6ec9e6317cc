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
    'create index contacts_by_number on contacts (list_no, number_token, block)',
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
