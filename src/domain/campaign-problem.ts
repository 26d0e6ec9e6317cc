/** What can keep a campaign from being started, in the order in which it is looked for. Pages have words for each. */
export const CAMPAIGN_PROBLEMS = [
  'zone-unknown',
  'hours-unreadable',
  'holidays-unknown',
  'window-unreachable',
  'flow-unknown',
  'release-unknown',
  'machine-flow-unknown',
  'no-list',
  'list-unknown',
  'list-empty',
  'caller-id-foreign',
  'queue-unknown',
  'webhook-unknown',
  'no-opt-out',
  'brand-unnamed',
  'parameter-missing',
  'row-unreadable',
] as const;
export type CampaignProblemCode = (typeof CAMPAIGN_PROBLEMS)[number];
