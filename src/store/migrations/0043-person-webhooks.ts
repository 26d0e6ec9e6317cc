import type { Migration } from '../ddl.ts';

/** The system of flows/webhooks.yaml that hears of calls missed for the person; null: none. */
export const personWebhooks: Migration = {
  version: 43,
  name: 'person-webhooks',
  statements: ({ text }) => [`alter table directory_people add column webhook ${text}`],
};
