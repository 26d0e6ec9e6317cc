import type { Migration } from '../ddl.ts';

/** Wishes know where their place counts from and where we learnt of them; return calls count among all calls to a number. */
export const callbackWishes: Migration = {
  version: 32,
  name: 'callback-wishes',
  statements: ({ text, bigint }) => [
    `alter table callback_requests add column origin ${text} not null default 'flow'`,
    `alter table callback_requests add column since ${bigint}`,
    `insert into number_calls (brand, number_token, id, at)
      select brand, number_token, call_id, at from callback_attempts where true
      on conflict (brand, number_token, id) do nothing`,
  ],
};
