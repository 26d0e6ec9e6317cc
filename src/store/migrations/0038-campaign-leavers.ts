import type { Migration } from '../ddl.ts';

/** Who needs not be called any more: by one campaign, or (campaign '') by those of the brand that let such people go. */
export const campaignLeavers: Migration = {
  version: 38,
  name: 'campaign-leavers',
  statements: ({ text, bigint, table }) => [
    `create table campaign_leavers (
      brand ${text} not null,
      number_token ${text} not null,
      campaign ${text} not null,
      reason ${text} not null,
      at ${bigint} not null,
      recorded_by ${text} not null,
      primary key (brand, number_token, campaign, reason)
    ) ${table}`,
    'create index campaign_leavers_when on campaign_leavers (campaign, at)',
  ],
};
