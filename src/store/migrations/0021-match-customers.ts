import type { Migration } from '../ddl.ts';

/**
 * Customers callers are matched with. No number is here: keys of it, and what is known of the person, sealed. A row counts
 * when its import is live and no later live import has one of the same customer.
 */
export const matchCustomers: Migration = {
  version: 21,
  name: 'match customers',
  statements: ({ text, bigint, clustered }) => [
    `create table match_customers (
      brand ${text} not null,
      customer ${text} not null,
      seq ${bigint} not null,
      person ${text} not null,
      digest ${text} not null,
      last_contact_at ${bigint},
      appointment_at ${bigint},
      primary key (brand, customer, seq)
    ) ${clustered}`,
    'create index match_customers_by_import on match_customers (brand, seq, customer)',
    `create table match_keys (
      brand ${text} not null,
      form ${text} not null,
      match_key ${text} not null,
      customer ${text} not null,
      seq ${bigint} not null,
      primary key (brand, form, match_key, customer, seq)
    ) ${clustered}`,
    'create index match_keys_by_customer on match_keys (brand, customer, seq)',
  ],
};
