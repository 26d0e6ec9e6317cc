import type { Migration } from '../ddl.ts';

/** When the person said that they will come; null: nobody asked, or they did not say. */
export const appointmentsConfirmed: Migration = {
  version: 36,
  name: 'appointments-confirmed',
  statements: ({ bigint }) => [`alter table appointments add column confirmed_at ${bigint}`],
};
