import type { Migration } from '../ddl.ts';

/** Who belongs to which segment, by the whole token of the number. The same rule as for customers says which rows count. */
export const segments: Migration = {
  version: 22,
  name: 'segments',
  statements: ({ text, bigint, clustered }) => [
    `create table segment_members (
      brand ${text} not null,
      token ${text} not null,
      seq ${bigint} not null,
      segment ${text} not null,
      primary key (brand, token, seq)
    ) ${clustered}`,
    'create index segment_members_by_import on segment_members (brand, seq)',
  ],
};
