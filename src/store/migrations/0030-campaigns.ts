import type { Migration } from '../ddl.ts';

/** Campaigns with what was decided of them, who is in them, every try to reach somebody, and what keeps everybody from being called. */
export const campaigns: Migration = {
  version: 30,
  name: 'campaigns',
  statements: ({ text, bigint, double, table, clustered }) => [
    `create table campaigns (
      id ${text} primary key,
      brand ${text} not null,
      state ${text} not null,
      version ${bigint} not null,
      plan ${text} not null,
      created_at ${bigint} not null,
      created_by ${text} not null,
      started_at ${bigint},
      ended_at ${bigint}
    ) ${table}`,
    'create index campaigns_by_brand on campaigns (brand, id)',
    // Up to which row of a list the campaign has taken its contacts.
    `create table campaign_lists (
      campaign ${text} not null,
      list ${text} not null,
      filled_to ${bigint} not null,
      primary key (campaign, list)
    ) ${clustered}`,
    `create table campaign_contacts (
      campaign ${text} not null,
      seq ${bigint} not null,
      brand ${text} not null,
      contact ${text} not null,
      number_token ${text} not null,
      state ${text} not null,
      outcome ${text},
      attempts ${bigint} not null,
      due_at ${bigint} not null,
      wait_reason ${text},
      caller_id ${text},
      version ${bigint} not null,
      primary key (campaign, seq)
    ) ${clustered}`,
    'create unique index campaign_contacts_once on campaign_contacts (campaign, number_token)',
    'create index campaign_contacts_due on campaign_contacts (campaign, state, due_at, seq)',
    'create index campaign_contacts_counted on campaign_contacts (campaign, state, outcome, wait_reason, due_at)',
    'create index campaign_contacts_by_contact on campaign_contacts (campaign, contact)',
    'create index campaign_contacts_by_number on campaign_contacts (brand, number_token)',
    `create table attempts (
      id ${text} primary key,
      brand ${text} not null,
      campaign ${text} not null,
      contact ${text} not null,
      no ${bigint} not null,
      call_id ${text} not null unique,
      caller_id ${text},
      state ${text} not null,
      campaign_version ${bigint} not null,
      created_at ${bigint} not null,
      lease_until ${bigint} not null,
      originated_at ${bigint},
      answered_at ${bigint},
      ended_at ${bigint},
      outcome ${text},
      sip_code ${bigint},
      counted ${bigint} not null,
      heard_share ${double},
      keys ${bigint} not null
    ) ${table}`,
    'create index attempts_of_contact on attempts (campaign, contact, no)',
    `create index attempts_open on attempts (brand, state) where state in ('leased', 'dialing')`,
    // What the cap counts: when a number was called, whoever called it.
    `create table number_calls (
      brand ${text} not null,
      number_token ${text} not null,
      id ${text} not null,
      at ${bigint} not null,
      primary key (brand, number_token, id)
    ) ${clustered}`,
    'create index number_calls_by_time on number_calls (at)',
    `create table emergency_stops (
      brand ${text} primary key,
      since ${bigint} not null,
      stopped_by ${text} not null,
      reason ${text} not null
    ) ${table}`,
    // The one engine that dials for a brand, while it says so.
    `create table dialler_leaders (
      brand ${text} primary key,
      holder ${text} not null,
      until ${bigint} not null
    ) ${table}`,
  ],
};
