import type { Migration } from '../ddl.ts';

export const users: Migration = {
  version: 5,
  name: 'users',
  statements: ({ text, bigint, table }) => [
    `create table users (
      id ${text} primary key,
      name ${text} not null unique,
      role ${text} not null,
      password_hash ${text} not null,
      must_change_password ${bigint} not null,
      created_at ${bigint} not null,
      disabled_at ${bigint}
    ) ${table}`,
    `create table tokens (
      id ${text} primary key,
      user_id ${text} not null references users (id) on delete cascade,
      kind ${text} not null,
      label ${text} not null,
      hash ${text} not null unique,
      created_at ${bigint} not null,
      expires_at ${bigint} not null
    ) ${table}`,
    'create index tokens_by_user on tokens (user_id)',
    'create index tokens_by_expiry on tokens (expires_at)',
  ],
};
