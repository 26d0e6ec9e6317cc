import type { Migration } from '../ddl.ts';

/**
 * Consents of which nobody knows what the registry says of them, since when; changes of which nobody knows whom they are about;
 * and what is told there, found by when it was done with.
 */
export const registryUnread: Migration = {
  version: 41,
  name: 'registry-unread',
  statements: ({ bigint }) => [
    `alter table registry_held add column unread_at ${bigint}`,
    'create index registry_held_unread on registry_held (brand, unread_at) where unread_at is not null',
    `alter table registry_pulls add column lost ${bigint} not null default 0`,
    `alter table registry_pulls add column lost_at ${bigint}`,
    'create index registry_sends_ended on registry_sends (ended_at) where ended_at is not null',
  ],
};
