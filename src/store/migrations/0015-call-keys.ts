import type { Migration } from '../ddl.ts';

/** Which call an order of a key became, so that an order given twice calls nobody twice. */
export const callKeys: Migration = {
  version: 15,
  name: 'call keys',
  statements: ({ text, bigint, table }) => [
    `create table call_keys (
      brand ${text} not null,
      order_key ${text} not null,
      order_token ${text} not null,
      call_id ${text} not null,
      claimed_at ${bigint} not null,
      primary key (brand, order_key)
    ) ${table}`,
    'create index call_keys_by_age on call_keys (claimed_at)',
  ],
};
