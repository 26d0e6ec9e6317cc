import type { Migration } from '../ddl.ts';

export const surveys: Migration = {
  version: 11,
  name: 'surveys',
  statements: ({ text, bigint, table, clustered }) => [
    `create table survey_invitations (
      id ${text} primary key,
      brand ${text} not null,
      survey ${text} not null,
      language ${text} not null,
      channel ${text} not null,
      token_hash ${text} unique,
      call_id ${text},
      dealer ${text} not null,
      agent ${text} not null,
      campaign ${text} not null,
      created_at ${bigint} not null,
      expires_at ${bigint},
      used_at ${bigint},
      dedupe_key ${text} not null unique
    ) ${table}`,
    'create index survey_invitations_by_time on survey_invitations (brand, survey, created_at)',
    `create table survey_responses (
      id ${text} primary key,
      invitation_id ${text} not null unique references survey_invitations (id),
      language ${text} not null,
      started_at ${bigint} not null,
      finished_at ${bigint}
    ) ${table}`,
    `create table survey_answers (
      response_id ${text} not null references survey_responses (id),
      question ${text} not null,
      value ${bigint} not null,
      answered_at ${bigint} not null,
      primary key (response_id, question)
    ) ${clustered}`,
    'create index survey_answers_by_time on survey_answers (answered_at)',
    `create table survey_comments (
      response_id ${text} not null references survey_responses (id),
      question ${text} not null,
      recording ${text} unique,
      seconds ${bigint},
      body ${text},
      commented_at ${bigint} not null,
      primary key (response_id, question)
    ) ${clustered}`,
    'create index survey_comments_by_time on survey_comments (commented_at)',
    // What a number gives its flow; null: nothing.
    `alter table numbers add column params ${text}`,
  ],
};
