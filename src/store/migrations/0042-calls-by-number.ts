import type { Migration } from '../ddl.ts';

/**
 * The calls of a number are found by its last four digits, so that those of one who is not to be called back any more can be wiped.
 * The digits alone tell nobody's number: what is wiped from a call does not live on in an index.
 */
export const callsByNumber: Migration = {
  version: 42,
  name: 'calls-by-number',
  statements: () => [
    "create index calls_by_caller on calls (brand, substr(ani, length(ani) - 3)) where direction = 'inbound'",
    "create index calls_by_called on calls (brand, substr(did, length(did) - 3)) where direction = 'outbound'",
  ],
};
