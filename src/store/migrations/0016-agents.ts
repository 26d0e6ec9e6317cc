import type { Migration } from '../ddl.ts';

/** What is known of agents, their desk phones, and what they do at the moment. Outside numbers and HA1 stand sealed. */
export const agents: Migration = {
  version: 16,
  name: 'agents',
  statements: ({ text, bigint, table }) => [
    `create table agents (
      user_id ${text} primary key,
      brand ${text} not null,
      display_name ${text} not null,
      language ${text} not null,
      place ${text} not null,
      skills ${text} not null,
      queues ${text} not null,
      updated_at ${bigint} not null
    ) ${table}`,
    `create table agent_phones (
      user_id ${text} primary key,
      name ${text} not null unique,
      realm ${text} not null,
      ha1 ${text} not null,
      made_at ${bigint} not null
    ) ${table}`,
    `create table agent_states (
      user_id ${text} primary key,
      brand ${text} not null,
      state ${text} not null,
      since ${bigint} not null,
      idle_since ${bigint} not null,
      missing ${text} not null,
      wrap_up_asked ${bigint} not null,
      next ${text},
      version ${bigint} not null
    ) ${table}`,
  ],
};
