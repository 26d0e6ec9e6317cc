import type { Migration } from '../ddl.ts';

/**
 * On which Asterisk a call's channels are (null: of before), and when its engine last said that it lives: of engines that share
 * a database each looks after the calls of its own Asterisk, and after those of an engine that is gone.
 */
export const callAsterisks: Migration = {
  version: 40,
  name: 'call-asterisks',
  statements: ({ text, bigint, table }) => [
    `alter table calls add column asterisk ${text}`,
    `create table asterisks (
      id ${text} primary key,
      alive_at ${bigint} not null
    ) ${table}`,
  ],
};
