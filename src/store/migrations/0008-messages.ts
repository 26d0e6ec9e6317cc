import type { Migration } from '../ddl.ts';

export const messages: Migration = {
  version: 8,
  name: 'messages',
  statements: ({ text, bigint, table }) => [
    `create table messages (
      id ${text} primary key,
      brand ${text} not null,
      channel ${text} not null,
      dedupe_key ${text} not null unique,
      order_key ${text},
      call_id ${text},
      message_class ${text} not null,
      language ${text} not null,
      template ${text} not null,
      payload ${text},
      state ${text} not null,
      attempts ${bigint} not null,
      next_at ${bigint} not null,
      created_at ${bigint} not null,
      ended_at ${bigint},
      last_error ${text}
    ) ${table}`,
    'create index messages_due on messages (state, next_at)',
    'create index messages_in_order on messages (order_key, id)',
  ],
};
