import type { Migration } from '../ddl.ts';

/** What is told to the national registry of consents, what it is known to hold, and how far its changes were read. */
export const consentRegistry: Migration = {
  version: 37,
  name: 'consent-registry',
  statements: ({ text, bigint, table }) => [
    // Each is a line of the history of consents, and has its id.
    `create table registry_sends (
      id ${text} primary key,
      brand ${text} not null,
      recipient_token ${text} not null,
      recipient_type ${text} not null,
      type ${text} not null,
      recipient ${text} not null,
      status ${text} not null,
      source ${text} not null,
      consent_date ${bigint} not null,
      state ${text} not null,
      reason ${text},
      reference ${text},
      request ${text},
      place ${text},
      attempts ${bigint} not null,
      next_at ${bigint} not null,
      due_at ${bigint} not null,
      alarm_at ${bigint} not null,
      forced ${bigint} not null,
      created_at ${bigint} not null,
      ended_at ${bigint}
    ) ${table}`,
    'create index registry_sends_due on registry_sends (brand, state, next_at)',
    'create index registry_sends_of on registry_sends (brand, recipient_token, recipient_type, type, consent_date)',
    // No status: the registry has no record.
    `create table registry_held (
      brand ${text} not null,
      recipient_token ${text} not null,
      recipient_type ${text} not null,
      type ${text} not null,
      status ${text},
      consent_date ${bigint} not null,
      learned_at ${bigint} not null,
      primary key (brand, recipient_token, recipient_type, type)
    ) ${table}`,
    `create table registry_pulls (
      brand ${text} not null,
      side ${text} not null,
      after ${text},
      pulled_at ${bigint},
      failed_at ${bigint},
      error ${text},
      gap_from ${bigint},
      gap_seen_at ${bigint},
      primary key (brand, side)
    ) ${table}`,
    `create table registry_links (
      brand ${text} primary key,
      holder ${text} not null,
      until ${bigint} not null,
      collected_to ${bigint}
    ) ${table}`,
    'create index consent_history_when on consent_history (brand, recorded_at)',
  ],
};
