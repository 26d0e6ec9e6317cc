import type { Migration } from '../ddl.ts';

/** What called ones chose with keys, and attempts in the order they were made: what campaign managers look at. */
export const campaignFigures: Migration = {
  version: 35,
  name: 'campaign-figures',
  statements: ({ text, bigint, clustered }) => [
    `create table attempt_choices (
      campaign ${text} not null,
      attempt ${text} not null,
      seq ${bigint} not null,
      brand ${text} not null,
      flow ${text} not null,
      node ${text} not null,
      keys ${text} not null,
      primary key (campaign, attempt, seq)
    ) ${clustered}`,
    'create index attempt_choices_counted on attempt_choices (campaign, flow, node, keys, attempt)',
    // What the chart needs stands in the index: the rows are not read.
    'create index attempts_made on attempts (campaign, originated_at, state, outcome, answered_at)',
  ],
};
