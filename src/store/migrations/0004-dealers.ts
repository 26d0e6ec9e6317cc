import type { Migration } from '../ddl.ts';

export const dealers: Migration = {
  version: 4,
  name: 'dealers',
  statements: ({ text, bigint, double, table }) => [
    `create table dealers (
      brand ${text} not null,
      code ${text} not null,
      name ${text} not null,
      province ${bigint} not null,
      district ${text} not null,
      address ${text} not null,
      postcode ${text} not null,
      phone ${text} not null,
      hours ${text} not null,
      latitude ${double},
      longitude ${double},
      created_at ${bigint} not null,
      updated_at ${bigint} not null,
      primary key (brand, code)
    ) ${table}`,
    'create index dealers_by_province on dealers (brand, province, code)',
  ],
};
