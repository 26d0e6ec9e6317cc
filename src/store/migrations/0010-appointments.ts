import type { Migration } from '../ddl.ts';

export const appointments: Migration = {
  version: 10,
  name: 'appointments',
  statements: ({ text, bigint, table }) => [
    `create table services (
      brand ${text} not null,
      code ${text} not null,
      label ${text} not null,
      label_en ${text} not null,
      updated_at ${bigint} not null,
      primary key (brand, code)
    ) ${table}`,
    `create table service_calendars (
      brand ${text} not null,
      dealer ${text} not null,
      service ${text} not null,
      hours ${text} not null,
      slot_minutes ${bigint} not null,
      capacity ${bigint} not null,
      lead_minutes ${bigint} not null,
      horizon_days ${bigint} not null,
      holidays ${text},
      closures ${text} not null,
      updated_at ${bigint} not null,
      primary key (brand, dealer, service)
    ) ${table}`,
    `create table appointments (
      id ${text} primary key,
      brand ${text} not null,
      code ${text} not null,
      dealer ${text} not null,
      service ${text} not null,
      starts_at ${bigint} not null,
      ends_at ${bigint} not null,
      place ${bigint} not null,
      state ${text} not null,
      held_until ${bigint},
      holder ${text},
      caller_token ${text},
      person ${text} not null,
      customer ${text},
      language ${text} not null,
      series ${text} not null,
      sequence ${bigint} not null,
      call_id ${text},
      hold_key ${text} not null unique,
      change_key ${text},
      created_at ${bigint} not null,
      updated_at ${bigint} not null
    ) ${table}`,
    // Whatever goes wrong elsewhere, no place is given away twice and no code names two appointments.
    `create unique index appointments_places on appointments (brand, dealer, service, starts_at, place) where state in ('held', 'booked')`,
    `create unique index appointments_codes on appointments (brand, code) where state in ('held', 'booked')`,
    'create index appointments_by_dealer on appointments (brand, dealer, starts_at, id)',
    'create index appointments_by_time on appointments (brand, starts_at, id)',
    'create index appointments_by_caller on appointments (brand, caller_token, starts_at)',
    `create index appointments_held on appointments (held_until) where state = 'held'`,
    `create table appointment_feeds (
      brand ${text} not null,
      dealer ${text} not null,
      hash ${text} not null unique,
      created_at ${bigint} not null,
      primary key (brand, dealer)
    ) ${table}`,
    `create table customers (
      brand ${text} not null,
      code ${text} not null,
      person ${text} not null,
      phone_token ${text},
      plate_token ${text},
      last_dealer ${text},
      updated_at ${bigint} not null,
      primary key (brand, code)
    ) ${table}`,
    'create index customers_by_phone on customers (brand, phone_token)',
    'create index customers_by_plate on customers (brand, plate_token)',
  ],
};
