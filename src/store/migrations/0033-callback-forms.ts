import type { Migration } from '../ddl.ts';

/** Web forms that asked to be called back: who sends twice, and what was agreed to. */
export const callbackForms: Migration = {
  version: 33,
  name: 'callback-forms',
  statements: ({ text, bigint, table }) => [
    `create table callback_form_requests (
      id ${text} primary key,
      brand ${text} not null,
      form ${text} not null,
      at ${bigint} not null,
      token_hash ${text} not null,
      origin ${text} not null,
      language ${text} not null,
      topic ${text} not null,
      consent_version ${text} not null,
      consent_hash ${text} not null,
      number_token ${text} not null,
      entry ${text},
      outcome ${text} not null
    ) ${table}`,
    // Sent with the same token twice: once.
    'create unique index callback_form_requests_once on callback_form_requests (token_hash)',
    'create index callback_form_requests_by_form on callback_form_requests (brand, form, at)',
    'create index callback_form_requests_by_number on callback_form_requests (brand, number_token, at)',
    'create index callback_form_requests_by_entry on callback_form_requests (entry)',
    'create index callback_form_requests_by_words on callback_form_requests (consent_hash)',
  ],
};
