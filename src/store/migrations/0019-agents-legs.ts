import type { Migration } from '../ddl.ts';

/** Whose telephone a leg is: after a restart, who talks with whom is known by it. */
export const agentsLegs: Migration = {
  version: 19,
  name: 'agents-legs',
  statements: ({ text }) => [`alter table legs add column agent ${text}`],
};
