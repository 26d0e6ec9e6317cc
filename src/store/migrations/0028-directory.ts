import type { Migration } from '../ddl.ts';

/** People of the directory that were put in over the API, and who is away. Telephones of people lie sealed. */
export const directory: Migration = {
  version: 28,
  name: 'directory',
  statements: ({ text, bigint, table }) => [
    `create table directory_people (
      brand ${text} not null,
      code ${text} not null,
      name ${text} not null,
      language ${text},
      calendar ${text},
      email ${text},
      telephones ${text} not null,
      updated_at ${bigint} not null,
      primary key (brand, code)
    ) ${table}`,
    `create table directory_absences (
      id ${text} primary key,
      brand ${text} not null,
      kind ${text} not null,
      ref_id ${text} not null,
      from_at ${bigint} not null,
      until_at ${bigint} not null,
      instead_kind ${text},
      instead_id ${text},
      created_at ${bigint} not null,
      created_by ${text} not null
    ) ${table}`,
    'create index directory_absences_by_time on directory_absences (brand, until_at)',
  ],
};
