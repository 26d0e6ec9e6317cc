import type { Migration } from '../ddl.ts';

/**
 * The prompts and calendars that a release was checked with. Texts are kept once, by their hash; a release lists kind,
 * path and hash of each as JSON. Null for releases of before this step.
 */
export const definitionTexts: Migration = {
  version: 6,
  name: 'definition-texts',
  statements: ({ text, table }) => [
    `create table definition_texts (
      hash ${text} primary key,
      text ${text} not null
    ) ${table}`,
    `alter table releases add column texts ${text}`,
  ],
};
