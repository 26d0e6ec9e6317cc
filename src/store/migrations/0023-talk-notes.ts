import type { Migration } from '../ddl.ts';

/** What agents wrote about talks; the text sealed. */
export const talkNotes: Migration = {
  version: 23,
  name: 'talk-notes',
  statements: ({ text, bigint, table }) => [
    `create table talk_notes (
      talk_id ${text} primary key,
      call_id ${text} not null,
      brand ${text} not null,
      agent ${text} not null,
      at ${bigint} not null,
      note ${text} not null,
      follow_up ${bigint}
    ) ${table}`,
    'create index talk_notes_by_call on talk_notes (call_id)',
    'create index talk_notes_to_follow on talk_notes (brand, follow_up)',
  ],
};
