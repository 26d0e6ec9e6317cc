import type { Migration } from '../ddl.ts';

/** Whether calls to a number are recorded: 1, 0, or null for what the flow and the settings say. */
export const numbersRecord: Migration = {
  version: 25,
  name: 'numbers-record',
  statements: ({ bigint }) => [`alter table numbers add column record ${bigint}`],
};
