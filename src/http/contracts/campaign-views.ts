import { z } from 'zod';
import { CAMPAIGN_DEFAULTS, CAMPAIGN_STATES, LONGEST_RING_MS, SHORTEST_RING_MS } from '../../domain/campaign.ts';
import { CAMPAIGN_PROBLEMS } from '../../domain/campaign-problem.ts';
import { RECIPIENT_TYPES } from '../../domain/consent.ts';
import { CHOSEN_LEAVES } from '../../domain/contact.ts';
import { MESSAGE_CLASSES } from '../../domain/message.ts';
import { RETRIED_OUTCOMES, USUAL_RETRIES } from '../../domain/retry-table.ts';
import { doc, named } from '../contract.ts';
import { at, idOf, language, maybeAt } from './common.ts';

export const id = idOf('campaign', 'The campaign.');
export const params = z.object({ id });
const WEEK_MS = 7 * 86_400_000;
export const count = z.int().min(0);

const plainValue = z.union([z.string().max(2000), z.number(), z.boolean()]);

const retryRule = z
  .strictObject({
    afterMs: doc(z.int().min(10_000).max(WEEK_MS), 'How long after the attempt, in ms.', 600_000),
    times: doc(z.int().min(1).max(20).nullable(), 'How many times after this outcome; null: as often as attempts are left.', 2),
    counted: doc(z.boolean(), 'Whether it counts among the contact’s attempts.', true),
  })
  .nullable();
const retryShape = Object.fromEntries(RETRIED_OUTCOMES.map((outcome) => [outcome, retryRule])) as Record<
  (typeof RETRIED_OUTCOMES)[number],
  typeof retryRule
>;
/** Who wrote their table before machines were listened for leaves them out. */
const retries = z.strictObject({ ...retryShape, machine: retryRule.default(USUAL_RETRIES.machine) });

export const plan = {
  name: doc(z.string().min(1).max(120), 'For people.', 'Kış lastiği 2026'),
  flow: doc(z.string().min(1).max(60), 'The flow that those who answer hear.', 'announcement'),
  release: doc(z.int().min(1).nullable(), 'The release calls run on; null: the newest of each moment.', null),
  language,
  params: doc(z.record(z.string(), plainValue), 'What every call’s flow is given; a contact’s own variables stand above them.', {
    season: 'winter',
  }),
  messageClass: doc(
    z.enum(MESSAGE_CLASSES),
    'commercial: promotes, and calls only those who agreed · informational: about something the person has or asked for.',
    'informational',
  ),
  recipientType: doc(
    z.enum(RECIPIENT_TYPES),
    'Who is on the lists where nothing is recorded: BIREYSEL, private persons, or TACIR, traders.',
    'BIREYSEL',
  ),
  lists: doc(z.array(idOf('list', 'A list.')).max(50), 'Whom it calls, in this order.'),
  callerIds: doc(
    z.array(z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a number such as +902125550010')).max(100),
    'Numbers shown to the called ones, each contact always the same; empty: the trunk’s own.',
    ['+902125550010'],
  ),
  hours: doc(z.string().min(1).max(500), 'When it may call, on the clocks of its zone.', CAMPAIGN_DEFAULTS.hours),
  zone: doc(z.string().min(1).max(60), 'Time zone (IANA).', 'Europe/Istanbul'),
  holidays: doc(z.string().max(60).nullable(), 'A calendar of the flows whose holidays hold; null: none.', 'office'),
  pacing: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('agentless') }),
    z.strictObject({
      kind: z.literal('progressive'),
      queue: doc(z.string().min(1).max(60), 'Its free agents are called for.', 'sales'),
      dropPercent: doc(z.number().min(0).max(100), 'More answered calls without an agent than this slow it down.', 3),
    }),
  ]),
  callsPerSecond: doc(z.int().min(1).max(100), 'Calls per second.', CAMPAIGN_DEFAULTS.callsPerSecond),
  channels: doc(z.int().min(1).max(2000), 'Calls at the same time.', CAMPAIGN_DEFAULTS.channels),
  weight: doc(z.int().min(1).max(100), 'Share beside other campaigns.', CAMPAIGN_DEFAULTS.weight),
  retries: doc(retries, 'How each outcome is tried again; null: never.', USUAL_RETRIES),
  machines: doc(
    z.strictObject({ flow: z.string().min(1).max(60).nullable() }).nullable(),
    'What is done where an answering machine takes the call. null: nobody listens for machines · flow null: the call is ended · a flow: it is played when the greeting and the beep are over. Who is not known for a machine is a person.',
    { flow: null },
  ),
  maxAttempts: doc(z.int().min(1).max(20), 'Counted attempts for one contact.', CAMPAIGN_DEFAULTS.maxAttempts),
  ringMs: doc(z.int().min(SHORTEST_RING_MS).max(LONGEST_RING_MS), 'How long telephones ring, in ms.', CAMPAIGN_DEFAULTS.ringMs),
  deliveredPercent: doc(z.int().min(1).max(100), 'So much of the message heard is delivered.', CAMPAIGN_DEFAULTS.deliveredPercent),
  ringingOnPause: doc(z.enum(['let-ring', 'hang-up']), 'What a pause does to telephones that ring.', 'let-ring'),
  staysOpen: doc(z.boolean(), 'true: goes on when nobody is left, for those who are appended.', false),
  leaveOn: doc(
    z.array(z.enum(CHOSEN_LEAVES)).max(CHOSEN_LEAVES.length),
    'Who needs not be called any more once it runs: served, who talked with an agent; appointment-confirmed, who said that they will come.',
    ['served'],
  ),
  webhooks: doc(z.array(z.string().max(60)).max(10), 'Webhooks (webhooks.yaml) that hear each outcome.', ['crm']),
  startAt: doc(z.int().min(0).nullable(), 'Calls nobody before, UTC ms; null: at once.', null),
  endAt: doc(z.int().min(0).nullable(), 'Calls nobody from then on, UTC ms; null: until all are through.', null),
};

const D = CAMPAIGN_DEFAULTS;
/** What is left out is as the product’s defaults have it. */
export const planBody = z.strictObject({
  ...plan,
  release: plan.release.default(null),
  params: plan.params.default({}),
  recipientType: plan.recipientType.default('BIREYSEL'),
  callerIds: plan.callerIds.default([]),
  hours: plan.hours.default(D.hours),
  zone: plan.zone.optional(),
  holidays: plan.holidays.default(D.holidays),
  pacing: plan.pacing.default(D.pacing),
  callsPerSecond: plan.callsPerSecond.default(D.callsPerSecond),
  channels: plan.channels.default(D.channels),
  weight: plan.weight.default(D.weight),
  retries: plan.retries.default(USUAL_RETRIES),
  maxAttempts: plan.maxAttempts.default(D.maxAttempts),
  ringMs: plan.ringMs.default(D.ringMs),
  deliveredPercent: plan.deliveredPercent.default(D.deliveredPercent),
  ringingOnPause: plan.ringingOnPause.default(D.ringingOnPause),
  staysOpen: plan.staysOpen.default(D.staysOpen),
  leaveOn: plan.leaveOn.default([]),
  machines: plan.machines.default(D.machines),
  webhooks: plan.webhooks.default([]),
  startAt: plan.startAt.default(null),
  endAt: plan.endAt.default(null),
});

export const campaignView = named(
  'Campaign',
  z.object({
    id,
    ...plan,
    state: doc(z.enum(CAMPAIGN_STATES), 'What it does now.', 'running'),
    version: doc(z.int(), 'Goes up with every change; a change names the one it saw.', 3),
    createdAt: at('When it was made.'),
    createdBy: doc(z.string(), 'By whom.', 'ayse'),
    startedAt: maybeAt('When it was started first.'),
    endedAt: maybeAt('When it was over.'),
  }),
  'A campaign, with all that was decided of it.',
);
export const one = { status: 200, description: 'The campaign as it is now.', schema: campaignView } as const;

export const problemView = z.object({
  code: doc(z.enum(CAMPAIGN_PROBLEMS), 'What kind of problem.', 'list-empty'),
  place: doc(z.string(), 'The field of the campaign that is meant.', 'lists'),
  about: doc(z.string(), 'What of it, as it stands there; empty: the whole field.', 'Ankara'),
  message: doc(z.string(), 'What is wrong and what to do, for people.', 'The list "Ankara" is empty. Add contacts first.'),
});
