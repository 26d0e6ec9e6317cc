import type { Migration } from '../ddl.ts';

/** Recipients stand sealed, and are found by a keyed token: nobody learns a number from these tables. */
export const consents: Migration = {
  version: 9,
  name: 'consents',
  statements: ({ text, bigint, table }) => [
    `create table consents (
      brand ${text} not null,
      recipient_token ${text} not null,
      recipient_type ${text} not null,
      type ${text} not null,
      recipient ${text} not null,
      status ${text} not null,
      source ${text} not null,
      consent_date ${bigint} not null,
      evidence ${text} not null,
      recorded_at ${bigint} not null,
      recorded_by ${text} not null,
      primary key (brand, recipient_token, recipient_type, type)
    ) ${table}`,
    // Never changed and never deleted from: what was recorded, also when something later stood already.
    `create table consent_history (
      id ${text} primary key,
      brand ${text} not null,
      recipient_token ${text} not null,
      kind ${text} not null,
      recipient_type ${text},
      type ${text},
      status ${text} not null,
      source ${text} not null,
      consent_date ${bigint} not null,
      evidence ${text} not null,
      recorded_at ${bigint} not null,
      recorded_by ${text} not null
    ) ${table}`,
    'create index consent_history_of on consent_history (brand, recipient_token, id)',
    `create table do_not_contact (
      brand ${text} not null,
      recipient_token ${text} not null,
      recipient ${text} not null,
      reason ${text} not null,
      since ${bigint} not null,
      recorded_by ${text} not null,
      primary key (brand, recipient_token)
    ) ${table}`,
    // What the provider calls a message of the outbox.
    `alter table messages add column provider_ref ${text}`,
  ],
};
