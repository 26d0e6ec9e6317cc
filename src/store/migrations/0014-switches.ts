import type { Migration } from '../ddl.ts';

/** Switches with the secret of their telephone, and who changed what. */
export const switches: Migration = {
  version: 14,
  name: 'switches',
  statements: ({ text, bigint, table }) => [
    `create table switches (
      brand ${text} not null,
      name ${text} not null,
      is_on ${bigint} not null,
      text_tr ${text},
      text_en ${text},
      from_at ${bigint},
      until_at ${bigint},
      changed_at ${bigint} not null,
      changed_by ${text} not null,
      changed_via ${text} not null,
      primary key (brand, name)
    ) ${table}`,
    `create table switch_pins (
      brand ${text} not null,
      name ${text} not null,
      hash ${text} not null,
      failures ${bigint} not null,
      locked_until ${bigint} not null,
      primary key (brand, name)
    ) ${table}`,
    `create table audit (
      id ${text} primary key,
      brand ${text} not null,
      at ${bigint} not null,
      actor ${text} not null,
      via ${text} not null,
      what ${text} not null,
      subject ${text} not null,
      details ${text} not null
    ) ${table}`,
    'create index audit_by_subject on audit (brand, what, subject, id)',
  ],
};
