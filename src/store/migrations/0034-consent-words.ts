import type { Migration } from '../ddl.ts';

/** The words people agreed to, each once: a version may say anything, its words are evidence. */
export const consentWords: Migration = {
  version: 34,
  name: 'consent-words',
  statements: ({ text, table }) => [`create table consent_words (hash ${text} primary key, words ${text} not null) ${table}`],
};
